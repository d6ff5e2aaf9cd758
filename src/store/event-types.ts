import type { Selectable } from 'kysely'
import type { EventKind } from '../domain/event.ts'
import type { EventType, EventTypeId, EventTypeStore } from '../domain/event-type.ts'
import type { SiteId } from '../domain/site.ts'
import { type Db, isBigId } from './rows.ts'
import type { EventTypeTable } from './tables-planning.ts'

export function makeEventTypeStore(db: Db): EventTypeStore {
  return {
    async list(siteId) {
      const rows = await db
        .selectFrom('event_type')
        .selectAll()
        .where('site_id', '=', siteId)
        .orderBy('is_system', 'desc')
        .orderBy('id')
        .limit(1_000)
        .execute()
      return rows.map(toType)
    },
    async insert(siteId, type) {
      await db.insertInto('event_type').values(fromType(siteId, type)).execute()
    },
    async update(siteId, type) {
      const { site_id, id, ...values } = fromType(siteId, type)
      await db
        .updateTable('event_type')
        .set(values)
        .where('site_id', '=', site_id)
        .where('id', '=', id)
        .execute()
    },
    async remove(siteId, id) {
      if (!isBigId(id)) return
      await db.deleteFrom('event_type').where('site_id', '=', siteId).where('id', '=', id).execute()
    },
    async isUsed(siteId, id) {
      const row = await db
        .selectFrom('planned_event')
        .select('id')
        .where('site_id', '=', siteId)
        .where('type_id', '=', id)
        .limit(1)
        .executeTakeFirst()
      return row !== undefined
    },
  }
}

function fromType(siteId: SiteId, type: EventType) {
  return {
    site_id: siteId,
    id: type.id,
    kind: type.kind,
    name: type.name,
    is_system: type.isSystem,
    is_milestone: type.isMilestone,
    version: type.version,
  }
}

function toType(row: Selectable<EventTypeTable>): EventType {
  return {
    id: row.id as EventTypeId,
    kind: row.kind as EventKind,
    name: row.name,
    isSystem: row.is_system,
    isMilestone: row.is_milestone,
    version: Number(row.version),
  }
}
