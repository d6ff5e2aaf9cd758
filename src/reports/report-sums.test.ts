import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { addDays, type Day, type Weekday } from '../domain/day.ts'
import { plainDefinition } from '../domain/report.ts'
import { spansOf } from '../domain/time-spans.ts'
import { reportTable } from './report-table.ts'

const dimensions = ['day', 'week', 'month', 'quarter', 'year'] as const
const someWeekday = fc.integer({ min: 1, max: 7 }).map((one) => one as Weekday)

describe('sums', () => {
  const someSum = fc.record({
    who: fc.constantFrom('ann', 'bob', 'cid'),
    what: fc.constantFrom('A-1', 'A-2', ''),
    day: fc.integer({ min: 0, max: 500 }),
    seconds: fc.integer({ min: 0, max: 100_000 }),
  })

  it('are the same by rows, by columns and as a whole, however they are grouped', () => {
    const first = '2025-10-20' as Day
    fc.assert(
      fc.property(
        fc.array(someSum, { maxLength: 40 }),
        fc.constantFrom(...dimensions),
        someWeekday,
        fc.boolean(),
        (rows, dimension, firstWeekday, hasSubtotals) => {
          const sums = rows.map(({ who, what, day, seconds }) => {
            const on = addDays(first, day)
            const [span] = spansOf(dimension, { from: on, to: on }, firstWeekday, 1)
            return {
              groups: [who, what, span!].map((key) => ({ key, label: key, hint: null })),
              timeSpentSeconds: seconds,
              billableSeconds: seconds,
              count: 1,
            }
          })
          const table = reportTable(
            {
              ...plainDefinition,
              rows: ['person', 'issue'],
              columns: dimension,
              hasSubtotals,
              firstWeekday,
              period: { from: first, to: addDays(first, 500) },
            },
            { sums },
          )
          const whole = rows.reduce((sum, { seconds }) => sum + seconds, 0)
          const width = table.columns.length
          const leaves = table.rows.filter(({ keys }) => keys.length === 2)
          const outer = table.rows.filter(({ keys }) => keys.length === 1)
          const add = (cells: readonly unknown[]) =>
            cells.reduce<number>((sum, cell) => sum + Number(cell ?? 0), 0)
          expect(table.total[width - 1]).toBe(whole)
          expect(add(leaves.map(({ cells }) => cells[width - 1]))).toBe(whole)
          if (hasSubtotals) expect(add(outer.map(({ cells }) => cells[width - 1]))).toBe(whole)
          expect(add(table.total.slice(2, width - 1))).toBe(whole)
          for (const { cells } of leaves) expect(add(cells.slice(2, -1))).toBe(cells[width - 1])
        },
      ),
      { numRuns: 60 },
    )
  })
})
