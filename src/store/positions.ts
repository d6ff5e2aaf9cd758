import { type Selectable, sql } from 'kysely'
import { DomainError } from '../domain/errors.ts'
import type { PersonId } from '../domain/person.ts'
import type { Position, PositionId, PositionStore } from '../domain/position.ts'
import type { SiteId } from '../domain/site.ts'
import { type Db, idList, isBigId } from './rows.ts'
import type { StaffPositionTable } from './tables-teams.ts'

export function makePositionStore(db: Db): PositionStore {
  const select = (siteId: SiteId) =>
    db.selectFrom('staff_position').selectAll().where('site_id', '=', siteId)
  return {
    async get(siteId, id) {
      const row = isBigId(id)
        ? await select(siteId).where('id', '=', id).executeTakeFirst()
        : undefined
      if (!row) throw new DomainError('not-found', `There is no position ${id}`)
      return toPosition(row)
    },
    async findByName(siteId, name) {
      const row = await select(siteId)
        .where(sql<boolean>`lower(name) = lower(${name})`)
        .executeTakeFirst()
      return row && toPosition(row)
    },
    async list(siteId, { limit, afterId, offset = 0 }) {
      let rows = select(siteId).orderBy('id').limit(limit).offset(offset)
      if (afterId) rows = rows.where('id', '>', afterId)
      return (await rows.execute()).map(toPosition)
    },
    async insert(siteId, { name, description, version }) {
      const row = await db
        .insertInto('staff_position')
        .values({ site_id: siteId, name, description, version })
        .returning('id')
        .executeTakeFirstOrThrow()
      return row.id as PositionId
    },
    async update(siteId, { id, name, description, version }) {
      await db
        .updateTable('staff_position')
        .set({ name, description, version })
        .where('site_id', '=', siteId)
        .where('id', '=', id)
        .execute()
    },
    async remove(siteId, id) {
      await db
        .deleteFrom('person_position')
        .where('site_id', '=', siteId)
        .where('position_id', '=', id)
        .execute()
      await db
        .deleteFrom('staff_position')
        .where('site_id', '=', siteId)
        .where('id', '=', id)
        .execute()
    },
    ...positionsOfPeople(db),
  }
}

function positionsOfPeople(db: Db): Pick<PositionStore, 'ofPeople' | 'holders' | 'setFor'> {
  return {
    async ofPeople(siteId, personIds) {
      const rows = await db
        .selectFrom('person_position as h')
        .innerJoin('staff_position as p', (join) =>
          join.onRef('p.site_id', '=', 'h.site_id').onRef('p.id', '=', 'h.position_id'),
        )
        .selectAll('p')
        .select('h.person_id')
        .where('h.site_id', '=', siteId)
        .where(sql<boolean>`h.person_id = any(${idList(personIds)})`)
        .execute()
      return new Map(rows.map((row) => [row.person_id as PersonId, toPosition(row)]))
    },
    async holders(siteId, id, limit) {
      if (!isBigId(id)) return []
      const rows = await db
        .selectFrom('person_position')
        .select('person_id')
        .where('site_id', '=', siteId)
        .where('position_id', '=', id)
        .orderBy('person_id')
        .limit(limit)
        .execute()
      return rows.map((row) => row.person_id as PersonId)
    },
    async setFor(siteId, personId, id) {
      if (id === null)
        await db
          .deleteFrom('person_position')
          .where('site_id', '=', siteId)
          .where('person_id', '=', personId)
          .execute()
      else
        await db
          .insertInto('person_position')
          .values({ site_id: siteId, person_id: personId, position_id: id })
          .onConflict((conflict) =>
            conflict.columns(['site_id', 'person_id']).doUpdateSet({ position_id: id }),
          )
          .execute()
    },
  }
}

function toPosition(row: Selectable<StaffPositionTable>): Position {
  return {
    id: row.id as PositionId,
    name: row.name,
    description: row.description,
    version: Number(row.version),
  }
}
