import {
  addDays,
  addMonths,
  type Day,
  endOfMonth,
  type Period,
  parseDay,
  startOfMonth,
  startOfWeek,
  type Weekday,
  weekday,
} from '../../domain/day.ts'
import { invalidField } from '../../domain/errors.ts'
import type { Params } from './params.ts'

/** `/worklog` needs both ends (seed 000). */
export function requiredPeriod(params: Params): Period {
  const { start, end } = ends(params)
  if (start === undefined) throw invalidField('start', 'is required, as YYYY-MM-DD')
  if (end === undefined) throw invalidField('end', 'is required, as YYYY-MM-DD')
  return ordered(start, end)
}

/** What is missing follows from the rest, the week of today at last (contract 3.1). */
export function exportPeriod(params: Params, today: Day, firstWeekday: Weekday): Period {
  const { start, end } = ends(params)
  const count = params.whole('numOfWeeks', 1, 1_200) ?? 1
  const offset = params.whole('offset', -12_000, 12_000) ?? 0
  const isMonths = params.first('view') === 'month'
  if (start !== undefined && end !== undefined) return ordered(start, end)
  if (start !== undefined)
    return {
      from: start,
      to: isMonths ? endOfMonth(addMonths(start, count - 1)) : addDays(start, 7 * count - 1),
    }
  if (end !== undefined) return { from: addDays(end, -6), to: end }
  const shift = 1 - count + offset
  if (isMonths) {
    const from = addMonths(startOfMonth(today), shift)
    return { from, to: endOfMonth(addMonths(from, count - 1)) }
  }
  const from = addDays(reportingDay(params, today, firstWeekday), 7 * shift)
  return { from, to: addDays(from, 7 * count - 1) }
}

/** First day of the week: 0 Sunday to 6 Saturday, -1 today; the site's own when left out. */
export function weekStart(params: Params, today: Day, firstWeekday: Weekday): Weekday {
  const asked = params.whole('reportingDay', -1, 6)
  if (asked === undefined) return firstWeekday
  if (asked === -1) return weekday(today)
  return asked === 0 ? 7 : (asked as Weekday)
}

function reportingDay(params: Params, today: Day, firstWeekday: Weekday): Day {
  return startOfWeek(today, weekStart(params, today, firstWeekday))
}

function ends(params: Params): { start: Day | undefined; end: Day | undefined } {
  const start = params.first('start', 'startDate')
  const end = params.first('end', 'endDate')
  return {
    start: start === undefined ? undefined : parseDay(start, 'start'),
    end: end === undefined ? undefined : parseDay(end, 'end'),
  }
}

function ordered(from: Day, to: Day): Period {
  if (to < from) throw invalidField('end', `${to} is before ${from}`)
  return { from, to }
}
