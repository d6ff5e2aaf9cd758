import type { NewAllocation, TimelinePlanBody } from '../../../src/api/contract.ts'
import { addDays } from '../time/days.ts'
import type { PlanEntry } from './entry.ts'
import type { Placement } from './placement.ts'
import { daysBetween } from './scale.ts'

/** Time set aside as one asks for it. Its approval is left as it is. */
export function bodyOf(plan: TimelinePlanBody): NewAllocation {
  const { personId, resourceId, issueId, projectId, from, to, seconds, effort } = plan
  const { startTime, includesNonWorkingDays, rule, recursUntil, description } = plan
  return {
    ...{ personId, resourceId, issueId, projectId, from, to, seconds, effort },
    ...{ startTime, includesNonWorkingDays, rule, recursUntil, description },
  }
}

/** What a plan looks like once it is so, until the server tells how its turns fall. */
export function changedPlan(
  plan: TimelinePlanBody,
  { status, reviewerId, ...body }: NewAllocation,
  version: number,
): TimelinePlanBody {
  const days = daysBetween(plan.from, body.from)
  const longer = daysBetween(plan.to, body.to) - days
  return {
    ...plan,
    ...body,
    status: status === undefined ? plan.status : status,
    version,
    occurrences: plan.occurrences.map(({ from, to, seconds }) => ({
      from: addDays(from, days),
      to: addDays(to, days + longer),
      seconds,
    })),
  } as TimelinePlanBody
}

/** The same with the turn that was taken hold of elsewhere: all turns go along. */
export function placedBody({ plan, from, to }: PlanEntry, place: Placement): NewAllocation {
  const days = daysBetween(from, place.from)
  const longer = daysBetween(to, place.to) - days
  const first = addDays(plan.from, days)
  const last = addDays(plan.to, days + longer)
  const until = plan.recursUntil === null ? null : addDays(plan.recursUntil, days)
  return {
    ...bodyOf(plan),
    personId: place.person?.id ?? null,
    resourceId: place.resource?.id ?? null,
    from: first,
    to: daysBetween(first, last) < 0 ? first : last,
    recursUntil: until !== null && daysBetween(until, last) > 0 ? last : until,
  }
}
