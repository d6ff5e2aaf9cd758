import { type RawBuilder, sql } from 'kysely'
import type { IssueId } from '../domain/issue.ts'
import type { IssueWorklogStore } from '../domain/issue-worklogs.ts'
import type { Viewer } from '../domain/permission.ts'
import type { SiteId } from '../domain/site.ts'
import type { WorklogView } from '../domain/worklog.ts'
import { type Db, idList, isBigId, textOfInstant } from './rows.ts'
import { all, visible } from './worklog-filter.ts'
import { toView, viewColumns, viewJoins } from './worklog-rows.ts'

export function makeIssueWorklogStore(db: Db): IssueWorklogStore {
  const views = async (query: RawBuilder<unknown>): Promise<WorklogView[]> =>
    (await query.execute(db)).rows.map((row) => toView(Object.values(row as object)))
  return {
    async page({ siteId, viewer, issueId, startedFrom, startedBefore }, { offset, limit }) {
      const parts = [live(siteId, viewer), sql`w.issue_id = any(${idList([issueId])})`]
      if (startedFrom !== undefined)
        parts.push(sql`w.started_at >= ${textOfInstant(startedFrom)}::timestamptz`)
      if (startedBefore !== undefined)
        parts.push(sql`w.started_at < ${textOfInstant(startedBefore)}::timestamptz`)
      const where = all(parts)
      const count = await sql<{ n: string }>`select count(*) as n from worklog w
        where ${where}`.execute(db)
      const total = Number(count.rows[0]!.n)
      if (limit <= 0 || offset >= total) return { total, worklogs: [] }
      const worklogs = await views(sql`select ${viewColumns} from (
          select w.* from worklog w where ${where}
          order by w.created_at, w.id limit ${limit} offset ${offset}) w
        ${viewJoins} order by w.created_at, w.id`)
      return { total, worklogs }
    },
    async oldest(siteId, viewer, issueIds, limit) {
      const found = new Map<
        IssueId,
        { total: number; timeSpentSeconds: number; worklogs: WorklogView[] }
      >()
      if (issueIds.length === 0) return found
      const ids = idList(issueIds)
      const counts = await sql<{ issue_id: string; n: string; seconds: string }>`
        select w.issue_id, count(*) as n, sum(w.time_spent_seconds) as seconds from worklog w
        where ${live(siteId, viewer)} and w.issue_id = any(${ids})
        group by w.issue_id`.execute(db)
      for (const { issue_id, n, seconds } of counts.rows)
        found.set(issue_id as IssueId, {
          total: Number(n),
          timeSpentSeconds: Number(seconds),
          worklogs: [],
        })
      if (limit <= 0) return found
      // A lateral per issue: each reads its own rows in the index, however many the others have.
      const rows = await views(sql`select ${viewColumns}
        from unnest(${ids}) as asked (issue_id)
        cross join lateral (select w.* from worklog w
          where ${live(siteId, viewer)} and w.issue_id = asked.issue_id
          order by w.created_at, w.id limit ${limit}) w
        ${viewJoins} order by w.created_at, w.id`)
      for (const row of rows) found.get(row.issueId)?.worklogs.push(row)
      return found
    },
    async findByJiraIds(siteId, viewer, jiraIds, issueId) {
      const ids = jiraIds.filter(isBigId)
      if (ids.length === 0) return []
      const ofIssue =
        issueId === undefined ? sql`` : sql`and w.issue_id = any(${idList([issueId])})`
      return views(sql`select ${viewColumns} from worklog w ${viewJoins}
        where ${live(siteId, viewer)} and w.jira_id = any(${idList(ids)})
          and w.connection_id in (select id from connection where site_id = ${siteId})
          ${ofIssue}
        order by w.jira_id, w.connection_id, w.copy`)
    },
  }
}

function live(siteId: SiteId, viewer: Viewer): RawBuilder<boolean> {
  const limits = visible(viewer)
  const alive = sql`w.site_id = ${siteId} and w.deleted_at is null`
  return limits ? all([alive, limits]) : sql<boolean>`${alive}`
}
