import { sql } from 'kysely'
import type { Customer, CustomerId, CustomerStore } from '../domain/customer.ts'
import { type Db, idList, textList } from './rows.ts'

export function makeCustomerStore(db: Db): CustomerStore {
  return {
    async find(siteId, { ids, keys, afterId, offset = 0, limit }) {
      let rows = db
        .selectFrom('customer')
        .selectAll()
        .where('site_id', '=', siteId)
        .orderBy('id')
        .offset(offset)
        .limit(limit)
      if (ids) rows = rows.where(sql<boolean>`id = any(${idList(ids)})`)
      if (keys) rows = rows.where(sql<boolean>`key = any(${textList(keys)})`)
      if (afterId) rows = rows.where('id', '>', afterId)
      return (await rows.execute()).map(
        (row): Customer => ({
          id: row.id as CustomerId,
          key: row.key,
          name: row.name,
          version: Number(row.version),
        }),
      )
    },
    async insert(siteId, { key, name, version }) {
      const row = await db
        .insertInto('customer')
        .values({ site_id: siteId, key, name, version })
        .returning('id')
        .executeTakeFirstOrThrow()
      return row.id as CustomerId
    },
    async update(siteId, { id, key, name, version }) {
      await db
        .updateTable('customer')
        .set({ key, name, version })
        .where('site_id', '=', siteId)
        .where('id', '=', id)
        .execute()
    },
    async remove(siteId, id) {
      await db.deleteFrom('customer').where('site_id', '=', siteId).where('id', '=', id).execute()
    },
  }
}
