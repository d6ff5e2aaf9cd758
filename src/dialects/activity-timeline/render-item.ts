import type { EventView, PlanKind } from '../../domain/event.ts'
import { usernameOf } from './find.ts'
import { kindWords } from './params.ts'
import { idNumber, type Wire } from './wire-json.ts'

/** Something on a timeline; newer fields come last and only where the site asks for them. */
export function renderItem(event: EventView, isExtended: boolean): Wire {
  const { keys, rest } = partsOf(event)
  return {
    id: event.id,
    ...keys,
    ...rest,
    ...(isExtended
      ? { projectKey: event.project?.key ?? null, dailyTimeEstimate: event.secondsPerDay ?? 0 }
      : {}),
  }
}

/** One event by itself: the project key follows the issue key, the user comes last. */
export function renderEvent(event: EventView): Wire {
  return { id: event.id, ...detailOf(event) }
}

/** What a change of colour answers: the same, with the id as a number. */
export function renderColored(event: EventView): Wire {
  return { id: idNumber(event.id), ...detailOf(event) }
}

function detailOf(event: EventView) {
  const { issueId, issueKey, ...keys } = partsOf(event).keys
  return {
    issueId,
    issueKey,
    projectKey: event.project?.key ?? null,
    ...keys,
    ...partsOf(event).rest,
    username: event.person && usernameOf(event.person),
  }
}

function partsOf(event: EventView) {
  const isIssue = event.kind === 'issue'
  const estimates = estimatesOf(event)
  const keys = {
    issueId: isIssue && event.issue ? idNumber(event.issue.jiraId) : null,
    issueKey: isIssue ? (event.issue?.key ?? '') : `${event.project?.key ?? '_AT_'}${event.uid}`,
    summary: summaryOf(event),
    plannedStart: event.from,
    plannedEnd: event.to,
    due: isIssue ? (event.issue?.dueDay ?? '') : '',
    color: event.color,
    issueType: kindWords[event.kind],
    originalTimeEstimate: estimates.original,
    remainingTimeEstimate: estimates.remaining,
  }
  return { keys, rest: isIssue ? {} : restOf(event) }
}

function restOf(event: EventView): Record<string, Wire> {
  const own: Partial<Record<PlanKind, Record<string, Wire>>> = {
    booking: { estimatePerWorkDay: 'yes' },
    placeholder: { placeholderIssueKey: event.issue?.key ?? null },
  }
  return {
    ...own[event.kind],
    extraLink: event.link,
    approvedBy: event.approvedBy && usernameOf(event.approvedBy),
  }
}

/** Bookings, partial days off and overtime by the day; totals for placeholders and issues. */
function estimatesOf(event: EventView): { original: number; remaining: number } {
  if (event.kind === 'placeholder' || (event.kind === 'issue' && event.secondsPerDay === null))
    return {
      original: event.effectiveOriginalSeconds,
      remaining: event.effectiveRemainingSeconds,
    }
  const seconds = event.secondsPerDay ?? 0
  if (event.kind === 'issue')
    return { original: event.effectiveOriginalSeconds, remaining: seconds }
  return { original: seconds, remaining: seconds }
}

/** Clients split on the leading bracket and on ` | ` to learn type and title (contract 5). */
function summaryOf(event: EventView): string {
  const { kind, typeName, title, issue, project } = event
  if (kind === 'issue') return `[${issue?.key ?? ''}] ${issue?.summary ?? ''}`
  if (kind === 'placeholder' && issue) return `[${typeName} | ${issue.key}] ${title}`
  if (project) return `[${typeName}] ${project.name} | ${title}`
  if (kind === 'placeholder' && title === typeName) return typeName
  return `[${typeName}] ${title}`
}
