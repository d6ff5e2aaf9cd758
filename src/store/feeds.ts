import { type RawBuilder, sql } from 'kysely'
import type { FeedEntry, FeedStore } from '../domain/feed.ts'
import type { SiteId } from '../domain/site.ts'
import type { WorklogId } from '../domain/worklog.ts'
import { type Db, idList } from './rows.ts'
import { visible } from './worklog-filter.ts'

/** How far a stamp may lag behind the clock before the two are tied together anew. */
const mostLagMs = 1_000

/** How much earlier a reader begins who goes by a clock: stamps lag, and a commit takes its time. */
const overlapMs = 2 * mostLagMs

export function makeFeedStore(db: Db): FeedStore {
  return {
    async versionAt(siteId, at) {
      const version = await versionAt(db, siteId, at - overlapMs)
      return Math.min(Number(version), Number.MAX_SAFE_INTEGER)
    },
    async read({ siteId, viewer, kind, since, until, limit }) {
      const limits = visible(viewer)
      const alive =
        kind === 'updated'
          ? sql`w.deleted_at is null`
          : sql`w.deleted_at is not null
              and (w.deleted_reason is null or w.deleted_reason in ('missing', 'issue-deleted'))`
      // Moments become versions once, so that the rows are found in the index of versions.
      const from = await versionAt(db, siteId, since)
      const to = until === undefined ? undefined : await versionAt(db, siteId, until + 1)
      const result = await sql<{ id: string; jira_id: string; at: string }>`
        select w.id, w.jira_id, (select s.at_ms + w.version - s.first_version from feed_stamp s
            where s.site_id = ${siteId} and s.first_version <= w.version
            order by s.first_version desc limit 1) as at
        from worklog w
        where w.site_id = ${siteId} and w.version >= ${from}::bigint and ${alive}
          ${to === undefined ? sql`` : sql`and w.version < ${to}::bigint`}
          ${limits ? sql`and ${limits}` : sql``}
          ${viewer.jira === undefined ? await firstOfItsId(db, siteId) : sql``}
        order by w.version limit ${limit}`.execute(db)
      return result.rows.map(
        ({ id, jira_id, at }): FeedEntry => ({
          id: id as WorklogId,
          jiraId: jira_id,
          at: Number(at),
        }),
      )
    },
  }
}

/**
 * Where several Jiras gave out one id it means the row of the first: a reader who keeps rows by id
 * must not be told that another Jira's row of this id was deleted.
 */
async function firstOfItsId(db: Db, siteId: SiteId): Promise<RawBuilder<unknown>> {
  const connections = await db
    .selectFrom('connection')
    .select('id')
    .where('site_id', '=', siteId)
    .execute()
  // Our own ids are none that a Jira has given out so far.
  if (connections.length <= 2) return sql``
  const ids = connections.map(({ id }) => String(id))
  return sql`and w.id = (select o.id from worklog o
    where o.site_id = w.site_id and o.connection_id = any(${idList(ids)}) and o.jira_id = w.jira_id
    order by o.connection_id, o.copy limit 1)`
}

/** The first version whose stamp is at or after a moment. */
async function versionAt(db: Db, siteId: SiteId, at: number): Promise<string> {
  const moment = Math.max(0, Math.min(at, 8.64e15))
  const result = await sql<{ version: string }>`select least(
      coalesce(before.first_version + (${moment}::bigint - before.at_ms), 0),
      coalesce(behind.first_version, 9223372036854775807)) as version
    from (select 1) one
    left join lateral (select first_version, at_ms from feed_stamp
      where site_id = ${siteId} and at_ms <= ${moment}::bigint
      order by at_ms desc limit 1) before on true
    left join lateral (select first_version from feed_stamp
      where site_id = ${siteId} and at_ms > ${moment}::bigint
      order by at_ms limit 1) behind on true`.execute(db)
  return result.rows[0]!.version
}

/**
 * Says which moment the versions from `first` on stand for: now, but a millisecond after the
 * version before at least. As long as counting on stays near the clock nothing is written.
 */
export async function stampVersions(
  db: Db,
  siteId: SiteId,
  first: number,
  now: number,
): Promise<void> {
  await sql`insert into feed_stamp (site_id, first_version, at_ms)
    select ${siteId}, ${first}::bigint, greatest(${now}::bigint, next.at)
    from (select max(at) as at from (select at_ms + ${first}::bigint - first_version as at
      from feed_stamp where site_id = ${siteId} order by first_version desc limit 1) last) next
    where next.at is null or next.at <= ${now}::bigint - ${mostLagMs}::bigint`.execute(db)
}
