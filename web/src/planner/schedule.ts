import type { EventCommandBody } from '../../../src/api/contract.ts'
import type { IssueBody } from '../api/types.ts'
import { addDays } from '../time/days.ts'
import type { Row } from './rows.ts'
import type { Span } from './scale.ts'

type Backlogged = Pick<
  IssueBody,
  'id' | 'key' | 'summary' | 'remainingEstimateSeconds' | 'originalEstimateSeconds'
>

/** Time an issue still needs; 0 where nobody has said. */
export function neededSeconds({
  remainingEstimateSeconds: remaining,
  originalEstimateSeconds: original,
}: Pick<Backlogged, 'remainingEstimateSeconds' | 'originalEstimateSeconds'>): number {
  return remaining ?? original ?? 0
}

/** How many days somebody needs from a column on, with all the time they have; one at least. */
export function daysNeeded(row: Row, column: number, days: number, seconds: number): number {
  const capacity = row.person?.capacitySeconds
  if (!capacity || seconds === 0) return 1
  let left = seconds
  for (let at = column; at < days; at += 1) {
    left -= capacity[at] ?? 0
    if (left <= 0) return at - column + 1
  }
  return Math.max(1, days - column)
}

/**
 * Puts an issue on a row: on somebody's as itself, on a team's as a placeholder that stands for it.
 * Undefined on the row of a generic resource.
 */
export function scheduleOf(
  issue: Backlogged,
  row: Row,
  span: Span,
  column: number,
): EventCommandBody | undefined {
  if (row.resource) return undefined
  const seconds = neededSeconds(issue)
  const length = daysNeeded(row, column, span.days.length, seconds)
  const from = addDays(span.from, column)
  const days = { from, to: addDays(from, length - 1), issue: issue.id }
  return row.person
    ? { kind: 'create', event: { kind: 'issue', person: row.person.accountId, ...days } }
    : {
        kind: 'create',
        event: {
          ...{ kind: 'placeholder', team: row.team.id, estimateSeconds: seconds },
          ...{ title: `${issue.key} ${issue.summary}`.slice(0, 500), ...days },
        },
      }
}
