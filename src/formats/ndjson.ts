import { writeRows } from './chunks.ts'
import { makeObjectRenderer } from './json-object.ts'
import type { Table } from './table.ts'

/** Newline-delimited JSON: the objects of the `json` format, one on each line. */
export function writeNdjson(table: Table): AsyncGenerator<Buffer> {
  const renderObject = makeObjectRenderer(table.columns)
  return writeRows(table, { head: '', tail: '', renderRow: (row) => `${renderObject(row)}\n` })
}
