import type { HandClock } from '../clock.ts'
import { textOfComment } from './adf.ts'
import type { Issue, Person, Project, Worklog, WorldState } from './world-types.ts'

/** A Jira with nothing in it, not even people. */
export function emptyState(clock: HandClock): WorldState {
  return {
    clock,
    people: new Map(),
    groups: new Map(),
    projects: new Map(),
    issues: new Map(),
    issueIdByKey: new Map(),
    worklogs: new Map(),
    worklogIdsByIssue: new Map(),
    tombstones: new Map(),
    filters: new Map(),
    hiddenFrom: new Map(),
    noLogging: new Map(),
    credentials: { revoked: new Set(), captcha: new Map() },
    fieldNames: new Map(),
    settings: {
      hoursPerDay: 8,
      daysPerWeek: 5,
      timeFormat: 'pretty',
      defaultUnit: 'minute',
      timeZone: 'UTC',
    },
  }
}

/** The issue of an id, a key in any case, or a key it had before it was moved. */
export function issueOf(state: WorldState, idOrKey: string): Issue | undefined {
  return state.issues.get(idOrKey) ?? state.issues.get(idOfKey(state, idOrKey) ?? '')
}

function idOfKey(state: WorldState, key: string): string | undefined {
  return state.issueIdByKey.get(key.toUpperCase())
}

/** The project of an id or key. */
export function projectOf(state: WorldState, idOrKey: string): Project | undefined {
  const known = state.projects.get(idOrKey)
  if (known) return known
  const key = idOrKey.toUpperCase()
  return [...state.projects.values()].find((project) => project.key === key)
}

/** Whether the person may browse the project. Nobody (anonymous) may browse nothing. */
export function canBrowse(state: WorldState, person: Person | undefined, projectId: string) {
  if (!person || !state.projects.has(projectId)) return false
  const hidden = state.hiddenFrom.get(projectId)
  return !hidden?.has('*') && !hidden?.has(person.id)
}

/** Whether the person may read the row: its project, and its group or role if restricted. */
export function canSee(state: WorldState, person: Person | undefined, worklog: Worklog): boolean {
  const issue = state.issues.get(worklog.issueId)
  if (!person || !issue || !canBrowse(state, person, issue.projectId)) return false
  const { visibility } = worklog
  return !visibility || holds(state, person, issue.projectId, visibility)
}

/** Whether the person is in the group, or holds the role in the project. */
export function holds(
  state: WorldState,
  person: Person,
  projectId: string,
  { type, value }: { readonly type: 'group' | 'role'; readonly value: string },
): boolean {
  if (type === 'role') {
    return state.projects.get(projectId)?.roles.get(value)?.has(person.id) ?? false
  }
  return groupOf(state, value)?.members.has(person.id) ?? false
}

/** The group of a name or id. */
export function groupOf(state: WorldState, nameOrId: string) {
  for (const group of state.groups.values()) {
    if (group.name === nameOrId || group.id === nameOrId) return group
  }
  return undefined
}

/** The issue's rows the person may see, oldest first, as Jira orders them. */
export function worklogsOf(
  state: WorldState,
  person: Person | undefined,
  issueId: string,
): Worklog[] {
  const rows: Worklog[] = []
  for (const id of state.worklogIdsByIssue.get(issueId) ?? []) {
    const worklog = state.worklogs.get(id)!
    if (canSee(state, person, worklog)) rows.push(worklog)
  }
  return rows.sort((a, b) => a.created - b.created || a.id - b.id)
}

/** What Jira shows as `timespent`: all rows, also those the caller may not see. */
export function timeSpentOf(state: WorldState, issue: Issue): number | undefined {
  const ids = state.worklogIdsByIssue.get(issue.id)
  let seconds = issue.timeSpentElsewhere
  for (const id of ids ?? []) seconds += state.worklogs.get(id)!.timeSpentSeconds
  return seconds === 0 && !ids?.size ? undefined : seconds
}

/** A worklog as the truth tells it: what a synced store should hold of it. */
export type VisibleWorklog = {
  readonly id: string
  readonly issueId: string
  readonly issueKey: string
  readonly projectKey: string
  readonly author: Person | undefined
  readonly comment: string
  readonly startedAt: number
  readonly createdAt: number
  readonly updatedAt: number
  readonly timeSpentSeconds: number
  readonly visibility: Worklog['visibility']
}

/** Every row the person may see, by id. */
export function visibleRows(state: WorldState, person: Person): VisibleWorklog[] {
  const rows: VisibleWorklog[] = []
  for (const worklog of state.worklogs.values()) {
    if (canSee(state, person, worklog)) rows.push(visibleRow(state, worklog))
  }
  return rows.sort((a, b) => Number(a.id) - Number(b.id))
}

function visibleRow(state: WorldState, worklog: Worklog): VisibleWorklog {
  const issue = state.issues.get(worklog.issueId)!
  return {
    id: String(worklog.id),
    issueId: issue.id,
    issueKey: issue.key,
    projectKey: state.projects.get(issue.projectId)!.key,
    author: worklog.authorId === undefined ? undefined : state.people.get(worklog.authorId),
    comment: textOfComment(worklog.comment),
    startedAt: worklog.started,
    createdAt: worklog.created,
    updatedAt: worklog.updated,
    timeSpentSeconds: worklog.timeSpentSeconds,
    visibility: worklog.visibility,
  }
}
