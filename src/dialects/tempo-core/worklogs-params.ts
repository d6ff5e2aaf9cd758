import type { Day } from '../../domain/day.ts'
import type { IssueId } from '../../domain/issue.ts'
import { viewerOf } from '../../domain/permission.ts'
import type { ProjectId } from '../../domain/project.ts'
import type { WorklogQuery, WorklogSort } from '../../domain/worklog.ts'
import type { Call } from './call.ts'
import { badRequest } from './errors.ts'
import { dayIn, toUpdatedFrom } from './query.ts'

type Filters = Pick<WorklogQuery, 'siteId' | 'viewer' | 'period' | 'fromVersion'>

/** `from`, `to` and `updatedFrom`, which all hold together [C 2], and whose rows the caller sees. */
export async function filtersOf(call: Call): Promise<Filters> {
  const { actor, query } = call
  return {
    siteId: actor.siteId,
    viewer: viewerOf(actor),
    period: periodOf(dayIn(query, 'from'), dayIn(query, 'to')),
    ...(await changedFrom(call, query.one('updatedFrom'))),
  }
}

/**
 * `updatedFrom` by the change feed: whatever came in or changed since, also where a Jira told of it
 * late or its clock goes wrong. Somebody who reads on from the latest `updatedAt` misses nothing.
 */
export async function changedFrom(
  { actor, needs }: Call,
  text: string | undefined,
): Promise<Pick<Filters, 'fromVersion'>> {
  if (text === undefined) return {}
  return { fromVersion: await needs.store.feeds.versionAt(actor.siteId, toUpdatedFrom(text)) }
}

/** Either end may be left open. */
export function periodOf(from: Day | undefined, to: Day | undefined): { from?: Day; to?: Day } {
  return { ...(from === undefined ? {} : { from }), ...(to === undefined ? {} : { to }) }
}

/** Issues by key or by Jira's id; what is unknown matches nothing. */
export async function issueIdsOf(
  { actor, needs }: Call,
  names: readonly string[],
): Promise<IssueId[]> {
  const { store } = needs
  const ids = new Set<IssueId>()
  const numbers = names.filter((name) => /^\d{1,18}$/.test(name))
  const keys = names.filter((name) => !numbers.includes(name)).map((name) => name.toUpperCase())
  const byKey = await store.issues.findByNames(actor.siteId, keys)
  for (const issue of [...byKey.values()].flat()) ids.add(issue.id)
  if (numbers.length > 0)
    for (const { id } of await store.connections.list(actor.siteId))
      for (const issue of await store.issues.findByJiraIds(actor.siteId, id, numbers))
        ids.add(issue.id)
  return [...ids]
}

/** Projects by key or by Jira's id; what is unknown matches nothing. */
export async function projectIdsOf(
  { actor, needs }: Call,
  names: readonly string[],
): Promise<ProjectId[]> {
  const { store } = needs
  const ids = new Set<ProjectId>()
  const numbers = names.filter((name) => /^\d{1,18}$/.test(name))
  const keys = names.filter((name) => !numbers.includes(name)).map((name) => name.toUpperCase())
  for (const { id } of await store.connections.list(actor.siteId)) {
    for (const project of await store.projects.findByKeys(actor.siteId, id, keys))
      ids.add(project.id)
    for (const project of await store.projects.findByJiraIds(actor.siteId, id, numbers))
      ids.add(project.id)
  }
  return [...ids]
}

const sortFields = {
  ID: 'id',
  START_DATE_TIME: 'start',
  UPDATED: 'updated',
} as const satisfies Record<string, WorklogSort['by']>

/** One key to sort by, in this API's words. */
export function toSort(field: string, isDescending: boolean): WorklogSort {
  const by = sortFields[field.toUpperCase() as keyof typeof sortFields]
  if (by === undefined)
    throw badRequest(`'orderBy' must be one of ${Object.keys(sortFields).join(', ')}`)
  return { by, isDescending }
}

/** `orderBy` of a query string sorts downwards [S4][C 1]; version 3 has none and ignores it. */
export function sortOf({ query, face }: Call): WorklogSort[] {
  const field = query.one('orderBy')
  return field === undefined || face.version === 3 ? [] : [toSort(field, true)]
}
