import { type Selectable, sql } from 'kysely'
import type { Day } from '../domain/day.ts'
import { DomainError } from '../domain/errors.ts'
import { type Grants, type Right, rights } from '../domain/permission-role.ts'
import type { PersonId } from '../domain/person.ts'
import type { ProgramId } from '../domain/program.ts'
import type { SiteId } from '../domain/site.ts'
import type { Colleagues, Team, TeamId, TeamQuery, TeamStore } from '../domain/team.ts'
import { insertMemberships } from './memberships.ts'
import { containsPattern, type Db, idList, isBigId } from './rows.ts'
import type { TeamTable } from './tables-teams.ts'

const mostTeams = 10_000

export function makeTeamStore(db: Db): TeamStore {
  const select = (siteId: SiteId) =>
    db
      .selectFrom('team as t')
      .selectAll('t')
      .select(
        sql<string[]>`array(select m.person_id::text from team_manager m
          where m.site_id = t.site_id and m.team_id = t.id order by m.person_id)`.as('managers'),
      )
      .where('t.site_id', '=', siteId)
  return {
    async get(siteId, id) {
      const row = isBigId(id)
        ? await select(siteId).where('t.id', '=', id).executeTakeFirst()
        : undefined
      if (!row) throw new DomainError('not-found', `There is no team ${id}`)
      return toTeam(row)
    },
    async list(siteId, query = {}) {
      const rows = await narrowed(select(siteId), siteId, query)
        .orderBy('t.id')
        .limit(query.limit ?? mostTeams)
        .execute()
      return rows.map(toTeam)
    },
    async create(siteId, team) {
      const row = await db
        .insertInto('team')
        .values({
          site_id: siteId,
          name: team.name,
          lead_id: team.leadId,
          summary: team.summary ?? null,
          program_id: team.programId ?? null,
          is_administrative: team.isAdministrative ?? false,
          is_public: team.isPublic ?? true,
          version: team.version ?? 0,
        })
        .returning('id')
        .executeTakeFirstOrThrow()
      await insertManagers(db, siteId, row.id as TeamId, team.managerIds ?? [])
      return row.id as TeamId
    },
    async update(siteId, team) {
      await db
        .updateTable('team')
        .set({
          name: team.name,
          lead_id: team.leadId,
          summary: team.summary,
          program_id: team.programId,
          is_administrative: team.isAdministrative,
          is_public: team.isPublic,
          version: team.version,
        })
        .where('site_id', '=', siteId)
        .where('id', '=', team.id)
        .execute()
    },
    async setManagers(siteId, id, managerIds) {
      await db
        .deleteFrom('team_manager')
        .where('site_id', '=', siteId)
        .where('team_id', '=', id)
        .execute()
      await insertManagers(db, siteId, id, managerIds)
    },
    async remove(siteId, id) {
      for (const table of [
        'team_manager',
        'team_membership',
        'team_link',
        'team_report',
        'permission_role_team',
        'generic_resource_team',
      ] as const)
        await db.deleteFrom(table).where('site_id', '=', siteId).where('team_id', '=', id).execute()
      await db.deleteFrom('team').where('site_id', '=', siteId).where('id', '=', id).execute()
    },
    async addMemberships(siteId, memberships) {
      await insertMemberships(db, siteId, memberships)
    },
    async membersDuring(siteId, teamIds, period, limit) {
      if (teamIds.length === 0) return []
      const rows = await db
        .selectFrom('team_membership')
        .select(['person_id', 'team_id'])
        .distinct()
        .where('site_id', '=', siteId)
        .where(sql<boolean>`team_id = any(${idList(teamIds)})`)
        .where(sql<boolean>`coalesce(from_day <= ${period.to}::date, true)`)
        .where(sql<boolean>`coalesce(to_day >= ${period.from}::date, true)`)
        .orderBy('person_id')
        .orderBy('team_id')
        .limit(limit)
        .execute()
      return rows.map((row) => ({
        personId: row.person_id as PersonId,
        teamId: row.team_id as TeamId,
      }))
    },
    async colleagues(siteId, personId, day) {
      const [people, grants] = await Promise.all([
        colleagues(db, siteId, personId, day),
        grantsOf(db, siteId, personId, day),
      ])
      return { ...people, grants }
    },
  }
}

type Selection = ReturnType<typeof selection>
const selection = (db: Db) => db.selectFrom('team as t').selectAll('t')

