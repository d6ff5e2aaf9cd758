import type { AuditStore, ChainedAuditEntry } from '../domain/audit.ts'
import type { SiteId } from '../domain/site.ts'
import { type Db, insertMany, instantOfText, textOfInstant } from './rows.ts'

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
    async list(siteId, fromSeq, limit) {
      const rows = await db
        .selectFrom('audit')
        .selectAll()
        .where('site_id', '=', siteId)
        .where('seq', '>=', String(fromSeq))
        .orderBy('seq')
        .limit(limit)
        .execute()
      return rows.map((row) => ({
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
      }))
    },
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
