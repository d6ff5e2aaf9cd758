import {
  addDays,
  addMonths,
  type Day,
  isDay,
  isoWeekKey,
  monthKey,
  type Period,
  quarterKey,
  startOfMonth,
  startOfQuarter,
  startOfWeek,
  startOfYear,
  type Weekday,
} from './day.ts'
import type { TimeDimension } from './dimension.ts'

type Span = {
  readonly start: (day: Day, firstWeekday: Weekday) => Day
  readonly next: (day: Day) => Day
  readonly label: (day: Day, firstWeekday: Weekday) => string
}

const spans: Readonly<Record<TimeDimension, Span>> = {
  day: { start: (day) => day, next: (day) => addDays(day, 1), label: (day) => day },
  week: {
    start: (day, firstWeekday) => startOfWeek(day, firstWeekday),
    next: (day) => addDays(day, 7),
    // An ISO week is named by its number; a week that begins on another day has no standard name.
    label: (day, firstWeekday) => (firstWeekday === 1 ? isoWeekKey(day) : day),
  },
  month: { start: startOfMonth, next: (day) => addMonths(day, 1), label: monthKey },
  quarter: { start: startOfQuarter, next: (day) => addMonths(day, 3), label: quarterKey },
  year: { start: startOfYear, next: (day) => addMonths(day, 12), label: (day) => day.slice(0, 4) },
}

/** First days of the spans that a period touches, at most `limit` and one more. */
export function spansOf(
  dimension: TimeDimension,
  period: Period,
  firstWeekday: Weekday,
  limit: number,
): Day[] {
  const { start, next } = spans[dimension]
  const days: Day[] = []
  for (
    let day = start(period.from, firstWeekday);
    day <= period.to && days.length <= limit;
    day = next(day)
  )
    days.push(day)
  return days
}

/** How people call the span that begins on this day. */
export function spanLabel(dimension: TimeDimension, key: string, firstWeekday: Weekday): string {
  return isDay(key) ? spans[dimension].label(key, firstWeekday) : key
}

/** The days of the span that begins on this day. */
export function spanPeriod(dimension: TimeDimension, from: Day): Period {
  return { from, to: addDays(spans[dimension].next(from), -1) }
}
