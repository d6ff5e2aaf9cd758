import { type RawBuilder, sql } from 'kysely'
import type { Day, Period } from '../domain/day.ts'
import type {
  EventChange,
  EventId,
  EventQuery,
  EventStore,
  PersonPlanItem,
  PlanKind,
  PlannedEvent,
} from '../domain/event.ts'
import type { PersonId } from '../domain/person.ts'
import type { SiteId } from '../domain/site.ts'
import {
  type EventRow,
  type EventViewRow,
  eventColumns,
  fromEvent,
  toEvent,
  toView,
  viewColumns,
  viewJoins,
} from './event-rows.ts'
import {
  type Db,
  idList,
  insertMany,
  instantOfText,
  recordset,
  textList,
  textOfInstant,
  updateMany,
} from './rows.ts'
import { all } from './worklog-filter.ts'

export function makeEventStore(
  db: Db,
  source: RawBuilder<unknown> = sql`planned_event`,
): EventStore {
  const selectViews = async (conditions: RawBuilder<unknown>, limit: number) => {
    const result = await sql<EventViewRow>`select ${viewColumns} from ${source} e ${viewJoins}
      where ${conditions} order by e.from_day, e.id limit ${limit}`.execute(db)
    return result.rows.map(toView)
  }
  return {
    overlaid: (siteId, states) =>
      states.size === 0 ? makeEventStore(db) : makeEventStore(db, overlay(siteId, states)),
    async getMany(siteId, ids) {
      if (ids.length === 0) return []
      const result = await sql<EventRow>`select e.* from ${source} e
        where e.site_id = ${siteId} and e.id = any(${idList(ids)})`.execute(db)
      return result.rows.map(toEvent)
    },
    async views(siteId, ids) {
      if (ids.length === 0) return []
      return selectViews(sql`e.site_id = ${siteId} and e.id = any(${idList(ids)})`, ids.length)
    },
    async find(query, { limit, after }) {
      const conditions = conditionsOf(query)
      if (after)
        conditions.push(sql`(e.from_day, e.id) > (${after.from}::date, ${after.id}::bigint)`)
      return selectViews(all(conditions), limit)
    },
    async itemsOf(siteId, personIds, period) {
      if (personIds.length === 0) return []
      const people = idList(personIds)
      const result = await sql<ItemRow>`with met as materialized (
          select ${itemColumns} from ${source} e ${itemJoins}
          where e.site_id = ${siteId} and e.person_id = any(${people}) and e.to_day >= ${period.from}::date
            and e.from_day <= ${period.to}::date
            and not (e.kind = 'issue' and p.is_active is false)),
        span as (select person_id, min(from_day) as from_day, max(to_day) as to_day from met
          where kind = 'placeholder' or (kind = 'issue' and seconds_per_day is null)
          group by person_id
          having min(from_day) < ${period.from}::date or max(to_day) > ${period.to}::date)
        select * from met where kind <> 'note'
        union all
        select ${itemColumns} from span s join ${source} e on e.site_id = ${siteId}
          and e.person_id = s.person_id and e.to_day >= s.from_day and e.from_day <= s.to_day
          and (e.to_day < ${period.from}::date or e.from_day > ${period.to}::date)
          and ${isAbsence} ${itemJoins}`.execute(db)
      return result.rows.map(toItem)
    },
    async absencesOf(siteId, personIds, period) {
      if (personIds.length === 0) return []
      const result = await sql<ItemRow>`select ${itemColumns} from ${source} e ${itemJoins}
        where e.site_id = ${siteId} and e.person_id = any(${idList(personIds)})
          and e.to_day >= ${period.from}::date and e.from_day <= ${period.to}::date
          and ${isAbsence}`.execute(db)
      return result.rows.map(toItem)
    },
    async insert(siteId, events) {
      const columns = { ...eventColumns, id: 'bigint' }
      const rows = events.map((event) => fromEvent(siteId, event))
      await insertMany(db, 'planned_event', columns, rows)
    },
    async update(siteId, events) {
      const rows = events.map((event) => fromEvent(siteId, event))
      await updateMany(db, 'planned_event', eventColumns, rows)
    },
    async remove(siteId, ids) {
      if (ids.length === 0) return
      await sql`delete from planned_event
        where site_id = ${siteId} and id = any(${idList(ids)})`.execute(db)
    },
    async keepChanges(siteId, changes) {
      await insertMany(
        db,
        'planned_event_change',
        {
          site_id: 'integer',
          version: 'bigint',
          event_id: 'bigint',
          actor_id: 'bigint',
          at: 'timestamptz',
          before: 'jsonb',
          after: 'jsonb',
        },
        changes.map((change) => ({
          site_id: siteId,
          version: change.version,
          event_id: change.eventId,
          actor_id: change.actorId,
          at: textOfInstant(change.at),
          before: change.before,
          after: change.after,
        })),
      )
    },
    async findChanges(siteId, versions) {
      if (versions.length === 0) return []
      const rows = await db
        .selectFrom('planned_event_change')
        .selectAll()
        .where('site_id', '=', siteId)
        .where(sql<boolean>`version = any(${idList(versions)})`)
        .orderBy('version')
        .execute()
      return rows.map(
        (row): EventChange => ({
          version: Number(row.version),
          eventId: row.event_id as EventId,
          actorId: row.actor_id as PersonId,
          at: instantOfText(row.at),
          before: row.before as PlannedEvent | null,
          after: row.after as PlannedEvent | null,
        }),
      )
    },
  }
}

