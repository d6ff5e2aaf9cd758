import type { Period } from './day.ts'
import { loadLimits } from './people-load.ts'
import { type Actor, seesTimeOf, viewerOf } from './permission.ts'
import type { Person, PersonId } from './person.ts'
import type { Stores } from './store.ts'
import type { TeamId } from './team.ts'

/** Whom a question about people is meant for: everybody active, members of teams, people named. */
export type PeopleWish = {
  readonly period: Period
  readonly teamIds?: readonly TeamId[]
  readonly personIds?: readonly PersonId[]
}

/**
 * The people meant whose time the actor may see, and how many are kept from them. Teams and names
 * together mean those who are both. One more than may be asked for at once, where there are too many.
 */
export async function peopleInSight(
  stores: Pick<Stores, 'people' | 'teams'>,
  actor: Actor,
  wish: PeopleWish,
): Promise<{ readonly people: readonly Person[]; readonly hiddenCount: number }> {
  const { siteId } = actor
  const most = loadLimits.people + 1
  let ids = wish.personIds
  if (wish.teamIds) {
    const members = await stores.teams.membersDuring(siteId, wish.teamIds, wish.period, most)
    const inTeams = new Set(members.map(({ personId }) => personId))
    ids = ids ? ids.filter((id) => inTeams.has(id)) : [...inTeams]
  }
  const meant = ids
    ? await stores.people.getMany(siteId, [...new Set(ids)])
    : await stores.people.list({ siteId, isActive: true, limit: most })
  const known = meant.filter(({ isGhost }) => !isGhost)
  const viewer = viewerOf(actor)
  const people = known.filter(({ id }) => seesTimeOf(viewer, id))
  return { people, hiddenCount: known.length - people.length }
}
