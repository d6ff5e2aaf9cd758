import { addDays, type Day, type Weekday } from './day.ts'
import { DomainError, invalidField } from './errors.ts'
import type { SiteId } from './site.ts'
import type { EstimateChange } from './worklog-book.ts'

/** How the site cuts time into periods that are handed in. */
export type PeriodRule =
  | { readonly kind: 'week'; readonly firstWeekday: Weekday }
  /** Months that begin on a day of the calendar month, 1 to 28. */
  | { readonly kind: 'month'; readonly firstDay: number }
  /** Runs of days counted from a day on, before it as well. */
  | { readonly kind: 'days'; readonly from: Day; readonly length: number }

/** What a finding at submit does: nothing, a note for the reviewer, or a refusal. */
export const severities = ['off', 'warn', 'block'] as const
export type Severity = (typeof severities)[number]

/** What a timesheet is looked through for when it is handed in. */
export type SubmitRules = {
  /** Days with less logged than owed. */
  readonly missingTime: Severity
  readonly missingComment: Severity
  readonly longDay: Severity
  /** From how many seconds on a day is too long. */
  readonly longDaySeconds: number
}

/** Rules of the whole site about time; one place below every surface asks them. */
export type TimeRules = {
  readonly period: PeriodRule
  /** Days after today time may be logged for; null: any. */
  readonly futureDays: number | null
  /** What one person may log on a day; null: anything. */
  readonly maxSecondsPerDay: number | null
  readonly isCommentRequired: boolean
  readonly isRemainingEstimateRequired: boolean
  readonly allowsClosedAccounts: boolean
  readonly submit: SubmitRules
}

/** Where nobody has said anything yet: nothing is in anybody's way. */
export const usualRules: TimeRules = {
  period: { kind: 'month', firstDay: 1 },
  futureDays: null,
  maxSecondsPerDay: null,
  isCommentRequired: false,
  isRemainingEstimateRequired: false,
  allowsClosedAccounts: true,
  submit: {
    missingTime: 'warn',
    missingComment: 'off',
    longDay: 'warn',
    longDaySeconds: 43_200,
  },
}

export type StoredRules = { readonly rules: TimeRules; readonly version: number }

export interface RuleStore {
  /** The usual rules, with version 0, where none were set. */
  get(siteId: SiteId): Promise<StoredRules>
  put(siteId: SiteId, stored: StoredRules): Promise<void>
}

/** Throws `invalid` when the day lies further ahead than may be logged. */
export function checkNotTooFar(rules: TimeRules, day: Day, today: Day): void {
  if (rules.futureDays === null || day <= addDays(today, rules.futureDays)) return
  const bound = rules.futureDays === 0 ? 'the future' : `more than ${rules.futureDays} days ahead`
  throw invalidField('day', `time cannot be logged in ${bound}`.replace('in more', 'more'))
}

/** Throws `invalid` when the day would hold more than one person may log. */
export function checkDayTotal(rules: TimeRules, day: Day, seconds: number): void {
  const most = rules.maxSecondsPerDay
  if (most === null || seconds <= most) return
  const message = `at most ${most} seconds a day can be logged; ${day} would have ${seconds}`
  throw new DomainError('invalid', `timeSpentSeconds: ${message}`, {
    reason: 'day-total',
    problems: [{ field: 'timeSpentSeconds', message }],
  })
}

/** Throws `invalid` when a comment is needed and there is none. */
export function checkComment(rules: TimeRules, comment: string): void {
  if (rules.isCommentRequired && comment.trim() === '')
    throw invalidField('comment', 'must not be empty')
}

/** Throws `invalid` when a remaining estimate is needed and nothing is said of it. */
export function checkEstimate(rules: TimeRules, estimate: EstimateChange | undefined): void {
  const isSaid = estimate !== undefined && estimate.mode !== 'leave'
  if (rules.isRemainingEstimateRequired && !isSaid)
    throw new DomainError('invalid', 'Remaining estimate must not be empty', {
      reason: 'no-remaining-estimate',
      problems: [{ field: 'remainingEstimateSeconds', message: 'must not be empty' }],
    })
}
