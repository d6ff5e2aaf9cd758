import type { Day } from '../domain/day.ts'
import type { FieldDefinition, Issue } from '../domain/issue.ts'
import type { Person } from '../domain/person.ts'
import type { Project } from '../domain/project.ts'
import { formatInstant, type Instant } from '../domain/zone.ts'
import type { Cell, Column } from '../formats/table.ts'

/** An issue with what its fields point at. */
export type IssueInfo = {
  readonly issue: Issue
  readonly project: Project
  readonly people: ReadonlyMap<string, Person>
  readonly parent: Issue | undefined
}

/** A field's value before anybody spells it: each surface has its own spelling. */
export type FieldValue =
  | null
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'person'; readonly person: Person }
  | { readonly kind: 'issue'; readonly key: string; readonly summary: string }
  | { readonly kind: 'instant'; readonly instant: Instant }
  | { readonly kind: 'day'; readonly day: Day }
  | { readonly kind: 'seconds'; readonly seconds: number }
  | { readonly kind: 'texts'; readonly texts: readonly string[] }
  /** A field of Jira's that only Jira knows the type of. */
  | { readonly kind: 'json'; readonly value: unknown }

type Read = (info: IssueInfo) => FieldValue
type Known = { readonly title: string; readonly read: Read }

const text = (value: string | null): FieldValue => (value ? { kind: 'text', text: value } : null)
const texts = (values: readonly string[]): FieldValue =>
  values.length > 0 ? { kind: 'texts', texts: values } : null
const seconds = (value: number | null): FieldValue =>
  value === null ? null : { kind: 'seconds', seconds: value }
const instant = (value: Instant | null): FieldValue =>
  value === null ? null : { kind: 'instant', instant: value }
const person = (id: string | null, { people }: IssueInfo): FieldValue => {
  const found = id === null ? undefined : people.get(id)
  return found ? { kind: 'person', person: found } : null
}

/** Fields that are columns here, by Jira's ids in lower case. */
const known: ReadonlyMap<string, Known> = new Map(
  Object.entries<Known>({
    id: { title: 'Id', read: ({ issue }) => text(issue.jiraId) },
    key: { title: 'Key', read: ({ issue }) => text(issue.key) },
    issuekey: { title: 'Key', read: ({ issue }) => text(issue.key) },
    summary: { title: 'Summary', read: ({ issue }) => text(issue.summary) },
    issuetype: { title: 'Issue type', read: ({ issue }) => text(issue.issueType) },
    status: { title: 'Status', read: ({ issue }) => text(issue.status) },
    statuscategory: { title: 'Status category', read: ({ issue }) => text(issue.statusCategory) },
    priority: { title: 'Priority', read: ({ issue }) => text(issue.priority) },
    resolution: { title: 'Resolution', read: ({ issue }) => text(issue.resolution) },
    assignee: { title: 'Assignee', read: (info) => person(info.issue.assigneeId, info) },
    reporter: { title: 'Reporter', read: (info) => person(info.issue.reporterId, info) },
    creator: { title: 'Creator', read: (info) => person(info.issue.creatorId, info) },
    parent: {
      title: 'Parent',
      read: ({ parent }) =>
        parent ? { kind: 'issue', key: parent.key, summary: parent.summary } : null,
    },
    labels: { title: 'Labels', read: ({ issue }) => texts(issue.labels) },
    components: { title: 'Components', read: ({ issue }) => texts(issue.components) },
    fixversions: { title: 'Fix versions', read: ({ issue }) => texts(issue.fixVersions) },
    versions: { title: 'Affected versions', read: ({ issue }) => texts(issue.affectedVersions) },
    sprint: { title: 'Sprints', read: ({ issue }) => texts(issue.sprints) },
    project: { title: 'Project', read: ({ project }) => text(project.name) },
    projectkey: { title: 'Project key', read: ({ project }) => text(project.key) },
    projectcategory: { title: 'Project category', read: ({ project }) => text(project.category) },
    projectlead: { title: 'Project lead', read: (info) => person(info.project.leadId, info) },
    timeoriginalestimate: {
      title: 'Original estimate',
      read: ({ issue }) => seconds(issue.originalEstimateSeconds),
    },
    timeestimate: {
      title: 'Remaining estimate',
      read: ({ issue }) => seconds(issue.remainingEstimateSeconds),
    },
    timespent: {
      title: 'Time spent as Jira counts it',
      read: ({ issue }) => seconds(issue.reportedTimeSpentSeconds),
    },
    duedate: {
      title: 'Due',
      read: ({ issue }) => (issue.dueDay === null ? null : { kind: 'day', day: issue.dueDay }),
    },
    created: { title: 'Created', read: ({ issue }) => instant(issue.createdAt) },
    updated: { title: 'Updated', read: ({ issue }) => instant(issue.updatedAt) },
    resolutiondate: { title: 'Resolved', read: ({ issue }) => instant(issue.resolvedAt) },
  }),
)

