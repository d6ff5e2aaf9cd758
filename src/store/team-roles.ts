import type { Selectable } from 'kysely'
import { sql } from 'kysely'
import { DomainError } from '../domain/errors.ts'
import type { SiteId } from '../domain/site.ts'
import type { TeamRole, TeamRoleId, TeamRoleStore } from '../domain/team-role.ts'
import { type Db, isBigId } from './rows.ts'
import type { TeamRoleTable } from './tables-teams.ts'

export function makeTeamRoleStore(db: Db): TeamRoleStore {
  const select = (siteId: SiteId) =>
    db.selectFrom('team_role').selectAll().where('site_id', '=', siteId)
  return {
    async get(siteId, id) {
      const row = isBigId(id)
        ? await select(siteId).where('id', '=', id).executeTakeFirst()
        : undefined
      if (!row) throw new DomainError('not-found', `There is no team role ${id}`)
      return toRole(row)
    },
    async getDefault(siteId) {
      return toRole(await select(siteId).where('is_default', '=', true).executeTakeFirstOrThrow())
    },
    async list(siteId) {
      return (await select(siteId).orderBy('id').limit(10_000).execute()).map(toRole)
    },
    async insert(siteId, { name, isDefault, version }) {
      const row = await db
        .insertInto('team_role')
        .values({ site_id: siteId, name, is_default: isDefault, version })
        .returning('id')
        .executeTakeFirstOrThrow()
      return row.id as TeamRoleId
    },
    async update(siteId, { id, name, version }) {
      await db
        .updateTable('team_role')
        .set({ name, version })
        .where('site_id', '=', siteId)
        .where('id', '=', id)
        .execute()
    },
    async remove(siteId, id) {
      await sql`update team_membership set role_id =
          (select d.id from team_role d where d.site_id = ${siteId} and d.is_default)
        where site_id = ${siteId} and role_id = ${id}::bigint`.execute(db)
      await db.deleteFrom('team_role').where('site_id', '=', siteId).where('id', '=', id).execute()
    },
  }
}

function toRole(row: Selectable<TeamRoleTable>): TeamRole {
  return {
    id: row.id as TeamRoleId,
    name: row.name,
    isDefault: row.is_default,
    version: Number(row.version),
  }
}
