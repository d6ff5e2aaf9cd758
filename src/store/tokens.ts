import { type Selectable, sql } from 'kysely'
import { DomainError } from '../domain/errors.ts'
import { type Scope, scopes } from '../domain/permission.ts'
import type { PersonId } from '../domain/person.ts'
import type { SiteId } from '../domain/site.ts'
import type { Token, TokenId, TokenStore } from '../domain/token.ts'
import {
  type Db,
  instantOfText,
  instantOrNull,
  isBigId,
  recordset,
  textOfInstant,
  textOrNull,
} from './rows.ts'
import type { TokenTable } from './tables.ts'

export function makeTokenStore(db: Db): TokenStore {
  return {
    async create(token) {
      const row = await db
        .insertInto('token')
        .values({
          site_id: token.siteId,
          person_id: token.personId,
          name: token.name,
          hint: token.hint,
          hash: token.hash,
          scopes: [...token.scopes],
          networks: [...token.networks],
          created_at: textOfInstant(token.createdAt),
          expires_at: textOrNull(token.expiresAt),
        })
        .onConflict((conflict) => conflict.columns(['site_id', 'hash']).doNothing())
        .returningAll()
        .executeTakeFirst()
      if (!row) throw new DomainError('conflict', 'This value already is a token')
      return toToken(row)
    },
    async findByHash(hash) {
      const row = await db
        .selectFrom('token')
        .selectAll()
        .where('hash', '=', hash)
        .orderBy('revoked_at', (order) => order.desc().nullsFirst())
        .limit(1)
        .executeTakeFirst()
      return row && toToken(row)
    },
    async list(siteId) {
      const rows = await db
        .selectFrom('token')
        .selectAll()
        .where('site_id', '=', siteId)
        .orderBy('id')
        .limit(10_000)
        .execute()
      return rows.map(toToken)
    },
    async get(siteId, id) {
      const row = isBigId(id)
        ? await db
            .selectFrom('token')
            .selectAll()
            .where('site_id', '=', siteId)
            .where('id', '=', id)
            .executeTakeFirst()
        : undefined
      if (!row) throw new DomainError('not-found', `There is no token ${id}`)
      return toToken(row)
    },
    async revoke(siteId, id, at) {
      if (!isBigId(id)) return
      await db
        .updateTable('token')
        .set({ revoked_at: textOfInstant(at) })
        .where('site_id', '=', siteId)
        .where('id', '=', id)
        .where('revoked_at', 'is', null)
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
      await sql`update token t set last_used_at = r.at, last_used_from = r.source
        from ${recordset(rows, { site_id: 'integer', id: 'bigint', at: 'timestamptz', source: 'text' })}
        where t.site_id = r.site_id and t.id = r.id`.execute(db)
    },
  }
}

function toToken(row: Selectable<TokenTable>): Token {
  return {
    id: row.id as TokenId,
    siteId: row.site_id as SiteId,
    personId: row.person_id as PersonId,
    name: row.name,
    hint: row.hint,
    scopes: row.scopes.filter((scope): scope is Scope =>
      (scopes as readonly string[]).includes(scope),
    ),
    networks: row.networks,
    createdAt: instantOfText(row.created_at),
    expiresAt: instantOrNull(row.expires_at),
    lastUsedAt: instantOrNull(row.last_used_at),
    lastUsedFrom: row.last_used_from,
    revokedAt: instantOrNull(row.revoked_at),
  }
}
