import fc from 'fast-check'
import { Temporal } from 'temporal-polyfill'
import { describe, expect, it } from 'vitest'
import { addDays, dayOfEpoch, type Weekday } from './day.ts'
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
