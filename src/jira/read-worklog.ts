import type { SourceWorklog } from '../domain/ingest-source.ts'
import type { Visibility } from '../domain/worklog.ts'
import { parseJiraDuration } from './duration.ts'
import { readComment } from './read-comment.ts'
import {
  cleanJson,
  cleanText,
  dateOf,
  idOf,
  isRecord,
  type JsonRecord,
  present,
  quoted,
  recordOf,
  secondsOf,
  textOf,
} from './read-json.ts'
import { readUser } from './read-user.ts'

// Only for entries that carry no seconds; Jira sends both since version 5.
const assumedSettings = { hoursPerDay: 8, daysPerWeek: 5 }

/**
 * A worklog from Jira's JSON. Undefined, with the reason in `warnings`, when it has no id, no
 * readable start or no readable time.
 */
export function readWorklog(json: unknown, warnings: string[]): SourceWorklog | undefined {
  const entry = recordOf(json)
  const id = idOf(entry.id)
  const warn = (message: string): undefined => {
    warnings.push(`worklog ${id ?? 'without id'}: ${message}`)
  }
  if (id === undefined) return warn('skipped')
  const started = dateOf(entry.started)
  if (!started) return warn(`skipped, as started is unreadable (${quoted(entry.started)})`)
  const timeSpentSeconds = readTimeSpent(entry, warn)
  if (timeSpentSeconds === undefined) return undefined
  const created = dateOf(entry.created)
  const updated = dateOf(entry.updated)
  if (!created) warn(fallback('created', entry, updated ? 'updated' : 'started'))
  if (!updated) warn(fallback('updated', entry, created ? 'created' : 'started'))
  return present({
    id,
    issueId: idOf(entry.issueId),
    author: readUser(entry.author),
    updateAuthor: readUser(entry.updateAuthor),
    comment: readComment(entry.comment),
    started,
    createdAt: (created ?? updated ?? started).instant,
    updatedAt: (updated ?? created ?? started).instant,
    timeSpentSeconds,
    visibility: readVisibility(entry.visibility, warn),
    properties: readProperties(entry.properties),
  })
}

type Warn = (message: string) => undefined

function fallback(field: string, entry: JsonRecord, instead: string): string {
  return `${field} is unreadable (${quoted(entry[field])}), took ${instead}`
}

function readTimeSpent(entry: JsonRecord, warn: Warn): number | undefined {
  const given = secondsOf(entry.timeSpentSeconds)
  const seconds = given ?? durationOf(entry.timeSpent)
  if (seconds === undefined) {
    return warn(`skipped, as its time is unreadable (${quoted(entry.timeSpent)})`)
  }
  if (seconds < 0) return warn(`skipped, as its time is negative (${seconds} s)`)
  if (given === undefined && /[dw]/i.test(String(entry.timeSpent))) {
    warn(`has no seconds; ${quoted(entry.timeSpent)} was read as 8 hours a day, 5 days a week`)
  }
  return seconds
}

function durationOf(text: unknown): number | undefined {
  if (typeof text !== 'string') return undefined
  try {
    return parseJiraDuration(text, assumedSettings)
  } catch {
    return undefined
  }
}

// A restriction we cannot read stays a restriction: to drop it would show the entry to everybody.
function readVisibility(json: unknown, warn: Warn): Visibility | undefined {
  if (!isRecord(json) || Object.keys(json).length === 0) return undefined
  const type = json.type
  const value = textOf(json.value) ?? textOf(json.identifier)
  if ((type === 'group' || type === 'role') && value !== undefined) return { type, value }
  warn(`its visibility is unreadable (${quoted(json)}), kept restricted`)
  return { type: type === 'group' ? 'group' : 'role', value: value ?? 'unknown' }
}

function readProperties(json: unknown): Readonly<Record<string, unknown>> | undefined {
  const pairs = Array.isArray(json)
    ? json.filter(isRecord).map((property) => [textOf(property.key), property.value] as const)
    : Object.entries(recordOf(json))
  const named = pairs.flatMap(([key, value]) =>
    key === undefined ? [] : [[cleanText(key), cleanJson(value)] as const],
  )
  return named.length > 0 ? Object.fromEntries(named) : undefined
}
