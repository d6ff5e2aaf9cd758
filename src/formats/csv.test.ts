import { parse } from 'csv-parse/sync'
import { stringify } from 'csv-stringify/sync'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { writeCsv } from './csv.ts'
import { anyRows, aTable, itKeepsTheWriterContract, readAll } from './writer.contract.ts'

const toText = (row: readonly unknown[]) => row.map((cell) => `${cell ?? ''}`)

describe('csv', () => {
  itKeepsTheWriterContract('csv', writeCsv)

  it.each([
    { name: 'plain text', cell: 'a b', written: 'a b' },
    { name: 'a comma', cell: 'a,b', written: '"a,b"' },
    { name: 'a quote', cell: 'say "x"', written: '"say ""x"""' },
    { name: 'a line break', cell: 'a\nb', written: '"a\nb"' },
    { name: 'nothing', cell: null, written: '' },
    { name: 'a boolean', cell: true, written: 'true' },
    { name: 'a formula', cell: '=1+1', written: "'=1+1" },
    { name: 'a formula with a comma', cell: '@SUM(A1,A2)', written: `"'@SUM(A1,A2)"` },
    { name: 'a carriage return in front', cell: '\rx', written: `"'\rx"` },
  ])('writes $name', async ({ cell, written }) => {
    const csv = await readAll(writeCsv(aTable(['a', 'b'], [[cell, 'x']])))
    expect(csv.toString()).toBe(`A,B\r\n${written},x\r\n`)
  })

  it('never guards a column that is not text', async () => {
    const table = aTable(['a:integer', 'b:decimal', 'c:seconds'], [['-7', '-1.50', -60]])
    expect((await readAll(writeCsv(table))).toString()).toBe('A,B,C\r\n-7,-1.50,-60\r\n')
  })

  it('guards titles, which can be the names of attributes', async () => {
    const csv = await readAll(writeCsv(aTable(['=cmd', 'b'], [])))
    expect(csv.toString()).toBe("'=CMD,B\r\n")
  })

  it('quotes the empty cell of a lone column, since an empty line is no record', async () => {
    const csv = await readAll(writeCsv(aTable(['a'], [[null], [''], ['x']])))
    expect(csv.toString()).toBe('A\r\n""\r\n""\r\nx\r\n')
  })

  it('begins with a byte order mark when asked', async () => {
    const csv = await readAll(writeCsv(aTable(['a'], []), { bom: true }))
    expect([...csv]).toEqual([0xef, 0xbb, 0xbf, 0x41, 0x0d, 0x0a])
  })

  it('reads back equal when nothing is guarded', async () => {
    await fc.assert(
      fc.asyncProperty(anyRows, async ({ columns, rows, batchSize }) => {
        const table = aTable(columns, rows, batchSize)
        const csv = await readAll(writeCsv(table, { guardFormulas: false }))
        const [header, ...read] = parse(csv, { recordDelimiter: '\r\n' }) as string[][]
        expect(header).toEqual(table.columns.map(({ title }) => title))
        expect(read).toEqual(rows.map(toText))
      }),
    )
  })

  it('quotes no more than csv-stringify does', async () => {
    await fc.assert(
      fc.asyncProperty(anyRows, async ({ columns, rows }) => {
        const options = { record_delimiter: '\r\n', quoted_match: /[\r\n]/ }
        const oracle = stringify(
          rows.map((row) => [...toText(row), 'end']),
          options,
        )
        const table = aTable(
          [...columns, 'end'],
          rows.map((row) => [...row, 'end']),
        )
        const csv = (await readAll(writeCsv(table, { guardFormulas: false }))).toString()
        expect(csv.slice(csv.indexOf('\r\n') + 2)).toBe(oracle)
      }),
    )
  })

  it('lets no text cell begin like a formula', async () => {
    await fc.assert(
      fc.asyncProperty(anyRows, async ({ columns, rows, batchSize }) => {
        const table = aTable(columns, rows, batchSize)
        const csv = await readAll(writeCsv(table))
        const [, ...read] = parse(csv, { recordDelimiter: '\r\n' }) as string[][]
        for (const [i, column] of table.columns.entries()) {
          for (const row of column.type === 'text' ? read : [])
            expect(row[i]).not.toMatch(/^[=+\-@\t\r]/)
        }
      }),
    )
  })
})
