import type { Row, Table } from './table.ts'

/** Characters gathered before a chunk is handed on: below it the cost of the hop shows. */
export const CHUNK_LENGTH = 64 * 1024

/** A text format: what stands before, between and after the rows, and how one row is spelt. */
export type RowFormat = {
  readonly head: string
  readonly between?: string
  readonly tail: string
  readonly renderRow: (row: Row) => string
}

/**
 * Streams a table as UTF-8 chunks. Nothing leaves before the first batch has arrived, so that a
 * query that fails at once is still an error and not a broken file; that batch then leaves alone,
 * so that a slow source shows bytes early.
 */
export async function* writeRows(table: Table, format: RowFormat): AsyncGenerator<Buffer> {
  const { renderRow, between = '' } = format
  let text = format.head
  let separator = ''
  let hasBegun = false
  for await (const batch of table.batches) {
    for (const row of batch) {
      text += separator + renderRow(row)
      separator = between
      if (text.length >= CHUNK_LENGTH) {
        yield Buffer.from(text)
        text = ''
        hasBegun = true
      }
    }
    if (!hasBegun && text !== '') {
      yield Buffer.from(text)
      text = ''
      hasBegun = true
    }
  }
  if (table.total) text += separator + renderRow(table.total)
  text += format.tail
  if (text !== '') yield Buffer.from(text)
}
