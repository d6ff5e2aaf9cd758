import { type RawBuilder, sql } from 'kysely'
import { acceptedResult } from '../domain/external-result.ts'
import type { HandOverPart, HandOverQuery } from '../domain/hand-over.ts'
import type { SiteId } from '../domain/site.ts'
import type { WorklogId } from '../domain/worklog.ts'
import { idList, textList } from './rows.ts'
import { all } from './worklog-filter.ts'

/** Changes with every change of what goes into a fingerprint: all worklogs then count as changed. */
const recipe = '1'

type Column = readonly [name: string, value: RawBuilder<unknown>]

/** Attributes of the row that are defined, in the order they were made, as JSON pairs. */
const attributes = sql`case when w.attributes = '{}'::jsonb then null else (
  select json_agg(json_build_array(d.key, w.attributes->>d.key) order by d.id)::text
  from attribute d where d.site_id = w.site_id and w.attributes->>d.key <> '') end`

/** The account the row names, or else the default of its project. */
const accountKey = sql`coalesce(case when w.attributes = '{}'::jsonb then null else (
  select w.attributes->>d.key from attribute d
  where d.site_id = w.site_id and d.type = 'account' and w.attributes->>d.key <> ''
  order by d.id limit 1) end, (
  select t.key from account_link l join account t on t.site_id = l.site_id and t.id = l.account_id
  where l.site_id = w.site_id and l.project_id = w.project_id and l.is_default))`

/** The first version as Jira lists them, which is their schedule order. */
const version = {
  id: sql`i.fields->'fixVersions'->0->>'id'`,
  name: sql`coalesce(i.fields->'fixVersions'->0->>'name', i.fix_versions[1])`,
}

/** The component made last. */
const component = {
  id: componentPart('id'),
  name: sql`coalesce(${componentPart('name')}, i.components[1])`,
}

function componentPart(part: 'id' | 'name'): RawBuilder<unknown> {
  return sql`(select c->>${sql.lit(part)} from jsonb_path_query(i.fields, 'lax $.components[*]') c
    where c->>'id' ~ '^[0-9]{1,18}$' order by (c->>'id')::bigint desc limit 1)`
}

const nothing = sql`null`

/** Every cell of a row by name, as text; what was not asked for is null. */
export function handOverColumns(
  parts: ReadonlySet<HandOverPart>,
  customFields: readonly string[],
): readonly Column[] {
  const only = (part: HandOverPart, value: RawBuilder<unknown>) =>
    parts.has(part) ? value : nothing
  return [
    ['id', sql`w.id`],
    ['day', sql`w.day`],
    ['is_gone', sql`w.deleted_at is not null`],
    ['issue_id', sql`i.jira_id`],
    ['issue_key', sql`i.key`],
    ['issue_summary', sql`i.summary`],
    ['seconds', sql`w.time_spent_seconds`],
    ['billable', sql`coalesce(w.billable_seconds, w.time_spent_seconds)`],
    ['start_time', sql`w.start_time`],
    ['username', sql`coalesce(a.username, a.account_id)`],
    ['staff_id', sql`coalesce(a.staff_id, a.username, a.account_id)`],
    ['account_key', accountKey],
    ['attributes', attributes],
    ['version_id', version.id],
    ['version_name', version.name],
    ['component_id', component.id],
    ['component_name', component.name],
    ['comment', sql`w.comment`],
    ['parent_key', sql`q.key`],
    ['reporter', sql`coalesce(r.username, r.account_id)`],
    ['created_at', sql`w.created_at`],
    ['updated_at', sql`w.updated_at`],
    ['external_id', sql`e.external_id`],
    ['external_hours', sql`e.hours`],
    ['external_result', sql`e.result`],
    ['external_at', sql`e.at`],
    ['external_fingerprint', sql`e.fingerprint`],
    ['parent_summary', only('parent', sql`q.summary`)],
    ['full_name', only('person', sql`a.display_name`)],
    ['type_id', only('issue', sql`i.fields->'issuetype'->>'id'`)],
    ['type_name', only('issue', sql`i.issue_type`)],
    ['status_id', only('issue', sql`i.fields->'status'->>'id'`)],
    ['status_name', only('issue', sql`i.status`)],
    ['priority_id', only('issue', sql`i.fields->'priority'->>'id'`)],
    ['priority_name', only('issue', sql`i.priority`)],
    ['project_key', only('issue', sql`p.key`)],
    ['project_name', only('issue', sql`p.name`)],
    ['project_category', only('issue', sql`p.category`)],
    ['original_estimate', only('issue', sql`i.original_estimate_seconds`)],
    ['remaining_estimate', only('issue', sql`i.remaining_estimate_seconds`)],
    ['issue_created_at', only('issue', sql`i.created_at`)],
    ['issue_updated_at', only('issue', sql`i.updated_at`)],
    ['approval', only('approval', approval)],
    ['custom_fields', only('customFields', customValues(customFields))],
  ]
}

