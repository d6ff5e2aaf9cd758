import {
  addDays,
  addMonths,
  type Day,
  daysBetween,
  type Period,
  startOfMonth,
  startOfWeek,
} from './day.ts'
import { invalidField } from './errors.ts'
import type { PeriodRule } from './rules.ts'

/** Periods one answer may list. */
export const mostPeriods = 1_000

/** The period that holds the day. */
export function periodOn(rule: PeriodRule, day: Day): Period {
  switch (rule.kind) {
    case 'week': {
      const from = startOfWeek(day, rule.firstWeekday)
      return { from, to: addDays(from, 6) }
    }
    case 'month': {
      const first = addDays(startOfMonth(day), rule.firstDay - 1)
      const from = first <= day ? first : addMonths(first, -1)
      return { from, to: addDays(addMonths(from, 1), -1) }
    }
    case 'days': {
      const since = daysBetween(rule.from, day)
      const from = addDays(rule.from, Math.floor(since / rule.length) * rule.length)
      return { from, to: addDays(from, rule.length - 1) }
    }
  }
}

/** The periods that share a day with a range, whole and in order; bounded. */
export function periodsIn(rule: PeriodRule, range: Period): Period[] {
  const periods: Period[] = []
  for (let next = periodOn(rule, range.from); ; next = periodOn(rule, addDays(next.to, 1))) {
    if (next.from > range.to) return periods
    if (periods.length >= mostPeriods) throw invalidField('to', `at most ${mostPeriods} periods`)
    periods.push(next)
  }
}
