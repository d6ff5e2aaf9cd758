import { roundedSeconds, sumOf } from './amounts.ts'
import { epochOfDay, type Period, periodLength } from './day.ts'
import { type PeopleWish, peopleInSight } from './people-in-sight.ts'
import { checkLoadBounds, type LoadOfPerson, loadPeople } from './people-load.ts'
import { type Actor, viewerOf } from './permission.ts'
import type { Stores } from './store.ts'
import type { WorklogQuery, WorklogTally } from './worklog.ts'
import { type Instant, localIn } from './zone.ts'

/** What is owed, planned and logged in some days, by all people together. */
export type BalanceOfSpan = Period & {
  /** By the schedule, less holidays and absences. */
  readonly requiredSeconds: number
  readonly plannedSeconds: number
  readonly loggedSeconds: number
}

export type Balance = {
  readonly spans: readonly BalanceOfSpan[]
  readonly peopleCount: number
  /** People meant whose time the actor may not see. */
  readonly hiddenPeople: number
  readonly tally: WorklogTally
}

type Needed = Pick<
  Stores,
  | 'sites'
  | 'people'
  | 'teams'
  | 'events'
  | 'allocations'
  | 'issues'
  | 'projects'
  | 'planningSettings'
  | 'workingTime'
  | 'worklogs'
>

/** Owed, planned and logged time of the people meant; `spans` tile the period, in order. */
export async function readBalance(
  stores: Needed,
  actor: Actor,
  wish: PeopleWish & { readonly spans: readonly Period[] },
  now: Instant,
): Promise<Balance> {
  const { siteId } = actor
  const { period, spans } = wish
  const { people, hiddenCount } = await peopleInSight(stores, actor, wish)
  const ids = people.map(({ id }) => id)
  checkLoadBounds(ids.length, period)
  const { timeZone } = await stores.sites.get(siteId)
  const loads = await loadPeople(stores, {
    siteId,
    personIds: ids,
    period,
    settings: await stores.planningSettings.get(siteId),
    today: localIn(timeZone, now).day,
  })
  const query: WorklogQuery = { siteId, viewer: viewerOf(actor), period, authorIds: ids }
  const days =
    ids.length === 0 ? [] : await stores.worklogs.sum(query, ['day'], periodLength(period))
  const logged = new Map(
    days.map(({ groups, timeSpentSeconds }) => [groups[0]?.key, timeSpentSeconds]),
  )
  const tally =
    ids.length === 0
      ? { count: 0, timeSpentSeconds: 0, hiddenCount: 0, hiddenAuthorCount: 0 }
      : await stores.worklogs.tally(query)
  return {
    spans: spans.map((span) => ({ ...span, ...balanceOf(span, loads, logged) })),
    peopleCount: ids.length,
    hiddenPeople: hiddenCount,
    tally,
  }
}

function balanceOf(
  { from, to }: Period,
  loads: readonly LoadOfPerson[],
  logged: ReadonlyMap<string | undefined, number>,
): Omit<BalanceOfSpan, 'from' | 'to'> {
  let [requiredSeconds, plannedSeconds, loggedSeconds] = [0, 0, 0]
  for (const { first, baseSeconds, capacitySeconds, load } of loads) {
    const start = epochOfDay(from) - first
    const days = Array.from(
      { length: epochOfDay(to) - epochOfDay(from) + 1 },
      (_, at) => start + at,
    )
    // Overtime that is planned widens what somebody can do, not what they owe.
    for (const at of days) requiredSeconds += Math.min(baseSeconds[at]!, capacitySeconds[at]!)
    plannedSeconds += roundedSeconds(sumOf(load, days), 0)
  }
  for (const [day, seconds] of logged)
    if (day !== undefined && from <= day && day <= to) loggedSeconds += seconds
  return { requiredSeconds, plannedSeconds, loggedSeconds }
}
