import { invalidField } from '../domain/errors.ts'
import { worklogLimits } from '../domain/worklog.ts'
import type { EntryChange, EstimateChange, NewEntry } from '../domain/worklog-book.ts'
import { type Instant, localOf, parseInstant } from '../domain/zone.ts'
import type { EntryChangeBody, EstimateQuery, NewEntryBody } from './contract.ts'

/** A request body as the domain's entry; throws `invalid` naming the field. */
export function toNewEntry({ startedAt, ...rest }: NewEntryBody): NewEntry {
  return { ...rest, ...(startedAt === undefined ? {} : { startedAt: momentOf(startedAt) }) }
}

export function toEntryChange({ startedAt, version: _, ...rest }: EntryChangeBody): EntryChange {
  const change = { ...rest, ...(startedAt === undefined ? {} : { startedAt: momentOf(startedAt) }) }
  if (Object.keys(change).length === 0) throw invalidField('body', 'says nothing to change')
  return change
}

/** Bounded here as well: beyond them the author's own day may not even exist. */
function momentOf(text: string): Instant {
  const { instant, offsetSeconds } = parseInstant(text, 'startedAt')
  const year = Number(text.slice(0, 4))
  const { earliestDay, latestDay } = worklogLimits
  const isInYears = year >= Number(earliestDay.slice(0, 4)) && year <= Number(latestDay.slice(0, 4))
  const day = isInYears ? localOf(instant, offsetSeconds).day : ''
  if (day < earliestDay || day > latestDay)
    throw invalidField('startedAt', `must lie from ${earliestDay} to ${latestDay}`)
  return instant
}

/** What the query says of the remaining estimate; undefined where it says nothing. */
export function estimateOf(query: EstimateQuery): EstimateChange | undefined {
  const { estimate: mode, estimateSeconds } = query
  if (mode === 'new' || mode === 'manual') {
    if (estimateSeconds === undefined)
      throw invalidField('estimateSeconds', `is needed with ${mode}`)
    return { mode, seconds: Number(estimateSeconds) }
  }
  if (estimateSeconds !== undefined)
    throw invalidField('estimateSeconds', 'goes with estimate=new or estimate=manual')
  return mode === undefined ? undefined : { mode }
}
