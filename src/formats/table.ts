/** What a cell of a column holds; the type decides how each format spells it. */
export type CellType = 'text' | 'integer' | 'seconds' | 'decimal' | 'day' | 'instant' | 'boolean'

/**
 * `null` is nothing. `seconds` are whole numbers; `decimal` is text rounded by whoever made it
 * ('1.50'); `day` is 'YYYY-MM-DD'; `instant` is ISO 8601 with an offset or Z; `integer` is a
 * number, or digits as text where the value is a 64-bit id that a number cannot hold.
 */
export type Cell = string | number | boolean | null

/** `key` names the value for programs, `title` for people; `isSummed` asks for a total. */
export type Column = {
  readonly key: string
  readonly title: string
  readonly type: CellType
  readonly isSummed?: boolean
}

/** The cells of a row, one for each column and in their order. */
export type Row = readonly Cell[]

/** A table on its way out: rows arrive in batches, and a writer never holds more than a batch. */
export type Table = {
  readonly name: string
  readonly columns: readonly Column[]
  readonly batches: AsyncIterable<readonly Row[]>
  /** A last row with the sums, known by whoever made the table; XLSX writes formulas instead. */
  readonly total?: Row
}

/** Rows that are already in memory, as the batches of a table. */
export async function* inBatches(
  rows: readonly Row[],
  batchSize = 1000,
): AsyncGenerator<readonly Row[]> {
  for (let start = 0; start < rows.length; start += batchSize) {
    yield rows.slice(start, start + batchSize)
  }
}
