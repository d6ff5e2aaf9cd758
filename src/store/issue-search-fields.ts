import { type RawBuilder, sql } from 'kysely'
import type {
  CustomField,
  IssueInstantField,
  IssueNameField,
  IssueNumberField,
  IssuePersonField,
  IssueSearch,
} from '../domain/issue-query.ts'
import { textList } from './rows.ts'
import { all, visible } from './worklog-filter.ts'

/** What a compiled search needs everywhere. */
export type Searched = Pick<IssueSearch, 'siteId' | 'viewer'> & {
  /** Whether a worklog `w` stands around the issue, and worklog conditions are about it. */
  readonly isRow?: true
}

export const personColumns: Readonly<Record<IssuePersonField, RawBuilder<string>>> = {
  assignee: sql`i.assignee_id`,
  reporter: sql`i.reporter_id`,
  creator: sql`i.creator_id`,
}

export const instantColumns: Readonly<Record<IssueInstantField, RawBuilder<string>>> = {
  createdAt: sql`i.created_at`,
  updatedAt: sql`i.updated_at`,
  resolvedAt: sql`i.resolved_at`,
}

/** Fields with one name in them. */
export const nameColumns: Partial<Record<IssueNameField, RawBuilder<string>>> = {
  status: sql`i.status`,
  statusCategory: sql`i.status_category`,
  issueType: sql`i.issue_type`,
  priority: sql`i.priority`,
  resolution: sql`i.resolution`,
  securityLevel: sql`(i.fields -> 'security' ->> 'name')`,
  projectCategory: sql`(select p.category from project p
    where p.site_id = i.site_id and p.id = i.project_id)`,
}

/** Fields with any number of names in them, never null. */
export const listColumns: Partial<Record<IssueNameField, RawBuilder<string[]>>> = {
  labels: sql`i.labels`,
  components: sql`i.components`,
  fixVersions: sql`i.fix_versions`,
  affectedVersions: sql`i.affected_versions`,
  sprints: sql`i.sprints`,
}

/** Jira's own total where a Jira told one, else what the viewer sees of our worklogs. */
function timeSpent({ siteId, viewer }: Searched): RawBuilder<number> {
  const limits = visible(viewer)
  const conditions: RawBuilder<unknown>[] = [
    sql`w.site_id = ${siteId} and w.issue_id = i.id and w.deleted_at is null`,
  ]
  if (limits) conditions.push(limits)
  return sql<number>`coalesce(i.reported_time_spent_seconds,
    (select sum(w.time_spent_seconds)::bigint from worklog w where ${all(conditions)}))`
}

/** Numbers; a ratio is whole percents of the original estimate, rounded down as Jira does. */
export function numberColumn(field: IssueNumberField, searched: Searched): RawBuilder<number> {
  switch (field) {
    case 'originalEstimateSeconds':
      return sql`i.original_estimate_seconds`
    case 'remainingEstimateSeconds':
      return sql`i.remaining_estimate_seconds`
    case 'timeSpentSeconds':
      return timeSpent(searched)
    case 'workRatioPercent':
      return sql`case when i.original_estimate_seconds > 0
        then coalesce(${timeSpent(searched)}, 0) * 100 / i.original_estimate_seconds end`
  }
}

/** The values of a custom field as rows `v`: one for a single value, none where it is empty. */
export function customValues({ customFieldIds }: CustomField): RawBuilder<unknown> {
  const paths = customFieldIds.map((id) => `$.${JSON.stringify(id)}[*]`)
  return sql`unnest(${textList(paths)}) path
    cross join lateral jsonb_path_query(i.fields, path::jsonpath) v`
}

/** `v` is a value: JSON's null and the empty text are none. */
export const customIsThere = sql<boolean>`v not in ('null', '""')`

const anyDay = '(?!0000)\\d{4}-((0[1-9]|1[0-2])-(0[1-9]|1\\d|2[0-8])|(0[13-9]|1[0-2])-(29|30)'
const lastDays = '|(0[13578]|1[02])-31)|\\d\\d(0[48]|[2468][048]|[13579][26])-02-29'
const dayPattern = `^(${anyDay}${lastDays})`
const clockPattern = '[ T]([01]\\d|2[0-3]):[0-5]\\d:[0-5]\\d(\\.\\d+)?(Z|[+-]\\d\\d:?\\d\\d)$'

/** `v` by type; null where it is no such thing, so that no odd value can fail a search. */
export const customTyped = {
  text: sql<string>`lower(coalesce(v ->> 'value', v ->> 'name', v ->> 'displayName', v #>> '{}'))`,
  number: sql<number>`case when jsonb_typeof(v) = 'number' then (v #>> '{}')::numeric end`,
  day: sql<string>`case when jsonb_typeof(v) = 'string' and v #>> '{}' ~ ${sql.lit(dayPattern)}
    then left(v #>> '{}', 10)::date end`,
  instant: sql<string>`case when jsonb_typeof(v) = 'string'
    and v #>> '{}' ~ ${sql.lit(dayPattern + clockPattern)} then (v #>> '{}')::timestamptz end`,
} as const
