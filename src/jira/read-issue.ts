import { isDay } from '../domain/day.ts'
import { DomainError } from '../domain/errors.ts'
import type { SourceIssue, SourceProject, SourceWorklog } from '../domain/ingest-source.ts'
import type { Instant } from '../domain/zone.ts'
import { readComment } from './read-comment.ts'
import {
  baseUrlOf,
  cleanJson,
  dateOf,
  idOf,
  isRecord,
  type JsonRecord,
  listOf,
  nameOf,
  present,
  quoted,
  recordOf,
  secondsOf,
  textOf,
  textsOf,
} from './read-json.ts'
import { readProject, readUser } from './read-user.ts'
import { readWorklog } from './read-worklog.ts'

/** An issue as its Jira told it: where that Jira is, and what of it could not be read. */
export type JiraIssue = SourceIssue & {
  readonly baseUrl?: string
  readonly warnings: readonly string[]
}

const rawFields = [
  'issuetype',
  'status',
  'priority',
  'resolution',
  'components',
  'versions',
  'fixVersions',
  'security',
  'issuelinks',
]

// What Jira Server's Sprint#toString leaves in the sprint field.
const sprintText = /^com\.atlassian\.greenhopper\..*?[[,]name=(.*?)(?:,[a-zA-Z]+=|\]$)/s

/** An issue from Jira's JSON, odd fields read as far as they go; refuses only what is no issue. */
export function readIssue(json: unknown): JiraIssue {
  const issue = recordOf(json)
  const id = idOf(issue.id)
  const key = textOf(issue.key)
  if (id === undefined || key === undefined) {
    throw new DomainError('invalid', `Not a Jira issue: ${quoted(json)}`)
  }
  const fields = recordOf(issue.fields)
  const warnings: string[] = []
  const tracking = recordOf(fields.timetracking)
  const worklog = recordOf(fields.worklog ?? issue.worklog)
  const date = (name: string): Instant | undefined => readDate(fields, name, warnings)
  const seconds = (name: string, tracked: string): number | undefined =>
    secondsOf(fields[name]) ?? secondsOf(tracking[tracked])
  return present({
    id,
    key,
    baseUrl: baseUrlOf(issue),
    summary: textOf(fields.summary) ?? '',
    issueType: readIssueType(fields.issuetype),
    status: readStatus(fields.status),
    priority: nameOf(fields.priority),
    resolution: nameOf(fields.resolution),
    project: readProject(fields.project) ?? projectOfKey(key),
    assignee: readUser(fields.assignee),
    reporter: readUser(fields.reporter),
    creator: readUser(fields.creator),
    parent: readParent(fields.parent),
    labels: textsOf(listOf(fields.labels)),
    components: namesOf(fields.components),
    fixVersions: namesOf(fields.fixVersions),
    affectedVersions: namesOf(fields.versions),
    sprints: readSprints(fields),
    originalEstimateSeconds: seconds('timeoriginalestimate', 'originalEstimateSeconds'),
    remainingEstimateSeconds: seconds('timeestimate', 'remainingEstimateSeconds'),
    timeSpentSeconds: seconds('timespent', 'timeSpentSeconds'),
    worklogTotal: secondsOf(worklog.total),
    createdAt: date('created'),
    updatedAt: date('updated'),
    resolvedAt: date('resolutiondate'),
    dueDay: readDueDay(fields, warnings),
    oldKeys: readOldKeys(issue.changelog, key),
    fields: readRawFields(fields),
    worklogs: readWorklogs(worklog, id, warnings),
    warnings: warnings.map((warning) => `${key}: ${warning}`),
  })
}

function readWorklogs(worklog: JsonRecord, issueId: string, warnings: string[]): SourceWorklog[] {
  const worklogs: SourceWorklog[] = []
  for (const json of listOf(worklog.worklogs)) {
    const entry = readWorklog(json, warnings)
    if (entry) worklogs.push(entry.issueId === undefined ? { ...entry, issueId } : entry)
  }
  return worklogs
}

function readDate(fields: JsonRecord, name: string, warnings: string[]): Instant | undefined {
  const instant = dateOf(fields[name])?.instant
  if (instant === undefined && fields[name] != null) {
    warnings.push(`${name} is unreadable (${quoted(fields[name])})`)
  }
  return instant
}

function readDueDay(fields: JsonRecord, warnings: string[]): string | undefined {
  const day = textOf(fields.duedate)?.slice(0, 10)
  if (day === undefined || isDay(day)) return day
  warnings.push(`duedate is unreadable (${quoted(fields.duedate)})`)
  return undefined
}

function readIssueType(json: unknown): SourceIssue['issueType'] {
  const name = nameOf(json)
  return name === undefined ? undefined : { name, isSubtask: recordOf(json).subtask === true }
}

function readStatus(json: unknown): SourceIssue['status'] {
  const name = nameOf(json)
  if (name === undefined) return undefined
  const { statusCategory } = recordOf(json)
  const category = textOf(recordOf(statusCategory).key) ?? nameOf(statusCategory)
  return present({ name, category })
}

function readParent(json: unknown): SourceIssue['parent'] {
  const id = idOf(recordOf(json).id)
  return id === undefined ? undefined : { id }
}

function projectOfKey(issueKey: string): SourceProject {
  const key = issueKey.replace(/-\d+$/, '')
  return { key, name: key }
}

function namesOf(json: unknown): string[] {
  return textsOf(listOf(json).map((item) => recordOf(item).name))
}

// The sprint field has another number in every Jira, so it is known by what it holds.
function readSprints(fields: JsonRecord): string[] {
  const names = new Set<string>()
  for (const key in fields) {
    if (!key.startsWith('customfield_')) continue
    for (const item of listOf(fields[key])) {
      const name = sprintName(item)
      if (name !== undefined) names.add(name)
    }
  }
  return [...names]
}

function sprintName(item: unknown): string | undefined {
  if (typeof item === 'string') return textOf(sprintText.exec(item)?.[1])
  if (!isRecord(item) || item.state === undefined) return undefined
  const isSprint = 'boardId' in item || 'startDate' in item || 'goal' in item
  return isSprint ? textOf(item.name) : undefined
}

function readRawFields(fields: JsonRecord): Readonly<Record<string, unknown>> {
  const raw: Record<string, unknown> = {}
  for (const key in fields) {
    if (fields[key] == null) continue
    if (key.startsWith('customfield_') || rawFields.includes(key)) raw[key] = cleanJson(fields[key])
  }
  // As comments are: the text alone, whether a Jira tells it as text or as a document.
  const description = readComment(fields.description)
  if (description !== '') raw.description = description
  return raw
}

// `toString` is a key of the JSON here, not the method; `fromString` is the key it lost.
function readOldKeys(changelog: unknown, key: string): string[] {
  const keys = new Set<string>()
  for (const history of listOf(recordOf(changelog).histories)) {
    for (const item of listOf(recordOf(history).items)) {
      const { field, fromString } = recordOf(item)
      const old = field === 'Key' ? textOf(fromString) : undefined
      if (old !== undefined && old !== key) keys.add(old)
    }
  }
  return [...keys]
}
