import { sql } from 'kysely'
import type { PersonId } from '../domain/person.ts'
import type { VacationStore } from '../domain/vacation.ts'
import { type Db, idList } from './rows.ts'

export function makeVacationStore(db: Db): VacationStore {
  return {
    async find(siteId, personIds, year) {
      if (personIds.length === 0) return []
      const rows = await db
        .selectFrom('vacation_allowance')
        .selectAll()
        .where('site_id', '=', siteId)
        .where('year', '=', year)
        .where(sql<boolean>`person_id = any(${idList(personIds)})`)
        .execute()
      return rows.map((row) => ({
        personId: row.person_id as PersonId,
        year: row.year,
        days: Number(row.days),
      }))
    },
    async put(siteId, { personId, year, days }) {
      await db
        .insertInto('vacation_allowance')
        .values({ site_id: siteId, person_id: personId, year, days })
        .onConflict((conflict) =>
          conflict.columns(['site_id', 'person_id', 'year']).doUpdateSet({ days }),
        )
        .execute()
    },
    async remove(siteId, personId, year) {
      await db
        .deleteFrom('vacation_allowance')
        .where('site_id', '=', siteId)
        .where('person_id', '=', personId)
        .where('year', '=', year)
        .execute()
    },
  }
}
