import { type Selectable, sql } from 'kysely'
import type { Day } from '../domain/day.ts'
import { DomainError } from '../domain/errors.ts'
import type {
  Membership,
  MembershipId,
  MembershipStore,
  NewMembership,
} from '../domain/membership.ts'
import type { PersonId } from '../domain/person.ts'
import type { SiteId } from '../domain/site.ts'
import type { TeamId } from '../domain/team.ts'
import type { TeamRoleId } from '../domain/team-role.ts'
import { type Db, idList, isBigId, recordset } from './rows.ts'
import type { TeamMembershipTable } from './tables-teams.ts'

export function makeMembershipStore(db: Db): MembershipStore {
  const select = (siteId: SiteId) =>
    db.selectFrom('team_membership').selectAll().where('site_id', '=', siteId)
  return {
    async get(siteId, id) {
      const row = isBigId(id)
        ? await select(siteId).where('id', '=', id).executeTakeFirst()
        : undefined
      if (!row) throw new DomainError('not-found', `There is no membership ${id}`)
      return toMembership(row)
    },
    async list(siteId, query) {
      const {
        teamIds,
        personIds,
        roleIds,
        during,
        visibleTeamIds,
        limit,
        afterId,
        offset = 0,
      } = query
      let rows = select(siteId).orderBy('id').limit(limit).offset(offset)
      if (teamIds) rows = rows.where(sql<boolean>`team_id = any(${idList(teamIds)})`)
      if (personIds) rows = rows.where(sql<boolean>`person_id = any(${idList(personIds)})`)
      if (roleIds) rows = rows.where(sql<boolean>`role_id = any(${idList(roleIds)})`)
      if (during)
        rows = rows.where(sql<boolean>`coalesce(from_day <= ${during.to}::date, true)
          and coalesce(to_day >= ${during.from}::date, true)`)
      if (visibleTeamIds)
        rows = rows.where(sql<boolean>`team_id in (select t.id from team t
          where t.site_id = ${siteId} and (t.is_public or t.id = any(${idList(visibleTeamIds)})))`)
      if (afterId) rows = rows.where('id', '>', afterId)
      return (await rows.execute()).map(toMembership)
    },
    insert: (siteId, memberships) => insertMemberships(db, siteId, memberships),
    async update(siteId, membership) {
      await db
        .updateTable('team_membership')
        .set({
          from_day: membership.from,
          to_day: membership.to,
          commitment_percent: membership.commitmentPercent,
          role_id: membership.roleId,
          version: membership.version,
        })
        .where('site_id', '=', siteId)
        .where('id', '=', membership.id)
        .execute()
    },
    async remove(siteId, id) {
      await db
        .deleteFrom('team_membership')
        .where('site_id', '=', siteId)
        .where('id', '=', id)
        .execute()
    },
  }
}

/** Inserts memberships, those without a role in the default one; ids in the order given. */
export async function insertMemberships(
  db: Db,
  siteId: SiteId,
  memberships: readonly NewMembership[],
): Promise<readonly MembershipId[]> {
  if (memberships.length === 0) return []
  const rows = memberships.map((membership, at) => ({
    place: at,
    team_id: membership.teamId,
    person_id: membership.personId,
    from_day: membership.from,
    to_day: membership.to,
    commitment_percent: membership.commitmentPercent,
    role_id: membership.roleId ?? null,
    version: membership.version ?? 0,
  }))
  // Identity numbers are given in the order of the rows selected.
  const result = await sql<{ id: string }>`insert into team_membership
      (site_id, team_id, person_id, from_day, to_day, commitment_percent, role_id, version)
    select ${siteId}, r.team_id, r.person_id, r.from_day, r.to_day, r.commitment_percent,
      coalesce(r.role_id,
        (select d.id from team_role d where d.site_id = ${siteId} and d.is_default)), r.version
    from ${recordset(rows, {
      place: 'integer',
      team_id: 'bigint',
      person_id: 'bigint',
      from_day: 'date',
      to_day: 'date',
      commitment_percent: 'integer',
      role_id: 'bigint',
      version: 'bigint',
    })}
    order by r.place returning id`.execute(db)
  return result.rows
    .map((row) => row.id)
    .sort((a, b) => (BigInt(a) < BigInt(b) ? -1 : 1)) as string[] as MembershipId[]
}

function toMembership(row: Selectable<TeamMembershipTable>): Membership {
  return {
    id: row.id as MembershipId,
    teamId: row.team_id as TeamId,
    personId: row.person_id as PersonId,
    roleId: row.role_id as TeamRoleId,
    from: row.from_day as Day | null,
    to: row.to_day as Day | null,
    commitmentPercent: row.commitment_percent,
    version: Number(row.version),
  }
}
