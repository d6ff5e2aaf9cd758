import { addDays, type Day, dateOf } from '../time/days.ts'

type Days = { readonly from: Day; readonly to: Day }

/** The days as long before or after: whole months stay whole months, everything else its length. */
export function shiftPeriod({ from, to }: Days, way: -1 | 1): Days {
  const months = wholeMonths(from, to)
  if (months > 0)
    return {
      from: monthStart(from, way * months),
      to: addDays(monthStart(from, way * months + months), -1),
    }
  const length = (dateOf(to).getTime() - dateOf(from).getTime()) / 86_400_000 + 1
  return { from: addDays(from, way * length), to: addDays(to, way * length) }
}

function wholeMonths(from: Day, to: Day): number {
  if (!from.endsWith('-01') || !addDays(to, 1).endsWith('-01')) return 0
  const after = addDays(to, 1)
  return monthNumber(after) - monthNumber(from)
}

function monthNumber(day: Day): number {
  return Number(day.slice(0, 4)) * 12 + Number(day.slice(5, 7))
}

function monthStart(day: Day, months: number): Day {
  const at = monthNumber(day) - 1 + months
  return `${String(Math.floor(at / 12)).padStart(4, '0')}-${String((at % 12) + 1).padStart(2, '0')}-01`
}
