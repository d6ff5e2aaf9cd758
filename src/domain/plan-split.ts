import { type Day, epochOfDay } from './day.ts'
import type { PlannedEvent } from './event.ts'
import { personSchedules } from './person-schedules.ts'
import type { PlanContext } from './plan-context.ts'
import { makeCalendar } from './work-calendar.ts'
import { isSpread } from './workload.ts'

type Totals = Pick<PlannedEvent, 'originalSeconds' | 'remainingSeconds'>

/**
 * How the estimate of an event divides when its second part begins on `on`: by working days, or by
 * days where there are none. Undefined where there is no total to divide.
 */
export async function shareOfFirstPart(
  context: PlanContext,
  event: PlannedEvent,
  on: Day,
): Promise<{ first: Totals; second: Totals } | undefined> {
  if (!isSpread(event)) return undefined
  const [before, after] = await workingDays(context, event, on)
  const issue = event.kind === 'issue' ? await context.issue(event.issueId!) : undefined
  const original = event.originalSeconds ?? issue?.originalEstimateSeconds ?? 0
  const remaining = event.remainingSeconds ?? issue?.remainingEstimateSeconds ?? 0
  const firstOf = (seconds: number) => Math.floor((seconds * before) / (before + after))
  const first = { originalSeconds: firstOf(original), remainingSeconds: firstOf(remaining) }
  return {
    first,
    second: {
      originalSeconds: original - first.originalSeconds,
      remainingSeconds: remaining - first.remainingSeconds,
    },
  }
}

async function workingDays(
  { tx, actor }: PlanContext,
  event: PlannedEvent,
  on: Day,
): Promise<readonly [number, number]> {
  const [first, last, at] = [epochOfDay(event.from), epochOfDay(event.to), epochOfDay(on)]
  const byDays = [at - first, last - at + 1] as const
  if (event.personId === null) return byDays
  const people = [event.personId]
  const schedules = await personSchedules(tx, actor.siteId, people, event)
  const absences = await tx.events.absencesOf(actor.siteId, people, event)
  const { countsUnapprovedAbsence } = await tx.planningSettings.get(actor.siteId)
  const { workingBefore } = makeCalendar(schedules.get(event.personId)!, absences, {
    first,
    last,
    countsUnapproved: countsUnapprovedAbsence,
  })
  const before = workingBefore[at - first]!
  const after = workingBefore[last - first + 1]! - before
  return before + after === 0 ? byDays : [before, after]
}
