import { type Selectable, sql } from 'kysely'
import type { Day } from '../domain/day.ts'
import { DomainError } from '../domain/errors.ts'
import type {
  CountedHolidayScheme,
  Holiday,
  HolidayId,
  HolidaySchemeId,
  HolidayStore,
} from '../domain/holiday.ts'
import type { SiteId } from '../domain/site.ts'
import { makeChoices } from './choices.ts'
import { type Db, idList, insertMany, isBigId } from './rows.ts'
import type { HolidaySchemeTable, HolidayTable } from './tables.ts'

const columns = {
  site_id: 'integer',
  scheme_id: 'bigint',
  kind: 'text',
  name: 'text',
  description: 'text',
  day: 'date',
  seconds: 'integer',
}

export function makeHolidayStore(db: Db): HolidayStore {
  const members = makeChoices<HolidaySchemeId>(db, 'holiday_scheme_member', 'holiday_scheme')
  const selectSchemes = (siteId: SiteId) =>
    db
      .selectFrom('holiday_scheme')
      .selectAll()
      .where('site_id', '=', siteId)
      .where('is_removed', '=', false)
  const select = (siteId: SiteId) =>
    db.selectFrom('holiday').selectAll().where('site_id', '=', siteId)
  return {
    async listSchemes(siteId, day) {
      const rows = await selectSchemes(siteId).orderBy('id').execute()
      const counts = await members.counts(siteId, day)
      return rows.map((row) => toScheme(row, counts))
    },
    async getScheme(siteId, id, day) {
      const row = isBigId(id)
        ? await selectSchemes(siteId).where('id', '=', id).executeTakeFirst()
        : undefined
      if (!row) throw new DomainError('not-found', `There is no holiday scheme ${id}`)
      return toScheme(row, await members.counts(siteId, day))
    },
    async insertScheme(siteId, scheme) {
      if (scheme.isDefault) await clearDefault(db, siteId)
      const row = await db
        .insertInto('holiday_scheme')
        .values({
          site_id: siteId,
          name: scheme.name,
          description: scheme.description,
          is_default: scheme.isDefault,
          version: scheme.version,
        })
        .returning('id')
        .executeTakeFirstOrThrow()
      return row.id as HolidaySchemeId
    },
    async updateScheme(siteId, scheme) {
      if (scheme.isDefault) await clearDefault(db, siteId)
      await db
        .updateTable('holiday_scheme')
        .set({
          name: scheme.name,
          description: scheme.description,
          is_default: scheme.isDefault,
          version: scheme.version,
        })
        .where('site_id', '=', siteId)
        .where('id', '=', scheme.id)
        .execute()
    },
    async removeScheme(siteId, id, day) {
      await members.leave(siteId, id, day)
      await db
        .updateTable('holiday_scheme')
        .set({ is_removed: true })
        .where('site_id', '=', siteId)
        .where('id', '=', id)
        .execute()
    },
    members: members.members,
    choices: members.find,
    choose: members.choose,
    async find(siteId, { schemeIds, period }) {
      let rows = select(siteId)
        .where(
          sql<boolean>`scheme_id in (select s.id from holiday_scheme s
            where s.site_id = ${siteId} and not s.is_removed)`,
        )
        .orderBy(sql`to_char(day, 'MM-DD')`)
        .orderBy('day')
        .orderBy('id')
      if (schemeIds) rows = rows.where(sql<boolean>`scheme_id = any(${idList(schemeIds)})`)
      if (period)
        rows = rows.where(
          sql<boolean>`(kind = 'fixed' or day between ${period.from}::date and ${period.to}::date)`,
        )
      return (await rows.execute()).map(toHoliday)
    },
    async get(siteId, id) {
      const row = isBigId(id)
        ? await select(siteId).where('id', '=', id).executeTakeFirst()
        : undefined
      if (!row) throw new DomainError('not-found', `There is no holiday ${id}`)
      return toHoliday(row)
    },
    async insert(siteId, holidays) {
      // One by one in order: the ids tell nothing of the rows, and a scheme has few.
      const ids: HolidayId[] = []
      for (const holiday of holidays) {
        const [row] = await insertMany<{ id: HolidayId }>(
          db,
          'holiday',
          columns,
          [fromHoliday(siteId, holiday)],
          'returning id',
        )
        ids.push(row!.id)
      }
      return ids
    },
    async update(siteId, holiday) {
      const { site_id: _, ...values } = fromHoliday(siteId, holiday)
      await db
        .updateTable('holiday')
        .set(values)
        .where('site_id', '=', siteId)
        .where('id', '=', holiday.id)
        .execute()
    },
    async remove(siteId, id) {
      await db.deleteFrom('holiday').where('site_id', '=', siteId).where('id', '=', id).execute()
    },
  }
}

async function clearDefault(db: Db, siteId: SiteId): Promise<void> {
  await db
    .updateTable('holiday_scheme')
    .set({ is_default: false })
    .where('site_id', '=', siteId)
    .where('is_default', '=', true)
    .execute()
}

function toScheme(
  row: Selectable<HolidaySchemeTable>,
  counts: ReadonlyMap<string, number>,
): CountedHolidayScheme {
  return {
    id: row.id as HolidaySchemeId,
    name: row.name,
    description: row.description,
    isDefault: row.is_default,
    version: Number(row.version),
    memberCount: counts.get(row.id) ?? 0,
  }
}

function fromHoliday(siteId: SiteId, holiday: Omit<Holiday, 'id'>) {
  return {
    site_id: siteId,
    scheme_id: holiday.schemeId,
    kind: holiday.kind,
    name: holiday.name,
    description: holiday.description,
    day: holiday.day,
    seconds: holiday.seconds,
  }
}

function toHoliday(row: Selectable<HolidayTable>): Holiday {
  return {
    id: row.id as HolidayId,
    schemeId: row.scheme_id as HolidaySchemeId,
    kind: row.kind === 'fixed' ? 'fixed' : 'floating',
    name: row.name,
    description: row.description,
    day: row.day as Day,
    seconds: row.seconds,
  }
}
