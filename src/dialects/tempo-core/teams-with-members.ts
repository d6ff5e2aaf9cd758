import type { Membership } from '../../domain/membership.ts'
import type { Team, TeamId } from '../../domain/team.ts'
import type { Call } from './call.ts'
import { findPeople } from './people.ts'
import { renderPerson } from './render.ts'
import { readRoles, renderRoleRef } from './teams-render.ts'

/** Adds to teams who is and was in them, as version 4 does when asked to [S4n]. */
export async function withMembers(
  call: Call,
  teams: readonly Team[],
  shown: readonly object[],
): Promise<object[]> {
  const memberships = await call.needs.store.memberships.list(call.actor.siteId, {
    teamIds: teams.map((team) => team.id),
    limit: 100_000,
  })
  const people = await findPeople(
    call,
    memberships.map((one) => one.personId),
  )
  const roles = await readRoles(call)
  const byTeam = groupBy(memberships, (one) => one.teamId)
  const membersOf = (id: TeamId) => {
    const places = groupBy(byTeam.get(id) ?? [], (one) => one.personId)
    return [...places].map(([personId, own]) => ({
      ...renderPerson(call, people.get(personId)!),
      memberships: own.map((one) => renderSummary(one)),
    }))
  }
  const renderSummary = ({ id, roleId, commitmentPercent, from, to }: Membership) => ({
    id: Number(id),
    commitment: commitmentPercent,
    ...(from === null ? {} : { startDate: from }),
    ...(to === null ? {} : { endDate: to }),
    role: renderRoleRef(call, roles.get(roleId)!),
  })
  return teams.map((team, at) => ({
    ...shown[at],
    members: { self: call.to(`/teams/${team.id}/members`), teamMembers: membersOf(team.id) },
  }))
}

function groupBy<T, K>(rows: readonly T[], keyOf: (row: T) => K): Map<K, T[]> {
  const groups = new Map<K, T[]>()
  for (const row of rows) {
    const group = groups.get(keyOf(row))
    if (group) group.push(row)
    else groups.set(keyOf(row), [row])
  }
  return groups
}
