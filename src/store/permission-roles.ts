import { sql } from 'kysely'
import { DomainError } from '../domain/errors.ts'
import {
  type PermissionRole,
  type PermissionRoleId,
  type PermissionRoleStore,
  rights,
} from '../domain/permission-role.ts'
import type { PersonId } from '../domain/person.ts'
import type { SiteId } from '../domain/site.ts'
import type { TeamId } from '../domain/team.ts'
import { type Db, idList, isBigId } from './rows.ts'

export function makePermissionRoleStore(db: Db): PermissionRoleStore {
  const select = (siteId: SiteId) =>
    db
      .selectFrom('permission_role as r')
      .selectAll('r')
      .select([
        sql<string[]>`array(select p.person_id::text from permission_role_person p
          where p.site_id = r.site_id and p.role_id = r.id order by p.person_id)`.as('people'),
        sql<string[]>`array(select t.team_id::text from permission_role_team t
          where t.site_id = r.site_id and t.role_id = r.id order by t.team_id)`.as('teams'),
      ])
      .where('r.site_id', '=', siteId)
  return {
    async get(siteId, id) {
      const row = isBigId(id)
        ? await select(siteId).where('r.id', '=', id).executeTakeFirst()
        : undefined
      if (!row) throw new DomainError('not-found', `There is no permission role ${id}`)
      return toRole(row)
    },
    async list(siteId, { isGlobal, teamId, limit, afterId }) {
      let rows = select(siteId).orderBy('r.id').limit(limit)
      if (isGlobal !== undefined) rows = rows.where('r.is_global', '=', isGlobal)
      if (teamId)
        rows = rows.where(sql<boolean>`r.id in (select t.role_id from permission_role_team t
          where t.site_id = ${siteId} and t.team_id = any(${idList([teamId])}))`)
      if (afterId) rows = rows.where('r.id', '>', afterId)
      return (await rows.execute()).map(toRole)
    },
    async insert(siteId, role) {
      const row = await db
        .insertInto('permission_role')
        .values({
          site_id: siteId,
          name: role.name,
          is_global: role.isGlobal,
          rights: [...role.rights],
          version: role.version,
        })
        .returning('id')
        .executeTakeFirstOrThrow()
      await fillRole(db, siteId, { ...role, id: row.id as PermissionRoleId })
      return row.id as PermissionRoleId
    },
    async update(siteId, role) {
      await db
        .updateTable('permission_role')
        .set({
          name: role.name,
          is_global: role.isGlobal,
          rights: [...role.rights],
          version: role.version,
        })
        .where('site_id', '=', siteId)
        .where('id', '=', role.id)
        .execute()
      await emptyRole(db, siteId, role.id)
      await fillRole(db, siteId, role)
    },
    async remove(siteId, id) {
      await emptyRole(db, siteId, id)
      await db
        .deleteFrom('permission_role')
        .where('site_id', '=', siteId)
        .where('id', '=', id)
        .execute()
    },
  }
}

async function emptyRole(db: Db, siteId: SiteId, id: PermissionRoleId): Promise<void> {
  for (const table of ['permission_role_person', 'permission_role_team'] as const)
    await db.deleteFrom(table).where('site_id', '=', siteId).where('role_id', '=', id).execute()
}

async function fillRole(db: Db, siteId: SiteId, role: PermissionRole): Promise<void> {
  await sql`insert into permission_role_person (site_id, role_id, person_id)
    select distinct ${siteId}::integer, ${role.id}::bigint, p
    from unnest(${idList(role.personIds)}) p`.execute(db)
  await sql`insert into permission_role_team (site_id, role_id, team_id)
    select distinct ${siteId}::integer, ${role.id}::bigint, t
    from unnest(${idList(role.teamIds)}) t`.execute(db)
}

function toRole(row: {
  id: string
  name: string
  is_global: boolean
  rights: readonly string[]
  version: string
  people: readonly string[]
  teams: readonly string[]
}): PermissionRole {
  return {
    id: row.id as PermissionRoleId,
    name: row.name,
    rights: rights.filter((right) => row.rights.includes(right)),
    personIds: row.people as PersonId[],
    isGlobal: row.is_global,
    teamIds: row.teams as TeamId[],
    version: Number(row.version),
  }
}
