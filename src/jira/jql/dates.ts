import { type Day, dayOfEpoch, epochOfDate, epochOfDay } from '../../domain/day.ts'
import { type Instant, instantOf, localIn } from '../../domain/zone.ts'

/** When and where a date is read. */
export type DateScope = {
  readonly now: Instant
  readonly zone: string
  readonly firstWeekday: 1 | 7
}

const absolute = /^(\d{4})([-/])(\d{1,2})\2(\d{1,2})(?:\s+(\d{1,2}):(\d{2}))?$/
const relative = /^([+-]?)\s*((?:\d+\s*[wdhWDH]|\d+\s*m)(?:\s*(?:\d+\s*[wdhWDH]|\d+\s*m))*)$/
const unitMs = { w: 604_800_000, d: 86_400_000, h: 3_600_000, m: 60_000 } as const
const minuteMs = unitMs.m

// The years 0001 to 9999, some days inwards: wherever the caller is, the day exists.
const leastInstant = epochOfDay('0001-01-03' as Day) * unitMs.d
const greatestInstant = epochOfDay('9999-12-29' as Day) * unitMs.d

/** A date-time literal as the minute it means; undefined when it is none (contract C4). */
export function parseJqlInstant(text: string, scope: DateScope): Instant | undefined {
  const trimmed = text.trim()
  const found =
    relativeInstant(trimmed, scope) ??
    absoluteInstant(trimmed, scope) ??
    (/^-?\d{1,16}$/.test(trimmed) ? Number(trimmed) : undefined)
  return found === undefined ? undefined : toMinute(found)
}

/** A literal of a field that knows only days; a time of day is refused. */
export function parseJqlDay(text: string, scope: DateScope): Day | undefined {
  const trimmed = text.trim()
  const instant = relativeInstant(trimmed, scope)
  if (instant !== undefined) return isSound(instant) ? localIn(scope.zone, instant).day : undefined
  return parseAbsoluteDay(trimmed)
}

/** `yyyy/MM/dd` or `yyyy-MM-dd`, nothing else. */
export function parseAbsoluteDay(text: string): Day | undefined {
  const match = absolute.exec(text.trim())
  if (!match || match[5] !== undefined) return undefined
  return dayOf(match)
}

/** Cut to the minute, which is as exact as JQL compares; undefined outside the years 1 to 9999. */
export function toMinute(instant: Instant): Instant | undefined {
  return isSound(instant) ? Math.floor(instant / minuteMs) * minuteMs : undefined
}

function isSound(instant: Instant): boolean {
  return instant >= leastInstant && instant < greatestInstant
}

function absoluteInstant(text: string, { zone }: DateScope): Instant | undefined {
  const match = absolute.exec(text)
  const day = match && dayOf(match)
  if (!match || !day) return undefined
  const [hour, minute] = [match[5] ?? '00', match[6] ?? '00']
  if (Number(hour) > 23 || Number(minute) > 59) return undefined
  return instantOf(day, `${hour.padStart(2, '0')}:${minute}`, zone).instant
}

function dayOf(match: RegExpExecArray): Day | undefined {
  const epochDay = epochOfDate(Number(match[1]), Number(match[3]), Number(match[4]))
  if (epochDay === undefined || !isSound(epochDay * unitMs.d)) return undefined
  return dayOfEpoch(epochDay)
}

function relativeInstant(text: string, { now }: DateScope): Instant | undefined {
  const match = relative.exec(text)
  if (!match) return undefined
  let ms = 0
  for (const [, count, unit] of match[2]!.matchAll(/(\d+)\s*([a-zA-Z])/g))
    ms += Number(count) * unitMs[unit!.toLowerCase() as keyof typeof unitMs]
  return now + (match[1] === '-' ? -ms : ms)
}
