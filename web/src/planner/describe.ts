import type { EventBody } from '../../../src/api/contract.ts'
import type { Format } from '../time/format.ts'
import type { PlannerTexts } from './planner-texts.ts'

/** What a bar says. */
export function labelOf(t: PlannerTexts, event: EventBody): string {
  const { issue, title, project } = event
  if (event.kind === 'issue' && issue) return `${issue.key} ${issue.summary}`
  const name = [project?.name, title].filter(Boolean).join(': ')
  return name || event.type?.name || t.kinds(event.kind)
}

/** A bar in words, for those who hear it, and beside the pointer. */
export function describe(t: PlannerTexts, format: Format, event: EventBody): string {
  const { secondsPerDay, effectiveRemainingSeconds, kind } = event
  const isSpread = kind === 'issue' || kind === 'placeholder'
  const hours =
    secondsPerDay !== null
      ? t.perDay(format.hours(secondsPerDay))
      : isSpread && effectiveRemainingSeconds > 0
        ? format.hours(effectiveRemainingSeconds)
        : ''
  return [
    `${event.type?.name ?? t.kinds(kind)}: ${labelOf(t, event)}`,
    event.person?.displayName ?? event.team?.name,
    t.dates(format.shortDay(event.from), format.shortDay(event.to)),
    hours,
    isRequested(event) ? t.requested : '',
  ]
    .filter(Boolean)
    .join(', ')
}

/** Whether somebody still has to agree. */
export function isRequested({ kind, isApproved }: EventBody): boolean {
  return !isApproved && (kind === 'vacation' || kind === 'booking' || kind === 'placeholder')
}
