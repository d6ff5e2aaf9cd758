import type { Format } from '../time/format.ts'
import { type Entry, isPlan } from './entry.ts'
import type { PlannerTexts } from './planner-texts.ts'

/** What a bar says. */
export function labelOf(t: PlannerTexts, event: Entry): string {
  if (isPlan(event)) {
    const { issue, project, description } = event.plan
    return issue
      ? `${issue.key} ${issue.summary}`
      : (project?.name ?? description ?? t.kinds('plan'))
  }
  const { issue, title, project } = event
  if (event.kind === 'issue' && issue) return `${issue.key} ${issue.summary}`
  const name = [project?.name, title].filter(Boolean).join(': ')
  return name || event.type?.name || t.kinds(event.kind)
}

/** A bar in words, for those who hear it, and beside the pointer. */
export function describe(t: PlannerTexts, format: Format, event: Entry): string {
  const { secondsPerDay, effectiveRemainingSeconds, kind } = event
  const isSpread = kind === 'issue' || kind === 'placeholder' || kind === 'plan'
  const hours = secondsPerDay
    ? t.perDay(format.hours(secondsPerDay))
    : isSpread && effectiveRemainingSeconds > 0
      ? format.hours(effectiveRemainingSeconds)
      : ''
  return [
    `${event.type?.name ?? t.kinds(kind)}: ${labelOf(t, event)}`,
    event.person?.displayName ?? event.team?.name ?? event.resource?.name,
    t.dates(format.shortDay(event.from), format.shortDay(event.to)),
    hours,
    event.plan && event.plan.rule !== 'never' ? t.rules(event.plan.rule) : '',
    event.plan?.status === 'rejected' ? t.refused : '',
    isRequested(event) ? t.requested : '',
    event.mark ? t.marks(event.mark) : '',
  ]
    .filter(Boolean)
    .join(', ')
}

/** Whether somebody still has to agree. */
export function isRequested({ kind, isApproved }: Entry): boolean {
  return !isApproved && approvable.includes(kind)
}

const approvable: readonly Entry['kind'][] = ['vacation', 'booking', 'placeholder', 'plan']
