import type { PeriodRule } from '../../domain/rules.ts'
import type { Operations } from './operations.ts'
import { rangeOfDays } from './user-schedule-routes.ts'

/** Where nobody bounds how far ahead time is logged: a hundred years [inferred, an integer is due]. */
const anyNumberOfDays = 36_500

/** Periods and the rules of the site: sections 8 and 11 of the contract. */
export function periods({ get, face }: Operations): void {
  get('/periods', async (call) => {
    const range = rangeOfDays(call)
    if (range.from > range.to) return { periods: [] }
    const listed = await call.needs.calendar.periods.list(call.actor, range)
    return { periods: listed.map(({ from, to }) => ({ from, to })) }
  })

  get('/globalconfiguration', async (call) => {
    const rules = await call.needs.calendar.rules.get(call.actor)
    const most = rules.maxSecondsPerDay
    const hours = most === null ? null : Math.floor(most / 3_600)
    return {
      allowLoggingOnClosedAccount: rules.allowsClosedAccounts,
      approvalPeriod: approvalPeriod(rules.period),
      approvalWeekStart: rules.period.kind === 'week' ? rules.period.firstWeekday : 1,
      // Unset, version 3 shows null and version 4 leaves it out.
      ...(face.version === 3 || hours !== null ? { maxHoursPerDayPerUser: hours } : {}),
      numberOfDaysAllowedIntoFuture: rules.futureDays ?? anyNumberOfDays,
      ...(face.version === 4 ? { planApprovalEnabled: true } : {}),
      remainingEstimateOptional: !rules.isRemainingEstimateRequired,
      ...(face.version === 4
        ? { startAndEndTimesEnabled: true, startAndEndTimesForPlanningEnabled: false }
        : {}),
      weekStart: rules.firstWeekday,
      worklogDescriptionOptional: !rules.isCommentRequired,
    }
  })
}

/** The API knows two lengths; runs of days are told as the nearer one [inferred]. */
function approvalPeriod(rule: PeriodRule): 'WEEK' | 'MONTH' {
  if (rule.kind === 'days') return rule.length < 20 ? 'WEEK' : 'MONTH'
  return rule.kind === 'week' ? 'WEEK' : 'MONTH'
}
