import { isDay } from '../../domain/day.ts'
import type { Person } from '../../domain/person.ts'
import type { WorklogView } from '../../domain/worklog.ts'
import type { EntryChange, EstimateChange, NewEntry } from '../../domain/worklog-book.ts'
import type { Fields } from './body.ts'
import type { Call } from './call.ts'
import { issueIdsOf } from './worklogs-params.ts'

/** Section 4.3: hours of one digit pass, a time without seconds does not. */
const timeShape = /^([0-1]?[0-9]|2[0-3])(:[0-5][0-9])(:[0-5][0-9])$/

/** Where a day's work begins when nobody says a time [R4]. */
const usualStartTime = '08:00:00'

/** A new worklog out of a body; `issue` where the path names it. What is wrong is left in `fields`. */
export async function toEntry(
  call: Call,
  fields: Fields,
  issue: string | undefined = issueIn(fields),
): Promise<NewEntry> {
  const [issueId] = issue === undefined ? [] : await issueIdsOf(call, [issue])
  if (issueId === undefined) fields.wrong('Issue not found')
  const entry = await readEntry(call, fields)
  const { startTime = usualStartTime, comment = await usualComment(call, issueId) } = entry
  return { ...entry, issue: issueId ?? '', startTime, comment }
}

/**
 * A replaced worklog out of a body (section 4.4): omitted attributes and billable seconds are
 * reset, omitted description and start time stay. Version 3 must name the worklog's own issue.
 */
export async function toChange(
  call: Call,
  fields: Fields,
  before: WorklogView,
): Promise<EntryChange> {
  if (call.face.version === 3) {
    const issue = issueIn(fields)
    const issueIds = issue === undefined ? [] : await issueIdsOf(call, [issue])
    if (!issueIds.includes(before.issueId)) fields.wrong('Issue not found')
  }
  const { author, ...change } = await readEntry(call, fields)
  const isEmptied = fields.text('description') === ''
  return {
    ...change,
    ...(author === before.authorId ? {} : { author }),
    ...(isEmptied ? { comment: `Working on issue ${before.issue.key}` } : {}),
  }
}

/** What the issue's remaining estimate shall be; left out, Jira adjusts it [inferred]. */
export function estimateIn(fields: Fields): EstimateChange {
  const seconds = fields.whole('remainingEstimateSeconds')
  if (seconds === undefined) return { mode: 'auto' }
  if (seconds < 0) fields.wrong("'remainingEstimateSeconds' must not be negative")
  return { mode: 'new', seconds }
}

type Read = Omit<NewEntry, 'issue' | 'author' | 'day'> & { author: string; day: string }

async function readEntry(call: Call, fields: Fields): Promise<Read> {
  const day = dayIn(fields)
  const startTime = timeIn(fields)
  const timeSpentSeconds = secondsIn(fields)
  const billableSeconds = fields.whole('billableSeconds')
  if (billableSeconds !== undefined && billableSeconds < 0)
    fields.wrong("'billableSeconds' must not be negative")
  const description = fields.text('description')
  const author = await findAuthor(call, fields.text('authorAccountId'))
  if (author === undefined) fields.wrong('User is invalid')
  return {
    author: author?.id ?? '',
    day: day ?? '',
    ...(startTime === undefined ? {} : { startTime }),
    timeSpentSeconds: timeSpentSeconds ?? 0,
    billableSeconds: billableSeconds ?? null,
    ...(description === undefined || description === '' ? {} : { comment: description }),
    attributes: attributesIn(fields),
  }
}

/** The issue of a body: by key, by Jira's id, or a key where an id is expected. */
function issueIn(fields: Fields): string | undefined {
  const given = fields.any('issueKey') ?? fields.any('issueId')
  return typeof given === 'number' ? String(given) : typeof given === 'string' ? given : undefined
}

function dayIn(fields: Fields): string | undefined {
  const text = fields.any('startDate')
  if (text === undefined || text === '') fields.wrong('Date can not be empty')
  else if (typeof text !== 'string' || !isDay(text))
    fields.wrong("'startDate' must be valid on the format: 'yyyy-MM-dd'")
  else return text
  return undefined
}

function timeIn(fields: Fields): string | undefined {
  const text = fields.any('startTime')
  if (text === undefined) return undefined
  if (typeof text === 'string' && timeShape.test(text)) return text.padStart(8, '0')
  fields.wrong("'startTime' must be valid on the format: 'HH:mm:ss'")
  return undefined
}

function secondsIn(fields: Fields): number | undefined {
  const seconds = Number(fields.any('timeSpentSeconds'))
  if (Number.isSafeInteger(seconds) && seconds >= 1) return seconds
  fields.wrong('Invalid time duration entered')
  return undefined
}

/** Values as text: a checkbox may come as a boolean, a number as one; null is no value. */
export function attributesIn(fields: Fields, name = 'attributes'): Record<string, string> {
  const values: [string, string][] = []
  for (const attribute of fields.objects(name) ?? []) {
    const key = attribute.text('key')
    const value = attribute.any('value')
    if (key === undefined || key === '') fields.wrong('Missing work attribute key')
    else if (value !== undefined && typeof value === 'object')
      fields.wrong('Invalid work attribute value')
    else if (value !== undefined) values.push([key, String(value)])
  }
  return Object.fromEntries(values)
}

/** The person of an account id, and nobody who merely bears it as a name. */
export async function findAuthor(
  { actor, needs }: Call,
  accountId: string | undefined,
): Promise<Person | undefined> {
  if (accountId === undefined) return undefined
  const found = await needs.store.people.findByNames(actor.siteId, [accountId])
  return found.get(accountId)?.find((person) => person.accountId === accountId)
}

/** What the hosted service stores where no description was given [R3]. */
async function usualComment(
  { actor, needs }: Call,
  issueId: Awaited<ReturnType<typeof issueIdsOf>>[number] | undefined,
): Promise<string> {
  if (issueId === undefined) return ''
  return `Working on issue ${(await needs.store.issues.get(actor.siteId, issueId)).key}`
}
