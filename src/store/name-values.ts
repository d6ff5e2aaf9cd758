import { type RawBuilder, sql } from 'kysely'
import type { IssueNameField } from '../domain/issue-query.ts'
import type { NamedValue, NameStore, ProjectValue } from '../domain/names.ts'
import type { ProjectId } from '../domain/project.ts'
import type { ConnectionId, SiteId } from '../domain/site.ts'
import { type Db, idList, textList, typedText } from './rows.ts'

/** Where Jira's own object of a value lies in `fields`. */
const objects: Readonly<Partial<Record<IssueNameField, string>>> = {
  status: 'status',
  issueType: 'issuetype',
  priority: 'priority',
  resolution: 'resolution',
  components: 'components',
  fixVersions: 'fixVersions',
  affectedVersions: 'versions',
  securityLevel: 'security',
}

const columns: Readonly<Partial<Record<IssueNameField, string>>> = {
  status: 'i.status',
  statusCategory: 'i.status_category',
  issueType: 'i.issue_type',
  priority: 'i.priority',
  resolution: 'i.resolution',
}

const lists: Readonly<Partial<Record<IssueNameField, string>>> = {
  labels: 'i.labels',
  components: 'i.components',
  fixVersions: 'i.fix_versions',
  affectedVersions: 'i.affected_versions',
  sprints: 'i.sprints',
}

/** The values of a field that issues hold. */
export async function readValues(
  db: Db,
  siteId: SiteId,
  field: IssueNameField,
  jira?: ConnectionId,
): Promise<readonly NamedValue[]> {
  const values = valuesOf(sql`site_id = ${siteId} ${ofJira(jira)}`, field)
  const result = await sql<{ name: string; jira_id: string | null }>`
    select name, max(jira_id) as jira_id from (${values}) v
    where name is not null group by name order by name collate "C"`.execute(db)
  return result.rows.map(({ name, jira_id }) => ({ name, jiraId: jira_id }))
}

/** `and …` where only rows of one Jira count. */
export function ofJira(jira: ConnectionId | undefined): RawBuilder<unknown> {
  return jira === undefined ? sql`` : sql`and connection_id = ${jira}`
}

function valuesOf(place: RawBuilder<unknown>, field: IssueNameField): RawBuilder<unknown> {
  if (field === 'projectCategory')
    return sql`select category as name, null as jira_id from project where ${place}`
  const object = objects[field]
  if (field === 'securityLevel')
    return sql`select i.fields -> 'security' ->> 'name' as name,
      i.fields -> 'security' ->> 'id' as jira_id from issue i where ${place}`
  const column = columns[field]
  if (column !== undefined)
    return sql`select ${sql.raw(column)} as name, ${
      object === undefined ? sql`null` : sql`i.fields -> ${object}::text ->> 'id'`
    } as jira_id from issue i where ${place}`
  const list = sql.raw(lists[field]!)
  if (object === undefined)
    return sql`select unnest(${list}) as name, null as jira_id from issue i
      where ${place} and ${list} <> '{}'`
  return sql`select name, (select e ->> 'id' from jsonb_array_elements(
        case jsonb_typeof(i.fields -> ${object}::text) when 'array' then i.fields -> ${object}::text
          else '[]' end) e
      where e ->> 'name' = name limit 1) as jira_id
    from issue i, unnest(${list}) as name where ${place} and ${list} <> '{}'`
}

/** More names than a project has, and how many of the issues of each are asked what they tell of it. */
const mostNames = 10_000
const mostAsked = 10

/**
 * Names that issues of a project hold, each with what the youngest issue that tells more tells; only
 * few are asked, as reading what fifty thousand issues tell takes seconds.
 */
