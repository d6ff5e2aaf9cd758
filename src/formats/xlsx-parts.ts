import { toXmlAttribute, toXmlText } from './xml-text.ts'

/** A finished sheet: its name, and the area its filter covers. */
export type SheetPart = { readonly name: string; readonly area: string; readonly lastRow: number }

const DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main'
const OFFICE_RELATIONS = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006'
const SPREADSHEET = 'application/vnd.openxmlformats-officedocument.spreadsheetml'
const MAX_NAME_LENGTH = 31

/** Where a sheet sits in the zip. */
export const sheetPath = (index: number) => `xl/worksheets/sheet${index + 1}.xml`

/** The part a reader starts at; it never changes, so it can lead the file. */
export const ROOT_RELATIONS = renderRelations([['officeDocument', 'xl/workbook.xml']])

/** The parts that list the sheets, so they come when all sheets are written. */
export function renderClosingParts(sheets: readonly SheetPart[], stylesheet: string) {
  return {
    'xl/styles.xml': stylesheet,
    'xl/workbook.xml': renderWorkbook(sheets),
    'xl/_rels/workbook.xml.rels': renderRelations([
      ...sheets.map((_, i) => ['worksheet', sheetPath(i).slice('xl/'.length)] as const),
      ['styles', 'styles.xml'],
    ]),
    '[Content_Types].xml': renderContentTypes(sheets),
  }
}

/** A sheet name Excel accepts: no more than 31 characters, none of []:*?/\, no outer apostrophe. */
export function toSheetName(text: string, index: number): string {
  const suffix = index === 0 ? '' : ` (${index + 1})`
  const allowed = text.replace(/[[\]:*?/\\\p{Cc}]/gu, ' ').trim()
  const unquoted = allowed.replace(/^'+|'+$/g, '')
  // Excel keeps the name History for itself
  const name = /^(?:history)?$/i.test(unquoted) ? `Sheet ${unquoted}`.trim() : unquoted
  return name.slice(0, MAX_NAME_LENGTH - suffix.length).replace(/['\ud800-\udbff]$/, '') + suffix
}

/** A range on a named sheet, as formulas write it. */
export const toReference = (name: string, range: string) =>
  `'${name.replaceAll("'", "''")}'!${range}`

function renderWorkbook(sheets: readonly SheetPart[]): string {
  const entries = sheets.map(
    ({ name }, i) =>
      `<sheet name="${toXmlAttribute(name)}" sheetId="${i + 1}" r:id="rId${i + 1}"/>`,
  )
  // without this name Excel forgets the filter when the file is saved again
  const filters = sheets.map(({ name, area }, i) => {
    const reference = toXmlText(toReference(name, area.replace(/[A-Z]+|\d+/g, '$$$&')))
    return `<definedName name="_xlnm._FilterDatabase" localSheetId="${i}" hidden="1">${reference}</definedName>`
  })
  return (
    `${DECLARATION}<workbook xmlns="${MAIN}" xmlns:r="${OFFICE_RELATIONS}">` +
    `<sheets>${entries.join('')}</sheets><definedNames>${filters.join('')}</definedNames></workbook>`
  )
}

function renderRelations(targets: readonly (readonly [type: string, target: string])[]): string {
  const relations = targets.map(
    ([type, target], i) =>
      `<Relationship Id="rId${i + 1}" Type="${OFFICE_RELATIONS}/${type}" Target="${target}"/>`,
  )
  return `${DECLARATION}<Relationships xmlns="${PACKAGE}/relationships">${relations.join('')}</Relationships>`
}

function renderContentTypes(sheets: readonly SheetPart[]): string {
  const override = (path: string, type: string) =>
    `<Override PartName="/${path}" ContentType="${SPREADSHEET}.${type}+xml"/>`
  return [
    `${DECLARATION}<Types xmlns="${PACKAGE}/content-types">`,
    `<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>`,
    '<Default Extension="xml" ContentType="application/xml"/>',
    override('xl/workbook.xml', 'sheet.main'),
    ...sheets.map((_, i) => override(sheetPath(i), 'worksheet')),
    override('xl/styles.xml', 'styles'),
    '</Types>',
  ].join('')
}
