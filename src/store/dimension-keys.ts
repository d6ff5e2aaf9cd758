import { type RawBuilder, sql } from 'kysely'
import type { Weekday } from '../domain/day.ts'
import type { PlainDimension, TimeDimension, WorklogDimension } from '../domain/dimension.ts'
import { linkedAbove, parentOf } from './issue-links.ts'

/** The row a dimension is read from: the worklog itself, its issue, project or author. */
export type KeySource = 'w' | 'i' | 'p' | 'a'

export type DimensionKey = { readonly from: KeySource; readonly key: RawBuilder<unknown> }

/** How the worklog names the rows that keys are read from. */
export const sourceIds = { i: 'issue_id', p: 'project_id', a: 'author_id' } as const
export const sourceTables = { i: 'issue', p: 'project', a: 'person' } as const

const over = (from: KeySource, key: RawBuilder<unknown>): DimensionKey => ({ from, key })

const joined = (list: RawBuilder<unknown>) =>
  sql`(select coalesce(string_agg(x, ', ' order by x), '') from unnest(${list}) x)`

const groupsOf = sql`(select coalesce(string_agg(g.name, ', ' order by g.name), '') from group_member m
  join person_group g on g.site_id = m.site_id and g.id = m.group_id
  where m.site_id = a.site_id and m.person_id = a.id)`

/** Of the memberships that hold on the worklog's day. */
const teamRolesOf = sql`(select coalesce(string_agg(distinct r.name, ', ' order by r.name), '')
  from team_membership m join team_role r on r.site_id = m.site_id and r.id = m.role_id
  where m.site_id = w.site_id and m.person_id = w.author_id
    and coalesce(m.from_day <= w.day, true) and coalesce(m.to_day >= w.day, true))`

const hashtags = sql`(select coalesce(string_agg(distinct lower(t[1]), ', ' order by lower(t[1])), '')
  from regexp_matches(w.comment, '#([[:alnum:]_][[:alnum:]_-]*)', 'g') t)`

/** Spans of time are named by their first day. Subtracting days is several times faster than date_trunc. */
const timeKeys: Readonly<Record<Exclude<TimeDimension, 'week'>, RawBuilder<unknown>>> = {
  day: sql`w.day`,
  month: sql`(w.day - (date_part('day', w.day)::integer - 1))`,
  quarter: sql`date_trunc('quarter', w.day::timestamp)::date`,
  year: sql`(w.day - (date_part('doy', w.day)::integer - 1))`,
}

const plainKeys: Readonly<Record<Exclude<PlainDimension, TimeDimension>, DimensionKey>> = {
  person: over('w', sql`w.author_id`),
  group: over('a', groupsOf),
  teamRole: over('w', teamRolesOf),
  project: over('w', sql`w.project_id`),
  projectCategory: over('p', sql`coalesce(p.category, '')`),
  projectLead: over('p', sql`p.lead_id`),
  issue: over('w', sql`w.issue_id`),
  parent: over('i', parentOf),
  topIssue: over('i', sql`coalesce(${parentOf}, i.id)`),
  issueType: over('i', sql`coalesce(i.issue_type, '')`),
  status: over('i', sql`coalesce(i.status, '')`),
  statusCategory: over('i', sql`coalesce(i.status_category, '')`),
  priority: over('i', sql`coalesce(i.priority, '')`),
  resolution: over('i', sql`coalesce(i.resolution, '')`),
  assignee: over('i', sql`i.assignee_id`),
  reporter: over('i', sql`i.reporter_id`),
  creator: over('i', sql`i.creator_id`),
  label: over('i', joined(sql`i.labels`)),
  component: over('i', joined(sql`i.components`)),
  fixVersion: over('i', joined(sql`i.fix_versions`)),
  affectedVersion: over('i', joined(sql`i.affected_versions`)),
  sprint: over('i', joined(sql`i.sprints`)),
  category: over('w', sql`coalesce(w.category, '')`),
  hashtag: over('w', hashtags),
  commentFirstWord: over('w', sql`coalesce(substring(w.comment from '^\\s*(\\S+)'), '')`),
  weekday: over('w', sql`date_part('isodow', w.day)::integer::text`),
  // the day on the clock the author booked by
  createdDay: over(
    'w',
    sql`((w.created_at at time zone 'UTC') + make_interval(secs => w.offset_seconds))::date::text`,
  ),
}

/** What a dimension groups by, over the alias of its source. */
export function keyOf(dimension: WorklogDimension, firstWeekday: Weekday): DimensionKey {
  if (dimension === 'week') {
    const since = sql`(date_part('isodow', w.day)::integer + ${sql.lit(7 - firstWeekday)}) % 7`
    return over('w', sql`(w.day - (${since}))`)
  }
  if (Object.hasOwn(timeKeys, dimension))
    return over('w', timeKeys[dimension as keyof typeof timeKeys])
  if (Object.hasOwn(plainKeys, dimension)) return plainKeys[dimension as keyof typeof plainKeys]
  const name = dimension.slice(dimension.indexOf(':') + 1)
  if (dimension.startsWith('attribute:'))
    return over('w', sql`coalesce(w.attributes->>${name}, '')`)
  if (dimension.startsWith('link:')) return over('i', sql`coalesce(${linkedAbove([name])}, i.id)`)
  return over('i', fieldText(sql`i.fields->${name}`))
}

/** What people read in a field of Jira: the text, or the name of the thing, or the names in a list. */
function fieldText(field: RawBuilder<unknown>): RawBuilder<unknown> {
  const nameOf = (value: RawBuilder<unknown>) =>
    sql`case jsonb_typeof(${value}) when 'object' then coalesce(${value}->>'displayName',
      ${value}->>'name', ${value}->>'value', ${value}->>'title', ${value}->>'key', '')
      when 'null' then '' else ${value}#>>'{}' end`
  return sql`(select case jsonb_typeof(f) when 'array' then (select coalesce(
      string_agg(${nameOf(sql`e`)}, ', ' order by n), '') from jsonb_array_elements(f)
      with ordinality as t(e, n)) else coalesce(${nameOf(sql`f`)}, '') end
    from (select ${field} as f) s)`
}
