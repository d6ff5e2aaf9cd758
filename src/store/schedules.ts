import { type Selectable, sql } from 'kysely'
import type { Day } from '../domain/day.ts'
import { DomainError } from '../domain/errors.ts'
import type { CountedSchedule, ScheduleId, ScheduleStore, WeekSeconds } from '../domain/schedule.ts'
import type { SiteId } from '../domain/site.ts'
import { makeChoices } from './choices.ts'
import { type Db, isBigId } from './rows.ts'
import type { ScheduleTable } from './tables.ts'

export function makeScheduleStore(db: Db): ScheduleStore {
  const members = makeChoices<ScheduleId>(db, 'schedule_member', 'schedule')
  const select = (siteId: SiteId) =>
    db
      .selectFrom('schedule')
      .selectAll()
      .where('site_id', '=', siteId)
      .where('is_removed', '=', false)
  const one = async (siteId: SiteId, id: ScheduleId, day: Day) => {
    const row = isBigId(id)
      ? await select(siteId).where('id', '=', id).executeTakeFirst()
      : undefined
    if (!row) throw new DomainError('not-found', `There is no schedule ${id}`)
    return toSchedule(row, await members.counts(siteId, day))
  }
  return {
    async list(siteId, day) {
      const rows = await select(siteId).orderBy('id').execute()
      const counts = await members.counts(siteId, day)
      return rows.map((row) => toSchedule(row, counts))
    },
    get: one,
    async insert(siteId, schedule) {
      if (schedule.isDefault) await clearDefault(db, siteId)
      const row = await db
        .insertInto('schedule')
        .values({
          site_id: siteId,
          name: schedule.name,
          description: schedule.description,
          is_default: schedule.isDefault,
          week_seconds: [...schedule.weekSeconds],
          version: schedule.version,
        })
        .returning('id')
        .executeTakeFirstOrThrow()
      return row.id as ScheduleId
    },
    async update(siteId, schedule) {
      if (schedule.isDefault) await clearDefault(db, siteId)
      await db
        .updateTable('schedule')
        .set({
          name: schedule.name,
          description: schedule.description,
          is_default: schedule.isDefault,
          week_seconds: [...schedule.weekSeconds],
          version: schedule.version,
        })
        .where('site_id', '=', siteId)
        .where('id', '=', schedule.id)
        .execute()
    },
    async remove(siteId, id, day) {
      await members.leave(siteId, id, day)
      await db
        .updateTable('schedule')
        .set({ is_removed: true })
        .where('site_id', '=', siteId)
        .where('id', '=', id)
        .execute()
    },
    members: members.members,
    choices: members.find,
    choose: members.choose,
  }
}

/** What every site begins with: a schedule of the usual week and a scheme without holidays. */
export async function insertUsualTime(db: Db, siteId: number): Promise<void> {
  await sql`insert into schedule (site_id, name, is_default, week_seconds)
    values (${siteId}, 'Default', true, '{28800,28800,28800,28800,28800,0,0}')`.execute(db)
  await sql`insert into holiday_scheme (site_id, name, is_default)
    values (${siteId}, 'Default', true)`.execute(db)
}

async function clearDefault(db: Db, siteId: SiteId): Promise<void> {
  await db
    .updateTable('schedule')
    .set({ is_default: false })
    .where('site_id', '=', siteId)
    .where('is_default', '=', true)
    .execute()
}

function toSchedule(
  row: Selectable<ScheduleTable>,
  counts: ReadonlyMap<string, number>,
): CountedSchedule {
  return {
    id: row.id as ScheduleId,
    name: row.name,
    description: row.description,
    isDefault: row.is_default,
    weekSeconds: row.week_seconds as unknown as WeekSeconds,
    version: Number(row.version),
    memberCount: counts.get(row.id) ?? 0,
  }
}
