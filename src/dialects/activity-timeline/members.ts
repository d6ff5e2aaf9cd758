import type { Day, Period } from '../../domain/day.ts'
import { involvementOn } from '../../domain/people-load.ts'
import type { Person, PersonId } from '../../domain/person.ts'
import { personSchedules } from '../../domain/person-schedules.ts'
import type { SiteId } from '../../domain/site.ts'
import type { Store } from '../../domain/store.ts'
import type { Team } from '../../domain/team.ts'
import { localIn } from '../../domain/zone.ts'
import type { ActivityTimelineNeeds } from './needs.ts'
import type { Member } from './render-member.ts'

const mostMembers = 5_000

/** Who is in a team on any day of the period, by real name, then id. */
export async function membersOf(
  store: Store,
  siteId: SiteId,
  team: Team,
  period: Period,
): Promise<Person[]> {
  const found = await store.teams.membersDuring(siteId, [team.id], period, mostMembers)
  const people = await store.people.getMany(
    siteId,
    found.map(({ personId }) => personId),
  )
  return [...people].sort(
    (a, b) => compare(a.displayName, b.displayName) || Number(BigInt(a.id) - BigInt(b.id)),
  )
}

/** People with their daily hours and positions: two queries for all. */
export async function describeMembers(
  store: Store,
  siteId: SiteId,
  people: readonly Person[],
  day: Day,
): Promise<Member[]> {
  const ids: PersonId[] = people.map(({ id }) => id)
  const schedules = await personSchedules(store, siteId, ids, { from: day, to: day })
  const positions = await store.positions.ofPeople(siteId, ids)
  return people.map((person) => ({
    person,
    involvementSeconds: involvementOn(schedules.get(person.id)!, day),
    position: positions.get(person.id),
  }))
}

/** Today where the site is. */
export async function todayOf({ store, now }: ActivityTimelineNeeds, siteId: SiteId): Promise<Day> {
  const { timeZone } = await store.sites.get(siteId)
  return localIn(timeZone, now()).day
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
