import { type Selectable, sql } from 'kysely'
import { DomainError } from '../domain/errors.ts'
import type {
  Connection,
  ConnectionId,
  ConnectionStore,
  Site,
  SiteId,
  SiteStore,
} from '../domain/site.ts'
import { insertPlanningDefaults } from './planning-defaults.ts'
import { type Db, instantOfText, instantOrNull, numberOrNull, textOfInstant } from './rows.ts'
import { insertUsualTime } from './schedules.ts'
import type { ConnectionTable, SiteTable } from './tables.ts'

export function makeSiteStore(db: Db): SiteStore {
  return {
    async get(id) {
      const row = await db.selectFrom('site').selectAll().where('id', '=', id).executeTakeFirst()
      if (!row) throw new DomainError('not-found', `There is no site ${id}`)
      return toSite(row)
    },
    async findFirst() {
      const row = await db.selectFrom('site').selectAll().orderBy('id').limit(1).executeTakeFirst()
      return row && toSite(row)
    },
    async list() {
      return (await db.selectFrom('site').selectAll().orderBy('id').limit(10_000).execute()).map(
        toSite,
      )
    },
    async setWeek(id, { firstWeekday, workingHoursPerDay, workingDaysPerWeek }) {
      const values = {
        first_weekday: firstWeekday,
        working_hours_per_day: String(workingHoursPerDay),
        working_days_per_week: String(workingDaysPerWeek),
      }
      await db.updateTable('site').set(values).where('id', '=', id).execute()
    },
    async create({ name, timeZone }) {
      return db.transaction().execute(async (tx) => {
        const row = await tx
          .insertInto('site')
          .values({ name, time_zone: timeZone })
          .returningAll()
          .executeTakeFirstOrThrow()
        // Connection 0 is the site itself: rows born in Hourbook belong to it.
        await tx
          .insertInto('connection')
          .values({ site_id: row.id, id: 0, name: 'hourbook', base_url: null })
          .execute()
        await insertUsualTime(tx, row.id)
        await insertPlanningDefaults(tx, row.id)
        await tx
          .insertInto('team_role')
          .values({ site_id: row.id, name: 'Member', is_default: true })
          .execute()
        return toSite(row)
      })
    },
  }
}

export function makeConnectionStore(db: Db): ConnectionStore {
  const select = (siteId: SiteId) =>
    db.selectFrom('connection').selectAll().where('site_id', '=', siteId)
  return {
    async list(siteId) {
      return (await select(siteId).orderBy('id').execute()).map(toConnection)
    },
    async findByName(siteId, name) {
      const row = await select(siteId).where('name', '=', name).executeTakeFirst()
      return row && toConnection(row)
    },
    async create(siteId, { name, baseUrl }) {
      const row = await db
        .insertInto('connection')
        .columns(['site_id', 'id', 'name', 'base_url'])
        .expression((eb) =>
          eb
            .selectFrom('connection')
            .select([
              sql<number>`${siteId}::integer`.as('site_id'),
              sql<number>`max(id) + 1`.as('id'),
              sql<string>`${name}::text`.as('name'),
              sql<string | null>`${baseUrl}::text`.as('base_url'),
            ])
            .where('site_id', '=', siteId),
        )
        .returningAll()
        .executeTakeFirstOrThrow()
      return toConnection(row)
    },
    async rename(siteId, id, { name, baseUrl }) {
      await db
        .updateTable('connection')
        .set({ name, base_url: baseUrl })
        .where('site_id', '=', siteId)
        .where('id', '=', id)
        .execute()
    },
    async takeCensus(siteId, id, at) {
      await sql`update connection as c set synced_at = ${textOfInstant(at)},
          worklogs_held = (select count(*) from worklog w
            where w.site_id = c.site_id and w.connection_id = c.id and w.deleted_at is null),
          worklogs_announced = (select coalesce(sum(greatest(
              case when s.jira_id is null then coalesce(i.reported_worklog_count, 0) else 0 end,
              coalesce(w.held, 0))), 0)
            from issue i left join sync_issue s on s.site_id = i.site_id
              and s.connection_id = i.connection_id and s.jira_id = i.jira_id and s.is_outside
            left join (select issue_id, count(*) as held from worklog
                where site_id = ${siteId} and connection_id = ${id} and deleted_at is null
                group by issue_id) w on w.issue_id = i.id
            where i.site_id = c.site_id and i.connection_id = c.id)
        where c.site_id = ${siteId} and c.id = ${id}`.execute(db)
    },
  }
}

function toSite(row: Selectable<SiteTable>): Site {
  return {
    id: row.id as SiteId,
    name: row.name,
    timeZone: row.time_zone,
    firstWeekday: row.first_weekday === 7 ? 7 : 1,
    bookMode: row.book_mode === 'mirror' ? 'mirror' : 'own',
    workingHoursPerDay: Number(row.working_hours_per_day),
    workingDaysPerWeek: Number(row.working_days_per_week),
    version: Number(row.version),
  }
}

function toConnection(row: Selectable<ConnectionTable>): Connection {
  return {
    id: row.id as ConnectionId,
    name: row.name,
    baseUrl: row.base_url,
    createdAt: instantOfText(row.created_at),
    syncedAt: instantOrNull(row.synced_at),
    worklogsAnnounced: numberOrNull(row.worklogs_announced),
    worklogsHeld: numberOrNull(row.worklogs_held),
  }
}
