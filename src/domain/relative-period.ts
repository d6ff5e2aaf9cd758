import {
  addDays,
  addMonths,
  type Day,
  endOfMonth,
  type Period,
  startOfMonth,
  startOfQuarter,
  startOfWeek,
  startOfYear,
  type Weekday,
} from './day.ts'

export const relativePeriods = [
  'today',
  'yesterday',
  'this-week',
  'last-week',
  'this-month',
  'last-month',
  'this-quarter',
  'last-quarter',
  'this-year',
  'last-year',
  'last-7-days',
  'last-30-days',
  'last-90-days',
] as const

/** Days named by how they lie to today, so that a kept report moves with the calendar. */
export type RelativePeriod = (typeof relativePeriods)[number]

/** The days a relative period means today; whole weeks, months, quarters and years, not cut at today. */
export function periodFrom(name: RelativePeriod, today: Day, firstWeekday: Weekday): Period {
  const day = (back: number) => ({ from: addDays(today, -back), to: addDays(today, -back) })
  const until = (days: number) => ({ from: addDays(today, 1 - days), to: today })
  const week = (shift: number) => {
    const from = addDays(startOfWeek(today, firstWeekday), 7 * shift)
    return { from, to: addDays(from, 6) }
  }
  const months = (start: Day, count: number, shift: number) => {
    const from = addMonths(start, count * shift)
    return { from, to: endOfMonth(addMonths(from, count - 1)) }
  }
  switch (name) {
    case 'today':
      return day(0)
    case 'yesterday':
      return day(1)
    case 'this-week':
      return week(0)
    case 'last-week':
      return week(-1)
    case 'this-month':
      return months(startOfMonth(today), 1, 0)
    case 'last-month':
      return months(startOfMonth(today), 1, -1)
    case 'this-quarter':
      return months(startOfQuarter(today), 3, 0)
    case 'last-quarter':
      return months(startOfQuarter(today), 3, -1)
    case 'this-year':
      return months(startOfYear(today), 12, 0)
    case 'last-year':
      return months(startOfYear(today), 12, -1)
    case 'last-7-days':
      return until(7)
    case 'last-30-days':
      return until(30)
    case 'last-90-days':
      return until(90)
  }
}
