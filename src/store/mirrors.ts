import { type Selectable, sql } from 'kysely'
import { DomainError } from '../domain/errors.ts'
import type { Conflict, Intent, KnownIntent, MirrorStore } from '../domain/mirror.ts'
import type { PersonId } from '../domain/person.ts'
import type { ConnectionId } from '../domain/site.ts'
import type { Worklog, WorklogId } from '../domain/worklog.ts'
import { type Db, idList, instantOfText, instantOrNull, isBigId, textOfInstant } from './rows.ts'
import type { MirrorIntentTable, SyncConflictTable } from './tables-sync.ts'

export function makeMirrorStore(db: Db): MirrorStore {
  return {
    async open(siteId, intent, until) {
      await db
        .insertInto('mirror_intent')
        .values({
          site_id: siteId,
          connection_id: intent.connectionId,
          uid: intent.uid,
          kind: intent.kind,
          state: 'open',
          issue_jira_id: intent.issueJiraId,
          jira_id: intent.jiraId,
          person_id: intent.personId,
          payload: JSON.stringify(intent.wanted),
          error: null,
          created_at: textOfInstant(intent.createdAt),
          finished_at: null,
          leased_until: textOfInstant(until),
        })
        .execute()
    },
    async find(siteId, uid) {
      const row = await db
        .selectFrom('mirror_intent')
        .selectAll()
        .where('site_id', '=', siteId)
        .where('uid', '=', uid)
        .executeTakeFirst()
      return row && { intent: toIntent(row), state: row.state as KnownIntent['state'] }
    },
    async renew(siteId, uid, until) {
      await sql`update mirror_intent set leased_until = ${textOfInstant(until)}
        where site_id = ${siteId} and uid = ${uid} and state = 'open'`.execute(db)
    },
    async takeOver(siteId, uid, at, until) {
      const result = await sql`update mirror_intent
        set state = 'open', error = null, finished_at = null, leased_until = ${textOfInstant(until)}
        where site_id = ${siteId} and uid = ${uid} and (state = 'undone' or (state = 'open'
          and coalesce(leased_until, created_at) <= ${textOfInstant(at)}::timestamptz))
        returning 1`.execute(db)
      return result.rows.length === 1
    },
    async endLeases(siteId, at) {
      await sql`update mirror_intent set leased_until = ${textOfInstant(at)}
        where site_id = ${siteId} and state = 'open'
          and leased_until > ${textOfInstant(at)}::timestamptz`.execute(db)
    },
    async finish(siteId, uid, { state, jiraId, error, at }) {
      await sql`update mirror_intent set state = ${state}, error = ${error},
          jira_id = coalesce(${jiraId}::bigint, jira_id), finished_at = ${textOfInstant(at)}
        where site_id = ${siteId} and uid = ${uid}`.execute(db)
    },
    async listOpen(siteId, connectionId) {
      const rows = await db
        .selectFrom('mirror_intent')
        .selectAll()
        .where('site_id', '=', siteId)
        .where('connection_id', '=', connectionId)
        .where('state', '=', 'open')
        .orderBy('id')
        .limit(1_000)
        .execute()
      return rows.map(toIntent)
    },
    async findLinked(siteId, connectionId, jiraIds) {
      if (jiraIds.length === 0) return new Set()
      const result = await sql<{ jira_id: string }>`select distinct jira_id from mirror_intent
        where site_id = ${siteId} and connection_id = ${connectionId} and state = 'done'
          and jira_id = any(${idList(jiraIds)})`.execute(db)
      return new Set(result.rows.map((row) => row.jira_id))
    },
    async addConflict(siteId, conflict) {
      await db
        .insertInto('sync_conflict')
        .values({
          site_id: siteId,
          connection_id: conflict.connectionId,
          worklog_id: conflict.worklogId,
          jira_id: conflict.jiraId,
          person_id: conflict.personId,
          reason: conflict.reason,
          ours: JSON.stringify(conflict.ours),
          theirs: conflict.theirs === null ? null : JSON.stringify(conflict.theirs),
          created_at: textOfInstant(conflict.createdAt),
          resolved_at: null,
          resolution: null,
        })
        .execute()
    },
    async listConflicts(siteId, limit) {
      const rows = await db
        .selectFrom('sync_conflict')
        .selectAll()
        .where('site_id', '=', siteId)
        .where('resolved_at', 'is', null)
        .orderBy('id')
        .limit(limit)
        .execute()
      return rows.map(toConflict)
    },
    async conflictsOf(siteId, personId, { from, to }, limit) {
      const rows = await db
        .selectFrom('sync_conflict as c')
        .innerJoin('worklog as w', (join) =>
          join.onRef('w.site_id', '=', 'c.site_id').onRef('w.id', '=', 'c.worklog_id'),
        )
        .selectAll('c')
        .where('c.site_id', '=', siteId)
        .where('c.resolved_at', 'is', null)
        .where('w.author_id', '=', personId)
        .where(sql<boolean>`w.day between ${from} and ${to}`)
        .orderBy('c.id')
        .limit(limit)
        .execute()
      return rows.map(toConflict)
    },
    async getConflict(siteId, id) {
      const row = isBigId(id)
        ? await db
            .selectFrom('sync_conflict')
            .selectAll()
            .where('site_id', '=', siteId)
            .where('id', '=', id)
            .executeTakeFirst()
        : undefined
      if (!row) throw new DomainError('not-found', `There is no conflict ${id}`)
      return toConflict(row)
    },
    async resolveConflict(siteId, id, resolution, at) {
      await db
        .updateTable('sync_conflict')
        .set({ resolution, resolved_at: textOfInstant(at) })
        .where('site_id', '=', siteId)
        .where('id', '=', id)
        .execute()
    },
  }
}

function toIntent(row: Selectable<MirrorIntentTable>): Intent {
  return {
    uid: row.uid,
    connectionId: row.connection_id as ConnectionId,
    kind: row.kind as Intent['kind'],
    issueJiraId: row.issue_jira_id,
    jiraId: row.jira_id,
    personId: row.person_id as PersonId,
    wanted: row.payload as Worklog,
    createdAt: instantOfText(row.created_at),
  }
}

function toConflict(row: Selectable<SyncConflictTable>): Conflict {
  return {
    id: row.id,
    connectionId: row.connection_id as ConnectionId,
    worklogId: row.worklog_id as WorklogId | null,
    jiraId: row.jira_id,
    personId: row.person_id as PersonId,
    reason: row.reason === 'deleted' ? 'deleted' : 'changed',
    ours: row.ours as Conflict['ours'],
    theirs: row.theirs as Conflict['theirs'],
    createdAt: instantOfText(row.created_at),
    resolvedAt: instantOrNull(row.resolved_at),
    resolution: row.resolution as Conflict['resolution'],
  }
}
