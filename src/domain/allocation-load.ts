import type { Allocation, AllocationQuery } from './allocation.ts'
import { expandAllocations, plannedFor } from './allocations.ts'
import { addDays, type Period } from './day.ts'
import { invalidField } from './errors.ts'
import type { PersonPlanItem } from './event.ts'
import type { PersonId } from './person.ts'
import type { SiteId } from './site.ts'
import type { Stores } from './store.ts'

const pageSize = 1_000
const mostPlans = 20_000

type Needed = Pick<Stores, 'allocations' | 'workingTime' | 'issues' | 'projects'>

/**
 * What plans set aside for these people in the period, as bookings of the days they fall on: a plan
 * loads the day it says, also one that nobody works. What was refused loads nobody.
 */
export async function plannedLoad(
  stores: Needed,
  siteId: SiteId,
  personIds: readonly PersonId[],
  period: Period,
): Promise<PersonPlanItem[]> {
  const all = personIds.length === 0 ? [] : await findPlans(stores, { siteId, personIds, period })
  const plans = all.filter(({ approval }) => approval?.status !== 'rejected')
  if (plans.length === 0) return []
  const wishes = plans.map((allocation) => ({ allocation, period }))
  const occurrences = await expandAllocations(stores, siteId, wishes)
  const groupOf = await readProjectKeys(stores, siteId, plans)
  return plans.flatMap((plan, at) => {
    const days = occurrences[at]!.flatMap((one) => one.days).filter(
      ({ day }) => period.from <= day && day <= period.to,
    )
    return inRuns(days).map(({ from, to, seconds }) => ({
      personId: plannedFor(plan.assignee)!,
      kind: 'booking' as const,
      from,
      to,
      secondsPerDay: seconds,
      remainingSeconds: 0,
      isApproved: true,
      group: groupOf(plan),
      onAnyDay: true,
    }))
  })
}

/** Every plan of a query; refuses what would be too many to expand. */
export async function findPlans(
  { allocations }: Pick<Stores, 'allocations'>,
  query: AllocationQuery,
): Promise<Allocation[]> {
  const plans: Allocation[] = []
  for (;;) {
    const last = plans.at(-1)
    const page = await allocations.list(query, {
      limit: pageSize,
      ...(last ? { afterId: last.id } : {}),
    })
    plans.push(...page)
    if (page.length < pageSize) return plans
    if (plans.length > mostPlans)
      throw invalidField('to', `more than ${mostPlans} plans; ask for fewer days or people`)
  }
}

/** The key of the project a plan's work lies in. */
async function readProjectKeys(
  { issues, projects }: Needed,
  siteId: SiteId,
  plans: readonly Allocation[],
): Promise<(plan: Allocation) => string> {
  const issueIds = plans.flatMap(({ item }) => (item.kind === 'issue' ? [item.issueId] : []))
  const found = await issues.getMany(siteId, [...new Set(issueIds)])
  const projectOf = new Map(found.map(({ id, projectId }) => [id, projectId]))
  const idOf = ({ item }: Allocation) =>
    item.kind === 'project' ? item.projectId : projectOf.get(item.issueId)
  const ids = [...new Set(plans.flatMap((plan) => idOf(plan) ?? []))]
  const keys = new Map((await projects.getMany(siteId, ids)).map(({ id, key }) => [id, key]))
  return (plan) => {
    const id = idOf(plan)
    return (id === undefined ? undefined : keys.get(id)) ?? ''
  }
}

/** Days in a row with the same time are one item. */
function inRuns(days: readonly { readonly day: Period['from']; readonly seconds: number }[]) {
  const runs: { from: Period['from']; to: Period['to']; seconds: number }[] = []
  for (const { day, seconds } of days) {
    const last = runs.at(-1)
    if (last && last.seconds === seconds && addDays(last.to, 1) === day) last.to = day
    else runs.push({ from: day, to: day, seconds })
  }
  return runs
}
