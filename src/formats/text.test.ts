import { describe, expect, it } from 'vitest'
import { inBatches, type Row } from './table.ts'
import { writeText } from './text.ts'
import { aTable, itKeepsTheWriterContract, readAll } from './writer.contract.ts'

const render = async (columns: string[], rows: Row[], options = {}) =>
  (await readAll(writeText(aTable(columns, rows), options))).toString()

describe('text', () => {
  itKeepsTheWriterContract('text', writeText)

  it('aligns columns, numbers to the right', async () => {
    const rows = [
      ['A-1', 3600, '12', true, 'one'],
      ['LONG-22', 5405, '7', false, null],
    ]
    expect(await render(['key', 'time:seconds', 'id:integer', 'ok:boolean', 'x'], rows)).toBe(
      [
        'KEY         TIME  ID  OK   X',
        '-------  -------  --  ---  ---',
        'A-1         1:00  12  yes  one',
        'LONG-22  1:30:05   7  no',
        '',
      ].join('\n'),
    )
  })

  it.each([
    { seconds: 0, written: '0:00' },
    { seconds: 59, written: '0:00:59' },
    { seconds: 60, written: '0:01' },
    { seconds: 360_000, written: '100:00' },
    { seconds: -5400, written: '-1:30' },
  ])('writes $seconds seconds as $written', async ({ seconds, written }) => {
    expect((await render(['t:seconds'], [[seconds]])).split('\n')[2]).toBe(written)
  })

  it('counts wide characters as two', async () => {
    const lines = (
      await render(
        ['a', 'b'],
        [
          ['漢字', 'x'],
          ['abcd', 'x'],
          ['é', 'x'],
        ],
      )
    ).split('\n')
    expect(lines.slice(2, 5)).toEqual(['漢字  x', 'abcd  x', 'é     x'])
  })

  it('cuts a long cell, between characters', async () => {
    const lines = (await render(['a'], [['漢'.repeat(40)], ['b'.repeat(61)]])).split('\n')
    expect(lines[2]).toBe(`${'漢'.repeat(29)}…`)
    expect(lines[3]).toBe(`${'b'.repeat(59)}…`)
  })

  it('shrinks the widest columns until a line fits the terminal', async () => {
    const text = await render(['key', 'comment'], [['PROJ-1', 'c'.repeat(50)]], { maxWidth: 30 })
    expect(text.split('\n')[2]).toBe(`PROJ-1  ${'c'.repeat(21)}…`)
  })

  it('keeps a cell from breaking the table or driving the terminal', async () => {
    const text = await render(['a'], [['one\r\n\ttwo \u001b[31mred\u202e']])
    expect(text.split('\n')[2]).toBe('one two \ufffd[31mred\ufffd')
  })

  it('shows 10,000 rows and says how many more there were', async () => {
    const rows = Array.from({ length: 10_003 }, (_, i) => [i])
    const table = { ...aTable(['n:integer'], []), batches: inBatches(rows, 999) }
    const lines = (await readAll(writeText(table))).toString().split('\n')
    expect(lines.slice(-3)).toEqual(['9999', '… and 3 more rows', ''])
    expect(lines).toHaveLength(10_004)
  })
})
