import { Temporal } from 'temporal-polyfill'
import { type Day, dayOfEpoch, epochOfDay, isDay } from './day.ts'
import { invalidField } from './errors.ts'

/** A point in time as epoch milliseconds, UTC, without leap seconds. */
export type Instant = number

/** Wall clock of one moment somewhere: the day and `HH:MM:SS`; what is below a second is cut. */
export type LocalTime = { readonly day: Day; readonly startTime: string }

/** An instant together with the UTC offset it was written in, in seconds east of Greenwich. */
export type OffsetInstant = { readonly instant: Instant; readonly offsetSeconds: number }

// Offsets of a stretch of time: offsets[i] holds until the instant untils[i], exclusive.
type OffsetChunk = { readonly untils: number[]; readonly offsets: number[] }
type ZoneOffsets = { readonly id: string; readonly chunks: Map<number, OffsetChunk> }

const dayMs = 86_400_000
const zoneShape = /^[A-Za-z][A-Za-z0-9_+\-/]*$/
const twoDigits = Array.from({ length: 100 }, (_, value) => String(value).padStart(2, '0'))
const zones = new Map<string, ZoneOffsets>()
const maxNames = 2000

// No zone of the database changes before 1847; Temporal's own search begins here too.
const firstTransition = -4e12
// About 388 days: a chunk costs well under a millisecond to find and holds 2 changes, rarely 5.
const chunkMs = 2 ** 25 * 1000

/** Whether the name is an IANA zone or alias (`Europe/Berlin`, `Asia/Calcutta`, `UTC`), no offset. */
export function isTimeZone(name: string): boolean {
  return zones.has(name) || findZone(name) !== undefined
}

/** The zone's UTC offset at the instant, in whole seconds; what local mean time has below is cut. */
export function offsetSecondsAt(zone: string, instant: Instant): number {
  const known = zones.get(zone) ?? getZone(zone)
  const index = Math.floor(Math.max(instant, firstTransition) / chunkMs)
  const chunk = known.chunks.get(index) ?? readChunk(known, index)
  const { untils, offsets } = chunk
  let at = 0
  while (instant >= untils[at]!) at += 1
  return offsets[at]!
}

/** The wall clock that shows the instant at a UTC offset. */
export function localOf(instant: Instant, offsetSeconds: number): LocalTime {
  const local = instant + offsetSeconds * 1000
  const epochDay = Math.floor(local / dayMs)
  const second = Math.floor((local - epochDay * dayMs) / 1000)
  return { day: dayOfEpoch(epochDay), startTime: clockOf(second) }
}

/** The wall clock that shows the instant in a zone, and the offset it then has. */
export function localIn(zone: string, instant: Instant): LocalTime & { offsetSeconds: number } {
  const offsetSeconds = offsetSecondsAt(zone, instant)
  return { ...localOf(instant, offsetSeconds), offsetSeconds }
}

/**
 * The instant a wall clock (`HH:MM` or `HH:MM:SS`) means in a zone. A time that a clock change skips
 * moves later by the skipped span; a time that comes twice means the first.
 */
export function instantOf(day: Day, time: string, zone: string): OffsetInstant {
  const local = epochOfDay(day) * dayMs + secondOfDay(time) * 1000
  const before = offsetSecondsAt(zone, local - dayMs)
  const after = offsetSecondsAt(zone, local + dayMs)
  for (const offsetSeconds of [Math.max(before, after), Math.min(before, after)]) {
    const instant = local - offsetSeconds * 1000
    if (offsetSecondsAt(zone, instant) === offsetSeconds) return { instant, offsetSeconds }
  }
  const instant = local - before * 1000
  return { instant, offsetSeconds: offsetSecondsAt(zone, instant) }
}

/** ISO 8601 with milliseconds, `2026-03-01T09:00:00.000+01:00`; `Z` at offset 0. */
export function formatInstant(instant: Instant, offsetSeconds = 0): string {
  const local = instant + offsetSeconds * 1000
  // Pages write thousands of these, most on a few days: four times as fast as the date's own way.
  if (Number.isInteger(local) && local >= 0 && local < endOfYear9999) {
    const milli = (local % 1000) + 1000
    const end = offsetSeconds === 0 ? 'Z' : offsetText(offsetSeconds)
    return `${secondText(local)}.${String(milli).slice(1)}${end}`
  }
  const text = new Date(local).toISOString()
  return offsetSeconds === 0 ? text : text.slice(0, -1) + offsetText(offsetSeconds)
}

/** `2026-03-01T09:00:00Z`: the same without milliseconds, which are cut off. */
export function formatSecond(instant: Instant): string {
  if (instant >= 0 && instant < endOfYear9999) return `${secondText(instant)}Z`
  return `${new Date(instant).toISOString().slice(0, -5)}Z`
}

