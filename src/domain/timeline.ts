import type { Period } from './day.ts'
import { invalidField } from './errors.ts'
import type { EventView, PlanKind } from './event.ts'
import {
  checkLoadBounds,
  type LoadOfPerson,
  loadLimits,
  loadPeople,
  loadPeopleOf,
} from './people-load.ts'
import { type Actor, seesTimeOf, viewerOf } from './permission.ts'
import type { Person, PersonId } from './person.ts'
import type { Stores } from './store.ts'
import type { TeamId } from './team.ts'
import { readPlans, type TimelinePlans } from './timeline-plans.ts'
import { type Instant, localIn } from './zone.ts'

/** Which part of the timeline; both lists together make the rows. */
export type TimelineWish = {
  readonly period: Period
  readonly teamIds: readonly TeamId[]
  readonly personIds: readonly PersonId[]
  /** Which events are shown; figures always count all. */
  readonly kinds?: readonly PlanKind[]
}

export type Timeline = TimelinePlans & {
  readonly people: readonly Person[]
  /** Which of the teams each person belongs to in the period. */
  readonly teamIdsOf: ReadonlyMap<PersonId, readonly TeamId[]>
  readonly events: readonly EventView[]
  readonly loads: readonly LoadOfPerson[]
  /** People of the teams whom the asker may not see. */
  readonly hiddenPeople: number
}

export const mostTimelineEvents = 50_000

type Needed = Pick<
  Stores,
  | 'sites'
  | 'people'
  | 'teams'
  | 'events'
  | 'planningSettings'
  | 'workingTime'
  | 'allocations'
  | 'issues'
  | 'projects'
  | 'resources'
>

/** People, what lies on their rows and on the panels of their teams, plans, and figures. */
export async function readTimeline(
  stores: Needed,
  actor: Actor,
  wish: TimelineWish,
  now: Instant,
): Promise<Timeline> {
  const { siteId } = actor
  const { period, kinds } = wish
  const members = await stores.teams.membersDuring(
    siteId,
    wish.teamIds,
    period,
    loadLimits.people + 1,
  )
  const teamIdsOf = new Map<PersonId, TeamId[]>()
  for (const { personId, teamId } of members)
    teamIdsOf.set(personId, [...(teamIdsOf.get(personId) ?? []), teamId])
  const wanted = [...new Set([...teamIdsOf.keys(), ...wish.personIds])]
  const viewer = viewerOf(actor)
  const ids = wanted.filter((id) => seesTimeOf(viewer, id))
  checkLoadBounds(ids.length, period)
  const people = [...(await stores.people.getMany(siteId, ids))].sort(byName)
  const events = await stores.events.find(
    {
      siteId,
      viewer,
      period,
      personIds: ids,
      ...(wish.teamIds.length > 0 ? { panelTeamIds: wish.teamIds } : {}),
      skipsInactiveProjects: true,
      ...(kinds ? { kinds } : {}),
    },
    { limit: mostTimelineEvents + 1 },
  )
  if (events.length > mostTimelineEvents)
    throw invalidField('to', `more than ${mostTimelineEvents} events; ask for fewer days or people`)
  const settings = await stores.planningSettings.get(siteId)
  const { timeZone } = await stores.sites.get(siteId)
  const load = {
    siteId,
    personIds: people.map(({ id }) => id),
    period,
    settings,
    today: localIn(timeZone, now).day,
  }
  const loads = kinds ? await loadPeople(stores, load) : await loadPeopleOf(stores, load, events)
  const planned = await readPlans(stores, siteId, { period, personIds: ids, teamIds: wish.teamIds })
  return { people, teamIdsOf, events, loads, ...planned, hiddenPeople: wanted.length - ids.length }
}

/** Rows come by name; the id settles it between people of one name. */
function byName(a: Person, b: Person): number {
  if (a.displayName !== b.displayName) return a.displayName < b.displayName ? -1 : 1
  return a.id.length - b.id.length || (a.id < b.id ? -1 : 1)
}
