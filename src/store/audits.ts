import { type RawBuilder, type Selectable, sql } from 'kysely'
import type { AuditQuery, AuditStore, ChainedAuditEntry } from '../domain/audit.ts'
import type { SiteId } from '../domain/site.ts'
import { type Db, idList, insertMany, instantOfText, textList, textOfInstant } from './rows.ts'
import type { AuditTable } from './tables.ts'

const columns = {
  site_id: 'integer',
  seq: 'bigint',
  at: 'timestamptz',
  actor_id: 'bigint',
  via: 'text',
  action: 'text',
  object_type: 'text',
  object_id: 'text',
  before: 'json',
  after: 'json',
  hash: 'text',
}

export function makeAuditStore(db: Db): AuditStore {
  return {
    async head(siteId) {
      const row = await db
        .selectFrom('site')
        .select(['audit_seq', 'audit_hash'])
        .where('id', '=', siteId)
        .executeTakeFirstOrThrow()
      return { seq: Number(row.audit_seq), hash: row.audit_hash }
    },
    async list(siteId, fromSeq, limit) {
      const rows = await db
        .selectFrom('audit')
        .selectAll()
        .where('site_id', '=', siteId)
        .where('seq', '>=', String(fromSeq))
        .orderBy('seq')
        .limit(limit)
        .execute()
      return rows.map(toEntry)
    },
    async search(siteId, query) {
      let rows = db.selectFrom('audit').selectAll().where('site_id', '=', siteId)
      const { from, before, actorId, objectType, objectId, verb, beforeSeq } = query
      if (from !== undefined) rows = rows.where('at', '>=', textOfInstant(from))
      if (before !== undefined) rows = rows.where('at', '<', textOfInstant(before))
      if (actorId !== undefined) rows = rows.where('actor_id', '=', actorId)
      if (objectType !== undefined) rows = rows.where('object_type', '=', objectType)
      if (objectId !== undefined) rows = rows.where('object_id', '=', objectId)
      if (verb !== undefined) rows = rows.where(sql`split_part(action, '.', -1)`, '=', verb)
      if (beforeSeq !== undefined) rows = rows.where('seq', '<', String(beforeSeq))
      const found = await rows.orderBy('seq', 'desc').limit(query.limit).execute()
      return found.map(toEntry)
    },
    async find(siteId, query) {
      const conditions = conditionsOf(siteId, query)
      const result = await sql<Selectable<AuditTable>>`select * from audit a
        where ${sql.join(conditions, sql` and `)}
        order by a.at, a.seq limit ${query.limit} offset ${query.offset ?? 0}`.execute(db)
      return result.rows.map(toEntry)
    },
  }
}

function conditionsOf(siteId: SiteId, query: AuditQuery): RawBuilder<unknown>[] {
  const { from, to, verbs, objectTypes, actorIds, authorIds, after } = query
  const conditions: RawBuilder<unknown>[] = [
    sql`a.site_id = ${siteId}`,
    sql`a.at >= ${textOfInstant(from)}::timestamptz`,
  ]
  if (to !== undefined) conditions.push(sql`a.at <= ${textOfInstant(to)}::timestamptz`)
  if (verbs) conditions.push(sql`split_part(a.action, '.', -1) = any(${textList(verbs)})`)
  if (objectTypes) conditions.push(sql`a.object_type = any(${textList(objectTypes)})`)
  if (actorIds) conditions.push(sql`a.actor_id = any(${idList(actorIds)})`)
  if (authorIds)
    conditions.push(sql`a.object_type = 'worklog'
      and coalesce(a.after, a.before) ->> 'authorId' = any(${textList(authorIds)})`)
  if (after)
    conditions.push(
      sql`(a.at, a.seq) > (${textOfInstant(after.at)}::timestamptz, ${after.seq}::bigint)`,
    )
  return conditions
}

function toEntry(row: Selectable<AuditTable>): ChainedAuditEntry {
  return {
    siteId: row.site_id as SiteId,
    seq: Number(row.seq),
    at: instantOfText(row.at),
    actorId: row.actor_id,
    via: row.via,
    action: row.action,
    objectType: row.object_type,
    objectId: row.object_id,
    before: row.before,
    after: row.after,
    hash: row.hash,
  }
}

/** Writes entries that are chained already. */
export async function insertAudit(db: Db, entries: readonly ChainedAuditEntry[]): Promise<void> {
  const rows = entries.map((entry) => ({
    site_id: entry.siteId,
    seq: entry.seq,
    at: textOfInstant(entry.at),
    actor_id: entry.actorId,
    via: entry.via,
    action: entry.action,
    object_type: entry.objectType,
    object_id: entry.objectId,
    before: entry.before ?? null,
    after: entry.after ?? null,
    hash: entry.hash,
  }))
  await insertMany(db, 'audit', columns, rows)
}
