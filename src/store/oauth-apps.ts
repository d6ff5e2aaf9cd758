import { type Selectable, sql } from 'kysely'
import { DomainError } from '../domain/errors.ts'
import type { OAuthApp, OAuthAppId, OAuthGrant, OAuthStore } from '../domain/oauth-app.ts'
import type { PersonId } from '../domain/person.ts'
import type { SiteId } from '../domain/site.ts'
import type { TokenId } from '../domain/token.ts'
import {
  type Db,
  instantOfText,
  instantOrNull,
  isBigId,
  textOfInstant,
  textOrNull,
} from './rows.ts'
import type { OAuthAppTable, OAuthGrantTable } from './tables-oauth.ts'

const secretColumns = { code: 'code_hash', refresh: 'refresh_hash', spent: 'spent_hash' } as const

export function makeOAuthStore(db: Db): OAuthStore {
  const appsOf = (siteId: SiteId) =>
    db.selectFrom('oauth_app').selectAll().where('site_id', '=', siteId)
  const grantsIn = (siteId: SiteId) =>
    db.selectFrom('oauth_grant').selectAll().where('site_id', '=', siteId)
  return {
    async insertApp(app) {
      const row = await db
        .insertInto('oauth_app')
        .values({
          site_id: app.siteId,
          name: app.name,
          client_id: app.clientId,
          secret_hash: app.secretHash,
          redirect_uris: [...app.redirectUris],
          created_at: textOfInstant(app.createdAt),
        })
        .returningAll()
        .executeTakeFirstOrThrow()
      return toApp(row)
    },
    async listApps(siteId) {
      return (await appsOf(siteId).orderBy('id').limit(1_000).execute()).map(toApp)
    },
    async getApp(siteId, id) {
      const row = isBigId(id)
        ? await appsOf(siteId).where('id', '=', id).executeTakeFirst()
        : undefined
      if (!row) throw new DomainError('not-found', `There is no program ${id}`)
      return toApp(row)
    },
    async findApp(clientId) {
      const row = await db
        .selectFrom('oauth_app')
        .selectAll()
        .where('client_id', '=', clientId)
        .executeTakeFirst()
      return row && toApp(row)
    },
    async removeApp(siteId, id) {
      await db.deleteFrom('oauth_app').where('site_id', '=', siteId).where('id', '=', id).execute()
    },
    async insertGrant(grant) {
      await db
        .insertInto('oauth_grant')
        .values({
          site_id: grant.siteId,
          app_id: grant.appId,
          person_id: grant.personId,
          redirect_uri: grant.redirectUri,
          created_at: textOfInstant(grant.createdAt),
          ...changing(grant),
        })
        .execute()
    },
    async updateGrant(grant) {
      await db
        .updateTable('oauth_grant')
        .set(changing(grant))
        .where('site_id', '=', grant.siteId)
        .where('id', '=', grant.id)
        .execute()
    },
    async findGrant(siteId, kind, hash) {
      const row = await grantsIn(siteId).where(secretColumns[kind], '=', hash).executeTakeFirst()
      return row && toGrant(row)
    },
    async findGrantOfToken(siteId, tokenId) {
      const row = await grantsIn(siteId).where('token_id', '=', tokenId).executeTakeFirst()
      return row && toGrant(row)
    },
    async grantsOf(siteId, id) {
      const rows = await grantsIn(siteId)
        .where('app_id', '=', id)
        .where('token_id', 'is not', null)
        .execute()
      return rows.map(toGrant)
    },
    async removeStale(siteId, at) {
      await sql`delete from oauth_grant where site_id = ${siteId} and token_id is null
        and code_expires_at <= ${textOfInstant(at)}::timestamptz`.execute(db)
    },
  }
}

function changing(grant: Omit<OAuthGrant, 'id'>) {
  return {
    code_hash: grant.codeHash,
    code_expires_at: textOrNull(grant.codeExpiresAt),
    refresh_hash: grant.refreshHash,
    spent_hash: grant.spentHash,
    token_id: grant.tokenId,
  }
}

function toApp(row: Selectable<OAuthAppTable>): OAuthApp {
  return {
    id: row.id as OAuthAppId,
    siteId: row.site_id as SiteId,
    name: row.name,
    clientId: row.client_id,
    secretHash: row.secret_hash,
    redirectUris: row.redirect_uris,
    createdAt: instantOfText(row.created_at),
  }
}

function toGrant(row: Selectable<OAuthGrantTable>): OAuthGrant {
  return {
    id: row.id,
    siteId: row.site_id as SiteId,
    appId: row.app_id as OAuthAppId,
    personId: row.person_id as PersonId,
    redirectUri: row.redirect_uri,
    codeHash: row.code_hash,
    codeExpiresAt: instantOrNull(row.code_expires_at),
    refreshHash: row.refresh_hash,
    spentHash: row.spent_hash,
    tokenId: row.token_id as TokenId | null,
    createdAt: instantOfText(row.created_at),
  }
}
