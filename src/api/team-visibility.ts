import { DomainError } from '../domain/errors.ts'
import { type Actor, can } from '../domain/permission.ts'
import type { Team, TeamId, TeamQuery } from '../domain/team.ts'
import type { ApiNeeds } from './needs.ts'

/** What of the teams an actor may know of: public ones and their own, or all. */
export function visibleTo(actor: Actor): Pick<TeamQuery, 'visibleIds'> {
  const seesAll = can(actor, 'read', { type: 'team', team: nobodysTeam })
  return seesAll ? {} : { visibleIds: actor.teamIds ?? [] }
}

const nobodysTeam = { id: '0' as TeamId, leadId: null, managerIds: [], isPublic: false }

/** The team, or `not-found` where the actor may not know of it. */
export async function getVisibleTeam(
  { store }: Pick<ApiNeeds, 'store'>,
  actor: Actor,
  id: TeamId,
): Promise<Team> {
  const team = await store.teams.get(actor.siteId, id)
  if (can(actor, 'read', { type: 'team', team })) return team
  throw new DomainError('not-found', `There is no team ${id}`)
}
