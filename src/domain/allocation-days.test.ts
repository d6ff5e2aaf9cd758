import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type AllocationShape, recurrenceRules } from './allocation.ts'
import {
  lastDayOf,
  mostOccurrenceDays,
  occurrencesIn,
  plannedDays,
  reachOf,
  sumSeconds,
} from './allocation-days.ts'
import { addDays, type Day, dayOfEpoch, daysOf, epochOfDay, parseDay, weekday } from './day.ts'

const day = (text: string) => parseDay(text)
const onWeekdays = (one: Day) => weekday(one) < 6

function shape(
  more: Omit<Partial<AllocationShape>, 'from' | 'to'> & { from: string; to: string },
): AllocationShape {
  return {
    effort: 'per-day',
    seconds: 3_600,
    includesNonWorkingDays: false,
    rule: 'never',
    recursUntil: null,
    exceptions: [],
    ...more,
    from: day(more.from),
    to: day(more.to),
  }
}

const read = (allocation: AllocationShape, from: string, to: string) =>
  plannedDays(allocation, { from: day(from), to: day(to) }, onWeekdays).map(
    (one) => `${one.day.slice(5)} ${one.seconds}`,
  )

describe('an allocation', () => {
  it('covers its working days, and the others where it says so', () => {
    const week = { from: '2026-03-06', to: '2026-03-09' }
    expect(read(shape(week), '2026-03-01', '2026-03-31')).toEqual(['03-06 3600', '03-09 3600'])
    const all = read(shape({ ...week, includesNonWorkingDays: true }), '2026-03-01', '2026-03-31')
    expect(all).toEqual(['03-06 3600', '03-07 3600', '03-08 3600', '03-09 3600'])
    expect(read(shape(week), '2026-03-07', '2026-03-08')).toEqual([])
  })

  it('divides a total among its days: nine hours over three are three a day', () => {
    const three = { from: '2026-03-06', to: '2026-03-10', effort: 'total' } as const
    const of = (seconds: number) => read(shape({ ...three, seconds }), '2026-03-01', '2026-03-31')
    expect(of(32_400)).toEqual(['03-06 10800', '03-09 10800', '03-10 10800'])
    expect(of(11)).toEqual(['03-06 4', '03-09 4', '03-10 3'])
    expect(of(1)).toEqual(['03-06 1'])
  })

  it('is repeated by weeks until its last day', () => {
    const weekly = shape({
      ...{ from: '2026-03-05', to: '2026-03-06', rule: 'weekly' },
      recursUntil: day('2026-03-19'),
    })
    expect(read(weekly, '2026-01-01', '2026-12-31')).toEqual([
      ...['03-05 3600', '03-06 3600', '03-12 3600', '03-13 3600', '03-19 3600'],
    ])
    expect(read({ ...weekly, rule: 'bi-weekly' }, '2026-03-07', '2026-12-31')).toEqual([
      '03-19 3600',
    ])
  })

  it('is repeated by months, on the last day of shorter ones, leap days included', () => {
    const monthly = shape({
      ...{ from: '2028-01-31', to: '2028-01-31', rule: 'monthly', includesNonWorkingDays: true },
      recursUntil: day('2028-04-30'),
    })
    expect(read(monthly, '2028-01-01', '2028-12-31')).toEqual([
      ...['01-31 3600', '02-29 3600', '03-31 3600', '04-30 3600'],
    ])
    expect(read(monthly, '2028-02-29', '2028-02-29')).toEqual(['02-29 3600'])
  })

  it('leaves out or changes single days', () => {
    const exceptions = [
      { day: day('2026-03-09'), seconds: 0 },
      { day: day('2026-03-10'), seconds: 60 },
      { day: day('2026-03-08'), seconds: 7 },
    ]
    const one = shape({ from: '2026-03-06', to: '2026-03-10', exceptions })
    expect(read(one, '2026-03-01', '2026-03-31')).toEqual(['03-06 3600', '03-08 7', '03-10 60'])
  })

  it('plans nothing where nobody works', () => {
    const weekend = shape({ from: '2026-03-07', to: '2026-03-08', effort: 'total' })
    expect(read(weekend, '2026-03-01', '2026-03-31')).toEqual([])
  })
})

const firstDay = epochOfDay(day('2023-12-01'))
const anyShape = fc
  .record({
    at: fc.integer({ min: 0, max: 900 }),
    length: fc.integer({ min: 1, max: 45 }),
    rule: fc.constantFrom(...recurrenceRules),
    until: fc.integer({ min: 0, max: 900 }),
    effort: fc.constantFrom('per-day' as const, 'total' as const),
    seconds: fc.integer({ min: 1, max: 500_000 }),
    includesNonWorkingDays: fc.boolean(),
  })
  .map(({ at, length, until, rule, ...rest }): AllocationShape => {
    const from = dayOfEpoch(firstDay + at)
    const days = Math.min(length, mostOccurrenceDays(rule))
    return {
      ...rest,
      from,
      to: addDays(from, days - 1),
      rule,
      recursUntil: rule === 'never' ? null : addDays(from, days - 1 + until),
      exceptions: [],
    }
  })

describe('for every allocation', () => {
  it('the days of a period are those of its parts, each told once', () => {
    fc.assert(
      fc.property(anyShape, fc.integer({ min: 0, max: 1_900 }), (allocation, at) => {
        const { from, to } = reachOf(allocation)
        const cut = addDays(from, at % (epochOfDay(to) - epochOfDay(from) + 1))
        const whole = plannedDays(allocation, { from, to }, onWeekdays)
        const parts = [
          ...plannedDays(allocation, { from, to: cut }, onWeekdays),
          ...plannedDays(allocation, { from: addDays(cut, 1), to: addDays(to, 1) }, onWeekdays),
        ]
        expect(parts).toEqual(whole)
        expect(new Set(whole.map((one) => one.day)).size).toBe(whole.length)
        const wide = { from: addDays(from, -400), to: addDays(to, 400) }
        expect(plannedDays(allocation, wide, onWeekdays)).toEqual(whole)
      }),
    )
  })

  it('a whole occurrence holds exactly the total, or so much for each of its days', () => {
    fc.assert(
      fc.property(anyShape, (allocation) => {
        for (const one of occurrencesIn(allocation, reachOf(allocation), onWeekdays)) {
          const days = [...daysOf(one)].filter(
            (each) => allocation.includesNonWorkingDays || onWeekdays(each),
          )
          const { seconds, effort } = allocation
          const expected = effort === 'per-day' ? seconds * days.length : seconds
          expect(one.seconds).toBe(days.length === 0 ? 0 : expected)
          expect(sumSeconds(one.days)).toBe(one.seconds)
          const most = Math.max(...one.days.map((each) => each.seconds), 0)
          const least = Math.min(...one.days.map((each) => each.seconds), most)
          expect(most - least).toBeLessThanOrEqual(1)
        }
      }),
    )
  })

  it('occurrences never overlap and end by the last day', () => {
    fc.assert(
      fc.property(anyShape, (allocation) => {
        const found = occurrencesIn(allocation, reachOf(allocation), onWeekdays)
        expect(found[0]!.from).toBe(allocation.from)
        for (const [at, one] of found.entries()) {
          expect(one.to <= lastDayOf(allocation)).toBe(true)
          const next = found[at + 1]
          if (next) expect(one.to < next.from).toBe(true)
        }
      }),
    )
  })
})
