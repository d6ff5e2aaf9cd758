import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { writeJson } from './json.ts'
import { anyRows, aTable, itKeepsTheWriterContract, readAll } from './writer.contract.ts'

describe('json', () => {
  itKeepsTheWriterContract('json', writeJson)

  it('writes one array, keys in column order, digits as they came', async () => {
    const table = aTable(
      ['id:integer', 'n:integer', 'hours:decimal', 'is:boolean', 'x'],
      [['9223372036854775807', 3, '1.50', false, null]],
    )
    expect((await readAll(writeJson(table))).toString()).toBe(
      '[\n{"id":"9223372036854775807","n":3,"hours":"1.50","is":false,"x":null}\n]\n',
    )
  })

  it('stays JSON when a number is none', async () => {
    const json = await readAll(writeJson(aTable(['n:integer'], [[Number.NaN], [1e21]])))
    expect(JSON.parse(json.toString())).toEqual([{ n: null }, { n: 1e21 }])
  })

  it('writes an empty array for no rows', async () => {
    expect(JSON.parse((await readAll(writeJson(aTable(['a'], [])))).toString())).toEqual([])
  })

  it('reads back equal', async () => {
    await fc.assert(
      fc.asyncProperty(anyRows, async ({ columns, rows, batchSize }) => {
        const table = aTable(columns, rows, batchSize)
        const read = JSON.parse((await readAll(writeJson(table))).toString()) as object[]
        expect(read.map((row) => Object.values(row))).toEqual(rows)
        for (const row of read)
          expect(Object.keys(row)).toEqual(table.columns.map(({ key }) => key))
      }),
    )
  })
})
