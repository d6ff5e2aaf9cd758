import type { WorklogCategoryStore } from '../domain/worklog-category.ts'
import type { Db } from './rows.ts'

export function makeWorklogCategoryStore(db: Db): WorklogCategoryStore {
  return {
    async list(siteId) {
      const rows = await db
        .selectFrom('worklog_category')
        .selectAll()
        .where('site_id', '=', siteId)
        .orderBy('id')
        .execute()
      return rows.map((row) => ({
        id: row.id,
        name: row.name,
        isBillable: row.is_billable,
        isActive: row.is_active,
        version: Number(row.version),
      }))
    },
    async put(siteId, { id, name, isBillable, isActive, version }) {
      const values = { name, is_billable: isBillable, is_active: isActive, version }
      await db
        .insertInto('worklog_category')
        .values({ site_id: siteId, id, ...values })
        .onConflict((conflict) => conflict.columns(['site_id', 'id']).doUpdateSet(values))
        .execute()
    },
  }
}
