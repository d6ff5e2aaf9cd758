import { type RawBuilder, sql } from 'kysely'
import type { GroupId } from '../domain/group.ts'
import type { IssueId } from '../domain/issue.ts'
import type { NamedIssue, NameStore } from '../domain/names.ts'
import type { PersonId } from '../domain/person.ts'
import type { ProjectId } from '../domain/project.ts'
import type { ConnectionId } from '../domain/site.ts'
import {
  ofJira,
  readOptionNames,
  readOptions,
  readProjectValues,
  readSprints,
  readValues,
} from './name-values.ts'
import { type Db, idList, isBigId, textList } from './rows.ts'

type NamedRow = { readonly id: string; readonly names: readonly (string | null)[] }

/** What the names in a query mean; every look-up takes all its texts at once. */
export function makeNameStore(db: Db): NameStore {
  const named = async (query: RawBuilder<NamedRow>): Promise<readonly NamedRow[]> =>
    (await query.execute(db)).rows
  return {
    async projects(siteId, texts, jira) {
      if (texts.length === 0) return new Map()
      const list = lowered(texts)
      const rows = await named(sql`select id, array[lower(key), lower(name), jira_id::text] as names
        from project where site_id = ${siteId} and (lower(key) = any(${list})
          or lower(name) = any(${list}) or jira_id = any(${idList(texts.filter(isBigId))}))
          ${ofJira(jira)} order by id`)
      return byText<ProjectId>(texts, rows)
    },
    async people(siteId, texts) {
      if (texts.length === 0) return new Map()
      const list = lowered(texts)
      const rows = await named(sql`select id, array[lower(username), lower(key), lower(account_id)]
          as names from person where site_id = ${siteId} and (lower(username) = any(${list})
          or lower(key) = any(${list}) or lower(account_id) = any(${list})) order by id`)
      const found = byText<PersonId>(texts, rows)
      const left = texts.filter((text) => !found.has(text))
      if (left.length === 0) return found
      const mails = await named(sql`select min(id)::text as id, array[lower(email)] as names
        from person where site_id = ${siteId} and lower(email) = any(${lowered(left)})
        group by lower(email) having count(*) = 1`)
      return new Map([...found, ...byText<PersonId>(left, mails)])
    },
    async groups(siteId, names) {
      if (names.length === 0) return new Map()
      const rows = await named(sql`select id, array[lower(name)] as names from person_group
        where site_id = ${siteId} and lower(name) = any(${lowered(names)}) order by id`)
      return byText<GroupId>(names, rows)
    },
    async issues(siteId, texts, jira) {
      const found = new Map<string, NamedIssue[]>()
      if (texts.length === 0) return found
      const keys = textList(texts.map((text) => text.toUpperCase()))
      const result = await sql<IssueRow>`
        select i.id, i.connection_id, i.jira_id, i.project_id, i.key, n.name from (
          select id, key as name, 0 as rank from issue
            where site_id = ${siteId} and key = any(${keys})
          union all select issue_id, key, 1 from issue_old_key
            where site_id = ${siteId} and key = any(${keys})
          union all select id, jira_id::text, 0 from issue where site_id = ${siteId}
            and connection_id in (select id from connection where site_id = ${siteId})
            and jira_id = any(${idList(texts.filter(isBigId))})
        ) n join issue i on i.site_id = ${siteId} and i.id = n.id ${ofJira(jira)}
        order by n.rank, i.connection_id, i.id`.execute(db)
      for (const text of texts) {
        const same = result.rows.filter(({ name }) => name === text.toUpperCase())
        // A key that is in use beats one that an issue had before it moved.
        const now = same.filter(({ name, key, jira_id }) => name === key || name === jira_id)
        const rows = now.length > 0 ? now : same
        if (rows.length > 0) found.set(text, rows.map(toNamedIssue))
      }
      return found
    },
    values: (siteId, field, jira) => readValues(db, siteId, field, jira),
    ofProject: (siteId, projectId, field) => readProjectValues(db, siteId, projectId, field),
    async statusCategories(siteId, jira) {
      const result = await sql<{ name: string; category: string }>`select status as name,
        max(status_category) as category from issue where site_id = ${siteId}
        and status is not null and status_category is not null ${ofJira(jira)} group by status`.execute(
        db,
      )
      return new Map(result.rows.map(({ name, category }) => [name, category]))
    },
    async subtaskTypes(siteId, jira) {
      const result = await sql<{ name: string }>`select distinct issue_type as name from issue
        where site_id = ${siteId} and is_subtask and issue_type is not null ${ofJira(jira)}`.execute(
        db,
      )
      return new Set(result.rows.map(({ name }) => name))
    },
    options: (siteId, fieldIds, texts, jira) => readOptions(db, siteId, fieldIds, texts, jira),
    optionNames: (siteId, fieldIds, wish) => readOptionNames(db, siteId, fieldIds, wish),
    sprints: (siteId, state, jira) => readSprints(db, siteId, state, jira),
    async projectsLedBy(siteId, people) {
      const found = new Map<PersonId, ProjectId[]>()
      if (people.length === 0) return found
      const result = await sql<{ id: string; lead_id: string }>`select id, lead_id from project
        where site_id = ${siteId} and lead_id = any(${idList(people)}) order by id`.execute(db)
      for (const { id, lead_id } of result.rows) {
        const lead = lead_id as PersonId
        found.set(lead, [...(found.get(lead) ?? []), id as ProjectId])
      }
      return found
    },
  }
}

type IssueRow = {
  readonly id: string
  readonly connection_id: number
  readonly jira_id: string
  readonly project_id: string
  readonly key: string
  readonly name: string
}

function toNamedIssue(row: IssueRow): NamedIssue {
  return {
    id: row.id as IssueId,
    connectionId: row.connection_id as ConnectionId,
    jiraId: row.jira_id,
    projectId: row.project_id as ProjectId,
    key: row.key,
  }
}

function lowered(texts: readonly string[]): RawBuilder<string[]> {
  return textList(texts.map((text) => text.toLowerCase()))
}

function byText<Id extends string>(
  texts: readonly string[],
  rows: readonly NamedRow[],
): Map<string, Id[]> {
  const byName = new Map<string, Id[]>()
  for (const { id, names } of rows)
    for (const name of new Set(names))
      if (name !== null) byName.set(name, [...(byName.get(name) ?? []), id as Id])
  return new Map(
    texts.flatMap((text) => {
      const ids = byName.get(text.toLowerCase())
      return ids ? [[text, ids] as const] : []
    }),
  )
}
