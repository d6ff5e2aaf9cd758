import { type PassThrough, Readable } from 'node:stream'
import { ZipFile } from 'yazl'
import type { GuardOptions } from './formula-guard.ts'
import { makeRowSource } from './row-source.ts'
import type { Table } from './table.ts'
import { ROOT_RELATIONS, renderClosingParts, sheetPath } from './xlsx-parts.ts'
import { streamSheet, type Workbook } from './xlsx-sheet.ts'
import { makeStylesheet } from './xlsx-styles.ts'
import { makeTotals } from './xlsx-totals.ts'

/** `rowsPerSheet` counts without the header; more rows than that continue on a next sheet. */
export type XlsxOptions = GuardOptions & { readonly rowsPerSheet?: number }

const MAX_ROWS_PER_SHEET = 1_048_575

// a fixed time, so that the same table is the same bytes
const ENTRY = { mtime: new Date(1980, 0, 1), forceDosTimestamp: true, compressionLevel: 6 }

/**
 * An Excel workbook with typed cells, a frozen header, filters and sums, written in one pass:
 * strings stand inline, and the parts that need the whole table come last.
 */
export async function* writeXlsx(table: Table, options: XlsxOptions = {}): AsyncGenerator<Buffer> {
  const { guardFormulas = true, rowsPerSheet = MAX_ROWS_PER_SHEET } = options
  const rows = makeRowSource(table.batches)
  const totals = makeTotals(table.columns, table.total)
  const stylesheet = makeStylesheet()
  const book: Workbook = {
    name: table.name,
    columns: table.columns,
    rows,
    // the totals need a row of the last sheet
    rowsPerSheet: Math.min(rowsPerSheet, MAX_ROWS_PER_SHEET - (totals.isWanted ? 1 : 0)),
    context: { guardFormulas, styleOfOffset: stylesheet.styleOfOffset },
    totals,
    sheets: [],
  }
  const zip = makeZip(book, stylesheet.render)
  try {
    // as in writeRows: a query that fails at once must fail before the first byte
    await rows.isEmpty()
    yield* zip.open()
  } finally {
    zip.close()
    await rows.close()
  }
}

function makeZip(book: Workbook, renderStyles: () => string) {
  const zip = new ZipFile()
  const output = zip.outputStream as PassThrough
  let sheet: Readable | undefined

  const add = (path: string, text: string) => zip.addBuffer(Buffer.from(text), path, ENTRY)

  const addSheet = () => {
    const path = sheetPath(book.sheets.length)
    sheet = Readable.from(streamSheet(book), { objectMode: false })
    sheet.once('error', (error) => output.destroy(error))
    sheet.once('end', () => {
      book.rows
        .isEmpty()
        .then((isLast) => (isLast ? addClosingParts() : addSheet()))
        .catch((error: Error) => output.destroy(error))
    })
    zip.addReadStream(sheet, path, ENTRY)
  }

  const addClosingParts = () => {
    const parts = renderClosingParts(book.sheets, renderStyles())
    for (const [path, text] of Object.entries(parts)) add(path, text)
    zip.end()
  }

  return {
    open: (): AsyncIterable<Buffer> => {
      zip.on('error', (error) => output.destroy(error))
      add('_rels/.rels', ROOT_RELATIONS)
      addSheet()
      return output
    },
    close: () => {
      sheet?.destroy()
      output.destroy()
    },
  }
}