export async function readProjectValues(
  db: Db,
  siteId: SiteId,
  projectId: ProjectId,
  field: 'components' | 'versions',
): Promise<readonly ProjectValue[]> {
  const held =
    field === 'components' ? sql`i.components` : sql`(i.fix_versions || i.affected_versions)`
  const paths = field === 'components' ? ['$.components[*]'] : ['$.fixVersions[*]', '$.versions[*]']
  const youngest = sql`array_agg(i.id order by i.updated_at desc nulls last, i.id)`
  const result = await sql<ProjectValue>`
    select n.name, (select v from unnest(n.ids) with ordinality as asked (id, place)
        join issue i on i.site_id = ${siteId} and i.id = asked.id,
        unnest(${textList(paths)}) path, jsonb_path_query(i.fields, path::jsonpath) v
      where v ->> 'name' = n.name order by place limit 1) as raw
    from (select name, (${youngest})[1:${sql.lit(mostAsked)}] as ids
      from issue i cross join lateral unnest(${held}) as name
      where i.site_id = ${siteId} and i.project_id = any(${idList([projectId])})
      group by name order by name collate "C" limit ${mostNames}) n
    order by n.name collate "C"`.execute(db)
  return result.rows
}

/** Which of the texts the fields hold anywhere. */
export async function readOptions(
  db: Db,
  siteId: SiteId,
  fieldIds: readonly string[],
  texts: readonly string[],
  jira?: ConnectionId,
): Promise<ReadonlySet<string>> {
  const wanted = textList(texts.map((text) => text.toLowerCase()))
  const result = await sql<{ held: string }>`select distinct o.held from issue i,
      unnest(${textList(fieldIds)}) as field (id),
      jsonb_array_elements(case jsonb_typeof(i.fields -> field.id) when 'array'
        then i.fields -> field.id else jsonb_build_array(i.fields -> field.id) end) v,
      unnest(array[lower(v ->> 'value'), lower(v ->> 'name'), lower(v ->> 'key'), v ->> 'id',
        lower(v #>> '{}')]) as o (held)
    where i.site_id = ${siteId} ${ofJira(jira)} and i.fields ?| ${textList(fieldIds)}
      and o.held = any(${wanted})`.execute(db)
  const held = new Set(result.rows.map(({ held: text }) => text))
  return new Set(texts.filter((text) => held.has(text.toLowerCase())))
}

/** Values the fields hold that begin with a text, as people read them. */
export async function readOptionNames(
  db: Db,
  siteId: SiteId,
  fieldIds: readonly string[],
  { text, limit, jira }: Parameters<NameStore['optionNames']>[2],
): Promise<readonly string[]> {
  const result = await sql<{ name: string }>`select distinct o.name collate "C" as name
    from issue i, unnest(${textList(fieldIds)}) as field (id),
      jsonb_array_elements(case jsonb_typeof(i.fields -> field.id) when 'array'
        then i.fields -> field.id else jsonb_build_array(i.fields -> field.id) end) v,
      lateral (select case jsonb_typeof(v) when 'object'
        then coalesce(v ->> 'value', v ->> 'name') else v #>> '{}' end as name) o
    where i.site_id = ${siteId} ${ofJira(jira)} and i.fields ?| ${textList(fieldIds)}
      and starts_with(lower(o.name), lower(${typedText(text)}))
    order by 1 limit ${limit}`.execute(db)
  return result.rows.map(({ name }) => name)
}

/** Names of sprints that run, or that are over; Jira tells the state beside the name, in two ways. */
export async function readSprints(
  db: Db,
  siteId: SiteId,
  state: 'open' | 'closed',
  jira?: ConnectionId,
): Promise<readonly string[]> {
  const result = await sql<{ name: string }>`select distinct name from issue i,
      jsonb_each(i.fields) f,
      jsonb_array_elements(case jsonb_typeof(f.value) when 'array' then f.value else '[]' end) e,
      lateral (select coalesce(e ->> 'name', substring(e #>> '{}' from 'name=([^,\\]]*)')) as name,
        lower(coalesce(e ->> 'state', substring(e #>> '{}' from 'state=([A-Za-z]+)'))) as state) s
    where i.site_id = ${siteId} ${ofJira(jira)} and i.sprints <> '{}' and f.key like 'customfield\\_%'
      and s.state = ${state === 'open' ? 'active' : 'closed'} and s.name = any(i.sprints)
    order by name`.execute(db)
  return result.rows.map(({ name }) => name)
}
