import { writeRows } from './chunks.ts'
import { makeObjectRenderer } from './json-object.ts'
import type { Table } from './table.ts'

/** One JSON array with an object for each row, keyed by column key in column order. */
export function writeJson(table: Table): AsyncGenerator<Buffer> {
  const renderRow = makeObjectRenderer(table.columns)
  return writeRows(table, { head: '[\n', between: ',\n', tail: '\n]\n', renderRow })
}
