import { type Selectable, sql } from 'kysely'
import { DomainError } from '../domain/errors.ts'
import type { PersonId } from '../domain/person.ts'
import type { Program, ProgramId, ProgramStore } from '../domain/program.ts'
import type { SiteId } from '../domain/site.ts'
import { type Db, idList, isBigId } from './rows.ts'
import type { ProgramTable } from './tables-teams.ts'

export function makeProgramStore(db: Db): ProgramStore {
  const select = (siteId: SiteId) =>
    db.selectFrom('program').selectAll().where('site_id', '=', siteId)
  return {
    async get(siteId, id) {
      const row = isBigId(id)
        ? await select(siteId).where('id', '=', id).executeTakeFirst()
        : undefined
      if (!row) throw new DomainError('not-found', `There is no program ${id}`)
      return toProgram(row)
    },
    async getMany(siteId, ids) {
      if (ids.length === 0) return []
      const rows = select(siteId).where(sql<boolean>`id = any(${idList(ids)})`)
      return (await rows.orderBy('id').execute()).map(toProgram)
    },
    async list(siteId, { limit, afterId }) {
      let rows = select(siteId).orderBy('id').limit(limit)
      if (afterId) rows = rows.where('id', '>', afterId)
      return (await rows.execute()).map(toProgram)
    },
    async insert(siteId, { name, managerId, version }) {
      const row = await db
        .insertInto('program')
        .values({ site_id: siteId, name, manager_id: managerId, version })
        .returning('id')
        .executeTakeFirstOrThrow()
      return row.id as ProgramId
    },
    async update(siteId, { id, name, managerId, version }) {
      await db
        .updateTable('program')
        .set({ name, manager_id: managerId, version })
        .where('site_id', '=', siteId)
        .where('id', '=', id)
        .execute()
    },
    async setTeams(siteId, id, teamIds) {
      await sql`update team set program_id =
          case when id = any(${idList(teamIds)}) then ${id}::bigint end
        where site_id = ${siteId}
          and (program_id = ${id}::bigint or id = any(${idList(teamIds)}))`.execute(db)
    },
    async remove(siteId, id) {
      await db
        .updateTable('team')
        .set({ program_id: null })
        .where('site_id', '=', siteId)
        .where('program_id', '=', id)
        .execute()
      await db.deleteFrom('program').where('site_id', '=', siteId).where('id', '=', id).execute()
    },
  }
}

function toProgram(row: Selectable<ProgramTable>): Program {
  return {
    id: row.id as ProgramId,
    name: row.name,
    managerId: row.manager_id as PersonId | null,
    version: Number(row.version),
  }
}
