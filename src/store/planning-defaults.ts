import { sql } from 'kysely'
import { systemTypeIds } from '../domain/event-type.ts'
import type { Db } from './rows.ts'

const names = {
  booking: 'Booking',
  placeholder: 'Placeholder',
  'day-off': 'Day Off',
  vacation: 'Vacation',
  'sick-leave': 'Sick Leave',
  holiday: 'Holiday',
  note: 'Note',
  overtime: 'Overtime',
} as const satisfies Record<keyof typeof systemTypeIds, string>

/** What every new site begins with: one type of event per kind, and the two categories of worklogs. */
export async function insertPlanningDefaults(db: Db, siteId: number): Promise<void> {
  await db
    .insertInto('event_type')
    .values(
      Object.entries(systemTypeIds).map(([kind, id]) => ({
        site_id: siteId,
        id,
        kind,
        name: names[kind as keyof typeof names],
        is_system: true,
      })),
    )
    .execute()
  await sql`insert into worklog_category (site_id, id, name, is_billable)
    values (${siteId}, 0, 'Billable', true), (${siteId}, 1, 'Non-Billable', false)`.execute(db)
}
