import { type RawBuilder, type Selectable, sql } from 'kysely'
import type { Day } from '../domain/day.ts'
import { DomainError } from '../domain/errors.ts'
import type { Manifest, ManifestStore, SnapshotRow, SnapshotTotals } from '../domain/manifest.ts'
import type { PersonId } from '../domain/person.ts'
import type { SiteId } from '../domain/site.ts'
import type { WorklogId } from '../domain/worklog.ts'
import { type Db, instantOfText, instantOrNull, textOfInstant } from './rows.ts'
import type { PeriodManifestTable } from './tables-approvals.ts'

/** What of a worklog a closed period vouches for. */
const worklogContent = sql`jsonb_build_object('id', w.id, 'connectionId', w.connection_id,
  'jiraId', w.jira_id, 'copy', w.copy, 'issueId', w.issue_id,
  'authorId', w.author_id, 'day', w.day, 'startTime', w.start_time,
  'offsetSeconds', w.offset_seconds, 'timeSpentSeconds', w.time_spent_seconds,
  'billableSeconds', w.billable_seconds, 'comment', w.comment, 'category', w.category,
  'visibilityType', w.visibility_type, 'visibilityValue', w.visibility_value,
  'attributes', w.attributes)`

/** Names and projects may change later; a file of a closed month shows those of its day. */
const namesContent = sql`jsonb_build_object('issueKey', i.key, 'issueSummary', i.summary,
  'projectId', w.project_id, 'projectKey', p.key, 'projectName', p.name, 'accountId', a.account_id,
  'username', a.username, 'author', a.display_name)`

export function makeManifestStore(db: Db): ManifestStore {
  const select = (siteId: SiteId) =>
    db.selectFrom('period_manifest').selectAll().where('site_id', '=', siteId)
  return {
    async last(siteId) {
      const row = await select(siteId).orderBy('seq', 'desc').limit(1).executeTakeFirst()
      return row && toManifest(row)
    },
    async get(siteId, seq) {
      const row = Number.isSafeInteger(seq)
        ? await select(siteId).where('seq', '=', String(seq)).executeTakeFirst()
        : undefined
      if (!row) throw new DomainError('not-found', `There is no manifest ${seq}`)
      return toManifest(row)
    },
    async list(siteId, fromSeq, limit) {
      const rows = select(siteId).where('seq', '>=', String(fromSeq)).orderBy('seq').limit(limit)
      return (await rows.execute()).map(toManifest)
    },
    async takeSnapshot(siteId, seq, { from, to }) {
      await sql`insert into period_snapshot (site_id, seq, worklog_id, content)
        select w.site_id, ${seq}::bigint, w.id,
          jsonb_build_object('worklog', ${worklogContent}, 'names', ${namesContent})
        from worklog w
          join issue i on i.site_id = w.site_id and i.id = w.issue_id
          join project p on p.site_id = w.site_id and p.id = w.project_id
          join person a on a.site_id = w.site_id and a.id = w.author_id
        where w.site_id = ${siteId} and w.day between ${from}::date and ${to}::date
          and w.deleted_at is null`.execute(db)
      return count(db, siteId, seq)
    },
    recount: (siteId, seq) => count(db, siteId, seq),
    async add(siteId, manifest) {
      await db
        .insertInto('period_manifest')
        .values({
          site_id: siteId,
          seq: String(manifest.seq),
          kind: manifest.kind,
          from_day: manifest.from,
          to_day: manifest.to,
          at: textOfInstant(manifest.at),
          actor_id: manifest.actorId,
          comment: manifest.comment,
          worklog_count: String(manifest.worklogCount),
          time_spent_seconds: String(manifest.timeSpentSeconds),
          billable_seconds: String(manifest.billableSeconds),
          content_hash: manifest.contentHash,
          hash: manifest.hash,
        })
        .execute()
    },
    async rows(siteId, seq, { limit, afterId }) {
      const rows = await db
        .selectFrom('period_snapshot')
        .select(['worklog_id', 'content'])
        .where('site_id', '=', siteId)
        .where('seq', '=', String(seq))
        .where('worklog_id', '>', afterId ?? '0')
        .orderBy('worklog_id')
        .limit(limit)
        .execute()
      return rows.map((row) => ({
        worklogId: row.worklog_id as WorklogId,
        ...(row.content as Pick<SnapshotRow, 'worklog' | 'names'>),
      }))
    },
    async differences(siteId, { seq, from, to }, limit) {
      const result = await sql<{ id: string; kind: 'changed' | 'gone' | 'added' }>`
        select coalesce(s.id, n.id) as id, case when s.id is null then 'added'
            when n.id is null then 'gone' else 'changed' end as kind
        from (select worklog_id as id, content->'worklog' as content from period_snapshot
            where site_id = ${siteId} and seq = ${seq}::bigint) s
          full join (select w.id, ${worklogContent} as content from worklog w
            where w.site_id = ${siteId} and w.day between ${from}::date and ${to}::date
              and w.deleted_at is null) n on n.id = s.id
        where s.content is distinct from n.content
        order by 1 limit ${limit}`.execute(db)
      return result.rows.map(({ id, kind }) => ({ worklogId: id as WorklogId, kind }))
    },
    async closedPeriods(siteId, { from, to }, limit) {
      const rows = await db
        .selectFrom('period')
        .selectAll()
        .where('site_id', '=', siteId)
        .where('is_closed', '=', true)
        .where('from_day', '<=', to)
        .where('to_day', '>=', from)
        .orderBy('from_day')
        .orderBy('to_day')
        .limit(limit)
        .execute()
      return rows.map((row) => ({
        from: row.from_day as Day,
        to: row.to_day as Day,
        closedAt: instantOrNull(row.closed_at),
      }))
    },
  }
}

/** Totals of a stored snapshot, and the hash over the hashes of its rows in the order of ids. */
async function count(db: Db, siteId: SiteId, seq: number): Promise<SnapshotTotals> {
  const seconds = (field: string): RawBuilder<unknown> =>
    sql`(content->'worklog'->>${sql.lit(field)})::bigint`
  const result = await sql<{ count: string; spent: string; billable: string; hash: string }>`
    select count(*) as count,
      coalesce(sum(${seconds('timeSpentSeconds')}), 0) as spent,
      coalesce(sum(coalesce(${seconds('billableSeconds')}, ${seconds('timeSpentSeconds')})), 0)
        as billable,
      encode(sha256(coalesce(string_agg(sha256(convert_to(content::text, 'UTF8')), ''::bytea
        order by worklog_id), ''::bytea)), 'hex') as hash
    from period_snapshot where site_id = ${siteId} and seq = ${seq}::bigint`.execute(db)
  const row = result.rows[0]!
  return {
    worklogCount: Number(row.count),
    timeSpentSeconds: Number(row.spent),
    billableSeconds: Number(row.billable),
    contentHash: row.hash,
  }
}

function toManifest(row: Selectable<PeriodManifestTable>): Manifest {
  return {
    seq: Number(row.seq),
    kind: row.kind === 'reopen' ? 'reopen' : 'close',
    from: row.from_day as Day,
    to: row.to_day as Day,
    at: instantOfText(row.at),
    actorId: row.actor_id as PersonId | null,
    comment: row.comment,
    worklogCount: Number(row.worklog_count),
    timeSpentSeconds: Number(row.time_spent_seconds),
    billableSeconds: Number(row.billable_seconds),
    contentHash: row.content_hash,
    hash: row.hash,
  }
}
