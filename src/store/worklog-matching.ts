import { type RawBuilder, sql } from 'kysely'
import type { DimensionKeys, WorklogQuery } from '../domain/worklog.ts'
import { keyOf, sourceIds, sourceTables } from './dimension-keys.ts'
import { compileIssueCondition, compileRowCondition } from './issue-search-condition.ts'
import { idList, textList } from './rows.ts'
import { all, visible } from './worklog-filter.ts'

/** The conditions of a query without its viewer's limits, over the alias `w`. */
export function matching(query: WorklogQuery): RawBuilder<boolean> {
  const conditions: RawBuilder<unknown>[] = [
    sql`w.site_id = ${query.siteId}`,
    sql`w.deleted_at is null`,
  ]
  if (query.period?.from) conditions.push(sql`w.day >= ${query.period.from}::date`)
  if (query.period?.to) conditions.push(sql`w.day <= ${query.period.to}::date`)
  if (query.authorIds) conditions.push(sql`w.author_id = any(${idList(query.authorIds)})`)
  if (query.projectIds) conditions.push(sql`w.project_id = any(${idList(query.projectIds)})`)
  if (query.issueIds) conditions.push(sql`w.issue_id = any(${idList(query.issueIds)})`)
  if (query.groupIds)
    conditions.push(sql`w.author_id in (select m.person_id from group_member m
      where m.site_id = ${query.siteId} and m.group_id = any(${idList(query.groupIds)}))`)
  if (query.teamIds)
    conditions.push(sql`exists (select 1 from team_membership t
      where t.site_id = ${query.siteId} and t.team_id = any(${idList(query.teamIds)})
        and t.person_id = w.author_id and coalesce(t.from_day <= w.day, true)
        and coalesce(t.to_day >= w.day, true))`)
  if (query.fromVersion !== undefined)
    conditions.push(sql`w.version >= ${query.fromVersion}::bigint`)
  if (query.category) conditions.push(countsAs(query.category))
  if (query.attribute) conditions.push(hasAttribute(query.attribute))
  if (query.excludedGroupIds)
    conditions.push(sql`w.author_id not in (select m.person_id from group_member m
      where m.site_id = ${query.siteId} and m.group_id = any(${idList(query.excludedGroupIds)}))`)
  if (query.issueCondition)
    conditions.push(sql`w.issue_id in (select i.id from issue i where i.site_id = ${query.siteId}
      and ${compileIssueCondition(query.issueCondition, query.siteId, query.viewer)})`)
  if (query.rowCondition)
    conditions.push(sql`exists (select from issue i where i.site_id = w.site_id
      and i.id = w.issue_id and ${compileRowCondition(query.rowCondition, query.siteId, query.viewer)})`)
  for (const one of query.among ?? []) conditions.push(under(one))
  return all(conditions)
}

/** Worklogs that name a category, and those that count as it without naming one of the list. */
function countsAs({ name, unnamed }: NonNullable<WorklogQuery['category']>): RawBuilder<unknown> {
  const named = sql`w.category = any(${textList([name])})`
  if (!unnamed) return named
  const names = textList(unnamed.names)
  return sql`(${named} or ((w.category is null or not w.category = any(${names}))
    and (w.billable_seconds is distinct from 0) = ${unnamed.isBillable}))`
}

/** Worklogs that fall under one of the keys, as `dimension-keys.ts` has them. */
function under({ dimension, keys }: DimensionKeys): RawBuilder<unknown> {
  const { from, key } = keyOf(dimension, 1)
  const wanted = sql`coalesce((${key})::text, '') = any(${textList(keys)})`
  if (from === 'w') return wanted
  return sql`exists (select 1 from ${sql.table(sourceTables[from])} ${sql.ref(from)}
    where ${sql.ref(`${from}.site_id`)} = w.site_id
      and ${sql.ref(`${from}.id`)} = ${sql.ref(`w.${sourceIds[from]}`)} and ${wanted})`
}

/** A containment per key: only that is found by the index on attributes, which holds no empty sets. */
function hasAttribute({ keys, value }: NonNullable<WorklogQuery['attribute']>) {
  const contained = keys.map(
    (key) => sql`w.attributes @> ${JSON.stringify({ [key]: value })}::jsonb`,
  )
  if (contained.length === 0) return sql`false`
  return sql`w.attributes <> '{}'::jsonb and (${sql.join(contained, sql` or `)})`
}

/** The query as its viewer sees it. */
export function seen(query: WorklogQuery): RawBuilder<boolean> {
  const limits = visible(query.viewer)
  return limits ? all([matching(query), limits]) : matching(query)
}
