import type { Allocation, AllocationShape, RecurrenceRule } from './allocation.ts'
import {
  addDays,
  addMonths,
  type Day,
  daysBetween,
  daysOf,
  type Period,
  periodLength,
  periodsOverlap,
} from './day.ts'

/** What is planned on one day; only days with something planned are told. */
export type PlannedDay = { readonly day: Day; readonly seconds: number }

/** One occurrence: its days whole, whatever was asked for, and what is planned in them. */
export type Occurrence = Period & { readonly days: readonly PlannedDay[]; readonly seconds: number }

/** Days whoever shall do the work works at all. */
export type WorksOn = (day: Day) => boolean

const mostMonthlyDays = 28

/** How long an occurrence may be, so that one never reaches into the next. */
export function mostOccurrenceDays(rule: RecurrenceRule): number {
  if (rule === 'never') return Number.POSITIVE_INFINITY
  return rule === 'monthly' ? mostMonthlyDays : stepDays(rule)
}

/** The last day anything can be planned on. */
export function lastDayOf({ to, rule, recursUntil }: AllocationShape): Day {
  return rule === 'never' || recursUntil === null ? to : recursUntil < to ? to : recursUntil
}

/**
 * Occurrences that touch the period, in order. Each has as many days as the first and begins a week,
 * two weeks or a month after the one before; in a month without that day, on its last one. The last
 * one is cut at `recursUntil`. Days off are skipped unless the allocation includes them; a total is
 * divided among the days of its occurrence in whole seconds, the first ones getting what is over.
 */
export function occurrencesIn(
  allocation: AllocationShape,
  period: Period,
  worksOn: WorksOn,
): Occurrence[] {
  const found: Occurrence[] = []
  const length = periodLength(allocation)
  const last = lastDayOf(allocation)
  for (let turn = firstTurn(allocation, period.from); ; turn += 1) {
    const from = startOf(allocation, turn)
    if (from === undefined || from > last || from > period.to) return found
    const end = addDays(from, length - 1)
    const to = earlier(end, last)
    if (periodsOverlap({ from, to }, period)) found.push(occurrence(allocation, from, to, worksOn))
    if (allocation.rule === 'never') return found
  }
}

/** What is planned on the days of the period, in order. */
export function plannedDays(
  allocation: AllocationShape,
  period: Period,
  worksOn: WorksOn,
): PlannedDay[] {
  return occurrencesIn(allocation, period, worksOn)
    .flatMap((one) => one.days)
    .filter(({ day }) => day >= period.from && day <= period.to)
}

/** Seconds of some days together. */
export function sumSeconds(days: readonly PlannedDay[]): number {
  return days.reduce((sum, one) => sum + one.seconds, 0)
}

/** Every day an allocation can reach. */
export function reachOf(allocation: Pick<Allocation, 'from'> & AllocationShape): Period {
  return { from: allocation.from, to: lastDayOf(allocation) }
}

function occurrence(
  { effort, seconds, includesNonWorkingDays, exceptions }: AllocationShape,
  from: Day,
  to: Day,
  worksOn: WorksOn,
): Occurrence {
  const all = [...daysOf({ from, to })]
  const days = includesNonWorkingDays ? all : all.filter(worksOn)
  const share = effort === 'per-day' ? seconds : Math.floor(seconds / Math.max(1, days.length))
  const over = effort === 'per-day' ? 0 : seconds - share * days.length
  const usual = new Map(days.map((day, at) => [day, share + (at < over ? 1 : 0)]))
  for (const { day, seconds: other } of exceptions)
    if (day >= from && day <= to) usual.set(day, other)
  const planned = all
    .map((day) => ({ day, seconds: usual.get(day) ?? 0 }))
    .filter((one) => one.seconds > 0)
  return { from, to, days: planned, seconds: sumSeconds(planned) }
}

/** The first turn that may reach the day; a turn too early is skipped by its days. */
function firstTurn({ from, to, rule }: AllocationShape, day: Day): number {
  if (rule === 'never' || day <= to) return 0
  if (rule !== 'monthly') return Math.floor(daysBetween(to, day) / stepDays(rule))
  const months = (text: Day) => Number(text.slice(0, 4)) * 12 + Number(text.slice(5, 7))
  return Math.max(0, months(day) - months(from) - 2)
}

function earlier(a: Day, b: Day): Day {
  return [a, b].sort()[0]!
}

/** Undefined beyond the calendar. */
function startOf({ from, rule }: AllocationShape, turn: number): Day | undefined {
  if (turn === 0) return from
  try {
    return rule === 'monthly' ? addMonths(from, turn) : addDays(from, turn * stepDays(rule))
  } catch {
    return undefined
  }
}

function stepDays(rule: RecurrenceRule): number {
  return rule === 'weekly' ? 7 : 14
}
