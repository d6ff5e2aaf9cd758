import type { Period } from '../../domain/day.ts'
import { DomainError, invalidField } from '../../domain/errors.ts'
import type { GroupId } from '../../domain/group.ts'
import type { IssueCondition } from '../../domain/issue-query.ts'
import { type Actor, viewerOf } from '../../domain/permission.ts'
import type { ProjectId } from '../../domain/project.ts'
import type { WorklogQuery } from '../../domain/worklog.ts'
import type { TimeTrackerNeeds } from './needs.ts'
import type { Params } from './params.ts'

/** Which worklogs a request means (contract, section 3), within what the key's owner may see. */
export async function selectWorklogs(
  needs: TimeTrackerNeeds,
  actor: Actor,
  params: Params,
  period: Period,
): Promise<WorklogQuery> {
  const { siteId } = actor
  return {
    siteId,
    viewer: viewerOf(actor),
    period,
    ...(await authors(needs, actor, params)),
    ...(await issues(needs, actor, params)),
  }
}

/** Nobody named means the key's owner; a user and groups must both hold; a user beats allUsers. */
async function authors({ store }: TimeTrackerNeeds, { siteId, personId }: Actor, params: Params) {
  const users = params.list('user')
  const groups = params.list('groups', 'group')
  const excluded = params.list('excludeGroup')
  const groupIds = async (names: readonly string[]): Promise<readonly GroupId[]> =>
    (await store.groups.findByNames(siteId, names)).map(({ id }) => id)
  const isEverybody = params.flag('allUsers') === true || groups.length > 0
  const found = users.length > 0 ? await store.people.findByNames(siteId, users) : undefined
  const authorIds = found
    ? [...new Set([...found.values()].flat().map(({ id }) => id))]
    : isEverybody
      ? undefined
      : [personId]
  return {
    ...(authorIds ? { authorIds } : {}),
    ...(groups.length > 0 ? { groupIds: await groupIds(groups) } : {}),
    ...(excluded.length > 0 ? { excludedGroupIds: await groupIds(excluded) } : {}),
  }
}

/** Projects and saved filters are one list of places to look in; JQL narrows it. */
async function issues(needs: TimeTrackerNeeds, actor: Actor, params: Params) {
  const places: IssueCondition[] = []
  const projectIds: ProjectId[] = []
  for (const name of params.list('filterOrProjectId')) {
    const [, kind, id = ''] = /^(project|filter)_(.+)$/.exec(name) ?? []
    if (kind === 'project') projectIds.push(...(await projectsNamed(needs, actor, id)))
    else if (kind === 'filter') places.push(await filterNamed(needs, actor, id))
    else throw invalidField('filterOrProjectId', `"${name}" is no project_KEY and no filter_ID`)
  }
  for (const id of params.list('projectid'))
    projectIds.push(...(await projectsNamed(needs, actor, id)))
  const jql = params.first('jql')
  const narrowed = jql === undefined ? undefined : await conditionOf(needs, actor, jql)
  if (places.length === 0 && narrowed === undefined)
    return projectIds.length > 0 ? { projectIds } : {}
  if (projectIds.length > 0) places.push({ kind: 'projects', projectIds, not: false })
  const somewhere: IssueCondition[] =
    places.length > 1 ? [{ kind: 'or', conditions: places }] : places
  const conditions = narrowed ? [...somewhere, narrowed] : somewhere
  return {
    issueCondition:
      conditions.length === 1 ? conditions[0]! : ({ kind: 'and', conditions } as const),
  }
}

async function projectsNamed({ store }: TimeTrackerNeeds, { siteId }: Actor, name: string) {
  const found = await store.names.projects(siteId, [name])
  const ids = found.get(name)
  if (!ids || ids.length === 0) throw new DomainError('not-found', `There is no project ${name}`)
  return ids
}

async function filterNamed(
  needs: TimeTrackerNeeds,
  actor: Actor,
  id: string,
): Promise<IssueCondition> {
  const { siteId, personId } = actor
  const found = await needs.store.filters.find({ siteId, personId, jiraIds: [id], limit: 1 })
  const filter = found.filters[0]
  if (!filter) throw new DomainError('not-found', `There is no filter ${id}`)
  return conditionOf(needs, actor, filter.jql)
}

function conditionOf({ findIssues }: TimeTrackerNeeds, actor: Actor, jql: string) {
  return findIssues(actor, jql)
}
