import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { copyOf } from './copy-week.ts'
import { dragged, minuteAt } from './drag.ts'
import { layLanes } from './lanes.ts'
import { lockOfCell } from './locks.ts'
import { rowsOf, workedSeconds } from './week-model.ts'

const span = fc
  .tuple(fc.integer({ min: 0, max: 1_380 }), fc.integer({ min: 5, max: 60 }))
  .map(([from, length]) => ({ from, to: from + length }))

describe('lanes of a day', () => {
  it('never lay two things over each other, and lose none', () => {
    fc.assert(
      fc.property(fc.array(span, { maxLength: 30 }), (items) => {
        const laid = layLanes(items)
        expect(laid).toHaveLength(items.length)
        for (const a of laid) {
          expect(a.lane).toBeLessThan(a.lanes)
          for (const b of laid)
            if (a !== b && a.item.from < b.item.to && b.item.from < a.item.to)
              expect(a.lane).not.toBe(b.lane)
        }
      }),
    )
  })

  it('give a lone thing the whole width', () => {
    const laid = layLanes([
      { from: 0, to: 60 },
      { from: 30, to: 90 },
      { from: 90, to: 120 },
    ])
    expect(laid.map(({ lane, lanes }) => [lane, lanes])).toEqual([
      [0, 2],
      [1, 2],
      [0, 1],
    ])
  })
})

describe('worked time', () => {
  it.each([
    [[], 0],
    [[['09:00:00', 3_600]], 3_600],
    [
      [
        ['09:00:00', 3_600],
        ['09:30:00', 3_600],
      ],
      5_400,
    ],
    [
      [
        ['09:00:00', 7_200],
        ['09:30:00', 600],
      ],
      7_200,
    ],
  ] as const)('counts overlaps once: %j', (rows, expected) => {
    const worklogs = rows.map(([startTime, timeSpentSeconds]) => ({ startTime, timeSpentSeconds }))
    expect(workedSeconds(worklogs)).toBe(expected)
  })
})

describe('dragging', () => {
  const issue = { id: '1', key: 'OPS-1', summary: '' }
  const worklog = {
    ...{ id: '1', version: 1, issue, day: '2026-03-02', billableSeconds: null, comment: '' },
    ...{ attributes: {}, startTime: '09:00:00', timeSpentSeconds: 5_400, isPending: false },
  }
  const place = (minute: number, day = '2026-03-02') => ({ day, minute })
  const drag = (kind: 'create' | 'move' | 'resize', from: number, to: number, day?: string) =>
    dragged(
      {
        ...{ kind, worklog: kind === 'create' ? undefined : worklog, hasMoved: true },
        ...{ start: place(from), now: place(to, day) },
      },
      5,
    )

  it('snaps to five minutes', () => {
    expect(minuteAt(48 * 9 + 11, 48, 5)).toBe(9 * 60 + 15)
    expect(minuteAt(-20, 48, 5)).toBe(0)
    expect(minuteAt(100_000, 48, 5)).toBe(1_440)
  })

  it('creates upwards and downwards, one step at least', () => {
    expect(drag('create', 600, 540)).toEqual({ day: '2026-03-02', from: 540, to: 600 })
    expect(drag('create', 600, 600)).toEqual({ day: '2026-03-02', from: 600, to: 605 })
    expect(drag('create', 1_440, 1_440)).toEqual({ day: '2026-03-02', from: 1_435, to: 1_440 })
  })

  it('moves to other days and stays within them', () => {
    expect(drag('move', 560, 620, '2026-03-03')).toEqual({ day: '2026-03-03', from: 600, to: 690 })
    expect(drag('move', 560, 0)).toEqual({ day: '2026-03-02', from: 0, to: 90 })
    expect(drag('move', 560, 1_440)).toEqual({ day: '2026-03-02', from: 1_350, to: 1_440 })
  })

  it('resizes by the edge, one step at least', () => {
    expect(drag('resize', 630, 700)).toEqual({ day: '2026-03-02', from: 540, to: 700 })
    expect(drag('resize', 630, 300)).toEqual({ day: '2026-03-02', from: 540, to: 545 })
  })
})

it('copies a week, but not onto locked or free days, and not over what is there', () => {
  const issue = (id: string) => ({ id, jiraId: id, key: `OPS-${id}`, summary: '' })
  const row = (id: string, day: string) =>
    ({
      issue: issue(id),
      day,
      startTime: '09:00:00',
      timeSpentSeconds: 60,
      comment: 'c',
      attributes: { a: 'b' },
    }) as never
  const closed = { reason: 'period-closed' as const, from: '', to: '', by: null, at: null }
  const open = { requiredSeconds: 28_800, holiday: null, absence: null, lock: null }
  const days = [
    { ...open, day: '2026-03-09' },
    { ...open, day: '2026-03-10', lock: closed },
    { ...open, day: '2026-03-11', holiday: 'Day of Rest' },
    { ...open, day: '2026-03-12' },
  ]
  const before = ['2026-03-02', '2026-03-03', '2026-03-04', '2026-03-05'].map((day) =>
    row('1', day),
  )
  const made = copyOf(before, [row('1', '2026-03-12')], days)
  expect(made).toEqual([
    {
      issue: issue('1'),
      day: '2026-03-09',
      values: { timeSpentSeconds: 60, startTime: '09:00:00', comment: 'c', attributes: { a: 'b' } },
    },
  ])
})

describe('what holds a cell', () => {
  const approval = { worklogId: '1', by: { id: '7', displayName: 'The lead' }, at: null }
  const row = (approved: boolean) => ({ day: '2026-03-02', ...(approved ? { approval } : {}) })
  const day = { requiredSeconds: 0, holiday: null, absence: null, lock: null, day: '2026-03-02' }
  const held = (worklogs: object[], lock: object | null = null) =>
    lockOfCell(
      { days: [{ ...day, lock } as never] },
      { day: '2026-03-02', worklogs: worklogs as never },
    )

  it('is its day, or else that all of it is approved', () => {
    const closed = { reason: 'period-closed', from: '', to: '', by: null, at: null }
    expect(held([])).toBeUndefined()
    expect(held([row(true), row(false)])).toBeUndefined()
    expect(held([row(true), row(true)])).toEqual({
      ...{ reason: 'worklog-approved', by: approval.by, at: null },
    })
    expect(held([row(true)], closed)).toEqual(closed)
    expect(held([], closed)).toEqual(closed)
  })
})

describe('rows of a week', () => {
  it('hold what a Jira says otherwise, with a row where there is none yet', () => {
    const issue = (id: string) => ({ id, key: `OPS-${id}`, summary: '' })
    const days = [{ day: '2026-03-02', lock: null }] as never
    const worklog = { id: '1', issue: issue('1'), day: '2026-03-02', timeSpentSeconds: 60 } as never
    const of = (id: string) => ({ id, issue: issue(id), day: '2026-03-02' }) as never
    const divergences = [of('1'), of('2')]
    const rows = rowsOf({ days, favourites: [], divergences }, [worklog], [])
    expect(rows.map((row) => [row.issue.key, row.cells[0]?.divergences.length])).toEqual([
      ['OPS-1', 1],
      ['OPS-2', 1],
    ])
    expect(rows[1]?.seconds).toBe(0)
  })
})
