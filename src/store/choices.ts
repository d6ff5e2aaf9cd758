import { sql } from 'kysely'
import type { DatedChoice, PersonChoice } from '../domain/dated-choice.ts'
import { addDays, type Day } from '../domain/day.ts'
import type { PersonId } from '../domain/person.ts'
import type { MemberPage } from '../domain/schedule.ts'
import type { SiteId } from '../domain/site.ts'
import { type Db, idList, insertMany } from './rows.ts'

type ChoiceTableName = 'schedule_member' | 'holiday_scheme_member'

const columns = {
  site_id: 'integer',
  person_id: 'bigint',
  from_day: 'date',
  scheme_id: 'bigint',
}

/** Who follows what since when: the same for schedules and for holiday schemes. */
export function makeChoices<Id extends string>(
  db: Db,
  table: ChoiceTableName,
  schemes: 'schedule' | 'holiday_scheme',
) {
  const members = sql.table(table)
  /** The scheme in force on a day of every active person `p`. */
  const inForce = (siteId: SiteId, day: Day) => sql`
    select p.id as person_id, coalesce(
      (select c.scheme_id from ${members} c where c.site_id = p.site_id and c.person_id = p.id
        and c.from_day <= ${day}::date order by c.from_day desc limit 1),
      (select s.id from ${sql.table(schemes)} s where s.site_id = p.site_id and s.is_default)
    ) as scheme_id
    from person p where p.site_id = ${siteId} and p.is_active`
  return {
    async counts(siteId: SiteId, day: Day): Promise<ReadonlyMap<string, number>> {
      const result = await sql<{ scheme_id: string; members: string }>`
        select scheme_id, count(*) as members from (${inForce(siteId, day)}) f
        group by scheme_id`.execute(db)
      return new Map(result.rows.map((row) => [row.scheme_id, Number(row.members)]))
    },
    async members(
      siteId: SiteId,
      id: Id,
      { day, limit, offset = 0, afterId }: MemberPage,
    ): Promise<readonly PersonId[]> {
      const result = await sql<{ person_id: PersonId }>`
        select person_id from (${inForce(siteId, day)}) f
        where scheme_id = ${id} and person_id > ${afterId ?? 0}
        order by person_id limit ${limit} offset ${offset}`.execute(db)
      return result.rows.map((row) => row.person_id)
    },
    async find(siteId: SiteId, personIds: readonly PersonId[]): Promise<PersonChoice<Id>[]> {
      const rows = await db
        .selectFrom(table)
        .selectAll()
        .where('site_id', '=', siteId)
        .where(sql<boolean>`person_id = any(${idList(personIds)})`)
        .orderBy('person_id')
        .orderBy('from_day')
        .execute()
      return rows.map((row) => ({
        personId: row.person_id as PersonId,
        from: row.from_day as Day,
        choice: row.scheme_id as Id | null,
      }))
    },
    async choose(
      siteId: SiteId,
      personId: PersonId,
      choices: readonly DatedChoice<Id>[],
    ): Promise<void> {
      await db
        .deleteFrom(table)
        .where('site_id', '=', siteId)
        .where('person_id', '=', personId)
        .execute()
      const rows = choices.map(({ from, choice }) => ({
        site_id: siteId,
        person_id: personId,
        from_day: from,
        scheme_id: choice,
      }))
      await insertMany(db, table, columns, rows)
    },
    /** Whoever follows it on that day or later follows the default from then on. */
    async leave(siteId: SiteId, id: Id, day: Day): Promise<void> {
      await sql`insert into ${members} (site_id, person_id, from_day, scheme_id)
        select distinct on (person_id) site_id, person_id, ${day}::date, null::bigint
        from ${members} c
        where site_id = ${siteId} and scheme_id = ${id} and from_day <= ${addDays(day, -1)}::date
          and not exists (select 1 from ${members} n where n.site_id = c.site_id
            and n.person_id = c.person_id and n.from_day > c.from_day
            and n.from_day <= ${day}::date)`.execute(db)
      await db
        .updateTable(table)
        .set({ scheme_id: null })
        .where('site_id', '=', siteId)
        .where('scheme_id', '=', id)
        .where('from_day', '>=', day)
        .execute()
    },
  }
}
