import { sql } from 'kysely'
import type {
  AccountCategory,
  AccountCategoryId,
  AccountCategoryStore,
} from '../domain/account-category.ts'
import { type Db, idList, textList } from './rows.ts'

export function makeAccountCategoryStore(db: Db): AccountCategoryStore {
  return {
    async find(siteId, { ids, keys, afterId, offset = 0, limit }) {
      let rows = db
        .selectFrom('account_category')
        .selectAll()
        .where('site_id', '=', siteId)
        .orderBy('id')
        .offset(offset)
        .limit(limit)
      if (ids) rows = rows.where(sql<boolean>`id = any(${idList(ids)})`)
      if (keys) rows = rows.where(sql<boolean>`key = any(${textList(keys)})`)
      if (afterId) rows = rows.where('id', '>', afterId)
      return (await rows.execute()).map(
        (row): AccountCategory => ({
          id: row.id as AccountCategoryId,
          key: row.key,
          name: row.name,
          type: row.type as AccountCategory['type'],
          version: Number(row.version),
        }),
      )
    },
    async insert(siteId, { key, name, type, version }) {
      const row = await db
        .insertInto('account_category')
        .values({ site_id: siteId, key, name, type, version })
        .returning('id')
        .executeTakeFirstOrThrow()
      return row.id as AccountCategoryId
    },
    async update(siteId, { id, key, name, type, version }) {
      await db
        .updateTable('account_category')
        .set({ key, name, type, version })
        .where('site_id', '=', siteId)
        .where('id', '=', id)
        .execute()
    },
    async remove(siteId, id) {
      await db
        .deleteFrom('account_category')
        .where('site_id', '=', siteId)
        .where('id', '=', id)
        .execute()
    },
  }
}