const endOfYear9999 = 253_402_300_800_000
let lastDay: { readonly epoch: number; readonly text: string } = { epoch: 0, text: '1970-01-01' }

function secondText(local: number): string {
  const epoch = Math.floor(local / dayMs)
  if (epoch !== lastDay.epoch) lastDay = { epoch, text: dayOfEpoch(epoch) }
  return `${lastDay.text}T${clockOf(Math.floor((local - epoch * dayMs) / 1000))}`
}

// The trailing `:ss` of an offset is not RFC 3339: we write it for local mean times, so we read it.
const instantShape =
  /^(\d{4}-\d\d-\d\d)[Tt ](\d\d):(\d\d):(\d\d)(?:[.,](\d+))?(?:[Zz]|([+-])(\d\d):(\d\d)(?::(\d\d))?)$/

/** An RFC 3339 text as instant and offset; a leap second counts as the second before it. */
export function parseInstant(text: string, field = 'instant'): OffsetInstant {
  const match = instantShape.exec(text)
  const day = match?.[1] ?? ''
  const part = (group: number): number => Number(match?.[group] ?? 0)
  const isSound =
    isDay(day) && part(2) < 24 && part(3) < 60 && part(4) <= 60 && part(7) < 24 && part(8) < 60
  if (!isSound || part(9) > 59) {
    throw invalidField(field, `not a moment such as 2026-03-01T09:00:00+01:00: ${text}`)
  }
  const second = part(2) * 3600 + part(3) * 60 + Math.min(part(4), 59)
  const milli = Number((match?.[5] ?? '').slice(0, 3).padEnd(3, '0'))
  const offset = part(7) * 3600 + part(8) * 60 + part(9)
  const offsetSeconds = match?.[6] === '-' && offset > 0 ? -offset : offset
  const instant = epochOfDay(day) * dayMs + (second - offsetSeconds) * 1000 + milli
  return { instant, offsetSeconds }
}

function secondOfDay(time: string): number {
  const match = /^(\d\d):(\d\d)(?::(\d\d))?$/.exec(time)
  const [hour, minute, second] = [Number(match?.[1]), Number(match?.[2]), Number(match?.[3] ?? 0)]
  if (!(hour < 24 && minute < 60 && second < 60)) {
    throw invalidField('startTime', `not a time of day (HH:MM or HH:MM:SS): ${time}`)
  }
  return hour * 3600 + minute * 60 + second
}

function clockOf(second: number): string {
  const hour = Math.floor(second / 3600)
  const minute = Math.floor(second / 60) % 60
  return `${twoDigits[hour]}:${twoDigits[minute]}:${twoDigits[second % 60]}`
}

function offsetText(offsetSeconds: number): string {
  const clock = clockOf(Math.abs(offsetSeconds))
  return (offsetSeconds < 0 ? '-' : '+') + (clock.endsWith(':00') ? clock.slice(0, 5) : clock)
}

function getZone(name: string): ZoneOffsets {
  const zone = findZone(name)
  if (!zone) throw invalidField('timeZone', `unknown time zone: ${name}`)
  return zone
}

// Spellings that differ only in case share their offsets; past `maxNames` they are looked up anew,
// so that odd spellings from outside cannot fill the memory. The shape keeps out what Temporal
// also takes for a zone: offsets and whole timestamps.
function findZone(name: string): ZoneOffsets | undefined {
  if (!zoneShape.test(name)) return undefined
  const id = normalName(name)
  if (id === undefined) return undefined
  const zone = zones.get(id) ?? { id, chunks: new Map<number, OffsetChunk>() }
  zones.set(id, zone)
  if (zones.size < maxNames) zones.set(name, zone)
  return zone
}

function normalName(name: string): string | undefined {
  try {
    return Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(name).timeZoneId
  } catch {
    return undefined
  }
}

function readChunk(zone: ZoneOffsets, index: number): OffsetChunk {
  const start = Math.max(index * chunkMs, firstTransition)
  const end = (index + 1) * chunkMs
  const chunk: OffsetChunk = { untils: [], offsets: [] }
  let at = Temporal.Instant.fromEpochMilliseconds(start).toZonedDateTimeISO(zone.id)
  for (;;) {
    chunk.offsets.push(wholeSeconds(at.offsetNanoseconds))
    const next = at.getTimeZoneTransition('next')
    if (!next || next.epochMilliseconds >= end) break
    chunk.untils.push(next.epochMilliseconds)
    at = next
  }
  chunk.untils.push(Number.POSITIVE_INFINITY)
  zone.chunks.set(index, chunk)
  return chunk
}

function wholeSeconds(nanoseconds: number): number {
  return Math.trunc(nanoseconds / 1e9)
}
