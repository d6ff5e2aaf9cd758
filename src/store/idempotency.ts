import type { IdempotencyStore } from '../domain/store.ts'
import { type Db, textOfInstant } from './rows.ts'

export function makeIdempotencyStore(db: Db): IdempotencyStore {
  return {
    async find(siteId, owner, key) {
      const row = await db
        .selectFrom('idempotency')
        .select(['request_hash', 'outcome'])
        .where('site_id', '=', siteId)
        .where('owner', '=', owner)
        .where('key', '=', key)
        .executeTakeFirst()
      return row && { requestHash: row.request_hash, outcome: row.outcome }
    },
    async keep(siteId, { owner, key, requestHash, outcome, at }) {
      await db
        .insertInto('idempotency')
        .values({
          site_id: siteId,
          owner,
          key,
          request_hash: requestHash,
          outcome: JSON.stringify(outcome),
          created_at: textOfInstant(at),
        })
        .execute()
    },
    async forgetBefore(siteId, at) {
      await db
        .deleteFrom('idempotency')
        .where('site_id', '=', siteId)
        .where('created_at', '<', textOfInstant(at))
        .execute()
    },
  }
}
