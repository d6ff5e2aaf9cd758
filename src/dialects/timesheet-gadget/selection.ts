import type { Period } from '../../domain/day.ts'
import type { IssueCondition } from '../../domain/issue-query.ts'
import { type Actor, viewerOf } from '../../domain/permission.ts'
import type { WorklogQuery } from '../../domain/worklog.ts'
import type { GadgetNeeds } from './needs.ts'
import type { Params } from './params.ts'

/**
 * Which worklogs a request means (contract 2.1, 3). Whoever or whatever is not known has none: a
 * caller that loops over users must not stop at one who left.
 */
export async function selectWorklogs(
  needs: GadgetNeeds,
  actor: Actor,
  params: Params,
  period: Period,
): Promise<WorklogQuery> {
  const { store } = needs
  const { siteId, personId } = actor
  const user = params.first('targetUser')
  const group = params.first('targetGroup')
  const excluded = params.list('excludeTargetGroup')
  const { projectIds, conditions } = await places(needs, actor, params)
  const word = params.first('commentfirstword')
  const groupIds = async (names: readonly string[]) =>
    (await store.groups.findByNames(siteId, names)).map(({ id }) => id)
  // a project without a user means everybody who worked on it
  const isEverybody = user === undefined && (group !== undefined || projectIds !== undefined)
  const found =
    user === undefined ? [] : ((await store.people.findByNames(siteId, [user])).get(user) ?? [])
  const roleIsUnknown = params.first('projectRoleId') !== undefined
  return {
    siteId,
    viewer: viewerOf(actor),
    period,
    ...(isEverybody
      ? {}
      : { authorIds: user === undefined ? [personId] : found.map(({ id }) => id) }),
    ...(roleIsUnknown ? { authorIds: [] } : {}),
    ...(group === undefined ? {} : { groupIds: await groupIds([group]) }),
    ...(excluded.length > 0 ? { excludedGroupIds: await groupIds(excluded) } : {}),
    ...(projectIds ? { projectIds } : {}),
    ...(word === undefined ? {} : { among: [{ dimension: 'commentFirstWord', keys: [word] }] }),
    ...(conditions.length > 0 ? { issueCondition: { kind: 'and', conditions } } : {}),
  }
}

/** Projects and filters, by their numbers; both must hold. */
async function places(needs: GadgetNeeds, actor: Actor, params: Params) {
  const { store } = needs
  const [, kind, number] =
    /^(project|filter)_(.*)$/.exec(params.first('projectOrFilter') ?? '') ?? []
  const project = params.first('projectid') ?? (kind === 'project' ? number : undefined)
  const filter = params.first('filterid') ?? (kind === 'filter' ? number : undefined)
  const priority = params.first('priority')
  const conditions: IssueCondition[] = []
  if (filter !== undefined) conditions.push(await filterNamed(needs, actor, filter))
  if (priority !== undefined)
    conditions.push({ kind: 'names', field: 'priority', names: [priority], not: false })
  if (project === undefined) return { projectIds: undefined, conditions }
  const isNumber = /^\d{1,18}$/.test(project)
  const found = isNumber
    ? await store.names.projects(actor.siteId, [project], actor.jira)
    : undefined
  return { projectIds: found?.get(project) ?? [], conditions }
}

async function filterNamed(
  { store, findIssues }: GadgetNeeds,
  actor: Actor,
  id: string,
): Promise<IssueCondition> {
  const { siteId, personId, jira } = actor
  const found = await store.filters.find({ siteId, personId, jira, jiraIds: [id], limit: 1 })
  const filter = found.filters[0]
  return filter ? findIssues(actor, filter.jql) : { kind: 'nothing' }
}
