import {
  addDays,
  addMonths,
  type Day,
  type Period,
  startOfMonth,
  startOfWeek,
  type Weekday,
} from '../../domain/day.ts'
import { invalidField } from '../../domain/errors.ts'
import { parsePickerDate } from './dates.ts'
import type { Params } from './params.ts'

/** The days given, or the week up to today (contract 2.2); undefined where none are given. */
export function givenPeriod(params: Params, today: Day, locale: string | null): Period | undefined {
  const read = (name: string) => {
    const text = params.first(name)
    return text === undefined ? undefined : parsePickerDate(text, name, locale)
  }
  const [start, end] = [read('startDate'), read('endDate')]
  if (start === undefined && end === undefined) return undefined
  const to = end ?? today
  const from = start ?? addDays(to, -6)
  // a start after today is a period of its own day, not an error: clients ask ahead
  if (end === undefined && from > to) return { from, to: from }
  if (to < from) throw invalidField('endDate', `${to} is before ${from}`)
  return { from, to }
}

export function lastWeek(today: Day): Period {
  return { from: addDays(today, -6), to: today }
}

/**
 * The gadget's window (contract 3.1): up to the next reporting day after today, moved by weeks; by
 * months in the month view. 1 is Sunday, 7 Saturday, as on the original's Java server.
 */
export function windowPeriod(params: Params, today: Day, firstWeekday: Weekday): Period {
  const count = params.whole('numOfWeeks', 1, 1, 520)
  const offset = params.whole('offset', 0, -5_200, 5_200)
  if (params.flag('monthView', false)) {
    const end = addMonths(startOfMonth(today), 1 + offset)
    return { from: addMonths(end, -count), to: addDays(end, -1) }
  }
  const end = addDays(nextReportingDay(params, today, firstWeekday), 7 * offset)
  return { from: addDays(end, -7 * count), to: addDays(end, -1) }
}

function nextReportingDay(params: Params, today: Day, firstWeekday: Weekday): Day {
  const isGiven = params.has('reportingDay')
  const asked = params.whole('reportingDay', 0, -1, 7)
  if (isGiven && asked < 1) return addDays(today, 1)
  const weekday = isGiven ? ((((asked + 5) % 7) + 1) as Weekday) : firstWeekday
  return addDays(startOfWeek(today, weekday), 7)
}
