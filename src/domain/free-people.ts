import { type Day, dayOfEpoch } from './day.ts'
import { type PeopleWish, peopleInSight } from './people-in-sight.ts'
import { checkLoadBounds, type LoadOfPerson, loadPeople } from './people-load.ts'
import type { Actor } from './permission.ts'
import type { Person } from './person.ts'
import type { PositionId } from './position.ts'
import type { SkillId, SkillLevelId } from './skill.ts'
import type { Stores } from './store.ts'
import { signedAvailability } from './workload.ts'
import { type Instant, localIn } from './zone.ts'

/** Who has so much time in a period: everybody the asker sees, or members of these teams. */
export type FreeWish = PeopleWish & {
  readonly seconds: number
  /** Only who has every one of these skills. */
  readonly skillIds?: readonly SkillId[]
  /** Only who has them at one of these levels. */
  readonly levelIds?: readonly SkillLevelId[]
  readonly positionId?: PositionId
}

/** Somebody's free time in a period. */
export type FreePerson = {
  readonly person: Person
  /** Free time of all days together; a day with too much planned takes nothing from the others. */
  readonly freeSeconds: number
  readonly capacitySeconds: number
  readonly isEnough: boolean
  /** The first day by whose evening the time asked for is found; null where it is not. */
  readonly doneOn: Day | null
  readonly dailySeconds: readonly number[]
}

export type FreeAnswer = {
  readonly people: readonly FreePerson[]
  /** People who were looked at. */
  readonly considered: number
}

type Needed = Pick<
  Stores,
  | 'skills'
  | 'positions'
  | 'sites'
  | 'people'
  | 'teams'
  | 'events'
  | 'allocations'
  | 'issues'
  | 'projects'
  | 'planningSettings'
  | 'workingTime'
>

/** Whoever has time, the soonest done first, then those with most time; then the others. */
export async function findFreePeople(
  stores: Needed,
  actor: Actor,
  wish: FreeWish,
  now: Instant,
): Promise<FreeAnswer> {
  const { siteId } = actor
  const people = await candidates(stores, actor, wish)
  checkLoadBounds(people.length, wish.period)
  const { timeZone } = await stores.sites.get(siteId)
  const loads = await loadPeople(stores, {
    siteId,
    personIds: people.map(({ id }) => id),
    period: wish.period,
    settings: await stores.planningSettings.get(siteId),
    today: localIn(timeZone, now).day,
  })
  const found = people.map((person, at) => freeTime(person, loads[at]!, wish.seconds))
  return { people: found.sort(bySoonest), considered: people.length }
}

async function candidates(stores: Needed, actor: Actor, wish: FreeWish): Promise<Person[]> {
  const { people } = await peopleInSight(stores, actor, wish)
  const seen = people.filter(({ isActive }) => isActive)
  return withProfile(stores, actor, wish, seen)
}

/** Those who can do what is asked for, and are employed as it says. */
async function withProfile(
  stores: Needed,
  { siteId }: Actor,
  { skillIds, levelIds, positionId }: FreeWish,
  people: readonly Person[],
): Promise<Person[]> {
  const ids = people.map(({ id }) => id)
  const skills = skillIds ? await stores.skills.ofPeople(siteId, ids) : []
  const positions = positionId ? await stores.positions.ofPeople(siteId, ids) : undefined
  const known = new Set(
    skills
      .filter(({ levelId }) => !levelIds || (levelId !== null && levelIds.includes(levelId)))
      .map(({ personId, skillId }) => `${personId} ${skillId}`),
  )
  return people.filter(
    ({ id }) =>
      (skillIds ?? []).every((skillId) => known.has(`${id} ${skillId}`)) &&
      (!positions || positions.get(id)?.id === positionId),
  )
}

function freeTime(person: Person, load: LoadOfPerson, wanted: number): FreePerson {
  const daily: number[] = []
  let free = 0
  let capacity = 0
  let doneOn: Day | null = null
  for (let at = 0; at < load.days; at += 1) {
    const seconds = Math.max(0, signedAvailability(load, at))
    daily.push(seconds)
    free += seconds
    capacity += load.capacitySeconds[at]!
    if (doneOn === null && free >= wanted) doneOn = dayOfEpoch(load.first + at)
  }
  return {
    person,
    freeSeconds: free,
    capacitySeconds: capacity,
    isEnough: doneOn !== null,
    doneOn,
    dailySeconds: daily,
  }
}

function bySoonest(a: FreePerson, b: FreePerson): number {
  if (a.doneOn !== b.doneOn) {
    if (a.doneOn === null) return 1
    if (b.doneOn === null) return -1
    return a.doneOn < b.doneOn ? -1 : 1
  }
  if (a.freeSeconds !== b.freeSeconds) return b.freeSeconds - a.freeSeconds
  return a.person.displayName < b.person.displayName ? -1 : 1
}
