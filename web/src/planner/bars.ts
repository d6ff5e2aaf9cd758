import type { Day } from '../time/days.ts'
import type { Entry } from './entry.ts'
import { daysBetween } from './scale.ts'

/** An event as drawn in one row: first and last column, and the lane it lies in. */
export type Bar = {
  readonly event: Entry
  /** Columns from the first day of the span; may lie outside of it. */
  readonly first: number
  readonly last: number
  readonly lane: number
}

/** Lays events into lanes so that none covers another: each into the first lane that is free. */
export function layBars(
  events: readonly Entry[],
  from: Day,
): { readonly bars: readonly Bar[]; readonly lanes: number } {
  const placed = events
    .map((event) => ({
      event,
      first: daysBetween(from, event.from),
      last: daysBetween(from, event.to),
    }))
    .sort((a, b) => a.first - b.first || b.last - a.last || compareIds(a.event, b.event))
  const ends: number[] = []
  const bars = placed.map((one): Bar => {
    const free = ends.findIndex((end) => end < one.first)
    const lane = free === -1 ? ends.length : free
    ends[lane] = one.last
    return { ...one, lane }
  })
  return { bars, lanes: ends.length }
}

function compareIds(a: Entry, b: Entry): number {
  return a.id.length - b.id.length || (a.id < b.id ? -1 : 1)
}
