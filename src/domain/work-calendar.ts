import { type Day, epochOfDay, type Weekday } from './day.ts'
import type { PlanItem } from './workload.ts'

/** How long somebody works on each weekday, Monday first, from a day on (null: from ever). */
export type WeekPattern = {
  readonly from: Day | null
  readonly secondsByWeekday: readonly number[]
}

/** A public holiday of somebody; `seconds` null takes the whole day, otherwise so much of it. */
export type ScheduledHoliday = {
  readonly day: Day
  readonly name: string
  readonly seconds: number | null
}

/** What a person works by agreement; the pattern with the latest `from` that has come holds. */
export type PersonSchedule = {
  readonly patterns: readonly WeekPattern[]
  readonly holidays: readonly ScheduledHoliday[]
}

/** A run of days of one person, by index from `first` (days from 1970-01-01). */
export type WorkCalendar = {
  readonly first: number
  readonly base: Int32Array
  readonly capacity: Int32Array
  /** 1 where a vacation, illness, holiday or whole day off covers the day. */
  readonly absent: Uint8Array
  /** How many of the days before index `n` are working days; one longer than the others. */
  readonly workingBefore: Int32Array
}

/**
 * base, absent, working and capacity of each day from `first` to `last`. Unapproved absences count
 * unless told otherwise.
 */
export function makeCalendar(
  schedule: PersonSchedule,
  items: readonly PlanItem[],
  { first, last, countsUnapproved }: { first: number; last: number; countsUnapproved: boolean },
): WorkCalendar {
  const length = last - first + 1
  const base = basesOf(schedule.patterns, first, length)
  const absent = new Uint8Array(length)
  const off = new Int32Array(length)
  const overtime = new Int32Array(length)
  for (const { day, seconds } of schedule.holidays) {
    const at = epochOfDay(day) - first
    if (at < 0 || at >= length) continue
    if (seconds === null || seconds >= base[at]!) absent[at] = 1
    else off[at]! += seconds
  }
  for (const item of items) {
    const { kind, secondsPerDay: perDay } = item
    const isAbsence = kind === 'vacation' || kind === 'sick-leave' || kind === 'holiday'
    if (!isAbsence && kind !== 'day-off' && kind !== 'overtime') continue
    // Approval is offered for vacations; nobody could ever approve the other absences.
    if (kind === 'vacation' && !countsUnapproved && !item.isApproved) continue
    const to = Math.min(length - 1, epochOfDay(item.to) - first)
    for (let at = Math.max(0, epochOfDay(item.from) - first); at <= to; at += 1) {
      if (kind === 'overtime') overtime[at]! += perDay ?? 0
      else if (isAbsence || !perDay || perDay >= base[at]!) absent[at] = 1
      else off[at]! += perDay
    }
  }
  const capacity = new Int32Array(length)
  const workingBefore = new Int32Array(length + 1)
  for (let at = 0; at < length; at += 1) {
    const isAbsent = absent[at] === 1
    capacity[at] = isAbsent ? 0 : Math.max(0, base[at]! - off[at]!) + overtime[at]!
    workingBefore[at + 1] = workingBefore[at]! + (base[at]! > 0 && !isAbsent ? 1 : 0)
  }
  return { first, base, capacity, absent, workingBefore }
}

/** Whether the day at this index is one the person works. */
export function isWorking({ workingBefore }: WorkCalendar, at: number): boolean {
  return workingBefore[at + 1]! > workingBefore[at]!
}

/** Agreed seconds of each day, whatever else happens that day. */
function basesOf(patterns: readonly WeekPattern[], first: number, length: number): Int32Array {
  const base = new Int32Array(length)
  const sorted = patterns
    .map((one) => ({
      ...one,
      start: one.from === null ? Number.NEGATIVE_INFINITY : epochOfDay(one.from),
    }))
    .sort((a, b) => a.start - b.start)
  sorted.forEach(({ start, secondsByWeekday }, index) => {
    const next = sorted[index + 1]?.start ?? Number.POSITIVE_INFINITY
    const end = Math.min(length, next - first)
    for (let at = Math.max(0, start - first); at < end; at += 1)
      base[at] = secondsByWeekday[weekdayOf(first + at) - 1] ?? 0
  })
  return base
}

/** The ISO weekday of a day counted from 1970-01-01, which was a Thursday. */
export function weekdayOf(epochDay: number): Weekday {
  return (((((epochDay + 3) % 7) + 7) % 7) + 1) as Weekday
}
