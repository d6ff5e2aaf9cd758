import { CHUNK_LENGTH } from './chunks.ts'
import { guardFormula } from './formula-guard.ts'
import type { RowSource } from './row-source.ts'
import type { Column, Row } from './table.ts'
import { type CellContext, renderers, renderText } from './xlsx-cells.ts'
import { type SheetPart, toReference, toSheetName } from './xlsx-parts.ts'
import { STYLES, WIDTHS } from './xlsx-styles.ts'
import type { Totals } from './xlsx-totals.ts'

/** What the sheets of one workbook share; `sheets` grows as they are finished. */
export type Workbook = {
  readonly name: string
  readonly columns: readonly Column[]
  readonly rows: RowSource
  readonly rowsPerSheet: number
  readonly context: CellContext
  readonly totals: Totals
  readonly sheets: SheetPart[]
}

/** Streams the next sheet: header, rows until it is full or they end, and on the last the totals. */
export async function* streamSheet(book: Workbook): AsyncGenerator<Buffer> {
  const { columns, rows, rowsPerSheet, context, totals, sheets } = book
  const letters = columns.map((_, i) => toLetters(i))
  const renderRow = makeRowRenderer(columns, letters, context)
  let text = renderHead(columns, letters, context)
  let lastRow = 1
  while (lastRow <= rowsPerSheet) {
    const taken = await rows.take(rowsPerSheet + 1 - lastRow)
    if (taken.length === 0) break
    for (const row of taken) {
      text += renderRow(row, ++lastRow)
      totals.add(row)
      if (text.length >= CHUNK_LENGTH) {
        yield Buffer.from(text)
        text = ''
      }
    }
  }
  const area = `A1:${letters.at(-1)}${lastRow}`
  sheets.push({ name: toSheetName(book.name, sheets.length), area, lastRow })
  if (totals.isWanted && lastRow > 1 && (await rows.isEmpty())) {
    const toRanges = (letter: string) => rangesOf(sheets, letter).join(',')
    const cells = totals.renderRow(letters, lastRow + 1, toRanges)
    text += `<row r="${lastRow + 1}">${cells}</row>`
  }
  yield Buffer.from(`${text}</sheetData><autoFilter ref="${area}"/></worksheet>`)
}

function makeRowRenderer(
  columns: readonly Column[],
  letters: readonly string[],
  context: CellContext,
): (row: Row, rowNumber: number) => string {
  const renderCells = columns.map(({ type }) => renderers[type])
  const starts = letters.map((letter) => `<c r="${letter}`)
  return (row, rowNumber) => {
    let xml = `<row r="${rowNumber}">`
    for (let i = 0; i < starts.length; i++) {
      const cell = row[i]
      if (cell === null || cell === undefined) continue
      xml += `${starts[i]}${rowNumber}"${renderCells[i]!(cell, context)}</c>`
    }
    return `${xml}</row>`
  }
}

function renderHead(
  columns: readonly Column[],
  letters: readonly string[],
  { guardFormulas }: CellContext,
): string {
  const cols = columns.map(({ title, type }, i) => {
    // three characters more than the title, for the filter's arrow
    const width = Math.max(WIDTHS[type], Math.min(title.length + 3, 60))
    return `<col min="${i + 1}" max="${i + 1}" width="${width}" customWidth="1"/>`
  })
  const cells = columns.map(({ title }, i) => {
    const text = guardFormulas ? guardFormula(title) : title
    return `<c r="${letters[i]}1"${renderText(text, STYLES.bold)}</c>`
  })
  return [
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n',
    '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">',
    '<sheetViews><sheetView workbookViewId="0">',
    '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/>',
    '</sheetView></sheetViews>',
    `<cols>${cols.join('')}</cols><sheetData><row r="1">${cells.join('')}</row>`,
  ].join('')
}

// the sheet a formula stands on needs no name, and without it the formula reads better
function rangesOf(sheets: readonly SheetPart[], letter: string): string[] {
  return sheets.map(({ name, lastRow }, i) => {
    const range = `${letter}2:${letter}${lastRow}`
    return i === sheets.length - 1 ? range : toReference(name, range)
  })
}

function toLetters(index: number): string {
  const letter = String.fromCharCode(65 + (index % 26))
  return index < 26 ? letter : toLetters(Math.floor(index / 26) - 1) + letter
}
