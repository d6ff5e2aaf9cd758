import type { WeekBody, WorklogBody } from '../../../src/api/contract.ts'
import { addDays, type Day } from '../time/days.ts'
import type { ShownWorklog, Values } from './operations.ts'
import type { IssueRef } from './week-model.ts'

/**
 * What was logged a week before, seven days later: but nothing on days that are locked, free or
 * spent away, and nothing on an issue that already has time that day.
 */
export function copyOf(
  before: readonly WorklogBody[],
  now: readonly ShownWorklog[],
  days: WeekBody['days'],
): { issue: IssueRef; day: Day; values: Values }[] {
  const open = new Set(
    days
      .filter(({ lock, holiday, absence }) => !lock && holiday === null && absence === null)
      .map(({ day }) => day),
  )
  const taken = new Set(now.map(({ issue, day }) => `${issue.id} ${day}`))
  return before.flatMap(({ issue, day: then, ...row }) => {
    const { startTime, timeSpentSeconds, comment, attributes } = row
    const day = addDays(then, 7)
    if (!open.has(day) || taken.has(`${issue.id} ${day}`)) return []
    return [{ issue, day, values: { timeSpentSeconds, startTime, comment, attributes } }]
  })
}
