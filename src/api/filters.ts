import { parseDay, parsePeriod } from '../domain/day.ts'
import { DomainError, invalidField } from '../domain/errors.ts'
import type { Group, GroupId } from '../domain/group.ts'
import { type Actor, viewerOf } from '../domain/permission.ts'
import type { SiteId } from '../domain/site.ts'
import type { Store } from '../domain/store.ts'
import type { WorklogQuery } from '../domain/worklog.ts'
import type { WorklogFiltersQuery } from './contract.ts'
import type { ApiNeeds } from './needs.ts'

type Names = readonly string[] | undefined

/** The filters of a query string as the domain's query; throws `invalid` naming field and value. */
export async function worklogQuery(
  { store, findIssues }: Pick<ApiNeeds, 'store' | 'findIssues'>,
  actor: Actor,
  { from, to, author, group, project, issue, jql }: WorklogFiltersQuery,
): Promise<WorklogQuery> {
  const { siteId } = actor
  const period = periodOf(from, to)
  const [authorIds, groupIds, projectIds, issueIds] = [
    await idsOf('author', author, (names) => store.people.findByNames(siteId, names)),
    group && (await Promise.all(group.map((name) => findGroup(store, siteId, name)))),
    await idsOf('project', project, (names) => store.projects.findByNames(siteId, names)),
    await idsOf('issue', issue, (names) => store.issues.findByNames(siteId, names)),
  ]
  return {
    siteId,
    viewer: viewerOf(actor),
    ...(period ? { period } : {}),
    ...(authorIds ? { authorIds } : {}),
    ...(groupIds ? { groupIds: groupIds.map(({ id }) => id) } : {}),
    ...(projectIds ? { projectIds } : {}),
    ...(issueIds ? { issueIds } : {}),
    ...(jql === undefined ? {} : { rowCondition: await findIssues(actor, jql) }),
  }
}

/** The group of this name, or with this id. */
export async function findGroup(store: Store, siteId: SiteId, name: string): Promise<Group> {
  const [group] = await store.groups.findByNames(siteId, [name])
  if (group) return group
  try {
    return await store.groups.get(siteId, name as GroupId)
  } catch (error) {
    if (error instanceof DomainError && error.code === 'not-found')
      throw invalidField('group', `nothing is known under "${name}"`)
    throw error
  }
}

/** Ids of all that is named; an id beats another thing's name, several things are refused. */
export async function idsOf<Id extends string>(
  field: string,
  names: Names,
  find: (names: readonly string[]) => Promise<ReadonlyMap<string, readonly { id: Id }[]>>,
): Promise<readonly Id[] | undefined> {
  if (names === undefined) return undefined
  const found = await find([...new Set(names)])
  return names.map((name) => {
    const [first, second] = found.get(name) ?? []
    const exact = found.get(name)?.find(({ id }) => id === name)
    if (exact) return exact.id
    if (first === undefined) throw invalidField(field, `nothing is known under "${name}"`)
    if (second !== undefined) throw invalidField(field, `"${name}" means more than one; use the id`)
    return first.id
  })
}

/** The one thing an address means, by id first; throws `not-found`, or `conflict` for several. */
export function single<T extends { id: string }>(
  what: string,
  name: string,
  found: readonly T[],
): T {
  const [first, second] = found
  if (first === undefined) throw new DomainError('not-found', `There is no ${what} ${name}`)
  const exact = found.find(({ id }) => id === name)
  if (exact) return exact
  if (second !== undefined)
    throw new DomainError('conflict', `${name} means more than one ${what}; use the id`)
  return first
}

function periodOf(from: string | undefined, to: string | undefined): WorklogQuery['period'] {
  if (from !== undefined && to !== undefined) return parsePeriod(from, to)
  if (from !== undefined) return { from: parseDay(from, 'from') }
  if (to !== undefined) return { to: parseDay(to, 'to') }
  return undefined
}
