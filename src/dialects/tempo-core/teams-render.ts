import { addDays, type Day } from '../../domain/day.ts'
import type { Membership } from '../../domain/membership.ts'
import type { PersonId } from '../../domain/person.ts'
import type { Program, ProgramId } from '../../domain/program.ts'
import type { Team, TeamId } from '../../domain/team.ts'
import type { TeamRole, TeamRoleId } from '../../domain/team-role.ts'
import type { Call } from './call.ts'
import { escaped } from './links.ts'
import { findPeople, readPeople, type ShowPerson } from './people.ts'
import { renderPerson } from './render.ts'

/** Teams as both versions show them: section 10 of the contract. */
export async function renderTeams(call: Call, teams: readonly Team[]): Promise<object[]> {
  const { actor, needs } = call
  const show = await readPeople(
    call,
    teams.map((team) => team.leadId),
  )
  const programIds = [...new Set(teams.flatMap((team) => team.programId ?? []))]
  const programs = await needs.store.programs.getMany(actor.siteId, programIds)
  const byId = new Map(programs.map((program) => [program.id, program]))
  return teams.map((team) => renderTeam(call, team, show, byId))
}

function renderTeam(
  { to, face }: Call,
  team: Team,
  show: ShowPerson,
  programs: ReadonlyMap<ProgramId, Program>,
): object {
  const lead = show(team.leadId)
  const program = team.programId === null ? undefined : programs.get(team.programId)
  const self = to(`/teams/${team.id}`)
  const permissions =
    face.version === 3 ? `${self}/permissions` : to(`/permission-roles?teamId=${team.id}`)
  return {
    self,
    id: Number(team.id),
    name: team.name,
    ...(team.summary === null ? {} : { summary: team.summary }),
    ...(lead === undefined ? {} : { lead }),
    ...(program === undefined
      ? {}
      : {
          program: {
            self: to(`/programs/${program.id}`),
            id: Number(program.id),
            name: program.name,
          },
        }),
    links: { self: `${self}/links` },
    members: { self: `${self}/members` },
    permissions: { self: permissions },
    ...(face.version === 4 ? { administrative: team.isAdministrative } : {}),
  }
}

/** A team where only its name is shown. */
export function renderTeamRef({ to }: Pick<Call, 'to'>, team: Team): object {
  return { self: to(`/teams/${team.id}`), id: Number(team.id), name: team.name }
}

export function renderRoleRef({ to }: Pick<Call, 'to'>, role: TeamRole): object {
  return { self: to(`/roles/${role.id}`), id: Number(role.id), name: role.name }
}

/** Memberships with role, team and member. */
export async function renderMemberships(
  call: Call,
  memberships: readonly Membership[],
): Promise<object[]> {
  const { actor, needs, to } = call
  const roles = await readRoles(call)
  const show = await readPeople(
    call,
    memberships.map((one) => one.personId),
  )
  const ids = [...new Set(memberships.map((one) => one.teamId))]
  const teams = new Map<TeamId, Team>(
    (await needs.store.teams.list(actor.siteId, { ids })).map((team) => [team.id, team]),
  )
  return memberships.map((one) => ({
    ...placeOf(call, one, roles),
    team: renderTeamRef({ to }, teams.get(one.teamId)!),
    member: show(one.personId),
  }))
}

/** Members of a team on one day, each with the membership of that day. */
export async function renderMembers(
  call: Call,
  teamId: TeamId,
  members: readonly { readonly personId: PersonId; readonly active?: Membership }[],
): Promise<object[]> {
  const roles = await readRoles(call)
  const people = await findPeople(
    call,
    members.map((one) => one.personId),
  )
  const team = call.to(`/teams/${teamId}`)
  return members.map(({ personId, active }) => {
    const person = people.get(personId)!
    const self = `${team}/members/${escaped(person.accountId)}`
    return {
      ...(call.face.version === 3 ? { self } : {}),
      team: { self: team },
      member: renderPerson(call, person),
      memberships: {
        self: `${self}/memberships`,
        ...(active ? { active: placeOf(call, active, roles) } : {}),
      },
    }
  })
}

export async function readRoles({
  actor,
  needs,
}: Call): Promise<ReadonlyMap<TeamRoleId, TeamRole>> {
  const roles = await needs.store.teamRoles.list(actor.siteId)
  return new Map(roles.map((role) => [role.id, role]))
}

/**
 * The days of a place. `to` is the day after the last one, in both versions; open ends are null in
 * version 3 and left out in version 4 [S3][S4].
 */
function placeOf(
  call: Call,
  { id, commitmentPercent, from, to, roleId }: Membership,
  roles: ReadonlyMap<TeamRoleId, TeamRole>,
): object {
  const role = roles.get(roleId)!
  const days =
    call.face.version === 3
      ? { from, to: to && dayAfter(to) }
      : {
          ...(from === null ? {} : { from }),
          ...(to === null ? {} : { to: dayAfter(to), inclusiveTo: to }),
        }
  return {
    self: call.to(`/team-memberships/${id}`),
    id: Number(id),
    commitmentPercent,
    ...days,
    role: renderRoleRef(call, role),
  }
}

/** Behind the last day of the calendar there is none. */
function dayAfter(day: Day): Day {
  return day === '9999-12-31' ? day : addDays(day, 1)
}
