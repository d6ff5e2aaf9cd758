import type { Allocation, AllocationException, AllocationId, Assignee } from './allocation.ts'
import {
  type AllocationWish,
  changeAllocationDay,
  createAllocation,
  plannedFor,
  removeAllocation,
  replaceAllocation,
} from './allocation-changes.ts'
import { type Occurrence, occurrencesIn, type WorksOn } from './allocation-days.ts'
import type { Period } from './day.ts'
import { type Actor, viewerOf } from './permission.ts'
import type { PersonId } from './person.ts'
import { requiredTime } from './required-time.ts'
import type { SiteId } from './site.ts'
import type { Stores } from './store.ts'
import { makeWriter, type TeamsNeeds } from './teams.ts'

export { type AllocationWish, plannedFor } from './allocation-changes.ts'

/** Use cases on time set aside. Each is one transaction with its audit entry. */
export type Allocations = {
  create(actor: Actor, wish: AllocationWish): Promise<Allocation>
  /** Replaces it whole; without `approval` that stays. */
  replace(
    actor: Actor,
    id: AllocationId,
    wish: AllocationWish,
    ifVersion?: number,
  ): Promise<Allocation>
  /** Plans otherwise on one of its days; 0 seconds take the day out. */
  changeDay(
    actor: Actor,
    id: AllocationId,
    day: AllocationException,
    ifVersion?: number,
  ): Promise<Allocation>
  remove(actor: Actor, id: AllocationId, ifVersion?: number): Promise<void>
}

export function makeAllocations(needs: TeamsNeeds): Allocations {
  const write = makeWriter(needs)
  return {
    create: (actor, wish) => write(actor, (writing) => createAllocation(writing, wish)),
    replace: (actor, id, wish, ifVersion) =>
      write(actor, (writing) => replaceAllocation(writing, id, wish, ifVersion)),
    changeDay: (actor, id, day, ifVersion) =>
      write(actor, (writing) => changeAllocationDay(writing, id, day, ifVersion)),
    remove: (actor, id, ifVersion) =>
      write(actor, (writing) => removeAllocation(writing, id, ifVersion)),
  }
}

/** Whose plans an actor may see, besides those of generic resources. */
export function plannedForVisible(actor: Actor): { visiblePersonIds?: readonly PersonId[] } {
  const viewer = viewerOf(actor)
  const given = actor.grants?.['plan-time'] ?? []
  if (viewer.kind === 'all' || viewer.authorIds === 'everybody' || given === 'everybody') return {}
  return { visiblePersonIds: [...new Set([...viewer.authorIds, ...given])] }
}

/** Occurrences of each allocation in its period, by the working days of whoever is planned for. */
export async function expandAllocations(
  stores: Pick<Stores, 'workingTime'>,
  siteId: SiteId,
  wishes: readonly { readonly allocation: Allocation; readonly period: Period }[],
): Promise<readonly (readonly Occurrence[])[]> {
  const worksOn = await readWorkingDays(stores, siteId, wishes)
  return wishes.map(({ allocation, period }) =>
    occurrencesIn(allocation, period, worksOn(allocation.assignee)),
  )
}

/** Generic resources work by the usual schedule and holidays of the site: nobody's id has those. */
const nobody = '0' as PersonId

async function readWorkingDays(
  { workingTime }: Pick<Stores, 'workingTime'>,
  siteId: SiteId,
  wishes: readonly { readonly allocation: Allocation; readonly period: Period }[],
): Promise<(assignee: Assignee) => WorksOn> {
  const skipping = wishes.filter(({ allocation }) => !allocation.includesNonWorkingDays)
  const period = spanOf(skipping.map(spanOfOccurrences))
  if (!period) return () => () => true
  const idOf = (assignee: Assignee) => plannedFor(assignee) ?? nobody
  const ids = [...new Set(skipping.map(({ allocation }) => idOf(allocation.assignee)))]
  const facts = await workingTime.read(siteId, ids, period)
  const working = new Map<PersonId, Set<string>>()
  return (assignee) => {
    const id = idOf(assignee)
    let days = working.get(id)
    if (!days) {
      const [time] = requiredTime(facts, [id], period)
      days = new Set(
        (time?.days ?? []).filter((one) => one.requiredSeconds > 0).map((one) => one.day),
      )
      working.set(id, days)
    }
    return (day) => days.has(day)
  }
}

/** Occurrences are told whole, so their days may lie outside the period asked for. */
function spanOfOccurrences({
  allocation,
  period,
}: {
  readonly allocation: Allocation
  readonly period: Period
}): Period {
  const found = occurrencesIn(allocation, period, () => true)
  return spanOf(found) ?? period
}

function spanOf(periods: readonly Period[]): Period | undefined {
  const days = periods.flatMap(({ from, to }) => [from, to]).sort()
  const [from, to] = [days[0], days.at(-1)]
  return from === undefined || to === undefined ? undefined : { from, to }
}
