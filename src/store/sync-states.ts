import { sql } from 'kysely'
import type { ConnectionId, SiteId } from '../domain/site.ts'
import {
  freshSyncState,
  type Incident,
  type SyncState,
  type SyncStore,
} from '../domain/sync-state.ts'
import { type Db, idList, instantOfText, recordset, textOfInstant } from './rows.ts'
import { makeSyncIssueStore } from './sync-issues.ts'

export function makeSyncStore(db: Db): SyncStore {
  const ensure = (siteId: SiteId, id: ConnectionId) =>
    sql`insert into sync_state (site_id, connection_id, state)
      values (${siteId}, ${id}, ${JSON.stringify(freshSyncState)}) on conflict do nothing`.execute(
      db,
    )
  return {
    ...makeSyncIssueStore(db),
    async get(siteId, id) {
      const row = await db
        .selectFrom('sync_state')
        .select('state')
        .where('site_id', '=', siteId)
        .where('connection_id', '=', id)
        .executeTakeFirst()
      return { ...freshSyncState, ...(row?.state as Partial<SyncState> | undefined) }
    },
    async put(siteId, id, state, { owner, until }) {
      const result = await sql`update sync_state
        set state = ${JSON.stringify(state)}, lease_until = ${textOfInstant(until)}
        where site_id = ${siteId} and connection_id = ${id} and lease_owner = ${owner}
        returning 1`.execute(db)
      return result.rows.length === 1
    },
    async override(siteId, id, change) {
      await ensure(siteId, id)
      await sql`update sync_state set state = (state::jsonb || ${JSON.stringify(change)}::jsonb)::json
        where site_id = ${siteId} and connection_id = ${id}`.execute(db)
    },
    async findLease(siteId, id) {
      const row = await db
        .selectFrom('sync_state')
        .select(['lease_owner', 'lease_until'])
        .where('site_id', '=', siteId)
        .where('connection_id', '=', id)
        .executeTakeFirst()
      if (!row?.lease_owner || row.lease_until === null) return undefined
      return { owner: row.lease_owner, until: instantOfText(row.lease_until) }
    },
    async takeLease(siteId, id, { owner, until }, at) {
      await ensure(siteId, id)
      const result = await sql`update sync_state
        set lease_owner = ${owner}, lease_until = ${textOfInstant(until)}
        where site_id = ${siteId} and connection_id = ${id} and (lease_owner is null
          or lease_owner = ${owner} or lease_until <= ${textOfInstant(at)}::timestamptz)
        returning 1`.execute(db)
      return result.rows.length === 1
    },
    async endLeases(siteId) {
      await db
        .updateTable('sync_state')
        .set({ lease_owner: null, lease_until: null })
        .where('site_id', '=', siteId)
        .execute()
    },
    async releaseLease(siteId, id, owner) {
      await sql`update sync_state set lease_owner = null, lease_until = null
        where site_id = ${siteId} and connection_id = ${id} and lease_owner = ${owner}`.execute(db)
    },
    async listSuspects(siteId, id) {
      const rows = await db
        .selectFrom('sync_suspect')
        .select(['jira_id', 'cycles'])
        .where('site_id', '=', siteId)
        .where('connection_id', '=', id)
        .orderBy('jira_id')
        .limit(10_000)
        .execute()
      return rows.map((row) => ({ jiraId: row.jira_id, cycles: row.cycles }))
    },
    async putSuspects(siteId, id, suspects) {
      if (suspects.length === 0) return
      const rows = suspects.map(({ jiraId, cycles }) => ({ jira_id: jiraId, cycles }))
      await sql`insert into sync_suspect (site_id, connection_id, jira_id, cycles)
        select ${siteId}, ${id}, r.* from ${recordset(rows, { jira_id: 'bigint', cycles: 'integer' })}
        on conflict (site_id, connection_id, jira_id) do update
          set cycles = greatest(sync_suspect.cycles, excluded.cycles)`.execute(db)
    },
    async removeSuspects(siteId, id, jiraIds) {
      if (jiraIds.length === 0) return
      await sql`delete from sync_suspect where site_id = ${siteId} and connection_id = ${id}
        and jira_id = any(${idList(jiraIds)})`.execute(db)
    },
    async addHints(siteId, id, hints, at) {
      if (hints.length === 0) return
      const rows = hints.map(({ kind, jiraId }) => ({ kind, jira_id: jiraId }))
      await sql`insert into sync_hint (site_id, connection_id, kind, jira_id, received_at)
        select distinct ${siteId}::integer, ${id}::integer, r.kind, r.jira_id,
          ${textOfInstant(at)}::timestamptz
        from ${recordset(rows, { kind: 'text', jira_id: 'bigint' })} on conflict do nothing`.execute(
        db,
      )
    },
    async listHints(siteId, id, limit) {
      const rows = await db
        .selectFrom('sync_hint')
        .select(['kind', 'jira_id'])
        .where('site_id', '=', siteId)
        .where('connection_id', '=', id)
        .orderBy('received_at')
        .limit(limit)
        .execute()
      return rows.map((row) => ({
        kind: row.kind === 'issue' ? 'issue' : 'worklog',
        jiraId: row.jira_id,
      }))
    },
    async removeHints(siteId, id, hints) {
      if (hints.length === 0) return
      const rows = hints.map(({ kind, jiraId }) => ({ kind, jira_id: jiraId }))
      await sql`delete from sync_hint h using ${recordset(rows, { kind: 'text', jira_id: 'bigint' })}
        where h.site_id = ${siteId} and h.connection_id = ${id} and h.kind = r.kind
          and h.jira_id = r.jira_id`.execute(db)
    },
    async noteDelivery(siteId, id, delivery, at) {
      const result =
        await sql`insert into hook_delivery (site_id, connection_id, delivery, received_at)
        values (${siteId}, ${id}, ${delivery}, ${textOfInstant(at)})
        on conflict do nothing returning 1`.execute(db)
      // Deliveries are repeated within minutes; a week is plenty to remember.
      await sql`delete from hook_delivery where site_id = ${siteId} and connection_id = ${id}
        and received_at < ${textOfInstant(at - 7 * 86_400_000)}::timestamptz`.execute(db)
      return result.rows.length === 1
    },
    async noteIncident(siteId, { connectionId, kind, message, details, at }) {
      await db
        .insertInto('sync_incident')
        .values({
          site_id: siteId,
          connection_id: connectionId,
          kind,
          message,
          details: JSON.stringify(details),
          at: textOfInstant(at),
        })
        .execute()
    },
    async listIncidents(siteId, id, limit) {
      const rows = await db
        .selectFrom('sync_incident')
        .selectAll()
        .where('site_id', '=', siteId)
        .where('connection_id', '=', id)
        .orderBy('id', 'desc')
        .limit(limit)
        .execute()
      return rows.map((row) => ({
        id: row.id,
        connectionId: row.connection_id as ConnectionId,
        kind: row.kind,
        message: row.message,
        details: row.details as Incident['details'],
        at: instantOfText(row.at),
      }))
    },
  }
}