/** Ids of the fields every site has. */
export const issueFieldIds: readonly string[] = [...known.keys()]

/** The value of a field, by Jira's id of it, whatever its case. */
export function issueField(id: string, info: IssueInfo): FieldValue {
  const column = known.get(id.toLowerCase())
  if (column) return column.read(info)
  const value = rawField(id, info)
  return value === null ? null : { kind: 'json', value }
}

/** A field as Jira's own JSON has it, by its exact id; null where there is none. */
export function rawField(id: string, { issue: { fields } }: IssueInfo): unknown {
  return Object.hasOwn(fields, id) ? (fields[id] ?? null) : null
}

/** How a field is called: by its own name, that of the catalogue, else by its id. */
export function issueFieldTitle(id: string, catalogue: readonly FieldDefinition[]): string {
  return known.get(id.toLowerCase())?.title ?? catalogue.find((one) => one.id === id)?.name ?? id
}

/** The person ids a field may point at, to be read beforehand. */
export function peopleOf(issue: Issue, project: Project): string[] {
  return [issue.assigneeId, issue.reporterId, issue.creatorId, project.leadId].filter(
    (id) => id !== null,
  )
}

/** A field as the column of a table. */
export function issueFieldColumn(id: string, catalogue: readonly FieldDefinition[]): Column {
  const isSeconds = /^time(?:spent|estimate|originalestimate)$/i.test(id)
  const type = isSeconds ? 'seconds' : /^duedate$/i.test(id) ? 'day' : 'text'
  return { key: id, title: issueFieldTitle(id, catalogue), type }
}

/** A field's value as the cell of such a column. */
export function issueFieldCell(value: FieldValue): Cell {
  if (value === null) return null
  switch (value.kind) {
    case 'text':
      return value.text
    case 'person':
      return value.person.displayName
    case 'issue':
      return `${value.key} ${value.summary}`
    case 'instant':
      return formatInstant(value.instant)
    case 'day':
      return value.day
    case 'seconds':
      return value.seconds
    case 'texts':
      return value.texts.join(', ')
    case 'json':
      return jsonText(value.value)
  }
}

/** What people read in a field of Jira: the text, the name of the thing, or the names in a list. */
export function jsonText(value: unknown): string {
  if (Array.isArray(value)) return value.map(jsonText).join(', ')
  if (typeof value === 'object' && value !== null) return objectText(value)
  return value === undefined || value === null ? '' : String(value)
}

function objectText(value: object): string {
  const thing = value as Readonly<Record<string, unknown>>
  if (typeof thing.displayName === 'string') return thing.displayName
  if (typeof thing.name === 'string') return thing.name
  const summary = (thing.fields as { summary?: unknown } | undefined)?.summary ?? thing.summary
  if (typeof thing.key === 'string')
    return typeof summary === 'string' ? `${thing.key} ${summary}` : thing.key
  if (thing.value !== undefined) {
    const child = thing.child
    return child ? `${jsonText(thing.value)}:${jsonText(child)}` : jsonText(thing.value)
  }
  return typeof thing.title === 'string' ? thing.title : ''
}
