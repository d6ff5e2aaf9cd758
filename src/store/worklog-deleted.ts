import { sql } from 'kysely'
import type { Viewer } from '../domain/permission.ts'
import type { SiteId } from '../domain/site.ts'
import type { DeletedWorklog, DeletedWorklogPage, WorklogId } from '../domain/worklog.ts'
import { type Db, instantOfText, textOfInstant } from './rows.ts'
import { visible } from './worklog-filter.ts'

/** Tombstones in the order of their deletion. */
export async function findDeleted(
  db: Db,
  siteId: SiteId,
  viewer: Viewer,
  { from, after, offset = 0, limit }: DeletedWorklogPage,
): Promise<readonly DeletedWorklog[]> {
  const limits = visible(viewer)
  const behind = after
    ? sql`and (w.deleted_at, w.id) > (${textOfInstant(after.deletedAt)}::timestamptz, ${after.id}::bigint)`
    : sql``
  const result = await sql<{ id: string; jira_id: string; deleted_at: string }>`
    select w.id, w.jira_id, w.deleted_at from worklog w
    where w.site_id = ${siteId} and w.deleted_at is not null
      and w.deleted_at >= ${textOfInstant(from)}::timestamptz ${behind}
      ${limits ? sql`and ${limits}` : sql``}
    order by w.deleted_at, w.id limit ${limit} offset ${offset}`.execute(db)
  return result.rows.map((row) => ({
    id: row.id as WorklogId,
    jiraId: row.jira_id,
    deletedAt: instantOfText(row.deleted_at),
  }))
}
