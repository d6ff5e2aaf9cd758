import { isDay } from '../../src/domain/day.ts'
import { instantOf, localIn } from '../../src/domain/zone.ts'

const unitMs = { m: 60_000, h: 3_600_000, d: 86_400_000, w: 604_800_000 } as const

/** What a date in JQL means, in the zone of whoever asks. */
export type DateSetting = { readonly now: number; readonly zone: string }

/**
 * The moment of a JQL date: `-5d`, `4w 2d`, `2026-03-02`, `2026/03/02 09:30`, epoch ms. Absolute
 * dates are read in the caller's zone and have minutes at best, which is the trap in them.
 */
export function momentOf(text: string, { now, zone }: DateSetting): number | undefined {
  const trimmed = text.trim()
  if (/^\d{11,}$/.test(trimmed)) return Number(trimmed)
  const relative = /^([+-]?)((?:\s*\d+\s*[wdhm])+)$/.exec(trimmed)
  if (relative) {
    const sign = relative[1] === '-' ? -1 : 1
    let ms = 0
    for (const [, count, unit] of relative[2]!.matchAll(/(\d+)\s*([wdhm])/g)) {
      ms += Number(count) * unitMs[unit as keyof typeof unitMs]
    }
    return now + sign * ms
  }
  const absolute = /^(\d{4})[-/](\d\d?)[-/](\d\d?)(?: (\d\d?):(\d\d))?$/.exec(trimmed)
  if (!absolute) return undefined
  const two = (at: number, instead = '00') => (absolute[at] ?? instead).padStart(2, '0')
  const day = `${absolute[1]}-${two(2)}-${two(3)}`
  if (!isDay(day) || Number(two(4)) > 23 || Number(two(5)) > 59) return undefined
  return instantOf(day, `${two(4)}:${two(5)}`, zone).instant
}

/** A calendar day as its two ends, `until` excluded, in the caller's zone. */
export type DaySpan = { readonly from: number; readonly until: number }

/** The day of a local-date field's value; these take no time of day. */
export function dayOf(text: string, setting: DateSetting): DaySpan | undefined {
  if (text.includes(':')) return undefined
  const moment = momentOf(text, setting)
  if (moment === undefined) return undefined
  const { day } = localIn(setting.zone, moment)
  const from = instantOf(day, '00:00', setting.zone).instant
  // Noon of the next day: days of 23 and 25 hours exist.
  const next = localIn(setting.zone, from + 36 * unitMs.h).day
  return { from, until: instantOf(next, '00:00', setting.zone).instant }
}

/** Whether the moment stands so to the other, at the minute's precision Jira compares with. */
export function compareMoments(op: string, actual: number, wanted: number): boolean | undefined {
  const end = wanted + 60_000
  if (op === '>=') return actual >= wanted
  if (op === '>') return actual >= end
  if (op === '<') return actual < wanted
  if (op === '<=') return actual < end
  if (op === '=') return actual >= wanted && actual < end
  return op === '!=' ? actual < wanted || actual >= end : undefined
}

/** The same for whole days. */
export function compareDays(op: string, at: number, { from, until }: DaySpan): boolean | undefined {
  if (op === '>=') return at >= from
  if (op === '>') return at >= until
  if (op === '<') return at < from
  if (op === '<=') return at < until
  if (op === '=') return at >= from && at < until
  return op === '!=' ? at < from || at >= until : undefined
}
