import { sql } from 'kysely'
import type { CatalogueStore } from '../domain/issue.ts'
import type { PersonId } from '../domain/person.ts'
import { type ConnectionId, ownConnection } from '../domain/site.ts'
import { type Db, recordset } from './rows.ts'

/** Saved filters and the field catalogue: small tables, written as a whole when a source tells. */
export function makeCatalogueStore(db: Db): CatalogueStore {
  return {
    async putFilters(siteId, filters) {
      if (filters.length === 0) return 0
      const rows = filters.map((filter) => ({
        connection_id: filter.connectionId,
        jira_id: filter.jiraId,
        name: filter.name,
        jql: filter.jql,
        description: filter.description,
        owner_id: filter.ownerId,
        is_favourite: filter.isFavourite,
      }))
      const result = await sql`insert into saved_filter as f
          (site_id, connection_id, jira_id, name, jql, description, owner_id, is_favourite)
        select ${siteId}, r.* from ${recordset(rows, {
          connection_id: 'integer',
          jira_id: 'bigint',
          name: 'text',
          jql: 'text',
          description: 'text',
          owner_id: 'bigint',
          is_favourite: 'boolean',
        })}
        on conflict (site_id, connection_id, jira_id) do update set name = excluded.name,
          jql = excluded.jql, description = excluded.description, owner_id = excluded.owner_id,
          is_favourite = excluded.is_favourite
        where (f.name, f.jql, f.description, f.owner_id, f.is_favourite) is distinct from
          (excluded.name, excluded.jql, excluded.description, excluded.owner_id, excluded.is_favourite)
        returning id`.execute(db)
      return result.rows.length
    },
    async listFilters(siteId) {
      const rows = await db
        .selectFrom('saved_filter')
        .selectAll()
        .where('site_id', '=', siteId)
        .orderBy('id')
        .limit(10_000)
        .execute()
      return rows.map((row) => ({
        id: row.id,
        connectionId: row.connection_id as ConnectionId,
        jiraId: row.jira_id,
        name: row.name,
        jql: row.jql,
        description: row.description,
        ownerId: row.owner_id as PersonId | null,
        isFavourite: row.is_favourite,
        isShared: row.is_shared,
      }))
    },
    async putFields(siteId, fields) {
      if (fields.length === 0) return 0
      const rows = fields.map((field) => ({
        connection_id: field.connectionId,
        id: field.id,
        name: field.name,
        is_custom: field.isCustom,
        type: field.type,
        clause_names: field.clauseNames,
      }))
      const result = await sql`insert into field_definition as f
          (site_id, connection_id, id, name, is_custom, type, clause_names)
        select ${siteId}, r.* from ${recordset(rows, {
          connection_id: 'integer',
          id: 'text',
          name: 'text',
          is_custom: 'boolean',
          type: 'text',
          clause_names: 'text[]',
        })}
        on conflict (site_id, connection_id, id) do update set name = excluded.name,
          is_custom = excluded.is_custom, type = excluded.type, clause_names = excluded.clause_names
        where (f.name, f.is_custom, f.type, f.clause_names) is distinct from
          (excluded.name, excluded.is_custom, excluded.type, excluded.clause_names)
        returning f.id`.execute(db)
      return result.rows.length
    },
    async listFields(siteId, jira) {
      const rows = await db
        .selectFrom('field_definition')
        .selectAll()
        .where('site_id', '=', siteId)
        .$if(jira !== undefined, (some) =>
          some.where('connection_id', 'in', [jira!, ownConnection]),
        )
        .orderBy('connection_id')
        .orderBy('id')
        .limit(10_000)
        .execute()
      return rows.map((row) => ({
        connectionId: row.connection_id as ConnectionId,
        id: row.id,
        name: row.name,
        isCustom: row.is_custom,
        type: row.type,
        clauseNames: row.clause_names,
      }))
    },
  }
}
