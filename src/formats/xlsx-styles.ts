import type { CellType } from './table.ts'
import { toXmlAttribute } from './xml-text.ts'

/** The looks a cell can have; each is an index into the stylesheet. */
export const STYLES = {
  plain: 0,
  bold: 1,
  integer: 2,
  decimal: 3,
  seconds: 4,
  day: 5,
  boldInteger: 6,
  boldDecimal: 7,
  boldSeconds: 8,
} as const

/** Column widths in characters, wide enough for what the type usually holds. */
export const WIDTHS: Readonly<Record<CellType, number>> = {
  text: 30,
  integer: 11,
  seconds: 11,
  decimal: 12,
  day: 12,
  instant: 28,
  boolean: 9,
}

const GENERAL = 0
const INTEGER = 1
// ids from 164 on are free for formats of our own
const OWN_FORMATS: Readonly<Record<string, number>> = {
  '0.00####': 164,
  '[h]:mm:ss': 165,
  'yyyy\\-mm\\-dd': 166,
}
const [DECIMAL, SECONDS, DAY] = Object.values(OWN_FORMATS) as [number, number, number]
const FIRST_OFFSET_FORMAT = 200

/** The stylesheet of one workbook; it grows by a style for each UTC offset among its instants. */
export type Stylesheet = {
  readonly styleOfOffset: (offset: string) => number
  readonly render: () => string
}

/**
 * A spreadsheet's date has no zone, so the offset of an instant goes into its number format: the
 * cell is a date that sorts and subtracts, and still shows what was written.
 */
export function makeStylesheet(): Stylesheet {
  const cells: readonly (readonly [format: number, font: number])[] = [
    [GENERAL, 0],
    [GENERAL, 1],
    [INTEGER, 0],
    [DECIMAL, 0],
    [SECONDS, 0],
    [DAY, 0],
    [INTEGER, 1],
    [DECIMAL, 1],
    [SECONDS, 1],
  ]
  const offsets: string[] = []
  return {
    styleOfOffset: (offset) => {
      const known = offsets.indexOf(offset)
      return cells.length + (known === -1 ? offsets.push(offset) - 1 : known)
    },
    render: () => {
      const formats = [
        ...Object.entries(OWN_FORMATS),
        ...offsets.map((offset, i) => {
          const code = `yyyy\\-mm\\-dd hh:mm:ss" ${offset === 'Z' ? 'UTC' : offset}"`
          return [code, FIRST_OFFSET_FORMAT + i] as const
        }),
      ]
      const offsetCells = offsets.map((_, i) => [FIRST_OFFSET_FORMAT + i, 0] as const)
      return renderStylesheet(formats, [...cells, ...offsetCells])
    },
  }
}

function renderStylesheet(
  formats: readonly (readonly [code: string, id: number])[],
  cells: readonly (readonly [format: number, font: number])[],
): string {
  const font = (inner: string) =>
    `<font>${inner}<sz val="11"/><name val="Calibri"/><family val="2"/></font>`
  const xfs = cells.map(
    ([format, fontId]) =>
      `<xf numFmtId="${format}" fontId="${fontId}" fillId="0" borderId="0" xfId="0"` +
      ` applyNumberFormat="${format === GENERAL ? 0 : 1}" applyFont="${fontId}"/>`,
  )
  return [
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n',
    '<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">',
    `<numFmts count="${formats.length}">`,
    ...formats.map(
      ([code, id]) => `<numFmt numFmtId="${id}" formatCode="${toXmlAttribute(code)}"/>`,
    ),
    '</numFmts>',
    `<fonts count="2">${font('')}${font('<b/>')}</fonts>`,
    // the first two fills are reserved: a workbook without them is repaired on opening
    '<fills count="2"><fill><patternFill patternType="none"/></fill>',
    '<fill><patternFill patternType="gray125"/></fill></fills>',
    '<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>',
    '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>',
    `<cellXfs count="${xfs.length}">${xfs.join('')}</cellXfs>`,
    '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles>',
    '</styleSheet>',
  ].join('')
}
