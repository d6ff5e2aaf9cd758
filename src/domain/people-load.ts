import { plannedLoad } from './allocation-load.ts'
import { type Day, type Period, periodLength } from './day.ts'
import { invalidField } from './errors.ts'
import type { EventView, PersonPlanItem } from './event.ts'
import type { PersonId } from './person.ts'
import { personSchedules } from './person-schedules.ts'
import type { PlanningSettings } from './planning-settings.ts'
import type { SiteId } from './site.ts'
import type { Stores } from './store.ts'
import type { PersonSchedule } from './work-calendar.ts'
import { isSpread, isWork, loadOf, type PersonLoad, type WorkloadRules } from './workload.ts'

/** One person's figures and the agreement they rest on. */
export type LoadOfPerson = PersonLoad & {
  readonly personId: PersonId
  readonly schedule: PersonSchedule
}

export type LoadWish = {
  readonly siteId: SiteId
  readonly personIds: readonly PersonId[]
  readonly period: Period
  readonly settings: PlanningSettings
  readonly today: Day
  /** Loads told apart by project. */
  readonly withGroups?: boolean
  /** Only work of this project counts. */
  readonly projectKey?: string
}

export const loadLimits = { people: 1_000, days: 1_100, personDays: 200_000 } as const

type Needed = Pick<Stores, 'workingTime' | 'events' | 'allocations' | 'issues' | 'projects'>

/** Refuses what would be too much to compute at once. */
export function checkLoadBounds(people: number, period: Period): void {
  const days = periodLength(period)
  if (days > loadLimits.days) throw invalidField('to', `at most ${loadLimits.days} days at once`)
  if (people > loadLimits.people)
    throw invalidField('person', `at most ${loadLimits.people} people at once`)
  if (people * days > loadLimits.personDays)
    throw invalidField('to', `at most ${loadLimits.personDays} days of all people together`)
}

/**
 * Workload and capacity of people in a period, in the order asked for: a handful of queries for all.
 * Time that plans set aside counts like bookings.
 */
export async function loadPeople(stores: Needed, wish: LoadWish): Promise<LoadOfPerson[]> {
  const items = await stores.events.itemsOf(wish.siteId, wish.personIds, wish.period)
  return loadsFrom(stores, wish, items)
}

/** The same from events read already: everything of these people that meets the period. */
export async function loadPeopleOf(
  stores: Needed,
  wish: LoadWish,
  views: readonly EventView[],
): Promise<LoadOfPerson[]> {
  const items: PersonPlanItem[] = views.flatMap(itemOfView)
  const outer = outerPeriod(items, wish.period)
  if (!outer) return loadsFrom(stores, wish, items)
  const around = await stores.events.absencesOf(wish.siteId, wish.personIds, outer)
  const { from, to } = wish.period
  return loadsFrom(stores, wish, [
    ...items,
    ...around.filter((one) => one.to < from || one.from > to),
  ])
}

async function loadsFrom(
  stores: Needed,
  wish: LoadWish,
  events: readonly PersonPlanItem[],
): Promise<LoadOfPerson[]> {
  const { siteId, personIds, period, settings, today, projectKey } = wish
  const items = [...events, ...(await plannedLoad(stores, siteId, personIds, period))]
  const schedules = await personSchedules(
    stores,
    siteId,
    personIds,
    outerPeriod(items, period) ?? period,
  )
  const byPerson = new Map<PersonId, PersonPlanItem[]>()
  for (const item of items) {
    if (projectKey !== undefined && isWork(item.kind) && item.group !== projectKey) continue
    const list = byPerson.get(item.personId)
    if (list) list.push(item)
    else byPerson.set(item.personId, [item])
  }
  const rules: WorkloadRules = {
    spread: settings.spread,
    scope: settings.scope,
    today,
    countsUnapprovedAbsence: settings.countsUnapprovedAbsence,
  }
  return personIds.map((personId) => {
    const schedule = schedules.get(personId)!
    const load = loadOf(schedule, byPerson.get(personId) ?? [], period, rules, {
      withGroups: wish.withGroups ?? false,
    })
    return { personId, schedule, ...load }
  })
}

/** The period widened to every span that reaches beyond it; undefined where none does. */
function outerPeriod(items: readonly PersonPlanItem[], period: Period): Period | undefined {
  let { from, to } = period
  for (const item of items) {
    if (!isSpread(item)) continue
    if (item.from < from) from = item.from
    if (item.to > to) to = item.to
  }
  return from === period.from && to === period.to ? undefined : { from, to }
}

function itemOfView(view: EventView): PersonPlanItem[] {
  if (view.personId === null || view.kind === 'note') return []
  return [
    {
      personId: view.personId,
      kind: view.kind,
      from: view.from,
      to: view.to,
      secondsPerDay: view.secondsPerDay,
      remainingSeconds: view.effectiveRemainingSeconds,
      isApproved: view.approvedAt !== null,
      group: view.project?.key ?? '',
    },
  ]
}

/** The daily figure of somebody's agreement on a day: an average working day, in seconds. */
export function involvementOn(schedule: PersonSchedule, day: Day): number {
  let found: PersonSchedule['patterns'][number] | undefined
  for (const one of schedule.patterns)
    if (one.from === null || one.from <= day)
      if (!found || found.from === null || (one.from !== null && one.from > found.from)) found = one
  const working = (found?.secondsByWeekday ?? []).filter((seconds) => seconds > 0)
  if (working.length === 0) return 0
  return Math.round(working.reduce((sum, one) => sum + one, 0) / working.length)
}
