import { isAdf } from './adf.ts'
import { durationOf } from './beans.ts'
import { fieldRefusal, type JiraRefusal, refusal } from './errors.ts'
import { type Call, objectOf } from './route.ts'
import { groupOf, holds } from './world-state.ts'
import type { Issue, Visibility } from './world-types.ts'
import type { WorklogChange } from './world-worklogs.ts'

type Body = Readonly<Record<string, unknown>>

/** What a written worklog says, author ignored; refuses whatever Jira refuses. */
export function readWorklogBody(
  call: Call,
  issue: Issue,
  { isNew }: { readonly isNew: boolean },
): WorklogChange {
  const body = objectOf(call.body)
  const known = ['started', 'timeSpent', 'timeSpentSeconds', 'comment', 'visibility', 'properties']
  if (!isNew && call.dialect === 'dc' && !known.some((name) => name in body)) {
    throw refusal(400, 'Worklog must not be null.')
  }
  const seconds = secondsOf(call, body, isNew)
  return {
    ...(seconds === undefined ? {} : { timeSpentSeconds: seconds }),
    ...(body.started === undefined || body.started === null
      ? {}
      : { started: startedOf(body.started) }),
    ...commentOf(call, body),
    ...visibilityOf(call, issue, body),
    ...propertiesOf(call, body),
  }
}

const shape =
  /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)\.(\d{1,3})([+-])(\d\d)(\d\d)(?:[+-]\d{4})?$/

// Java's pattern: milliseconds and an offset without colon are needed, `Z` is no offset. A doubled
// offset passes because Java stops reading after the first.
function startedOf(value: unknown): number {
  const match = typeof value === 'string' ? shape.exec(value) : null
  if (!match) throw badStarted()
  const part = (at: number) => Number(match[at])
  const local = Date.UTC(part(1), part(2) - 1, part(3), part(4), part(5), part(6), part(7))
  if (new Date(local).getUTCDate() !== part(3) || part(4) > 23 || part(5) > 59) throw badStarted()
  const offsetMs = (part(9) * 60 + part(10)) * 60_000
  return match[8] === '-' ? local + offsetMs : local - offsetMs
}

function badStarted(): JiraRefusal {
  const pattern = `"yyyy-MM-dd'T'HH:mm:ss.SSSZ"`
  return fieldRefusal(
    'started',
    `Invalid date format. Please enter the date in the format ${pattern}.`,
  )
}

function timeRefusal(message: string): JiraRefusal {
  return fieldRefusal('timeLogged', message, ['Worklog must not be null.'])
}

function secondsOf(call: Call, body: Body, isNew: boolean): number | undefined {
  const { timeSpent, timeSpentSeconds } = body
  const hasText = timeSpent !== undefined && timeSpent !== null && timeSpent !== ''
  const hasSeconds = timeSpentSeconds !== undefined && timeSpentSeconds !== null
  if (!hasText && !hasSeconds) {
    if (!isNew) return undefined
    throw timeRefusal('You must indicate the time spent working.')
  }
  if (hasText && hasSeconds && call.dialect === 'cloud') {
    throw timeRefusal('Provide either timeSpent or timeSpentSeconds, not both.')
  }
  if (hasSeconds) {
    const seconds = Number(timeSpentSeconds)
    if (!Number.isFinite(seconds) || seconds < 60) {
      throw timeRefusal('You must indicate the time spent working.')
    }
    // Jira counts minutes: what is below one is cut.
    return Math.floor(seconds / 60) * 60
  }
  const seconds = typedSeconds(call, String(timeSpent))
  if (seconds === 0) throw fieldRefusal('timeLogged', 'Time Spent can not be zero.')
  return seconds
}

function typedSeconds(call: Call, text: string): number {
  try {
    return durationOf(text, 'timeLogged', call.world.state.settings)
  } catch {
    throw timeRefusal('Invalid time duration entered.')
  }
}

function commentOf(call: Call, body: Body): WorklogChange {
  const { comment } = body
  if (comment === undefined) return {}
  if (comment === null) return { comment: '' }
  if (call.version === 3) {
    if (isAdf(comment)) return { comment }
    throw fieldRefusal(
      'comment',
      'Operation value must be an Atlassian Document (see the Atlassian Document Format)',
    )
  }
  // A document sent to version 2 is dropped without a word.
  return { comment: typeof comment === 'string' ? comment : '' }
}

function visibilityOf(call: Call, issue: Issue, body: Body): WorklogChange {
  if (body.visibility === undefined) return {}
  const { type, value, identifier } = objectOf(body.visibility)
  if (type === undefined && value === undefined) return { visibility: undefined }
  if (type !== 'group' && type !== 'role') {
    throw fieldRefusal('visibility', 'The visibility type must be group or role.')
  }
  const { state } = call.world
  const name = String(value ?? identifier ?? '')
  const visibility: Visibility = {
    type,
    value: type === 'group' ? (groupOf(state, name)?.name ?? name) : name,
  }
  const isKnown =
    type === 'group'
      ? groupOf(state, name) !== undefined
      : state.projects.get(issue.projectId)?.roles.has(name)
  if (!isKnown) throw fieldRefusal('visibility', `${kindOf(type)} '${name}' does not exist.`)
  if (!holds(state, call.caller!, issue.projectId, visibility)) {
    throw fieldRefusal('visibility', `You are currently not a member of the ${type}: '${name}'.`)
  }
  return { visibility }
}

function kindOf(type: 'group' | 'role'): string {
  return type === 'group' ? 'Group' : 'Role'
}

// Data Center knows no worklog properties and ignores the key.
function propertiesOf(call: Call, body: Body): WorklogChange {
  if (call.dialect === 'dc' || body.properties === undefined) return {}
  if (!Array.isArray(body.properties)) throw fieldRefusal('properties', 'must be a list')
  const properties = body.properties.map((entry) => {
    const { key, value } = objectOf(entry)
    if (typeof key !== 'string') throw fieldRefusal('properties', 'a property needs a key')
    return { key, value }
  })
  return { properties }
}
