import type { Brand } from './brand.ts'
import type { Day, Period } from './day.ts'
import type { PersonId } from './person.ts'
import type { SiteId } from './site.ts'
import type { Finding } from './timesheet-check.ts'
import type { Instant } from './zone.ts'

export const approvalStatuses = ['open', 'waiting', 'approved', 'rejected'] as const
export type ApprovalStatus = (typeof approvalStatuses)[number]

export const approvalActions = ['submit', 'approve', 'reject', 'recall', 'reopen'] as const
export type ApprovalAction = (typeof approvalActions)[number]

/** The whole machine: what may be done in which state, and where it leads. */
export const approvalSteps: Readonly<
  Record<ApprovalStatus, Readonly<Partial<Record<ApprovalAction, ApprovalStatus>>>>
> = {
  open: { submit: 'waiting' },
  rejected: { submit: 'waiting' },
  waiting: { approve: 'approved', reject: 'rejected', recall: 'open' },
  approved: { reopen: 'open' },
}

/** A person's timesheet of a period, once somebody did something with it. */
export type Approval = {
  readonly personId: PersonId
  readonly from: Day
  readonly to: Day
  readonly status: ApprovalStatus
  /** Whom it was handed to; anybody who may approve it can. */
  readonly reviewerId: PersonId | null
  /** Who did the last step, when, and what was said. */
  readonly actorId: PersonId | null
  readonly updatedAt: Instant | null
  readonly comment: string
  readonly requiredSecondsAtSubmit: number | null
  readonly spentSecondsAtSubmit: number | null
}

export type ApprovalLogId = Brand<string, 'ApprovalLogId'>

/** One step of a timesheet; the log is never changed. */
export type ApprovalLogEntry = {
  readonly id: ApprovalLogId
  readonly personId: PersonId
  readonly from: Day
  readonly to: Day
  readonly action: ApprovalAction
  readonly before: ApprovalStatus
  readonly after: ApprovalStatus
  readonly actorId: PersonId
  readonly at: Instant
  readonly comment: string
  readonly reviewerId: PersonId | null
  readonly requiredSeconds: number
  readonly spentSeconds: number
  /** What was found at submit. */
  readonly findings: readonly Finding[]
  /** Why findings that block were passed over. */
  readonly overrideReason: string | null
}

/** What somebody logged on a day. */
export type DayTotal = {
  readonly personId: PersonId
  readonly day: Day
  readonly seconds: number
  readonly count: number
  readonly withoutComment: number
}

export type ApprovalQuery = {
  readonly personIds?: readonly PersonId[]
  readonly statuses?: readonly ApprovalStatus[]
  /** Timesheets that share a day with it. */
  readonly period?: Partial<Period>
  readonly limit: number
  readonly after?: { readonly from: Day; readonly personId: PersonId }
}

export type ApprovalLogQuery = {
  readonly personIds?: readonly PersonId[]
  readonly period?: Period
  readonly since?: Instant
  readonly limit: number
  readonly afterId?: ApprovalLogId
}

export interface ApprovalStore {
  /** Timesheets by first day, then person. */
  find(siteId: SiteId, query: ApprovalQuery): Promise<readonly Approval[]>
  put(siteId: SiteId, approval: Approval): Promise<void>
  addLog(siteId: SiteId, entry: Omit<ApprovalLogEntry, 'id'>): Promise<void>
  /** Oldest first. */
  listLog(siteId: SiteId, query: ApprovalLogQuery): Promise<readonly ApprovalLogEntry[]>
  /** Days with worklogs of these people; those without are left out. */
  dayTotals(
    siteId: SiteId,
    personIds: readonly PersonId[],
    period: Period,
  ): Promise<readonly DayTotal[]>
  /**
   * Active people who may approve the person's time on that day: who leads a team of theirs and may
   * approve at all, first; whose role approves everybody's; and to whom a permission role gives it.
   */
  reviewers(siteId: SiteId, personId: PersonId, day: Day): Promise<readonly PersonId[]>
}
