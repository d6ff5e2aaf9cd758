import type { Brand } from './brand.ts'
import { invalidField } from './errors.ts'

/** A calendar day `YYYY-MM-DD`, years 0001 to 9999, of no particular time zone. Sorts as text. */
export type Day = Brand<string, 'Day'>

/** A run of days with both ends included; `from` is never after `to`. */
export type Period = { readonly from: Day; readonly to: Day }

/** ISO day of the week: Monday is 1, Sunday is 7. */
export type Weekday = 1 | 2 | 3 | 4 | 5 | 6 | 7

type Civil = { readonly year: number; readonly month: number; readonly dayOfMonth: number }

const firstEpochDay = -719_162
const lastEpochDay = 2_932_896
const daysPerEra = 146_097
const dayShape = /^\d{4}-\d{2}-\d{2}$/

/** Whether the text is a day that exists: `2026-02-29` and year 0000 are not. */
export function isDay(text: string): text is Day {
  if (!dayShape.test(text)) return false
  const { year, month, dayOfMonth } = civilOf(text)
  return epochOfDate(year, month, dayOfMonth) !== undefined
}

/** Days from 1970-01-01 to a date given in whole numbers; undefined when there is no such date. */
export function epochOfDate(year: number, month: number, dayOfMonth: number): number | undefined {
  if (year < 1 || year > 9999 || month < 1 || month > 12 || dayOfMonth < 1) return undefined
  if (dayOfMonth > 28 && dayOfMonth > daysInMonth(year, month)) return undefined
  return epochOfCivil(year, month, dayOfMonth)
}

/** The text as a day; refuses what is not one, naming `field`. */
export function parseDay(text: string, field = 'day'): Day {
  if (!isDay(text)) throw invalidField(field, `not a calendar date (YYYY-MM-DD): ${text}`)
  return text
}

/** The day `epochDay` days after 1970-01-01. */
export function dayOfEpoch(epochDay: number): Day {
  if (!Number.isInteger(epochDay) || epochDay < firstEpochDay || epochDay > lastEpochDay) {
    throw invalidField('day', 'outside the years 0001 to 9999')
  }
  const { year, month, dayOfMonth } = civilOfEpoch(epochDay)
  return dayFrom(year, month, dayOfMonth)
}

/** Days from 1970-01-01 to the day, negative before it. */
export function epochOfDay(day: Day): number {
  const { year, month, dayOfMonth } = civilOf(day)
  return epochOfCivil(year, month, dayOfMonth)
}

/** The day `days` later, or earlier when negative. */
export function addDays(day: Day, days: number): Day {
  return dayOfEpoch(epochOfDay(day) + days)
}

/** How many days after `from` the day `to` is. */
export function daysBetween(from: Day, to: Day): number {
  return epochOfDay(to) - epochOfDay(from)
}

/** The same day of another month, or that month's last day where it is shorter. */
export function addMonths(day: Day, months: number): Day {
  const { year, month, dayOfMonth } = civilOf(day)
  const count = year * 12 + (month - 1) + months
  const toYear = Math.floor(count / 12)
  const toMonth = count - toYear * 12 + 1
  if (!(toYear >= 1 && toYear <= 9999)) throw invalidField('day', 'outside the years 0001 to 9999')
  return dayFrom(toYear, toMonth, Math.min(dayOfMonth, daysInMonth(toYear, toMonth)))
}

/** The ISO weekday of the day. */
export function weekday(day: Day): Weekday {
  return weekdayOfEpoch(epochOfDay(day))
}

/** The ISO week: the year is that of the week's Thursday, so it may differ from the day's own. */
export function isoWeek(day: Day): { year: number; week: number } {
  const epochDay = epochOfDay(day)
  const thursday = epochDay + 4 - weekdayOfEpoch(epochDay)
  const { year } = civilOfEpoch(thursday)
  return { year, week: Math.floor((thursday - epochOfCivil(year, 1, 1)) / 7) + 1 }
}

/** `YYYY-Www`, sorting as text: weeks of different years never merge. */
export function isoWeekKey(day: Day): string {
  const { year, week } = isoWeek(day)
  return `${padded(year, 4)}-W${padded(week, 2)}`
}

/** The first day of the week that holds the day; weeks begin on `firstWeekday`. */
export function startOfWeek(day: Day, firstWeekday: Weekday = 1): Day {
  const epochDay = epochOfDay(day)
  return dayOfEpoch(epochDay - ((weekdayOfEpoch(epochDay) - firstWeekday + 7) % 7))
}