function narrowed<T extends Selection>(rows: T, siteId: SiteId, query: TeamQuery): T {
  const { text, name, ids, memberIds, programIds, visibleIds, afterId } = query
  let narrow: Selection = rows
  if (text !== undefined) narrow = narrow.where('t.name', 'ilike', containsPattern(text))
  if (name !== undefined) narrow = narrow.where('t.name', '=', name)
  if (ids) narrow = narrow.where(sql<boolean>`t.id = any(${idList(ids)})`)
  if (memberIds)
    narrow = narrow.where(sql<boolean>`t.id in (select m.team_id from team_membership m
      where m.site_id = ${siteId} and m.person_id = any(${idList(memberIds)}))`)
  if (programIds) narrow = narrow.where(sql<boolean>`t.program_id = any(${idList(programIds)})`)
  if (visibleIds)
    narrow = narrow.where(sql<boolean>`(t.is_public or t.id = any(${idList(visibleIds)}))`)
  if (afterId) narrow = narrow.where('t.id', '>', afterId)
  return narrow as T
}

async function insertManagers(
  db: Db,
  siteId: SiteId,
  id: TeamId,
  managerIds: readonly PersonId[],
): Promise<void> {
  if (managerIds.length === 0) return
  await sql`insert into team_manager (site_id, team_id, person_id)
    select ${siteId}, ${id}::bigint, p from unnest(${idList(managerIds)}) p
    on conflict do nothing`.execute(db)
}

/** Who is in a team with somebody, or led by them, on a day; and which teams these are. */
async function colleagues(
  db: Db,
  siteId: SiteId,
  personId: PersonId,
  day: Day,
): Promise<Omit<Colleagues, 'grants'>> {
  const onDay = sql`coalesce(m.from_day <= ${day}::date, true)
    and coalesce(m.to_day >= ${day}::date, true)`
  const result = await sql<{ team_id: string; person_id: string | null; is_led: boolean }>`
    with mine as (
      select id, true as is_led from team
        where site_id = ${siteId} and lead_id = ${personId}::bigint
      union select team_id, true from team_manager
        where site_id = ${siteId} and person_id = ${personId}::bigint
      union select m.team_id, false from team_membership m
        where m.site_id = ${siteId} and m.person_id = ${personId}::bigint and ${onDay}
    ), teams as (select id, bool_or(is_led) as is_led from mine group by id)
    select t.id as team_id, m.person_id, t.is_led
    from teams t left join team_membership m
      on m.site_id = ${siteId} and m.team_id = t.id and ${onDay}`.execute(db)
  const ids = (isLed: boolean) => [
    ...new Set(
      result.rows.flatMap((row) =>
        row.person_id !== null && (row.is_led || !isLed) ? [row.person_id as PersonId] : [],
      ),
    ),
  ]
  const teamIds = [...new Set(result.rows.map((row) => row.team_id as TeamId))]
  return { teammateIds: ids(false), ledIds: ids(true), teamIds }
}

/** Over whom permission roles give somebody which rights, on a day. */
async function grantsOf(db: Db, siteId: SiteId, personId: PersonId, day: Day): Promise<Grants> {
  const result = await sql<{ name: Right; is_global: boolean; people: string[] }>`
    select x.name, bool_or(r.is_global) as is_global,
      coalesce(array_agg(distinct m.person_id::text) filter (where m.person_id is not null),
        '{}') as people
    from permission_role_person p
      join permission_role r on r.site_id = p.site_id and r.id = p.role_id
      cross join unnest(r.rights) x(name)
      left join permission_role_team t
        on t.site_id = r.site_id and t.role_id = r.id and not r.is_global
      left join team_membership m on m.site_id = t.site_id and m.team_id = t.team_id
        and coalesce(m.from_day <= ${day}::date, true)
        and coalesce(m.to_day >= ${day}::date, true)
    where p.site_id = ${siteId} and p.person_id = ${personId}::bigint
    group by x.name`.execute(db)
  return Object.fromEntries(
    result.rows
      .filter((row) => rights.includes(row.name))
      .map((row) => [row.name, row.is_global ? 'everybody' : (row.people as PersonId[])]),
  )
}

function toTeam(row: Selectable<TeamTable> & { managers: readonly string[] }): Team {
  return {
    id: row.id as TeamId,
    name: row.name,
    summary: row.summary,
    leadId: row.lead_id as PersonId | null,
    managerIds: row.managers as readonly string[] as readonly PersonId[],
    programId: row.program_id as ProgramId | null,
    isAdministrative: row.is_administrative,
    isPublic: row.is_public,
    version: Number(row.version),
  }
}
