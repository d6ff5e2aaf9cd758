import { type RawBuilder, type Selectable, sql } from 'kysely'
import type { FilterQuery, FilterStore } from '../domain/filter.ts'
import type { SavedFilter } from '../domain/issue.ts'
import type { PersonId } from '../domain/person.ts'
import { type ConnectionId, ownConnection } from '../domain/site.ts'
import { containsPattern, type Db, idList, isBigId, textList } from './rows.ts'
import type { SavedFilterTable } from './tables.ts'
import { all } from './worklog-filter.ts'

export function makeFilterStore(db: Db): FilterStore {
  return {
    async find(query) {
      const { personId, siteId, offset = 0, limit } = query
      const where = conditionOf(query)
      const count = await sql<{ n: string }>`select count(*) as n from saved_filter f
        where ${where}`.execute(db)
      const result = await sql<Selectable<SavedFilterTable> & { favourite: boolean }>`
        select f.*, ${isFavourite(siteId, personId)} as favourite from saved_filter f
        where ${where} order by lower(f.name) collate "C", f.id
        limit ${limit} offset ${offset}`.execute(db)
      return { total: Number(count.rows[0]!.n), filters: result.rows.map(toFilter) }
    },
    async insert(siteId, filter) {
      const row = await db
        .insertInto('saved_filter')
        .values({
          site_id: siteId,
          connection_id: filter.connectionId,
          jira_id: filter.jiraId,
          ...written(filter),
        })
        .returning('id')
        .executeTakeFirstOrThrow()
      return row.id
    },
    async update(siteId, filter) {
      await db
        .updateTable('saved_filter')
        .set(written(filter))
        .where('site_id', '=', siteId)
        .where('id', '=', filter.id)
        .execute()
    },
    async remove(siteId, id) {
      await db
        .deleteFrom('saved_filter')
        .where('site_id', '=', siteId)
        .where('id', '=', id)
        .execute()
    },
    async setFavourite(siteId, id, personId, isOn) {
      if (isOn)
        await sql`insert into filter_favourite (site_id, filter_id, person_id)
          values (${siteId}, ${id}, ${personId}) on conflict do nothing`.execute(db)
      else
        await db
          .deleteFrom('filter_favourite')
          .where('site_id', '=', siteId)
          .where('filter_id', '=', id)
          .where('person_id', '=', personId)
          .execute()
    },
  }
}

function written(filter: Omit<SavedFilter, 'id'>) {
  return {
    name: filter.name,
    jql: filter.jql,
    description: filter.description,
    owner_id: filter.ownerId,
    is_shared: filter.isShared,
  }
}

// What a Jira's own account marked is everybody's favourite: it was marked for the whole company.
function isFavourite(siteId: number, personId: PersonId): RawBuilder<boolean> {
  return sql<boolean>`(f.is_favourite or exists (select from filter_favourite v
    where v.site_id = ${siteId} and v.filter_id = f.id and v.person_id = ${personId}::bigint))`
}

function conditionOf(query: FilterQuery): RawBuilder<boolean> {
  const { siteId, personId, jira, jiraIds, names, text, ownerId, onlyFavourites } = query
  const parts: RawBuilder<unknown>[] = [
    sql`f.site_id = ${siteId} and (f.is_shared or f.owner_id = ${personId}::bigint)`,
  ]
  if (jira !== undefined) parts.push(sql`f.connection_id in (${jira}, ${ownConnection})`)
  if (jiraIds || names) {
    const ids = sql`f.jira_id = any(${idList((jiraIds ?? []).filter(isBigId))})`
    const named = textList((names ?? []).map((name) => name.toLowerCase()))
    parts.push(sql`(${ids} or lower(f.name) = any(${named}))`)
  }
  if (text !== undefined) parts.push(sql`f.name ilike ${containsPattern(text)}`)
  if (ownerId) parts.push(sql`f.owner_id = ${ownerId}::bigint`)
  if (onlyFavourites) parts.push(isFavourite(siteId, personId))
  return all(parts)
}

function toFilter(row: Selectable<SavedFilterTable> & { favourite: boolean }): SavedFilter {
  return {
    id: row.id,
    connectionId: row.connection_id as ConnectionId,
    jiraId: row.jira_id,
    name: row.name,
    jql: row.jql,
    description: row.description,
    ownerId: row.owner_id as PersonId | null,
    isFavourite: row.favourite,
    isShared: row.is_shared,
  }
}
