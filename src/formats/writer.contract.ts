import fc from 'fast-check'
import { expect, it } from 'vitest'
import { type FormatOptions, formats, isFormatName } from './formats.ts'
import { type Cell, type CellType, type Column, inBatches, type Row, type Table } from './table.ts'

type Write = (table: Table, options?: FormatOptions) => AsyncIterable<Buffer>

/** A table of these rows; columns are given as `key:type`. */
export function aTable(columns: readonly string[], rows: readonly Row[], batchSize = 2): Table {
  return { name: 'worklogs', columns: columns.map(toColumn), batches: inBatches(rows, batchSize) }
}

function toColumn(text: string): Column {
  const [key = '', type = 'text'] = text.split(':')
  return { key, title: key.toUpperCase(), type: type as CellType }
}

/** All bytes of a file. */
export async function readAll(chunks: AsyncIterable<Buffer>): Promise<Buffer> {
  const all: Buffer[] = []
  for await (const chunk of chunks) all.push(chunk)
  return Buffer.concat(all)
}

const nasty = ['=', '+', '-', '@', '\t', '\r', '\n', '"', ',', "'", ' ', '<', '&', ']]>', '_x0041_']
const text = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.string({ unit: fc.constantFrom(...nasty, 'a', 'é', '漢', '😀', '\0', '\u2028') }),
)
const instantOptions = { min: new Date('1901-01-01'), max: new Date('2200-01-01') }
const offsets = fc.constantFrom('Z', '+00:00', '-07:00', '+05:30')
const moment = fc.date({ ...instantOptions, noInvalidDate: true }).map((date) => date.toISOString())

const cellsOf: Readonly<Record<CellType, fc.Arbitrary<Cell>>> = {
  text,
  integer: fc.oneof(
    fc.integer(),
    fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }).map((id) => `${id}`),
  ),
  seconds: fc.integer({ min: 0, max: 10_000_000 }),
  decimal: fc.integer().map((hundredths) => (hundredths / 100).toFixed(2)),
  day: moment.map((iso) => iso.slice(0, 10)),
  instant: fc.tuple(moment, offsets).map(([iso, offset]) => iso.slice(0, 19) + offset),
  boolean: fc.boolean(),
}

/** Any columns with rows that fit them, to be written in batches of any size. */
export const anyRows: fc.Arbitrary<{ columns: string[]; rows: Row[]; batchSize: number }> = fc
  .array(fc.constantFrom(...(Object.keys(cellsOf) as CellType[])), { minLength: 1, maxLength: 6 })
  .chain((types) =>
    fc.record({
      columns: fc.constant(types.map((type, i) => `column${i}:${type}`)),
      rows: fc.array(
        fc.tuple(
          ...types.map((type) => fc.option(cellsOf[type], { freq: 8 })),
        ) as fc.Arbitrary<Row>,
        { maxLength: 8 },
      ),
      batchSize: fc.integer({ min: 1, max: 5 }),
    }),
  )

/** What every writer owes to whoever serves it; the name decides what can be expected. */
export function itKeepsTheWriterContract(name: string, write: Write): void {
  const columns = [toColumn('id:integer'), toColumn('comment')]

  const source = (batchCount: number, failsAt = -1) => {
    const state = { pulledCount: 0, isReleased: false }
    async function* pull() {
      try {
        for (let batch = 0; batch < batchCount; batch++) {
          if (batch === failsAt) throw new Error('the query failed')
          state.pulledCount++
          // digits that do not compress to nothing, or a zip would swallow every batch
          yield Array.from({ length: 100 }, (_, i) => [i, `${Math.sin(batch * 100 + i)}`])
        }
      } finally {
        state.isReleased = true
      }
    }
    return { state, table: { name: 'worklogs', columns, batches: pull() } }
  }

  it('is in the table of formats under its name', () => {
    expect(isFormatName(name) && formats[name].write).toBe(write)
  })

  it('writes a table without rows', async () => {
    await expect(readAll(write(aTable(['id:integer'], [])))).resolves.toBeInstanceOf(Buffer)
  })

  it('writes no byte when the first batch fails', async () => {
    const chunks = write(source(2, 0).table)[Symbol.asyncIterator]()
    await expect(chunks.next()).rejects.toThrow('the query failed')
  })

  it('fails when a later batch fails', async () => {
    await expect(readAll(write(source(9, 5).table))).rejects.toThrow('the query failed')
  })

  // text measures its columns first
  if (name === 'text') return

  it('writes bytes before it pulls the third batch', async () => {
    const { state, table } = source(Number.POSITIVE_INFINITY)
    const chunks = write(table)[Symbol.asyncIterator]()
    await chunks.next()
    expect(state.pulledCount).toBeLessThan(3)
    await chunks.return?.()
  })

  it('pulls no faster than it is read, and lets go of its source when abandoned', async () => {
    const { state, table } = source(Number.POSITIVE_INFINITY)
    let length = 0
    for await (const chunk of write(table)) {
      length += chunk.length
      if (length > 500_000) break
    }
    expect(state.isReleased).toBe(true)
    expect(state.pulledCount).toBeLessThan(1500)
  })
}
