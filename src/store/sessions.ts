import { type Selectable, sql } from 'kysely'
import type { PersonId } from '../domain/person.ts'
import {
  type Session,
  type SessionId,
  type SessionStore,
  sessionLimits,
} from '../domain/session.ts'
import type { SiteId } from '../domain/site.ts'
import { type Db, instantOfText, isBigId, recordset, textOfInstant } from './rows.ts'
import type { SessionTable } from './tables.ts'

/** How many sessions of one person are looked at; signing in again ends none. */
const mostListed = 500

export function makeSessionStore(db: Db): SessionStore {
  return {
    async create(session) {
      const row = await db
        .insertInto('session')
        .values({
          site_id: session.siteId,
          person_id: session.personId,
          hash: session.hash,
          csrf_token: session.csrfToken,
          created_at: textOfInstant(session.createdAt),
          expires_at: textOfInstant(session.expiresAt),
          last_used_at: textOfInstant(session.lastUsedAt),
          last_used_from: session.lastUsedFrom,
          user_agent: session.userAgent,
        })
        .returningAll()
        .executeTakeFirstOrThrow()
      return toSession(row)
    },
    async findByHash(hash) {
      const row = await db
        .selectFrom('session')
        .selectAll()
        .where('hash', '=', hash)
        .limit(1)
        .executeTakeFirst()
      return row && toSession(row)
    },
    async listOf(siteId, personId) {
      const rows = await db
        .selectFrom('session')
        .selectAll()
        .where('site_id', '=', siteId)
        .where('person_id', '=', personId)
        .orderBy('last_used_at', 'desc')
        .orderBy('id', 'desc')
        .limit(mostListed)
        .execute()
      return rows.map(toSession)
    },
    async end(siteId, personId, id) {
      if (!isBigId(id)) return false
      const { numDeletedRows } = await db
        .deleteFrom('session')
        .where('site_id', '=', siteId)
        .where('person_id', '=', personId)
        .where('id', '=', id)
        .executeTakeFirst()
      return numDeletedRows > 0n
    },
    async endAllOf(siteId, personId, but) {
      await db
        .deleteFrom('session')
        .where('site_id', '=', siteId)
        .where('person_id', '=', personId)
        .$if(but !== undefined, (query) => query.where('id', '<>', but!))
        .execute()
    },
    async endBefore(siteId, now) {
      await db
        .deleteFrom('session')
        .where('site_id', '=', siteId)
        .where((eb) =>
          eb.or([
            eb('expires_at', '<=', textOfInstant(now)),
            eb('last_used_at', '<=', textOfInstant(now - sessionLimits.idleMs)),
          ]),
        )
        .execute()
    },
    async noteUse(uses) {
      if (uses.length === 0) return
      const rows = uses.map((use) => ({
        site_id: use.siteId,
        id: use.id,
        at: textOfInstant(use.at),
        source: use.from,
      }))
      await sql`update session s set last_used_at = r.at, last_used_from = r.source
        from ${recordset(rows, { site_id: 'integer', id: 'bigint', at: 'timestamptz', source: 'text' })}
        where s.site_id = r.site_id and s.id = r.id`.execute(db)
    },
  }
}

function toSession(row: Selectable<SessionTable>): Session {
  return {
    id: row.id as SessionId,
    siteId: row.site_id as SiteId,
    personId: row.person_id as PersonId,
    csrfToken: row.csrf_token,
    createdAt: instantOfText(row.created_at),
    expiresAt: instantOfText(row.expires_at),
    lastUsedAt: instantOfText(row.last_used_at),
    lastUsedFrom: row.last_used_from,
    userAgent: row.user_agent,
  }
}
