import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { writeNdjson } from './ndjson.ts'
import { anyRows, aTable, itKeepsTheWriterContract, readAll } from './writer.contract.ts'

describe('ndjson', () => {
  itKeepsTheWriterContract('ndjson', writeNdjson)

  it('writes an object on each line, line breaks in a cell included', async () => {
    const table = aTable(
      ['id:integer', 'comment'],
      [
        ['1', 'a\nb'],
        ['2', null],
      ],
    )
    expect((await readAll(writeNdjson(table))).toString()).toBe(
      '{"id":"1","comment":"a\\nb"}\n{"id":"2","comment":null}\n',
    )
  })

  it('reads back equal, line by line', async () => {
    await fc.assert(
      fc.asyncProperty(anyRows, async ({ columns, rows, batchSize }) => {
        const text = (await readAll(writeNdjson(aTable(columns, rows, batchSize)))).toString()
        const lines = text.split('\n').slice(0, -1)
        expect(lines.map((line) => Object.values(JSON.parse(line) as object))).toEqual(rows)
      }),
    )
  })
})