/** The first day of the day's month. */
export function startOfMonth(day: Day): Day {
  return `${day.slice(0, 8)}01` as Day
}

/** The last day of the day's month. */
export function endOfMonth(day: Day): Day {
  const { year, month } = civilOf(day)
  return dayFrom(year, month, daysInMonth(year, month))
}

/** The first day of the day's calendar quarter. */
export function startOfQuarter(day: Day): Day {
  const { year, month } = civilOf(day)
  return dayFrom(year, month - ((month - 1) % 3), 1)
}

/** 1 January of the day's year. */
export function startOfYear(day: Day): Day {
  return `${day.slice(0, 4)}-01-01` as Day
}

/** `YYYY-MM`, sorting as text. */
export function monthKey(day: Day): string {
  return day.slice(0, 7)
}

/** `YYYY-Qn`, sorting as text. */
export function quarterKey(day: Day): string {
  return `${day.slice(0, 4)}-Q${Math.ceil(civilOf(day).month / 3)}`
}

/** Two texts as a period; refuses bad days and a `to` before `from`. */
export function parsePeriod(from: string, to: string): Period {
  const period = { from: parseDay(from, 'from'), to: parseDay(to, 'to') }
  if (period.to < period.from) throw invalidField('to', `${to} is before ${from}`)
  return period
}

/** Every day of the period, in order. */
export function* daysOf(period: Period): Iterable<Day> {
  const last = epochOfDay(period.to)
  for (let epochDay = epochOfDay(period.from); epochDay <= last; epochDay += 1) {
    yield dayOfEpoch(epochDay)
  }
}

/** Whether the day lies in the period, ends included. */
export function periodContains(period: Period, day: Day): boolean {
  return day >= period.from && day <= period.to
}

/** Whether two periods share at least one day. */
export function periodsOverlap(a: Period, b: Period): boolean {
  return a.from <= b.to && b.from <= a.to
}

/** How many days the period has; at least 1. */
export function periodLength(period: Period): number {
  return daysBetween(period.from, period.to) + 1
}

function civilOf(day: string): Civil {
  return {
    year: Number(day.slice(0, 4)),
    month: Number(day.slice(5, 7)),
    dayOfMonth: Number(day.slice(8, 10)),
  }
}

function dayFrom(year: number, month: number, dayOfMonth: number): Day {
  return `${padded(year, 4)}-${padded(month, 2)}-${padded(dayOfMonth, 2)}` as Day
}

function padded(value: number, width: number): string {
  return String(value).padStart(width, '0')
}

function daysInMonth(year: number, month: number): number {
  if (month !== 2) return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31
  return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28
}

// 1970-01-01 was a Thursday.
function weekdayOfEpoch(epochDay: number): Weekday {
  return (((((epochDay + 3) % 7) + 7) % 7) + 1) as Weekday
}

// Counting years from 1 March puts the leap day last, so that month lengths follow one formula
// and 400 years (an era) always have the same number of days.
function epochOfCivil(year: number, month: number, dayOfMonth: number): number {
  const marchYear = month > 2 ? year : year - 1
  const era = Math.floor(marchYear / 400)
  const yearOfEra = marchYear - era * 400
  const dayOfYear = Math.floor((153 * ((month + 9) % 12) + 2) / 5) + dayOfMonth - 1
  const leapDays = Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100)
  return era * daysPerEra + yearOfEra * 365 + leapDays + dayOfYear - 719_468
}

function civilOfEpoch(epochDay: number): Civil {
  const shifted = epochDay + 719_468
  const era = Math.floor(shifted / daysPerEra)
  const dayOfEra = shifted - era * daysPerEra
  const yearOfEra = Math.floor(
    (dayOfEra -
      Math.floor(dayOfEra / 1460) +
      Math.floor(dayOfEra / 36_524) -
      Math.floor(dayOfEra / 146_096)) /
      365,
  )
  const leapDays = Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100)
  const dayOfYear = dayOfEra - (yearOfEra * 365 + leapDays)
  const marchMonth = Math.floor((5 * dayOfYear + 2) / 153)
  const month = marchMonth < 10 ? marchMonth + 3 : marchMonth - 9
  return {
    year: era * 400 + yearOfEra + (month <= 2 ? 1 : 0),
    month,
    dayOfMonth: dayOfYear - Math.floor((153 * marchMonth + 2) / 5) + 1,
  }
}
