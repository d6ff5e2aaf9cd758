import { type Selectable, sql } from 'kysely'
import { DomainError } from '../domain/errors.ts'
import type {
  GenericResource,
  GenericResourceId,
  GenericResourceStore,
} from '../domain/generic-resource.ts'
import type { PersonId } from '../domain/person.ts'
import type { SiteId } from '../domain/site.ts'
import type { TeamId } from '../domain/team.ts'
import { containsPattern, type Db, idList, instantOfText, isBigId, textOfInstant } from './rows.ts'
import type { GenericResourceTable } from './tables-teams.ts'

export function makeGenericResourceStore(db: Db): GenericResourceStore {
  const select = (siteId: SiteId) =>
    db.selectFrom('generic_resource').selectAll().where('site_id', '=', siteId)
  return {
    async get(siteId, id) {
      const row = isBigId(id)
        ? await select(siteId).where('id', '=', id).executeTakeFirst()
        : undefined
      if (!row) throw new DomainError('not-found', `There is no generic resource ${id}`)
      return toResource(row)
    },
    async getMany(siteId, ids) {
      if (ids.length === 0) return []
      const rows = select(siteId).where(sql<boolean>`id = any(${idList(ids)})`)
      return (await rows.orderBy('id').execute()).map(toResource)
    },
    async findByName(siteId, name) {
      const row = await select(siteId)
        .where(sql<boolean>`lower(name) = lower(${name})`)
        .executeTakeFirst()
      return row && toResource(row)
    },
    async list(siteId, { ids, text, limit, afterId, offset = 0 }) {
      let rows = select(siteId).orderBy('id').limit(limit).offset(offset)
      if (ids) rows = rows.where(sql<boolean>`id = any(${idList(ids)})`)
      if (text !== undefined) rows = rows.where('name', 'ilike', containsPattern(text))
      if (afterId) rows = rows.where('id', '>', afterId)
      return (await rows.execute()).map(toResource)
    },
    async insert(siteId, resource) {
      const row = await db
        .insertInto('generic_resource')
        .values({
          ...fromResource(resource),
          site_id: siteId,
          created_at: textOfInstant(resource.createdAt),
          created_by: resource.createdBy,
        })
        .returning('id')
        .executeTakeFirstOrThrow()
      return row.id as GenericResourceId
    },
    async update(siteId, resource) {
      await db
        .updateTable('generic_resource')
        .set(fromResource(resource))
        .where('site_id', '=', siteId)
        .where('id', '=', resource.id)
        .execute()
    },
    async remove(siteId, id) {
      for (const table of ['generic_resource_team', 'generic_resource_skill'] as const)
        await db
          .deleteFrom(table)
          .where('site_id', '=', siteId)
          .where('resource_id', '=', id)
          .execute()
      await db
        .deleteFrom('generic_resource')
        .where('site_id', '=', siteId)
        .where('id', '=', id)
        .execute()
    },
    ...places(db),
  }
}

function places(db: Db): Pick<GenericResourceStore, 'placesIn' | 'place' | 'takeOut'> {
  return {
    async placesIn(siteId, teamIds) {
      const rows = await db
        .selectFrom('generic_resource_team')
        .selectAll()
        .where('site_id', '=', siteId)
        .where(sql<boolean>`team_id = any(${idList(teamIds)})`)
        .orderBy('resource_id')
        .orderBy('team_id')
        .execute()
      return rows.map((row) => ({
        teamId: row.team_id as TeamId,
        resourceId: row.resource_id as GenericResourceId,
        assignedAt: instantOfText(row.assigned_at),
        assignedBy: row.assigned_by as PersonId,
      }))
    },
    async place(siteId, { teamId, resourceId, assignedAt, assignedBy }) {
      await db
        .insertInto('generic_resource_team')
        .values({
          site_id: siteId,
          team_id: teamId,
          resource_id: resourceId,
          assigned_at: textOfInstant(assignedAt),
          assigned_by: assignedBy,
        })
        .onConflict((conflict) => conflict.doNothing())
        .execute()
    },
    async takeOut(siteId, teamId, resourceId) {
      await db
        .deleteFrom('generic_resource_team')
        .where('site_id', '=', siteId)
        .where('team_id', '=', teamId)
        .where('resource_id', '=', resourceId)
        .execute()
    },
  }
}

function fromResource({
  name,
  updatedAt,
  updatedBy,
  version,
}: Pick<GenericResource, 'name' | 'updatedAt' | 'updatedBy' | 'version'>) {
  return { name, updated_at: textOfInstant(updatedAt), updated_by: updatedBy, version }
}

function toResource(row: Selectable<GenericResourceTable>): GenericResource {
  return {
    id: row.id as GenericResourceId,
    name: row.name,
    createdAt: instantOfText(row.created_at),
    createdBy: row.created_by as PersonId,
    updatedAt: instantOfText(row.updated_at),
    updatedBy: row.updated_by as PersonId,
    version: Number(row.version),
  }
}
