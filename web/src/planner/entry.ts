import type { EventBody, TimelinePlanBody } from '../../../src/api/contract.ts'
import { isSamePlace } from './placement.ts'
import type { TimelineBody } from './planner-query.ts'

/** What a bar stands for: an event, a scheduled issue, or one turn of time set aside. */
export type Entry = Omit<EventBody, 'kind'> & {
  readonly kind: EventBody['kind'] | 'plan'
  /** The generic resource it lies with, where there is no person yet. */
  readonly resource?: { readonly id: string; readonly name: string } | null
  readonly plan?: TimelinePlanBody
  /** `today` is only looked at: where a draft has moved or removed something from. */
  readonly mark?: 'drafted' | 'today' | 'removed'
}

export type PlanEntry = Entry & { readonly plan: TimelinePlanBody }

export function isPlan(entry: Entry): entry is PlanEntry {
  return entry.plan !== undefined
}

/** Everything that has a bar, in a draft also where it lies today. */
export function entriesOf(body: TimelineBody): readonly Entry[] {
  const people = new Map(body.people.map((person) => [person.id, person]))
  const resources = new Map(body.resources.map((resource) => [resource.id, resource]))
  const isDraft = body.draft !== undefined
  const plans = body.plans.flatMap((plan) => {
    const person = people.get(plan.personId ?? '')
    const resource = resources.get(plan.resourceId ?? '')
    const owner = {
      person: person
        ? { id: person.id, accountId: person.accountId, displayName: person.displayName }
        : null,
      resource: resource ? { id: resource.id, name: resource.name } : null,
    }
    // What is set aside is no part of a draft.
    const own = isDraft ? { ...plan, mayChange: false, mayApprove: false } : plan
    return plan.occurrences.map((turn, at) => ({ ...entryOf(own, turn, at), ...owner }))
  })
  if (!body.draft) return [...body.events, ...plans]
  const drafted = new Set(body.draft.events.map(({ id }) => id))
  const events = body.events.map((event) =>
    drafted.has(event.id) ? { ...event, mark: 'drafted' as const } : event,
  )
  return [...events, ...outlinesOf(body.draft), ...plans]
}

function entryOf(
  plan: TimelinePlanBody,
  { from, to, seconds }: TimelinePlanBody['occurrences'][number],
  at: number,
): Omit<PlanEntry, 'person' | 'resource'> {
  return {
    id: `plan-${plan.id}-${at}`,
    kind: 'plan',
    plan,
    type: null,
    team: null,
    project: plan.project,
    issue: null,
    title: plan.description ?? '',
    from,
    to,
    secondsPerDay: plan.effort === 'per-day' ? plan.seconds : null,
    originalSeconds: null,
    remainingSeconds: seconds,
    effectiveOriginalSeconds: seconds,
    effectiveRemainingSeconds: seconds,
    color: null,
    link: '',
    isApproved: plan.status !== 'requested',
    approvedBy: null,
    approvedAt: null,
    createdById: plan.createdBy,
    createdAt: plan.createdAt,
    updatedAt: plan.updatedAt,
    mayChange: plan.mayChange,
    mayApprove: plan.mayApprove,
    version: plan.version,
  }
}

/** Where things lie today that the draft has elsewhere, or nowhere. */
function outlinesOf({ events }: NonNullable<TimelineBody['draft']>): Entry[] {
  return events.flatMap(({ id, drafted, today }) => {
    if (!today || (drafted && isSamePlace(drafted, today))) return []
    const mark = drafted ? ('today' as const) : ('removed' as const)
    return [{ ...today, id: `today-${id}`, mark, mayChange: false, mayApprove: false }]
  })
}