/** The table of events with some of its rows replaced. */
function overlay(
  siteId: SiteId,
  states: ReadonlyMap<EventId, PlannedEvent | null>,
): RawBuilder<unknown> {
  const columns: Record<string, string> = { id: 'bigint', ...eventColumns }
  const names = sql.join(Object.keys(columns).map((name) => sql.ref(name)))
  const rows = [...states.values()].flatMap((event) => (event ? [fromEvent(siteId, event)] : []))
  return sql`(select ${names} from planned_event
      where site_id = ${siteId} and not id = any(${idList([...states.keys()])})
    union all select ${names} from ${recordset(rows, columns)})`
}

type ItemRow = {
  person_id: string
  kind: string
  from_day: string
  to_day: string
  seconds_per_day: number | null
  remaining: string
  is_approved: boolean
  project_key: string | null
}

const isAbsence = sql`e.kind in ('vacation', 'sick-leave', 'holiday', 'day-off')`

const itemColumns = sql`e.person_id, e.kind, e.from_day, e.to_day, e.seconds_per_day,
  coalesce(e.remaining_seconds, i.remaining_estimate_seconds, 0) as remaining,
  e.approved_at is not null as is_approved, p.key as project_key`

const itemJoins = sql`
  left join issue i on e.kind = 'issue' and i.site_id = e.site_id and i.id = e.issue_id
  left join project p on p.site_id = e.site_id
    and p.id = case when e.kind = 'issue' then i.project_id else e.project_id end`

function toItem(row: ItemRow): PersonPlanItem {
  return {
    personId: row.person_id as PersonId,
    kind: row.kind as PlanKind,
    from: row.from_day as Day,
    to: row.to_day as Day,
    secondsPerDay: row.seconds_per_day,
    remainingSeconds: Number(row.remaining),
    isApproved: row.is_approved,
    group: row.project_key ?? '',
  }
}

function conditionsOf(query: EventQuery): RawBuilder<unknown>[] {
  const conditions: RawBuilder<unknown>[] = [sql`e.site_id = ${query.siteId}`]
  const { from, to }: Partial<Period> = query.period ?? {}
  if (from) conditions.push(sql`e.to_day >= ${from}::date`)
  if (to) conditions.push(sql`e.from_day <= ${to}::date`)
  const { personIds, panelTeamIds } = query
  if (personIds && panelTeamIds)
    conditions.push(
      sql`(e.person_id = any(${idList(personIds)}) or e.team_id = any(${idList(panelTeamIds)}))`,
    )
  else if (personIds) conditions.push(sql`e.person_id = any(${idList(personIds)})`)
  else if (panelTeamIds) conditions.push(sql`e.team_id = any(${idList(panelTeamIds)})`)
  if (query.kinds) conditions.push(sql`e.kind = any(${textList(query.kinds)})`)
  if (query.typeIds) conditions.push(sql`e.type_id = any(${idList(query.typeIds)})`)
  if (query.issueIds) conditions.push(sql`e.issue_id = any(${idList(query.issueIds)})`)
  if (query.projectIds)
    conditions.push(
      sql`(case when e.kind = 'issue' then i.project_id else e.project_id end)
        = any(${idList(query.projectIds)})`,
    )
  if (query.isApproved !== undefined)
    conditions.push(query.isApproved ? sql`e.approved_at is not null` : sql`e.approved_at is null`)
  if (query.skipsInactiveProjects)
    conditions.push(sql`not (e.kind = 'issue' and p.is_active is false)`)
  const limits = visibleTo(query)
  if (limits) conditions.push(limits)
  return conditions
}

/** What the viewer may see: people it sees, and the panels of teams it belongs to or leads. */
function visibleTo({ viewer, siteId }: EventQuery): RawBuilder<unknown> | undefined {
  if (viewer.kind === 'all' || viewer.authorIds === 'everybody') return undefined
  const self = sql`${viewer.personId}::bigint`
  return sql`(e.person_id = any(${idList(viewer.authorIds)}) or e.team_id in (
    select t.id from team t where t.site_id = ${siteId} and (t.lead_id = ${self} or exists (
      select from team_membership s where s.site_id = t.site_id and s.team_id = t.id
        and s.person_id = ${self}))))`
}
