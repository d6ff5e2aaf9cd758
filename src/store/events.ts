import type { Day } from '../domain/day.ts'
import { type EventId, type EventStore, eventKinds } from '../domain/event.ts'
import type { PersonId } from '../domain/person.ts'
import { type Db, insertMany } from './rows.ts'

export function makeEventStore(db: Db): EventStore {
  return {
    async insert(siteId, events) {
      await insertMany(
        db,
        'planned_event',
        {
          site_id: 'integer',
          kind: 'text',
          person_id: 'bigint',
          from_day: 'date',
          to_day: 'date',
          title: 'text',
        },
        events.map((event) => ({
          site_id: siteId,
          kind: event.kind,
          person_id: event.personId,
          from_day: event.from,
          to_day: event.to,
          title: event.title,
        })),
      )
    },
    async find(siteId, { from, to }, limit) {
      const rows = await db
        .selectFrom('planned_event')
        .selectAll()
        .where('site_id', '=', siteId)
        .where('from_day', '<=', to)
        .where('to_day', '>=', from)
        .orderBy('from_day')
        .orderBy('id')
        .limit(limit)
        .execute()
      return rows.map((row) => ({
        id: row.id as EventId,
        kind: eventKinds.find((kind) => kind === row.kind) ?? 'note',
        personId: row.person_id as PersonId,
        from: row.from_day as Day,
        to: row.to_day as Day,
        title: row.title,
      }))
    },
  }
}
