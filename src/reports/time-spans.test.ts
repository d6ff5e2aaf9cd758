import fc from 'fast-check'
import { Temporal } from 'temporal-polyfill'
import { describe, expect, it } from 'vitest'
import { addDays, type Day, dayOfEpoch, type Weekday } from '../domain/day.ts'
import { reportTable } from './report-table.ts'
import { plainDefinition } from './run-report.ts'
import { spanLabel, spanPeriod, spansOf } from './time-spans.ts'

const dimensions = ['day', 'week', 'month', 'quarter', 'year'] as const
// 1999 to 2043: leap years, and years of 52 and 53 weeks.
const someDay = fc.integer({ min: 10_600, max: 27_000 }).map((epoch) => dayOfEpoch(epoch))
const someWeekday = fc.integer({ min: 1, max: 7 }).map((one) => one as Weekday)

describe('spans of time', () => {
  it('lie side by side: every day of a period is in one of them and in one only', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...dimensions),
        someDay,
        fc.integer({ min: 0, max: 900 }),
        someWeekday,
        (dimension, from, length, firstWeekday) => {
          const period = { from, to: addDays(from, length) }
          const spans = spansOf(dimension, period, firstWeekday, 1_000).map((day) =>
            spanPeriod(dimension, day),
          )
          expect(spans[0]!.from <= from && from <= spans[0]!.to).toBe(true)
          expect(spans.at(-1)!.from <= period.to && period.to <= spans.at(-1)!.to).toBe(true)
          for (const [at, span] of spans.slice(1).entries())
            expect(span.from).toBe(addDays(spans[at]!.to, 1))
          // A day alone begins where it lies in the whole.
          const middle = addDays(from, Math.floor(length / 2))
          const [alone] = spansOf(dimension, { from: middle, to: middle }, firstWeekday, 1)
          expect(spans.map((span) => span.from)).toContain(alone)
        },
      ),
      { numRuns: 300 },
    )
  })

  it('name weeks by the year they belong to, never two alike', () => {
    fc.assert(
      fc.property(someDay, (day) => {
        const weeks = spansOf('week', { from: day, to: addDays(day, 400) }, 1, 1_000)
        const labels = weeks.map((week) => spanLabel('week', week, 1))
        expect(new Set(labels).size).toBe(weeks.length)
        for (const [at, week] of weeks.entries()) {
          const { yearOfWeek, weekOfYear } = Temporal.PlainDate.from(week)
          expect(labels[at]).toBe(`${yearOfWeek}-W${String(weekOfYear).padStart(2, '0')}`)
        }
      }),
      { numRuns: 50 },
    )
  })
})

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
              keys: [who, what, span!],
              labels: [who, what, span!],
              hints: [null, null, null],
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
