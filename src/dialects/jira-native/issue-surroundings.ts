import type { Issue, IssueId } from '../../domain/issue.ts'
import type { OldestWorklogs } from '../../domain/issue-worklogs.ts'
import { type Actor, viewerOf } from '../../domain/permission.ts'
import type { Person, PersonId } from '../../domain/person.ts'
import type { Project, ProjectId } from '../../domain/project.ts'
import type { ConnectionId } from '../../domain/site.ts'
import type { Store } from '../../domain/store.ts'
import type { FieldChoice } from './issue-fields.ts'
import type { Beside } from './render-worklog.ts'

/** Native Jira embeds no more worklogs than this in an issue, and filters them by nothing (seed 001). */
export const embeddedWorklogs = 20

/** What issues show beside their own values, read for a whole page at once. */
export type Surroundings = Beside & {
  readonly people: ReadonlyMap<PersonId, Person>
  readonly projects: ReadonlyMap<ProjectId, Project>
  readonly worklogs: ReadonlyMap<IssueId, OldestWorklogs>
  parentOf(issue: Issue): Issue | undefined
}

const timeFields = ['worklog', 'timespent', 'timetracking', 'aggregatetimespent', 'workratio']

/** Reads what the chosen fields of these issues need. */
export async function readSurroundings(
  store: Store,
  actor: Actor,
  issues: readonly Issue[],
  { has, isBare }: FieldChoice,
): Promise<Surroundings> {
  const { siteId } = actor
  if (isBare) return nothing
  const limit = has('worklog') ? embeddedWorklogs : 0
  const ids = issues.map(({ id }) => id)
  const worklogs = timeFields.some(has)
    ? await store.issueWorklogs.oldest(siteId, viewerOf(actor), ids, limit)
    : nothing.worklogs
  const rows = [...worklogs.values()].flatMap((one) => one.worklogs)
  const named = [
    ...issues.flatMap(({ assigneeId, reporterId, creatorId }) => [
      assigneeId,
      reporterId,
      creatorId,
    ]),
    ...rows.map(({ updateAuthorId }) => updateAuthorId),
  ].filter((id) => id !== null)
  const groupNames = rows.flatMap(({ visibility }) =>
    visibility?.type === 'group' ? [visibility.value] : [],
  )
  const [people, projects, groups, parents] = await Promise.all([
    store.people.getMany(siteId, [...new Set(named)]),
    has('project')
      ? store.projects.getMany(siteId, [...new Set(issues.map((one) => one.projectId))])
      : [],
    store.groups.findByNames(siteId, [...new Set(groupNames)]),
    has('parent') ? readParents(store, actor, issues) : new Map<string, Issue>(),
  ])
  return {
    people: new Map(people.map((person) => [person.id, person])),
    projects: new Map(projects.map((project) => [project.id, project])),
    groups: new Map(groups.map((group) => [group.name, group])),
    worklogs,
    parentOf: ({ connectionId, parentJiraId }) => parents.get(`${connectionId} ${parentJiraId}`),
  }
}

const nothing: Surroundings = {
  people: new Map(),
  projects: new Map(),
  groups: new Map(),
  worklogs: new Map(),
  parentOf: () => undefined,
}

async function readParents(
  store: Store,
  { siteId }: Actor,
  issues: readonly Issue[],
): Promise<ReadonlyMap<string, Issue>> {
  const wanted = new Map<ConnectionId, Set<string>>()
  for (const { connectionId, parentJiraId } of issues) {
    if (parentJiraId === null) continue
    wanted.set(connectionId, (wanted.get(connectionId) ?? new Set()).add(parentJiraId))
  }
  const found = await Promise.all(
    [...wanted].map(([connectionId, ids]) =>
      store.issues.findByJiraIds(siteId, connectionId, [...ids]),
    ),
  )
  return new Map(found.flat().map((issue) => [`${issue.connectionId} ${issue.jiraId}`, issue]))
}