const approval = sql`(select json_build_array(t.status,
    (select coalesce(v.username, v.account_id) from person v
      where v.site_id = t.site_id and v.id = t.reviewer_id),
    t.updated_at, t.comment)::text
  from timesheet_approval t
  where t.site_id = w.site_id and t.person_id = w.author_id and w.day between t.from_day and t.to_day
  order by t.from_day desc limit 1)`

function customValues(fields: readonly string[]): RawBuilder<unknown> {
  return sql`(select json_object_agg(k.name, i.fields->k.name)::text
    from unnest(${textList(fields)}) k(name) where i.fields->k.name is not null)`
}

const joins = sql`
  join issue i on i.site_id = w.site_id and i.id = w.issue_id
  join project p on p.site_id = w.site_id and p.id = w.project_id
  join person a on a.site_id = w.site_id and a.id = w.author_id
  left join person r on r.site_id = i.site_id and r.id = i.reporter_id
  left join issue q on q.site_id = i.site_id and q.connection_id = i.connection_id
    and q.jira_id = i.parent_jira_id and i.is_subtask`

/** What a fingerprint is taken over: content alone, nothing that the other system says. */
const contents = [
  ...['id', 'issue_id', 'issue_key', 'seconds', 'day', 'username', 'staff_id', 'account_key'],
  ...['attributes', 'version_id', 'version_name', 'component_id', 'component_name', 'comment'],
  'parent_key',
]

/** Each part with its length before it, so that no two contents read the same. */
const fingerprint = sql`left(encode(sha256(convert_to(${sql.join(
  [
    sql.lit(`${recipe} `),
    sql`h.is_gone::text`,
    ...contents.map((name) => {
      const text = sql`coalesce(${sql.ref(`h.${name}`)}::text, '')`
      return sql`length(${text})::text || ':' || ${text}`
    }),
  ],
  sql` || `,
)}, 'UTF8')), 'hex'), 40)`

export type Reading = {
  readonly columns: readonly Column[]
  readonly where: RawBuilder<unknown>
  readonly isLive: boolean
  /** Only so many of the first, before anything is asked of their fingerprints. */
  readonly limit?: number
}

/**
 * Rows with their fingerprints, under the alias `f`. Each layer ends with an offset: without it the
 * planner would write the expressions of one layer into every place of the next that names them.
 */
export function handOverRows({ columns, where, isLive, limit }: Reading): RawBuilder<unknown> {
  const cells = columns.map(([name, value]) => sql`${value} as ${sql.ref(name)}`)
  const from = isLive
    ? sql`worklog w left join external_result e on e.site_id = w.site_id and e.worklog_id = w.id`
    : sql`external_result e join worklog w on w.site_id = e.site_id and w.id = e.worklog_id`
  return sql`(select h.*, ${fingerprint} as fingerprint from
    (select ${sql.join(cells)} from ${from} ${joins} where ${where}
      order by w.day, w.id limit ${limit === undefined ? sql`all` : sql.lit(limit)} offset 0) h offset 0) f`
}

/** Which live worklogs, before their fingerprints are known; over `w`. */
export function handOverMatches(query: HandOverQuery, isLive: boolean): RawBuilder<boolean> {
  const conditions: RawBuilder<unknown>[] = [
    sql`w.site_id = ${query.siteId}`,
    isLive ? sql`w.deleted_at is null` : sql`w.deleted_at is not null`,
    sql`w.day between ${query.period.from}::date and ${query.period.to}::date`,
  ]
  if (query.authorIds) conditions.push(sql`w.author_id = any(${idList(query.authorIds)})`)
  if (query.projectIds) conditions.push(sql`w.project_id = any(${idList(query.projectIds)})`)
  if (query.issueIds) conditions.push(sql`w.issue_id = any(${idList(query.issueIds)})`)
  if (query.accountKey !== undefined)
    conditions.push(
      sql`${accountKey} = ${query.accountKey}`,
      sql`not exists (select 1 from account g where g.site_id = ${query.siteId}
        and g.key = ${query.accountKey} and g.is_global)`,
    )
  return all(conditions)
}

/** The one row, live or gone. */
export function handOverIs(siteId: SiteId, id: WorklogId): RawBuilder<boolean> {
  return sql<boolean>`w.site_id = ${siteId} and w.id = ${id}
    and (w.deleted_at is null or e.worklog_id is not null)`
}

/** How a row stands with the other system; over `f`. */
export function handOverStates(query: HandOverQuery): RawBuilder<boolean> {
  const isRejected = sql`coalesce(f.external_result <> ${acceptedResult}, false)`
  const conditions: RawBuilder<unknown>[] = [sql`true`]
  if (query.isUnsettledOnly)
    conditions.push(sql`(f.external_fingerprint is distinct from f.fingerprint or ${isRejected})`)
  if (query.isFaultyOnly) conditions.push(sql`(${isRejected} or f.account_key is null)`)
  if (query.isCompleteOnly)
    conditions.push(
      sql`f.account_key is not null`,
      sql`coalesce(f.version_id, f.version_name, f.component_id, f.component_name) is not null`,
    )
  return all(conditions)
}
