import {
  type AttributeId,
  type AttributeOption,
  type AttributeStore,
  type AttributeType,
  attributeLimits,
} from '../domain/attribute.ts'
import type { Db } from './rows.ts'

export function makeAttributeStore(db: Db): AttributeStore {
  return {
    async list(siteId) {
      const rows = await db
        .selectFrom('attribute')
        .selectAll()
        .where('site_id', '=', siteId)
        .orderBy('id')
        .limit(attributeLimits.count)
        .execute()
      return rows.map((row) => ({
        id: row.id as AttributeId,
        key: row.key,
        name: row.name,
        type: row.type as AttributeType,
        isRequired: row.is_required,
        // The database keeps no order of keys; the audit compares texts.
        options: (row.options as AttributeOption[]).map(({ value, label }) => ({ value, label })),
        version: Number(row.version),
      }))
    },
    async insert(siteId, attribute) {
      const row = await db
        .insertInto('attribute')
        .values({
          site_id: siteId,
          key: attribute.key,
          name: attribute.name,
          type: attribute.type,
          is_required: attribute.isRequired,
          options: JSON.stringify(attribute.options),
          version: attribute.version,
        })
        .returning('id')
        .executeTakeFirstOrThrow()
      return row.id as AttributeId
    },
    async update(siteId, attribute) {
      await db
        .updateTable('attribute')
        .set({
          name: attribute.name,
          is_required: attribute.isRequired,
          options: JSON.stringify(attribute.options),
          version: attribute.version,
        })
        .where('site_id', '=', siteId)
        .where('id', '=', attribute.id)
        .execute()
    },
    async remove(siteId, id) {
      await db.deleteFrom('attribute').where('site_id', '=', siteId).where('id', '=', id).execute()
    },
  }
}
