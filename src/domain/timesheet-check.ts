import type { DayTotal } from './approval.ts'
import type { Day } from './day.ts'
import type { RequiredTime } from './required-time.ts'
import type { Severity, SubmitRules } from './rules.ts'
import type { PlanItem } from './workload.ts'

export const findingCodes = ['missing-time', 'missing-comment', 'long-day'] as const
export type FindingCode = (typeof findingCodes)[number]

/** Something a timesheet was found to have, on one day. */
export type Finding = {
  readonly code: FindingCode
  readonly severity: Exclude<Severity, 'off'>
  readonly day: Day
  readonly requiredSeconds: number
  readonly spentSeconds: number
  /** Worklogs without a comment. */
  readonly worklogs: number
}

/** A person is away, all day or for so many seconds. */
export type Absence = Pick<PlanItem, 'from' | 'to' | 'secondsPerDay'>

/**
 * What is odd about a timesheet, by day. Days of absence owe nothing, and neither do days to come:
 * whoever hands in early is not told of them.
 */
export function checkTimesheet(
  rules: SubmitRules,
  required: RequiredTime,
  totals: readonly DayTotal[],
  absences: readonly Absence[],
  today: Day,
): Finding[] {
  const byDay = new Map(totals.map((one) => [one.day, one]))
  const awaySeconds = (day: Day) =>
    absences
      .filter(({ from, to }) => from <= day && day <= to)
      .reduce((sum, one) => sum + (one.secondsPerDay ?? Number.POSITIVE_INFINITY), 0)
  return required.days.flatMap(({ day, requiredSeconds }) => {
    const { seconds = 0, withoutComment = 0 } = byDay.get(day) ?? {}
    const owed = day > today ? 0 : Math.max(0, requiredSeconds - awaySeconds(day))
    const found: Finding[] = []
    const add = (code: FindingCode, severity: Severity, worklogs = 0) => {
      if (severity === 'off') return
      found.push({ code, severity, day, requiredSeconds: owed, spentSeconds: seconds, worklogs })
    }
    if (seconds < owed) add('missing-time', rules.missingTime)
    if (withoutComment > 0) add('missing-comment', rules.missingComment, withoutComment)
    if (seconds > rules.longDaySeconds) add('long-day', rules.longDay)
    return found
  })
}
