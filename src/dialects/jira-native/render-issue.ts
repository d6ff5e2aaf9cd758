import type { Issue } from '../../domain/issue.ts'
import type { PersonId } from '../../domain/person.ts'
import { renderJiraDuration } from '../../jira/duration.ts'
import { toDocument } from './adf.ts'
import type { Look } from './flavour.ts'
import type { FieldChoice } from './issue-fields.ts'
import { embeddedWorklogs, type Surroundings } from './issue-surroundings.ts'
import { textOf } from './params.ts'
import { renderProject } from './render-project.ts'
import { renderUser } from './render-user.ts'
import {
  idOfValue,
  renderIssueType,
  renderNamed,
  renderPriority,
  renderResolution,
  renderStatus,
} from './render-values.ts'
import { renderMoment, renderWorklog } from './render-worklog.ts'
import type { WireWorklogPage } from './wire.ts'

/** What else can be asked for; seed 001 shows version 2's. */
const expands = {
  2: 'editmeta,renderedFields,transitions,changelog,operations',
  3: 'operations,versionedRepresentations,editmeta,changelog,renderedFields',
} as const

export type WireIssue = {
  readonly expand: string
  readonly id: string
  readonly self: string
  readonly key: string
  readonly fields?: Readonly<Record<string, unknown>>
  readonly [more: string]: unknown
}

/** An issue with the fields chosen (seed 001, `issues`; contract B7). */
export function renderIssue(
  look: Look,
  issue: Issue,
  choice: FieldChoice,
  around: Surroundings,
): WireIssue {
  const head = {
    expand: expands[look.version],
    id: issue.jiraId,
    self: `${look.api}/issue/${issue.jiraId}`,
    key: issue.key,
  }
  return choice.isBare ? head : { ...head, fields: renderFields(look, issue, choice, around) }
}

/** The fields in the order of the catalogue; absent values are null, lists empty. */
export function renderFields(
  look: Look,
  issue: Issue,
  { has }: FieldChoice,
  around: Surroundings,
): Record<string, unknown> {
  const fields: Record<string, unknown> = {}
  for (const [name, make] of Object.entries(makers))
    if (has(name)) fields[name] = make(look, issue, around)
  for (const [name, value] of Object.entries(issue.fields))
    if (name.startsWith('customfield_') && has(name)) fields[name] = value
  return fields
}

type Make = (look: Look, issue: Issue, around: Surroundings) => unknown

const moment =
  (of: (issue: Issue) => number | null): Make =>
  (look, issue) => {
    const instant = of(issue)
    return instant === null ? null : renderMoment(look, instant)
  }

const person =
  (of: (issue: Issue) => PersonId | null): Make =>
  (look, issue, { people }) => {
    const id = of(issue)
    const found = id === null ? undefined : people.get(id)
    return found ? renderUser(look, found) : null
  }

const remaining: Make = (_, issue) => issue.remainingEstimateSeconds
const original: Make = (_, issue) => issue.originalEstimateSeconds
const spent: Make = (_, issue, around) => spentOf(issue, around)

const makers: Readonly<Record<string, Make>> = {
  summary: (_, issue) => issue.summary,
  issuetype: issueType,
  project: (look, { projectId }, { projects }) => {
    const found = projects.get(projectId)
    return found ? renderProject(look, found) : null
  },
  status,
  priority: (look, issue) =>
    issue.priority === null
      ? null
      : renderPriority(look, issue.priority, idOfValue(issue, 'priority', issue.priority)),
  resolution: (look, issue) =>
    issue.resolution === null
      ? null
      : renderResolution(look, issue.resolution, idOfValue(issue, 'resolution', issue.resolution)),
  assignee: person((issue) => issue.assigneeId),
  reporter: person((issue) => issue.reporterId),
  creator: person((issue) => issue.creatorId),
  labels: (_, issue) => issue.labels,
  components: (look, { components, fields }) =>
    renderNamed(look, 'component', components, fields.components),
  fixVersions: (look, { fixVersions, fields }) =>
    renderNamed(look, 'version', fixVersions, fields.fixVersions),
  versions: (look, { affectedVersions, fields }) =>
    renderNamed(look, 'version', affectedVersions, fields.versions),
  parent,
  created: moment((issue) => issue.createdAt),
  updated: moment((issue) => issue.updatedAt),
  resolutiondate: moment((issue) => issue.resolvedAt),
  duedate: (_, issue) => issue.dueDay,
  description: (look, { fields }) => {
    const text = textOf(fields.description) ?? ''
    if (text === '') return null
    return look.version === 3 ? toDocument(text) : text
  },
  issuelinks: (_, { fields }) => (Array.isArray(fields.issuelinks) ? fields.issuelinks : []),
  timespent: spent,
  timeestimate: remaining,
  timeoriginalestimate: original,
  aggregatetimespent: spent,
  aggregatetimeestimate: remaining,
  aggregatetimeoriginalestimate: original,
  workratio: (_, issue, around) => {
    const estimate = issue.originalEstimateSeconds
    return estimate ? Math.floor(((spentOf(issue, around) ?? 0) * 100) / estimate) : -1
  },
  timetracking: (look, issue, around) => ({
    ...tracked(look, 'originalEstimate', issue.originalEstimateSeconds),
    ...tracked(look, 'remainingEstimate', issue.remainingEstimateSeconds),
    ...tracked(look, 'timeSpent', spentOf(issue, around)),
  }),
  worklog: embedded,
  comment: () => ({ comments: [], maxResults: 0, total: 0, startAt: 0 }),
}

function issueType(look: Look, issue: Issue) {
  if (issue.issueType === null) return null
  const id = idOfValue(issue, 'issuetype', issue.issueType)
  return renderIssueType(look, issue.issueType, id, issue.isSubtask)
}

function status(look: Look, issue: Issue) {
  if (issue.status === null) return null
  const id = idOfValue(issue, 'status', issue.status)
  return renderStatus(look, issue.status, id, issue.statusCategory)
}

function parent(look: Look, issue: Issue, { parentOf }: Surroundings): unknown {
  const found = parentOf(issue)
  if (!found) return null
  const { jiraId, key, summary } = found
  const fields = { summary, status: status(look, found), issuetype: issueType(look, found) }
  return { id: jiraId, key, self: `${look.api}/issue/${jiraId}`, fields }
}

/** Jira's own total where one told it, else what the caller sees. */
function spentOf(issue: Issue, { worklogs }: Surroundings): number | null {
  return issue.reportedTimeSpentSeconds ?? worklogs.get(issue.id)?.timeSpentSeconds ?? null
}

function tracked(look: Look, name: string, seconds: number | null) {
  return seconds === null
    ? {}
    : { [name]: renderJiraDuration(seconds, look.duration), [`${name}Seconds`]: seconds }
}

/** The first 20, whatever the search asked; `maxResults` is as seed 001 has it, 20 on Cloud (B5). */
function embedded(look: Look, issue: Issue, around: Surroundings): WireWorklogPage {
  const { total = 0, worklogs = [] } = around.worklogs.get(issue.id) ?? {}
  return {
    startAt: 0,
    maxResults: look.version === 3 ? embeddedWorklogs : Math.min(embeddedWorklogs, total),
    total,
    worklogs: worklogs.map((row) => renderWorklog(look, row, around)),
  }
}
