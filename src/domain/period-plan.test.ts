import fc from 'fast-check'
import { expect, it } from 'vitest'
import { addDays, type Day, dayOfEpoch, parsePeriod } from './day.ts'
import { periodOn, periodsIn } from './period-plan.ts'
import type { PeriodRule } from './rules.ts'

it.each<[string, PeriodRule, string, string, string]>([
  ['weeks', { kind: 'week', firstWeekday: 1 }, '2026-03-04', '2026-03-02', '2026-03-08'],
  ['Sunday weeks', { kind: 'week', firstWeekday: 7 }, '2026-03-01', '2026-03-01', '2026-03-07'],
  ['months', { kind: 'month', firstDay: 1 }, '2026-02-28', '2026-02-01', '2026-02-28'],
  [
    'months from the 26th',
    { kind: 'month', firstDay: 26 },
    '2026-03-25',
    '2026-02-26',
    '2026-03-25',
  ],
  [
    'months from the 26th',
    { kind: 'month', firstDay: 26 },
    '2026-03-26',
    '2026-03-26',
    '2026-04-25',
  ],
  [
    'fortnights',
    { kind: 'days', from: '2026-03-02' as Day, length: 14 },
    '2026-03-15',
    '2026-03-02',
    '2026-03-15',
  ],
  [
    'fortnights before',
    { kind: 'days', from: '2026-03-02' as Day, length: 14 },
    '2026-03-01',
    '2026-02-16',
    '2026-03-01',
  ],
])('cuts time into %s', (_, rule, day, from, to) => {
  expect(periodOn(rule, day as Day)).toEqual({ from, to })
})

it('lists whole periods that touch a range, and is bounded', () => {
  const weeks: PeriodRule = { kind: 'week', firstWeekday: 1 }
  expect(periodsIn(weeks, parsePeriod('2026-03-08', '2026-03-09'))).toEqual([
    { from: '2026-03-02', to: '2026-03-08' },
    { from: '2026-03-09', to: '2026-03-15' },
  ])
  expect(() => periodsIn(weeks, parsePeriod('2000-01-01', '2100-01-01'))).toThrow(/at most 1000/)
})

it('leaves no day out and puts none into two, whatever the rule', () => {
  const rule = fc.oneof(
    fc.record({
      kind: fc.constant('week' as const),
      firstWeekday: fc.constantFrom(1, 2, 3, 4, 5, 6, 7),
    }),
    fc.record({ kind: fc.constant('month' as const), firstDay: fc.integer({ min: 1, max: 28 }) }),
    fc.record({
      kind: fc.constant('days' as const),
      from: fc.integer({ min: 0, max: 40_000 }).map(dayOfEpoch),
      length: fc.integer({ min: 1, max: 366 }),
    }),
  ) as fc.Arbitrary<PeriodRule>
  fc.assert(
    fc.property(rule, fc.integer({ min: 0, max: 40_000 }).map(dayOfEpoch), (one, day) => {
      const period = periodOn(one, day)
      expect(period.from <= day && day <= period.to).toBe(true)
      expect(periodOn(one, period.from)).toEqual(period)
      expect(periodOn(one, period.to)).toEqual(period)
      expect(periodOn(one, addDays(period.to, 1)).from).toBe(addDays(period.to, 1))
    }),
  )
})
