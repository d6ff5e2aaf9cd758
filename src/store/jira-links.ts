import { type Selectable, sql } from 'kysely'
import type { Day } from '../domain/day.ts'
import type { JiraAuth, JiraLink, JiraLinkStore } from '../domain/jira-link.ts'
import type { PersonId } from '../domain/person.ts'
import type { ConnectionId } from '../domain/site.ts'
import { type Db, instantOfText, textOfInstant } from './rows.ts'
import type { JiraLinkTable } from './tables-sync.ts'

/** What only makes sense while a connection is linked, in the order it can be deleted. */
const dependent = [
  'sync_suspect',
  'sync_issue',
  'sync_hint',
  'hook_delivery',
  'person_credential',
  'sync_state',
  'jira_link',
] as const

export function makeJiraLinkStore(db: Db): JiraLinkStore {
  return {
    async list(siteId) {
      const rows = await db
        .selectFrom('jira_link')
        .selectAll()
        .where('site_id', '=', siteId)
        .orderBy('connection_id')
        .execute()
      return rows.map(toLink)
    },
    async find(siteId, connectionId) {
      const row = await db
        .selectFrom('jira_link')
        .selectAll()
        .where('site_id', '=', siteId)
        .where('connection_id', '=', connectionId)
        .executeTakeFirst()
      return row && toLink(row)
    },
    async put(siteId, link) {
      const row = fromLink(link)
      await db
        .insertInto('jira_link')
        .values({ site_id: siteId, connection_id: link.connectionId, ...row })
        .onConflict((conflict) => conflict.columns(['site_id', 'connection_id']).doUpdateSet(row))
        .execute()
    },
    async putSecret(siteId, connectionId, secret) {
      await db
        .updateTable('jira_link')
        .set({ secret })
        .where('site_id', '=', siteId)
        .where('connection_id', '=', connectionId)
        .execute()
    },
    async putProjects(siteId, connectionId, projects) {
      await db
        .updateTable('jira_link')
        .set({ projects: projects && JSON.stringify(projects) })
        .where('site_id', '=', siteId)
        .where('connection_id', '=', connectionId)
        .execute()
    },
    async putHookSecret(siteId, connectionId, secret) {
      await db
        .updateTable('jira_link')
        .set({ hook_secret: secret })
        .where('site_id', '=', siteId)
        .where('connection_id', '=', connectionId)
        .execute()
    },
    async remove(siteId, connectionId) {
      for (const table of dependent)
        await db
          .deleteFrom(table)
          .where('site_id', '=', siteId)
          .where('connection_id', '=', connectionId)
          .execute()
    },
    async findCredential(siteId, connectionId, personId) {
      const row = await db
        .selectFrom('person_credential')
        .selectAll()
        .where('site_id', '=', siteId)
        .where('connection_id', '=', connectionId)
        .where('person_id', '=', personId)
        .executeTakeFirst()
      if (!row) return undefined
      const { auth, login, secret } = row
      return {
        connectionId,
        personId: row.person_id as PersonId,
        auth: auth as JiraAuth,
        login,
        secret,
      }
    },
    async putCredential(siteId, { connectionId, personId, auth, login, secret }) {
      const row = { auth, login, secret }
      await db
        .insertInto('person_credential')
        .values({ site_id: siteId, connection_id: connectionId, person_id: personId, ...row })
        .onConflict((conflict) =>
          conflict.columns(['site_id', 'connection_id', 'person_id']).doUpdateSet(row),
        )
        .execute()
    },
    async putAttempt(siteId, { stateHash, payload, expiresAt }) {
      await db
        .insertInto('oauth_attempt')
        .values({
          site_id: siteId,
          state_hash: stateHash,
          payload,
          expires_at: textOfInstant(expiresAt),
        })
        .execute()
    },
    async takeAttempt(siteId, stateHash, at) {
      const taken = await sql<{ state_hash: string; payload: string; is_late: boolean }>`
        delete from oauth_attempt where site_id = ${siteId}
          and (state_hash = ${stateHash} or expires_at <= ${textOfInstant(at)}::timestamptz)
        returning state_hash, payload,
          expires_at <= ${textOfInstant(at)}::timestamptz as is_late`.execute(db)
      return taken.rows.find((row) => row.state_hash === stateHash && !row.is_late)?.payload
    },
    async removeCredential(siteId, connectionId, personId) {
      await db
        .deleteFrom('person_credential')
        .where('site_id', '=', siteId)
        .where('connection_id', '=', connectionId)
        .where('person_id', '=', personId)
        .execute()
    },
  }
}

function fromLink(link: JiraLink) {
  return {
    kind: link.kind,
    base_url: link.baseUrl,
    auth: link.auth,
    login: link.login,
    secret: link.secret,
    mode: link.mode,
    writes_as: link.writesAs,
    allows_private: link.allowsPrivate,
    estimates: link.estimates,
    horizon: link.horizon,
    projects: link.projects && JSON.stringify(link.projects),
    hook_secret: link.hookSecret,
    created_at: textOfInstant(link.createdAt),
  }
}

function toLink(row: Selectable<JiraLinkTable>): JiraLink {
  return {
    connectionId: row.connection_id as ConnectionId,
    kind: row.kind === 'cloud' ? 'cloud' : 'dc',
    baseUrl: row.base_url,
    auth: row.auth as JiraAuth,
    login: row.login,
    secret: row.secret,
    mode: row.mode === 'mirror' ? 'mirror' : 'read',
    writesAs: row.writes_as as JiraLink['writesAs'],
    allowsPrivate: row.allows_private,
    estimates: row.estimates === 'auto' ? 'auto' : 'leave',
    horizon: row.horizon as Day | null,
    projects: row.projects as JiraLink['projects'],
    hookSecret: row.hook_secret,
    createdAt: instantOfText(row.created_at),
  }
}
