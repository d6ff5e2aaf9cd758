import { sql } from 'kysely'
import type { PersonChoice } from '../domain/dated-choice.ts'
import type { Holiday, HolidaySchemeId } from '../domain/holiday.ts'
import type { WorkingTimeFacts, WorkingTimeStore } from '../domain/required-time.ts'
import type { Schedule, ScheduleId } from '../domain/schedule.ts'
import { type Db, idList } from './rows.ts'

/** The facts as one row of JSON: one round trip, whatever the number of people. */
type FactsRow = {
  schedules: Pick<Schedule, 'id' | 'isDefault' | 'weekSeconds'>[]
  schedule_choices: PersonChoice<ScheduleId>[]
  default_scheme: HolidaySchemeId | null
  holiday_choices: PersonChoice<HolidaySchemeId>[]
  holidays: Holiday[]
}

export function makeWorkingTimeStore(db: Db): WorkingTimeStore {
  return {
    async read(siteId, personIds, { from, to }): Promise<WorkingTimeFacts> {
      const people = idList(personIds)
      const choices = (table: 'schedule_member' | 'holiday_scheme_member') => sql`
        (select coalesce(json_agg(json_build_object('personId', c.person_id::text,
            'from', c.from_day, 'choice', c.scheme_id::text)), '[]')
          from ${sql.table(table)} c where c.site_id = ${siteId}
            and c.person_id = any(${people}) and c.from_day <= ${to}::date)`
      const result = await sql<FactsRow>`select
        (select coalesce(json_agg(json_build_object('id', s.id::text, 'isDefault', s.is_default,
            'weekSeconds', s.week_seconds)), '[]')
          from schedule s where s.site_id = ${siteId}) as schedules,
        ${choices('schedule_member')} as schedule_choices,
        (select s.id::text from holiday_scheme s
          where s.site_id = ${siteId} and s.is_default) as default_scheme,
        ${choices('holiday_scheme_member')} as holiday_choices,
        (select coalesce(json_agg(json_build_object('id', h.id::text,
            'schemeId', h.scheme_id::text, 'kind', h.kind, 'name', h.name,
            'description', h.description, 'day', h.day, 'seconds', h.seconds) order by h.id), '[]')
          from holiday h where h.site_id = ${siteId}
            and (h.kind = 'fixed' or h.day between ${from}::date and ${to}::date)
            and (h.scheme_id in (select s.id from holiday_scheme s
                where s.site_id = ${siteId} and s.is_default)
              or h.scheme_id in (select c.scheme_id from holiday_scheme_member c
                where c.site_id = ${siteId} and c.person_id = any(${people})))) as holidays
        `.execute(db)
      const row = result.rows[0]!
      return {
        schedules: row.schedules,
        scheduleChoices: row.schedule_choices,
        defaultHolidaySchemeId: row.default_scheme,
        holidayChoices: row.holiday_choices,
        holidays: row.holidays,
      }
    },
  }
}
