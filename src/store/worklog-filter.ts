import { type RawBuilder, sql } from 'kysely'
import type { Viewer } from '../domain/permission.ts'
import { type ConnectionId, ownConnection } from '../domain/site.ts'
import { idList, textList } from './rows.ts'

type LimitedViewer = Extract<Viewer, { kind: 'limited' }>

/** What the viewer may see at all, over the alias `w`; undefined where nothing is kept from it. */
export function visible(viewer: Viewer): RawBuilder<boolean> | undefined {
  const conditions: RawBuilder<unknown>[] = viewer.jira === undefined ? [] : [lyingIn(viewer.jira)]
  if (viewer.kind === 'all') return conditions.length === 0 ? undefined : all(conditions)
  const open = sql`w.visibility_value is null or w.author_id = ${viewer.personId}::bigint
    or (w.visibility_type = 'group' and ${inGroup(viewer)})`
  conditions.push(sql`(${open})`)
  if (viewer.authorIds !== 'everybody')
    conditions.push(sql`w.author_id = any(${idList(viewer.authorIds)})`)
  return all(conditions)
}

/** Of one Jira are the rows on its issues, whether they came from there or were entered here. */
function lyingIn(jira: ConnectionId): RawBuilder<unknown> {
  return sql`w.project_id in (select p.id from project p
    where p.site_id = w.site_id and p.connection_id = ${jira})`
}

/** Whether the viewer is in the group that guards a row, as the row's own Jira says. */
function inGroup({ groupNames, groupsOfJiras }: LimitedViewer): RawBuilder<unknown> {
  const among = (names: readonly string[]) => sql`w.visibility_value = any(${textList(names)})`
  if (!groupsOfJiras) return among(groupNames)
  const each = [{ connectionId: ownConnection, names: groupNames }, ...groupsOfJiras].map(
    ({ connectionId, names }) => sql`(w.connection_id = ${connectionId} and ${among(names)})`,
  )
  return sql`(${sql.join(each, sql` or `)})`
}

export function all(conditions: readonly RawBuilder<unknown>[]): RawBuilder<boolean> {
  return sql<boolean>`${sql.join(conditions, sql` and `)}`
}
