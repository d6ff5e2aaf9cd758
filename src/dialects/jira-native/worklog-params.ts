import type { Visibility } from '../../domain/worklog.ts'
import type { EntryChange, EstimateChange } from '../../domain/worklog-book.ts'
import { parseJiraDate } from '../../jira/date.ts'
import { type JiraDurationSettings, parseJiraDuration } from '../../jira/duration.ts'
import { readComment } from '../../jira/read-comment.ts'
import { cleanJson } from '../../jira/read-json.ts'
import { isDocument } from './adf.ts'
import { fieldRefusal, JiraRefusal } from './errors.ts'
import type { Look } from './flavour.ts'
import { type Loose, objectOf, textOf } from './params.ts'

const leastSeconds = 60

/** What Jira ships; roles of projects are nothing that is kept here. */
const knownRoles = ['Administrators', 'Developers', 'Users', 'Administrator', 'Member', 'Viewer']

/**
 * What a written worklog says; absent keys say nothing, and keys that Jira only ever sends are
 * passed over. Refuses as contract B3 has it.
 */
export function readEntry(body: Loose, look: Look, { isNew }: { isNew: boolean }): EntryChange {
  const seconds = secondsOf(body, look.duration, isNew)
  return {
    ...startedOf(body.started),
    ...(seconds === undefined ? {} : { timeSpentSeconds: seconds }),
    ...commentOf(body.comment, look),
    ...visibilityOf(body.visibility),
    ...propertiesOf(body.properties),
  }
}

function startedOf(value: unknown): Pick<EntryChange, 'startedAt'> {
  if (value === undefined || value === null) return {}
  const date = typeof value === 'string' ? parseJiraDate(value.trim()) : undefined
  if (!date)
    throw fieldRefusal(
      'started',
      `Invalid date format. Please enter the date in the format "yyyy-MM-dd'T'HH:mm:ss.SSSZ".`,
    )
  return { startedAt: date.instant }
}

function secondsOf(
  { timeSpent, timeSpentSeconds }: Loose,
  settings: JiraDurationSettings,
  isNew: boolean,
): number | undefined {
  const text = textOf(timeSpent)?.trim() ?? ''
  const digits = textOf(timeSpentSeconds)?.trim() ?? ''
  if (text === '' && digits === '') {
    if (!isNew) return undefined
    throw timeRefusal('You must indicate the time spent working.')
  }
  const given = digits === '' ? undefined : Number(digits)
  const typed = text === '' ? undefined : durationOf(text, settings)
  if (given !== undefined && !(/^-?\d{1,15}(\.0+)?$/.test(digits) && Number.isSafeInteger(given)))
    throw timeRefusal('Invalid time duration entered.')
  if (typed === 0) throw fieldRefusal('timeLogged', 'Time Spent can not be zero.')
  if (given !== undefined && typed !== undefined && given !== typed)
    throw timeRefusal('Only one of timeSpent and timeSpentSeconds may be given.')
  const seconds = given ?? typed!
  if (seconds < leastSeconds) throw timeRefusal('You must indicate the time spent working.')
  return seconds
}

function durationOf(text: string, settings: JiraDurationSettings): number {
  try {
    return parseJiraDuration(text, settings)
  } catch {
    throw timeRefusal('Invalid time duration entered.')
  }
}

function timeRefusal(message: string): JiraRefusal {
  return new JiraRefusal(400, ['Worklog must not be null.'], { timeLogged: message })
}

function commentOf(value: unknown, look: Look): Pick<EntryChange, 'comment'> {
  if (value === undefined) return {}
  if (value === null) return { comment: '' }
  if (look.version === 3 && !isDocument(value))
    throw fieldRefusal(
      'comment',
      'Operation value must be an Atlassian Document (see the Atlassian Document Format)',
    )
  // Version 2 drops documents silently; to keep their text loses nobody anything.
  return { comment: typeof value === 'number' ? String(value) : readComment(value) }
}

/** Null lifts a restriction, nothing leaves it. */
function visibilityOf(value: unknown): Pick<EntryChange, 'visibility'> {
  if (value === undefined) return {}
  if (value === null) return { visibility: null }
  const { type, value: name, identifier } = objectOf(value)
  const text = textOf(name) ?? textOf(identifier) ?? ''
  const isRole = type === 'role'
  if ((type !== 'group' && !isRole) || text === '')
    throw fieldRefusal('visibility', 'The type must be group or role, and the value its name.')
  if (isRole && !knownRoles.includes(text))
    throw fieldRefusal('visibility', `The role '${text.slice(0, 100)}' does not exist.`)
  return { visibility: { type, value: text } as Visibility }
}

function propertiesOf(value: unknown): Pick<EntryChange, 'properties'> {
  if (!Array.isArray(value)) return {}
  const pairs = value.map((one) => {
    const { key, value: content } = objectOf(one)
    const name = textOf(key)
    if (name === undefined || content === undefined)
      throw fieldRefusal('properties', 'Every property needs a key and a value.')
    return [name, cleanJson(content)] as const
  })
  return { properties: Object.fromEntries(pairs) }
}

/** What the query says about the remaining estimate (contract B11). */
export function readEstimate(
  query: Loose,
  verb: 'add' | 'change' | 'remove',
  settings: JiraDurationSettings,
): EstimateChange {
  const mode = textOf(query.adjustEstimate)?.toLowerCase() || 'auto'
  switch (mode) {
    case 'auto':
    case 'leave':
      return { mode }
    case 'new': {
      const missing = 'Value is required when adjustEstimate is new'
      return { mode, seconds: estimateOf(query, 'newEstimate', missing, settings) }
    }
    case 'manual': {
      if (verb === 'change')
        throw fieldRefusal(
          'adjustEstimate',
          'Manual adjustment of remaining estimate not allowed when editing a worklog',
        )
      const field = verb === 'add' ? 'reduceBy' : 'increaseBy'
      const missing = 'A value is required for manual estimate adjustment'
      return { mode, seconds: estimateOf(query, field, missing, settings) }
    }
    default:
      throw fieldRefusal(
        'adjustEstimate',
        `'${mode.slice(0, 100)}' is not one of new, leave, manual and auto.`,
      )
  }
}

function estimateOf(
  query: Loose,
  field: string,
  missing: string,
  settings: JiraDurationSettings,
): number {
  const text = textOf(query[field])?.trim() ?? ''
  if (text === '') throw fieldRefusal(field, missing)
  try {
    return parseJiraDuration(text, settings)
  } catch {
    throw fieldRefusal(field, 'Invalid time duration entered.')
  }
}
