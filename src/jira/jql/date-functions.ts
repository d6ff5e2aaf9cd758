import {
  addDays,
  addMonths,
  type Day,
  endOfMonth,
  startOfMonth,
  startOfWeek,
  startOfYear,
} from '../../domain/day.ts'
import { type Instant, instantOf, localIn } from '../../domain/zone.ts'
import type { DateScope } from './dates.ts'

type Period = 'Day' | 'Week' | 'Month' | 'Year'
type Unit = 'y' | 'M' | 'w' | 'd' | 'h' | 'm'
type Increment = { readonly count: number; readonly unit: Unit }

const edgeName = /^(startof|endof)(day|week|month|year)$/i
const increment = /^\s*([+-]?)\s*(\d{1,6})\s*([yMwdhm]?)\s*$/
const ownUnit: Readonly<Record<Period, Unit>> = { Day: 'd', Week: 'w', Month: 'M', Year: 'y' }
const hourMs = 3_600_000

/** Whether the function is one of `startOfDay` … `endOfYear`. */
export function isDateEdge(name: string): boolean {
  return edgeName.test(name)
}

/**
 * The first or last millisecond of the caller's day, week, month or year, moved by the increment;
 * undefined where the increment is none or leaves the calendar.
 */
export function dateEdge(name: string, argument: string | undefined, scope: DateScope) {
  const [, edge, typed] = edgeName.exec(name)!
  const period = (typed![0]!.toUpperCase() + typed!.slice(1).toLowerCase()) as Period
  const by = argument === undefined ? undefined : parseIncrement(argument, ownUnit[period])
  if (argument !== undefined && !by) return undefined
  const isEnd = edge!.toLowerCase() === 'endof'
  try {
    return edgeOf(period, isEnd, by ?? { count: 0, unit: 'd' }, scope)
  } catch {
    // Day arithmetic refuses what leaves the years 0001 to 9999.
    return undefined
  }
}

function parseIncrement(text: string, fallback: Unit): Increment | undefined {
  const match = increment.exec(text)
  if (!match) return undefined
  const count = Number(match[2])
  return { count: match[1] === '-' ? -count : count, unit: (match[3] || fallback) as Unit }
}

function edgeOf(period: Period, isEnd: boolean, by: Increment, scope: DateScope): Instant {
  const { day: today } = localIn(scope.zone, scope.now)
  // The end of a month one month on is that month's own end, not the 28th after a February; so
  // months and years move the period itself, while other units move what the period gave.
  const isWhole = (period === 'Month' || period === 'Year') && (by.unit === 'M' || by.unit === 'y')
  const movesFirst = isEnd && isWhole && !(period === 'Year' && by.unit === 'M')
  const base = movesFirst ? moved(startOfMonth(today), by) : today
  const edge = isEnd ? lastDay(period, base, scope) : firstDay(period, base, scope)
  const day = movesFirst ? edge : moved(edge, by)
  const instant = isEnd
    ? instantOf(addDays(day, 1), '00:00', scope.zone).instant - 1
    : instantOf(day, '00:00', scope.zone).instant
  if (by.unit === 'h') return instant + by.count * hourMs
  return by.unit === 'm' ? instant + (by.count * hourMs) / 60 : instant
}

function firstDay(period: Period, day: Day, { firstWeekday }: DateScope): Day {
  if (period === 'Day') return day
  if (period === 'Week') return startOfWeek(day, firstWeekday)
  return period === 'Month' ? startOfMonth(day) : startOfYear(day)
}

function lastDay(period: Period, day: Day, scope: DateScope): Day {
  if (period === 'Day') return day
  if (period === 'Week') return addDays(firstDay('Week', day, scope), 6)
  return period === 'Month' ? endOfMonth(day) : endOfMonth(addMonths(startOfYear(day), 11))
}

/** Days and longer go by the calendar; hours and minutes are added to the instant. */
function moved(day: Day, { count, unit }: Increment): Day {
  switch (unit) {
    case 'y':
      return addMonths(day, count * 12)
    case 'M':
      return addMonths(day, count)
    case 'w':
      return addDays(day, count * 7)
    case 'd':
      return addDays(day, count)
    default:
      return day
  }
}
