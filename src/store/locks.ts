import { type Selectable, sql } from 'kysely'
import type { Day } from '../domain/day.ts'
import type { Drift, LockStore, ToldLock } from '../domain/lock.ts'
import type { PersonId } from '../domain/person.ts'
import type { WorklogId } from '../domain/worklog.ts'
import { type Db, instantOfText, instantOrNull, recordset, textOfInstant } from './rows.ts'
import type { WorklogDriftTable } from './tables-approvals.ts'

/** Far more than can lie over the days one looks at. */
const mostTold = 1_000

type ToldRow = {
  reason: 'period-closed' | 'timesheet-approved'
  person_id: string | null
  from_day: string
  to_day: string
  at: string | null
  by_id: string | null
  by_name: string | null
}

export function makeLockStore(db: Db): LockStore {
  return {
    async find(siteId, from, to) {
      const result = await sql<{
        reason: 'period-closed' | 'timesheet-approved'
        person_id: string | null
        from_day: string
        to_day: string
      }>`select 'period-closed' as reason, null::bigint as person_id, from_day, to_day from period
          where site_id = ${siteId} and is_closed and from_day <= ${to} and to_day >= ${from}
        union all
        select 'timesheet-approved', person_id, from_day, to_day from timesheet_approval
          where site_id = ${siteId} and status = 'approved'
            and from_day <= ${to} and to_day >= ${from}`.execute(db)
      return result.rows.map((row) => ({
        reason: row.reason,
        personId: row.person_id as PersonId | null,
        from: row.from_day as Day,
        to: row.to_day as Day,
      }))
    },
    async tell(siteId, personId, from, to) {
      const result = await sql<ToldRow>`
        select l.*, p.id as by_id, p.display_name as by_name from (
          select 'period-closed' as reason, null::bigint as person_id, c.from_day, c.to_day,
            c.closed_at as at, (select m.actor_id from period_manifest m
              where m.site_id = c.site_id and m.kind = 'close'
                and m.from_day = c.from_day and m.to_day = c.to_day
              order by m.seq desc limit 1) as actor_id
          from period c where c.site_id = ${siteId} and c.is_closed
            and c.from_day <= ${to} and c.to_day >= ${from}
          union all
          select 'timesheet-approved', person_id, from_day, to_day, updated_at, actor_id
          from timesheet_approval where site_id = ${siteId} and person_id = ${personId}::bigint
            and status = 'approved' and from_day <= ${to} and to_day >= ${from}
        ) l left join person p on p.site_id = ${siteId} and p.id = l.actor_id
        order by l.reason, l.from_day, l.to_day limit ${mostTold}`.execute(db)
      return result.rows.map(toToldLock)
    },
    async closePeriod(siteId, from, to, at) {
      await db
        .insertInto('period')
        .values({
          site_id: siteId,
          from_day: from,
          to_day: to,
          is_closed: true,
          closed_at: textOfInstant(at),
        })
        .onConflict((conflict) =>
          conflict
            .columns(['site_id', 'from_day', 'to_day'])
            .doUpdateSet({ is_closed: true, closed_at: textOfInstant(at) }),
        )
        .execute()
    },
    async reopenPeriod(siteId, from, to) {
      await db
        .updateTable('period')
        .set({ is_closed: false, closed_at: null })
        .where('site_id', '=', siteId)
        .where('from_day', '=', from)
        .where('to_day', '=', to)
        .execute()
    },
    async keepDrift(siteId, drift) {
      if (drift.length === 0) return 0
      const rows = drift.map((one) => ({
        connection_id: one.connectionId,
        jira_id: one.jiraId,
        copy: one.copy,
        worklog_id: one.worklogId,
        person_id: one.personId,
        day: one.day,
        incoming: one.incoming,
        seen_at: textOfInstant(one.seenAt),
      }))
      const result = await sql`insert into worklog_drift as d
          (site_id, connection_id, jira_id, copy, worklog_id, person_id, day, incoming, seen_at)
        select ${siteId}, r.* from ${recordset(rows, {
          connection_id: 'integer',
          jira_id: 'bigint',
          copy: 'smallint',
          worklog_id: 'bigint',
          person_id: 'bigint',
          day: 'date',
          incoming: 'jsonb',
          seen_at: 'timestamptz',
        })}
        on conflict (site_id, connection_id, jira_id, copy) do update
          set incoming = excluded.incoming, seen_at = excluded.seen_at, day = excluded.day,
            person_id = excluded.person_id, worklog_id = excluded.worklog_id,
            settled_at = null, settled_by = null, settlement = null, settle_comment = null
          -- The project is only the issue's, which may move without the worklog changing.
          where d.incoming - 'projectId' is distinct from excluded.incoming - 'projectId'
            and not coalesce(
            (d.incoming->>'updatedAt')::bigint > (excluded.incoming->>'updatedAt')::bigint, false)
        returning d.jira_id`.execute(db)
      return result.rows.length
    },
    async listDrift(siteId, limit, key) {
      let query = db
        .selectFrom('worklog_drift')
        .selectAll()
        .where('site_id', '=', siteId)
        .where('settled_at', 'is', null)
        .orderBy('connection_id')
        .orderBy('jira_id')
        .orderBy('copy')
        .limit(limit)
      if (key)
        query = query
          .where('connection_id', '=', key.connectionId)
          .where('jira_id', '=', key.jiraId)
          .where('copy', '=', key.copy)
      return (await query.execute()).map(toDrift)
    },
    async driftOf(siteId, personId, { from, to }, limit) {
      const rows = await db
        .selectFrom('worklog_drift as d')
        .leftJoin('worklog as w', (join) =>
          join.onRef('w.site_id', '=', 'd.site_id').onRef('w.id', '=', 'd.worklog_id'),
        )
        .selectAll('d')
        .where('d.site_id', '=', siteId)
        .where('d.settled_at', 'is', null)
        .where(
          sql<boolean>`((d.person_id = ${personId}::bigint and d.day between ${from} and ${to})
            or (w.author_id = ${personId}::bigint and w.day between ${from} and ${to}))`,
        )
        .orderBy('d.connection_id')
        .orderBy('d.jira_id')
        .orderBy('d.copy')
        .limit(limit)
        .execute()
      return rows.map(toDrift)
    },
    async settleDrift(siteId, keys, { how, at, personId, comment }) {
      if (keys.length === 0) return
      const rows = keys.map(({ connectionId, jiraId, copy }) => ({
        connection_id: connectionId,
        jira_id: jiraId,
        copy,
      }))
      await sql`update worklog_drift d set settled_at = ${textOfInstant(at)},
          settled_by = ${personId}, settlement = ${how}, settle_comment = ${comment}
        from ${recordset(rows, { connection_id: 'integer', jira_id: 'bigint', copy: 'smallint' })}
        where d.site_id = ${siteId} and d.connection_id = r.connection_id
          and d.jira_id = r.jira_id and d.copy = r.copy`.execute(db)
    },
  }
}

function toToldLock(row: ToldRow): ToldLock {
  const { by_id: id, by_name: displayName } = row
  return {
    reason: row.reason,
    personId: row.person_id as PersonId | null,
    from: row.from_day as Day,
    to: row.to_day as Day,
    by: id === null || displayName === null ? null : { id: id as PersonId, displayName },
    at: instantOrNull(row.at),
  }
}

function toDrift(row: Selectable<WorklogDriftTable>): Drift {
  return {
    connectionId: row.connection_id,
    jiraId: row.jira_id,
    copy: row.copy,
    worklogId: row.worklog_id as WorklogId | null,
    personId: row.person_id as PersonId,
    day: row.day as Day,
    incoming: row.incoming as Drift['incoming'],
    seenAt: instantOfText(row.seen_at),
  }
}
