import { dateText, linkOf, trackingText, userBean, worklogBean } from './beans.ts'
import type { Call } from './route.ts'
import { timeSpentOf, worklogsOf } from './world-state.ts'
import type { Issue, JiraSettings, Project } from './world-types.ts'

/** Which fields of an issue an answer shows. */
export type FieldChoice = { readonly has: (field: string) => boolean; readonly isIdsOnly: boolean }

const notNavigable = new Set(['worklog', 'comment', 'attachment', 'timetracking'])
const people = new Set(['assignee', 'reporter', 'creator'])
const idsOnly = new Set(['id', 'key', 'self'])

/**
 * The fields asked for: names, `*all`, `*navigable`, `-name`; a list, a text with commas, or both.
 * Unknown names are ignored, as in Jira.
 */
export function fieldsOf(asked: readonly string[], instead: string): FieldChoice {
  const names = asked.flatMap((text) => text.split(',')).map((name) => name.trim())
  const wanted = names.filter((name) => name !== '')
  if (!wanted.some((name) => !name.startsWith('-'))) wanted.push(instead)
  const given = new Set(wanted)
  return {
    isIdsOnly: wanted.every((name) => idsOnly.has(name)),
    has(field) {
      if (given.has(`-${field}`)) return false
      if (given.has(field) || given.has('*all')) return true
      return given.has('*navigable') && !notNavigable.has(field)
    },
  }
}

/** An issue. Cloud's search gives only the id where nothing but the id was asked for. */
export function issueBean(call: Call, issue: Issue, choice: FieldChoice, isBare = false) {
  if (isBare) return { id: issue.id }
  const self = linkOf(call, `issue/${issue.id}`)
  const head = {
    expand: 'operations,versionedRepresentations,editmeta,changelog,renderedFields',
    id: issue.id,
    self,
    key: issue.key,
  }
  return choice.isIdsOnly ? head : { ...head, fields: fieldsBean(call, issue, choice) }
}

function fieldsBean(call: Call, issue: Issue, { has }: FieldChoice): Record<string, unknown> {
  const { state } = call.world
  const fields: Record<string, unknown> = {}
  for (const [name, value] of Object.entries(issue.fields)) {
    if (has(name)) fields[name] = people.has(name) ? personField(call, value) : value
  }
  const spent = timeSpentOf(state, issue)
  const computed: Readonly<Record<string, () => unknown>> = {
    project: () => projectBean(call, state.projects.get(issue.projectId)!),
    created: () => dateText(call, issue.created),
    updated: () => dateText(call, issue.updated),
    timespent: () => spent ?? null,
    timeestimate: () => issue.remainingEstimate ?? null,
    timeoriginalestimate: () => issue.originalEstimate ?? null,
    timetracking: () => trackingBean(issue, spent, state.settings),
    worklog: () => embeddedWorklogs(call, issue),
    assignee: () => fields.assignee ?? null,
    resolution: () => fields.resolution ?? null,
    duedate: () => fields.duedate ?? null,
    labels: () => fields.labels ?? [],
    components: () => fields.components ?? [],
    fixVersions: () => fields.fixVersions ?? [],
  }
  for (const [name, make] of Object.entries(computed)) if (has(name)) fields[name] = make()
  return fields
}

/** The first 20 worklogs of those the caller may see, not filtered by any JQL. */
function embeddedWorklogs(call: Call, issue: Issue) {
  const rows = worklogsOf(call.world.state, call.caller, issue.id)
  const { embeddedCap } = call.switches
  const shown = rows.slice(0, embeddedCap).map((row) => worklogBean(call, row))
  return { startAt: 0, maxResults: embeddedCap, total: rows.length, worklogs: shown }
}

function trackingBean(issue: Issue, spent: number | undefined, settings: JiraSettings) {
  const { originalEstimate, remainingEstimate } = issue
  const part = (name: string, seconds: number | undefined) =>
    seconds === undefined
      ? {}
      : { [name]: trackingText(seconds, settings), [`${name}Seconds`]: seconds }
  return {
    ...part('originalEstimate', originalEstimate),
    ...part('remainingEstimate', remainingEstimate),
    ...part('timeSpent', spent),
  }
}

function personField(call: Call, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || !('personId' in value)) return value
  const person = call.world.state.people.get(String(value.personId))
  return person ? userBean(call, person) : null
}

/** A project in lists and inside issues. */
export function projectBean(call: Call, project: Project) {
  const avatar = (size: number) => `${call.base}/secure/projectavatar?pid=${project.id}&s=${size}`
  const { category } = project
  return {
    ...(call.dialect === 'dc' ? { expand: 'description,lead,url,projectKeys' } : {}),
    self: linkOf(call, `project/${project.id}`),
    id: project.id,
    key: project.key,
    name: project.name,
    avatarUrls: {
      '48x48': avatar(48),
      '24x24': avatar(24),
      '16x16': avatar(16),
      '32x32': avatar(32),
    },
    projectTypeKey: 'software',
    ...(category
      ? { projectCategory: { self: linkOf(call, `projectCategory/${category.id}`), ...category } }
      : {}),
  }
}
