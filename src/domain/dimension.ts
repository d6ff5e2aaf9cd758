import { invalidField } from './errors.ts'

/** What a dimension's keys are: ids of a noun, first days of spans of time, or plain texts. */
export type DimensionKind = 'person' | 'project' | 'issue' | 'time' | 'text'

type Description = { readonly title: string; readonly kind: DimensionKind }

const described = {
  person: { title: 'Person', kind: 'person' },
  group: { title: 'Groups', kind: 'text' },
  teamRole: { title: 'Roles in teams', kind: 'text' },
  project: { title: 'Project', kind: 'project' },
  projectCategory: { title: 'Project category', kind: 'text' },
  projectLead: { title: 'Project lead', kind: 'person' },
  issue: { title: 'Issue', kind: 'issue' },
  parent: { title: 'Parent', kind: 'issue' },
  topIssue: { title: 'Issue with sub-tasks', kind: 'issue' },
  issueType: { title: 'Issue type', kind: 'text' },
  status: { title: 'Status', kind: 'text' },
  statusCategory: { title: 'Status category', kind: 'text' },
  priority: { title: 'Priority', kind: 'text' },
  resolution: { title: 'Resolution', kind: 'text' },
  assignee: { title: 'Assignee', kind: 'person' },
  reporter: { title: 'Reporter', kind: 'person' },
  creator: { title: 'Creator', kind: 'person' },
  label: { title: 'Labels', kind: 'text' },
  component: { title: 'Components', kind: 'text' },
  fixVersion: { title: 'Fix versions', kind: 'text' },
  affectedVersion: { title: 'Affected versions', kind: 'text' },
  sprint: { title: 'Sprints', kind: 'text' },
  category: { title: 'Category', kind: 'text' },
  hashtag: { title: 'Hashtags', kind: 'text' },
  commentFirstWord: { title: 'First word of the comment', kind: 'text' },
  weekday: { title: 'Weekday', kind: 'text' },
  createdDay: { title: 'Logged on', kind: 'text' },
  day: { title: 'Day', kind: 'time' },
  week: { title: 'Week', kind: 'time' },
  month: { title: 'Month', kind: 'time' },
  quarter: { title: 'Quarter', kind: 'time' },
  year: { title: 'Year', kind: 'time' },
} as const satisfies Readonly<Record<string, Description>>

/** Dimensions that every site has. Lists (labels, groups …) count as one value, "a, b": nothing is counted twice. */
export type PlainDimension = keyof typeof described

/**
 * What worklogs can be grouped by: a plain dimension, an issue's custom field, a worklog's attribute;
 * `link:is part of` is the issue of which another says "is part of", and itself where it says nothing.
 */
export type WorklogDimension =
  | PlainDimension
  | `field:${string}`
  | `attribute:${string}`
  | `link:${string}`

export const plainDimensions = Object.keys(described) as readonly PlainDimension[]

/** How a dimension is called, and what its keys are. */
export function describeDimension(dimension: WorklogDimension): Description {
  if (isPlainDimension(dimension)) return described[dimension]
  const kind = dimension.startsWith('link:') ? 'issue' : 'text'
  return { title: dimension.slice(dimension.indexOf(':') + 1), kind }
}

/** Whether the dimension is a span of time, named by its first day. */
export function isTimeDimension(dimension: WorklogDimension): dimension is TimeDimension {
  return describeDimension(dimension).kind === 'time'
}

export type TimeDimension = 'day' | 'week' | 'month' | 'quarter' | 'year'

/** A text as a dimension; `user` and `worker` are other words for `person`. Throws `invalid`. */
export function parseDimension(text: string, field = 'dimension'): WorklogDimension {
  if (text === 'user' || text === 'worker') return 'person'
  if (isPlainDimension(text)) return text
  if (/^(?:field|attribute|link):[^\0]{1,255}$/u.test(text)) return text as WorklogDimension
  throw invalidField(
    field,
    `"${text}" is none of ${plainDimensions.join(', ')}, field:<id>, attribute:<key> or link:<text>`,
  )
}

function isPlainDimension(text: string): text is PlainDimension {
  return Object.hasOwn(described, text)
}
