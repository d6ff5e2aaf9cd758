import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseWorked } from '../../../src/domain/duration.ts'
import { parseClipboard, planCell } from './cell-input.ts'
import { applyOperations, type ShownWorklog } from './operations.ts'
import { sum } from './week-model.ts'

const issue = { id: '1', key: 'OPS-1', summary: 'Work' }

function aRow(id: string, timeSpentSeconds: number, startTime = '09:00:00'): ShownWorklog {
  const rest = {
    billableSeconds: null,
    comment: '',
    attributes: {},
    isPending: false,
    version: Number(id),
  }
  return { id, issue, day: '2026-03-02', startTime, timeSpentSeconds, ...rest }
}

const cellOf = (...worklogs: ShownWorklog[]) => ({ worklogs, seconds: sum(worklogs) })
const plan = (text: string, ...worklogs: ShownWorklog[]) =>
  planCell(cellOf(...worklogs), parseWorked(text))

describe('what is typed into a cell', () => {
  it.each([
    ['1h30', { kind: 'log', values: { timeSpentSeconds: 5_400, startTime: undefined } }],
    ['930-1100', { kind: 'log', values: { timeSpentSeconds: 5_400, startTime: '09:30' } }],
    ['+15m', { kind: 'log', values: { timeSpentSeconds: 900, startTime: undefined } }],
    ['0', { kind: 'nothing' }],
  ])('into an empty one: %s', (text, expected) => {
    expect(plan(text)).toEqual(expected)
  })

  it.each([
    ['2', { kind: 'change', id: '1', version: 1, values: { timeSpentSeconds: 7_200 } }],
    ['1:00', { kind: 'nothing' }],
    ['+15m', { kind: 'change', id: '1', version: 1, values: { timeSpentSeconds: 4_500 } }],
    [
      '8-10',
      {
        kind: 'change',
        id: '1',
        version: 1,
        values: { timeSpentSeconds: 7_200, startTime: '08:00' },
      },
    ],
    ['+8-10', { kind: 'log', values: { timeSpentSeconds: 7_200, startTime: '08:00' } }],
    ['0', { kind: 'remove-all' }],
  ])('into one with a single worklog: %s', (text, expected) => {
    expect(plan(text, aRow('1', 3_600))).toEqual(expected)
  })

  it.each([
    ['4', { kind: 'change', id: '2', version: 2, values: { timeSpentSeconds: 10_800 } }],
    ['1', { kind: 'ask' }],
    ['8-10', { kind: 'ask' }],
    ['0', { kind: 'remove-all' }],
  ])('into one with several, the last takes the difference: %s', (text, expected) => {
    expect(plan(text, aRow('2', 7_200, '13:00:00'), aRow('1', 3_600))).toEqual(expected)
  })

  it.each([
    ['4', { kind: 'ask' }],
    ['0', { kind: 'ask' }],
    ['+1', { kind: 'log', values: { timeSpentSeconds: 3_600, startTime: undefined } }],
  ])('into one whose last worklog is approved, which stays: %s', (text, expected) => {
    const approval = { worklogId: '2', by: null, at: null }
    const held = { ...aRow('2', 7_200, '13:00:00'), approval }
    expect(plan(text, held, aRow('1', 3_600))).toEqual(expected)
  })

  it('always leads to the total that was typed, or asks', () => {
    const rows = fc.array(fc.integer({ min: 60, max: 30_000 }), { maxLength: 4 })
    fc.assert(
      fc.property(rows, fc.integer({ min: 1, max: 1_440 }), (lengths, minutes) => {
        const worklogs = lengths.map((length, at) => aRow(String(at + 1), length))
        const made = planCell(cellOf(...worklogs), { kind: 'set', seconds: minutes * 60 })
        if (made.kind === 'ask') return sum(worklogs.slice(0, -1)) >= minutes * 60
        const total = worklogs.map((one) =>
          made.kind === 'change' && made.id === one.id
            ? (made.values.timeSpentSeconds ?? 0)
            : one.timeSpentSeconds,
        )
        const added = made.kind === 'log' ? made.values.timeSpentSeconds : 0
        return total.reduce((all, one) => all + one, added) === minutes * 60
      }),
    )
  })
})

it('reads what a spreadsheet copies', () => {
  expect(parseClipboard('1:00\t\t2\r\n0:30\t1.5\t\r\n')).toEqual([
    ['1:00', '', '2'],
    ['0:30', '1.5', ''],
  ])
})

it('shows writes on their way over what the server knows', () => {
  const base = { key: 'k', personId: '1', week: '2026-03-02' }
  const shown = applyOperations(
    [],
    [
      {
        ...base,
        kind: 'log',
        id: 'new 1',
        issue,
        day: '2026-03-02',
        values: { timeSpentSeconds: 60 },
      },
      { ...base, kind: 'change', id: 'new 1', version: 0, values: { comment: 'more' } },
      {
        ...base,
        kind: 'log',
        id: 'new 2',
        issue,
        day: '2026-03-03',
        values: { timeSpentSeconds: 60 },
      },
      { ...base, kind: 'remove', id: 'new 2', version: 0 },
    ],
  )
  expect(shown).toMatchObject([
    { id: 'new 1', comment: 'more', timeSpentSeconds: 60, isPending: true },
  ])
})
