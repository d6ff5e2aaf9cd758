import { type RawBuilder, sql } from 'kysely'
import type { ConnectionId, SiteId } from '../domain/site.ts'
import type { HeldRows, IssueWindow, SyncStore } from '../domain/sync-state.ts'
import { type Db, idList, instantOrNull, numberOrNull, recordset, textOrNull } from './rows.ts'
import { toWorklog, type WorklogRow } from './worklog-rows.ts'

const markColumns = {
  jira_id: 'bigint',
  is_wanted: 'boolean',
  described_at: 'timestamptz',
  gap_seconds: 'bigint',
}

type IssueQuestions = Pick<
  SyncStore,
  | 'findMarks'
  | 'putMarks'
  | 'listWanted'
  | 'findOutside'
  | 'putOutside'
  | 'putUnchosen'
  | 'listUnchosen'
  | 'countUnchosen'
  | 'countByIssue'
  | 'listIssues'
  | 'liveOfIssues'
  | 'countLive'
>

/** What a sync asks about the issues of a connection. */
export function makeSyncIssueStore(db: Db): IssueQuestions {
  return {
    async findMarks(siteId, id, jiraIds) {
      if (jiraIds.length === 0) return []
      const rows = await db
        .selectFrom('sync_issue')
        .selectAll()
        .where('site_id', '=', siteId)
        .where('connection_id', '=', id)
        .where(sql<boolean>`jira_id = any(${idList(jiraIds)})`)
        .execute()
      return rows.map((row) => ({
        jiraId: row.jira_id,
        isWanted: row.is_wanted,
        describedAt: instantOrNull(row.described_at),
        gapSeconds: numberOrNull(row.gap_seconds),
      }))
    },
    async putMarks(siteId, id, marks) {
      if (marks.length === 0) return
      const rows = marks.map((mark) => ({
        jira_id: mark.jiraId,
        is_wanted: mark.isWanted,
        described_at: textOrNull(mark.describedAt),
        gap_seconds: mark.gapSeconds,
      }))
      await sql`insert into sync_issue as i
          (site_id, connection_id, jira_id, is_wanted, described_at, gap_seconds)
        select ${siteId}, ${id}, r.* from ${recordset(rows, markColumns)}
        on conflict (site_id, connection_id, jira_id) do update
          set is_wanted = excluded.is_wanted,
            described_at = coalesce(excluded.described_at, i.described_at),
            gap_seconds = coalesce(excluded.gap_seconds, i.gap_seconds)`.execute(db)
    },
    async listWanted(siteId, id, limit) {
      const rows = await db
        .selectFrom('sync_issue')
        .select('jira_id')
        .where('site_id', '=', siteId)
        .where('connection_id', '=', id)
        .where('is_wanted', '=', true)
        .orderBy('jira_id')
        .limit(limit)
        .execute()
      return rows.map((row) => row.jira_id)
    },
    async findOutside(siteId, id, jiraIds) {
      if (jiraIds.length === 0) return new Set()
      const rows = await db
        .selectFrom('sync_issue')
        .select('jira_id')
        .where('site_id', '=', siteId)
        .where('connection_id', '=', id)
        .where('is_outside', '=', true)
        .where(sql<boolean>`jira_id = any(${idList(jiraIds)})`)
        .execute()
      return new Set(rows.map((row) => row.jira_id))
    },
    async putOutside(siteId, id, jiraIds, isOutside) {
      if (jiraIds.length === 0) return
      await sql`insert into sync_issue (site_id, connection_id, jira_id, is_wanted, is_outside)
        select ${siteId}, ${id}, jira_id, false, ${isOutside}::boolean
        from (select distinct unnest(${idList(jiraIds)}) as jira_id) as one
        on conflict (site_id, connection_id, jira_id) do update
          set is_outside = excluded.is_outside`.execute(db)
    },
    async putUnchosen(siteId, id, projectIds) {
      // What nobody could describe may lie anywhere: it is asked for once more.
      await sql`insert into sync_issue
          (site_id, connection_id, jira_id, is_wanted, is_outside)
        select i.site_id, i.connection_id, i.jira_id, i.is_ghost, true
        from issue i join project p on p.site_id = i.site_id and p.id = i.project_id
        where i.site_id = ${siteId} and i.connection_id = ${id}
          and p.jira_id <> all(${idList(projectIds)})
        on conflict (site_id, connection_id, jira_id) do update
          set is_outside = true, is_wanted = sync_issue.is_wanted or excluded.is_wanted
          where not sync_issue.is_outside or excluded.is_wanted`.execute(db)
    },
    async listUnchosen(siteId, id, projectIds, after, limit) {
      const result = await sql<{ jira_id: string }>`select distinct w.jira_id
        ${unchosen(siteId, id, projectIds)} and w.jira_id > ${after}::bigint
        order by w.jira_id limit ${limit}`.execute(db)
      return result.rows.map((row) => row.jira_id)
    },
    async countUnchosen(siteId, id, projectIds) {
      const result = await sql<{ count: string }>`select count(*) as count
        ${unchosen(siteId, id, projectIds)}`.execute(db)
      return Number(result.rows[0]?.count ?? 0)
    },
    async countByIssue(siteId, id, issueJiraIds) {
      const found = new Map<string, HeldRows>()
      if (issueJiraIds.length === 0) return found
      const result = await sql<{ jira_id: string; count: string; seconds: string }>`
        select i.jira_id, count(*) as count, sum(w.time_spent_seconds) as seconds
        from issue i join worklog w on w.site_id = i.site_id and w.issue_id = i.id
          and w.deleted_at is null
        where i.site_id = ${siteId} and i.connection_id = ${id} and w.connection_id = ${id}
          and i.jira_id = any(${idList(issueJiraIds)}) group by i.jira_id`.execute(db)
      for (const row of result.rows)
        found.set(row.jira_id, { count: Number(row.count), seconds: Number(row.seconds) })
      return found
    },
    async listIssues(siteId, id, which, after, limit) {
      const result = await sql<{ jira_id: string }>`select i.jira_id from issue i
        where i.site_id = ${siteId} and i.connection_id = ${id} and i.jira_id > ${after}::bigint
          and ${hasRows()} ${windowOf(which)}
        order by i.jira_id limit ${limit}`.execute(db)
      return result.rows.map((row) => row.jira_id)
    },
    async liveOfIssues(siteId, id, issueJiraIds) {
      if (issueJiraIds.length === 0) return []
      const result = await sql<WorklogRow & { issue_jira_id: string }>`
        select w.*, i.jira_id as issue_jira_id from issue i
          join worklog w on w.site_id = i.site_id and w.issue_id = i.id and w.deleted_at is null
        where i.site_id = ${siteId} and i.connection_id = ${id} and w.connection_id = ${id}
          and i.jira_id = any(${idList(issueJiraIds)})`.execute(db)
      return result.rows.map((row) => ({ ...toWorklog(row), issueJiraId: row.issue_jira_id }))
    },
    async countLive(siteId, id) {
      const result = await sql<{ count: string }>`select count(*) as count from worklog
        where site_id = ${siteId} and connection_id = ${id} and deleted_at is null`.execute(db)
      return Number(result.rows[0]?.count ?? 0)
    },
  }
}

function unchosen(siteId: SiteId, id: ConnectionId, projectIds: readonly string[]) {
  return sql`from project p join worklog w on w.site_id = p.site_id and w.project_id = p.id
      and w.connection_id = ${id} and w.deleted_at is null
    where p.site_id = ${siteId} and p.connection_id = ${id}
      and p.jira_id <> all(${idList(projectIds)})`
}

/** Gone rows count too: what was restored is found only where it is looked for. */
function hasRows(day?: string): RawBuilder<boolean> {
  const since = day === undefined ? sql`` : sql`and w.day >= ${day}::date`
  const some = (state: RawBuilder<unknown>) => sql`exists (select from worklog w
    where w.site_id = i.site_id and w.issue_id = i.id and ${state} ${since})`
  // Two indexes, one for each: together in one condition neither could be used.
  return sql`(${some(sql`w.deleted_at is null`)} or ${some(sql`w.deleted_at is not null`)})`
}

function windowOf({ since, before, part }: IssueWindow): RawBuilder<unknown> {
  if (since !== undefined) return sql`and ${hasRows(since)}`
  const older = before === undefined ? sql`` : sql`and not ${hasRows(before)}`
  return part === undefined ? older : sql`${older} and i.jira_id % 12 = ${part}`
}
