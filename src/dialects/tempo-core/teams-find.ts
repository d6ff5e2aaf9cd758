import type { Day } from '../../domain/day.ts'
import type { Membership } from '../../domain/membership.ts'
import { can } from '../../domain/permission.ts'
import type { Team, TeamId } from '../../domain/team.ts'
import { localIn } from '../../domain/zone.ts'
import type { Call } from './call.ts'
import { inWords, notFound } from './errors.ts'

/** The team of the path; one the caller may not know of is not there. */
export async function findTeam(call: Call, id = call.param('id')): Promise<Team> {
  const { actor, needs } = call
  const team = await inWords({ 'not-found': 'Team not found' }, () =>
    needs.store.teams.get(actor.siteId, id as TeamId),
  )
  if (!can(actor, 'read', { type: 'team', team })) throw notFound('Team not found')
  return team
}

/** Teams the caller may know of. */
export async function visibleTeams(
  { actor, needs }: Call,
  query: { ids?: readonly TeamId[]; name?: string } = {},
): Promise<readonly Team[]> {
  const teams = await needs.store.teams.list(actor.siteId, query)
  return teams.filter((team) => can(actor, 'read', { type: 'team', team }))
}

/** The day it is where the site is. */
export async function todayOf({ actor, needs }: Call): Promise<Day> {
  const { timeZone } = await needs.store.sites.get(actor.siteId)
  return localIn(timeZone, needs.now()).day
}

const mostMembers = 10_000

/** Memberships of a team on one day, by their ids. */
export async function membersOn(
  { actor, needs }: Call,
  teamId: TeamId,
  day: Day,
): Promise<readonly Membership[]> {
  return needs.store.memberships.list(actor.siteId, {
    teamIds: [teamId],
    during: { from: day, to: day },
    limit: mostMembers,
  })
}
