import { type Static, Type } from '@sinclair/typebox'
import { approvalActions, approvalStatuses } from '../domain/approval.ts'
import { severities } from '../domain/rules.ts'
import { findingCodes } from '../domain/timesheet-check.ts'
import {
  Cursor,
  closed,
  DayText,
  Id,
  Limit,
  Moment,
  Next,
  name,
  nullable,
  oneOf,
  ref,
  repeatable,
  text,
  Version,
} from './contract-common.ts'

const comment = text(4_000, { description: 'What is said with it' })
const Seconds = Type.Integer({ description: 'Whole seconds', examples: [28800] })
const Somebody = closed({ id: Id, accountId: Type.String(), displayName: Type.String() })

const periodRule = Type.Union(
  [
    closed({
      kind: Type.Literal('week'),
      firstWeekday: Type.Integer({ minimum: 1, maximum: 7 }),
    }),
    closed({
      kind: Type.Literal('month'),
      firstDay: Type.Integer({ minimum: 1, maximum: 28 }),
    }),
    closed({
      kind: Type.Literal('days'),
      from: Type.String({ format: 'date', maxLength: 10 }),
      length: Type.Integer({ minimum: 1, maximum: 366 }),
    }),
  ],
  {
    type: 'object',
    description:
      'How time is cut into periods: weeks from an ISO weekday on, months from a day on, or runs of days counted from a day',
    examples: [{ kind: 'month', firstDay: 1 }],
  },
)

const severity = oneOf(severities, {
  description: 'off, warn (the reviewer is told) or block (refused without a reason)',
})

const submitRules = {
  missingTime: severity,
  missingComment: severity,
  longDay: severity,
  longDaySeconds: Type.Integer({ minimum: 60, maximum: 86_400 }),
}

const ruleFields = {
  firstWeekday: Type.Integer({ enum: [1, 7], description: 'Weeks of reports: 1 Monday, 7 Sunday' }),
  workingHoursPerDay: Type.Number({
    minimum: 1,
    maximum: 24,
    description: 'What `1d` means in a duration, in quarters of an hour',
    examples: [8],
  }),
  workingDaysPerWeek: Type.Number({
    minimum: 1,
    maximum: 7,
    description: 'What `1w` means in a duration, in quarters of a day',
    examples: [5],
  }),
  period: periodRule,
  futureDays: nullable(
    Type.Integer({ minimum: 0, maximum: 36_500, description: 'Days ahead one may log; null: any' }),
  ),
  maxSecondsPerDay: nullable(
    Type.Integer({ minimum: 60, maximum: 36_000_000, description: 'Of one person; null: any' }),
  ),
  isCommentRequired: Type.Boolean(),
  isRemainingEstimateRequired: Type.Boolean(),
  allowsClosedAccounts: Type.Boolean(),
}

export const SiteRules = closed(
  {
    ...ruleFields,
    submit: closed(submitRules, { description: 'What a timesheet is looked through for' }),
    version: Version,
  },
  { $id: 'SiteRules', description: 'Rules of the whole site about time' },
)

export const RulesChange = closed(
  {
    firstWeekday: Type.Optional(ruleFields.firstWeekday),
    workingHoursPerDay: Type.Optional(ruleFields.workingHoursPerDay),
    workingDaysPerWeek: Type.Optional(ruleFields.workingDaysPerWeek),
    period: Type.Optional(ruleFields.period),
    futureDays: Type.Optional(ruleFields.futureDays),
    maxSecondsPerDay: Type.Optional(ruleFields.maxSecondsPerDay),
    isCommentRequired: Type.Optional(Type.Boolean()),
    isRemainingEstimateRequired: Type.Optional(Type.Boolean()),
    allowsClosedAccounts: Type.Optional(Type.Boolean()),
    submit: Type.Optional(
      closed({
        missingTime: Type.Optional(severity),
        missingComment: Type.Optional(severity),
        longDay: Type.Optional(severity),
        longDaySeconds: Type.Optional(submitRules.longDaySeconds),
      }),
    ),
  },
  { $id: 'RulesChange', minProperties: 1, examples: [{ futureDays: 30, isCommentRequired: true }] },
)

export const RangeQuery = closed({ from: DayText, to: DayText })
export type RangeQuery = Static<typeof RangeQuery>

export const PeriodsAnswer = closed(
  {
    periods: Type.Array(
      closed({ from: Type.String(), to: Type.String(), isClosed: Type.Boolean() }),
      { description: 'By the rule of the site' },
    ),
    closed: Type.Array(
      closed({ from: Type.String(), to: Type.String(), closedAt: nullable(Moment) }),
      { description: 'Runs of days that are closed, which need not follow the rule' },
    ),
  },
  { $id: 'PeriodsAnswer' },
)

export const PeriodStep = closed(
  { from: DayText, to: DayText, comment: Type.Optional(comment) },
  {
    $id: 'PeriodStep',
    examples: [{ from: '2026-02-01', to: '2026-02-28', comment: 'Payroll of February' }],
  },
)
export type PeriodStep = Static<typeof PeriodStep>

export const Manifest = closed(
  {
    seq: Type.Integer({ description: 'Place in the chain, from 1' }),
    kind: oneOf(['close', 'reopen']),
    from: Type.String(),
    to: Type.String(),
    at: Moment,
    actorId: nullable(Id),
    comment: Type.String(),
    worklogCount: Type.Integer(),
    timeSpentSeconds: Type.Integer(),
    billableSeconds: Type.Integer(),
    contentHash: Type.String({ description: 'Over the rows of the snapshot' }),
    hash: Type.String({ description: 'Over all of this and the hash before' }),
  },
  { $id: 'Manifest', description: 'One link of the chain of closed periods' },
)

export const ManifestsAnswer = closed(
  { manifests: Type.Array(ref(Manifest)), next: Next },
  { $id: 'ManifestsAnswer' },
)

export const ManifestParams = Type.Object({
  seq: Type.String({
    pattern: '^[1-9][0-9]{0,14}$',
    description: 'Place in the chain',
    examples: ['1'],
  }),
})

export const PageOnlyQuery = closed({
  limit: Type.Optional(Limit),
  cursor: Type.Optional(Cursor),
})
export type PageOnlyQuery = Static<typeof PageOnlyQuery>

const broken = nullable(
  closed({ seq: Type.Integer(), why: Type.String() }, { description: 'The first broken link' }),
)

export const VerificationAnswer = closed(
  {
    isSound: Type.Boolean(),
    audit: closed({ entries: Type.Integer(), head: Type.String(), broken }),
    manifests: closed({ count: Type.Integer(), head: Type.String(), broken }),
    altered: Type.Array(
      closed({
        seq: Type.Integer(),
        from: Type.String(),
        to: Type.String(),
        differences: Type.Array(
          closed({ worklogId: Id, kind: oneOf(['changed', 'gone', 'added']) }),
        ),
      }),
      { description: 'Closed periods whose worklogs are not what they were' },
    ),
  },
  { $id: 'Verification' },
)

export const DriftsAnswer = closed(
  {
    drifts: Type.Array(
      closed({
        id: Type.String({ description: 'Connection, id in Jira and copy' }),
        worklogId: nullable(Id),
        personId: Id,
        day: Type.String(),
        seenAt: Moment,
        incoming: nullable(
          closed({
            day: Type.String(),
            timeSpentSeconds: Type.Integer(),
            comment: Type.String(),
          }),
        ),
      }),
    ),
  },
  { $id: 'DriftsAnswer' },
)

export const DriftParams = Type.Object({
  id: Type.String({
    pattern: '^[0-9]{1,9}-[0-9]{1,18}-[0-9]{1,4}$',
    description: 'As the list of drift names it',
    examples: ['1-10100-0'],
  }),
})

export const DriftSettling = closed(
  { comment: text(4_000, { minLength: 1, description: 'Why the numbers stand' }) },
  { $id: 'DriftSettling', examples: [{ comment: 'Booked as a correction in March' }] },
)

const action = oneOf(approvalActions)
const status = oneOf(approvalStatuses)

export const Finding = closed(
  {
    code: oneOf(findingCodes),
    severity: oneOf(['warn', 'block']),
    day: Type.String(),
    requiredSeconds: Type.Integer(),
    spentSeconds: Type.Integer(),
    worklogs: Type.Integer({ description: 'Worklogs without a comment' }),
  },
  { $id: 'Finding', description: 'Something odd about a day of a timesheet' },
)

export const Timesheet = closed(
  {
    person: Somebody,
    from: Type.String(),
    to: Type.String(),
    status,
    reviewer: nullable(Somebody),
    actor: nullable(Somebody),
    updatedAt: nullable(Moment),
    comment: Type.String(),
    requiredSeconds: Seconds,
    spentSeconds: Seconds,
    requiredSecondsAtSubmit: nullable(Type.Integer()),
    spentSecondsAtSubmit: nullable(Type.Integer()),
    findings: Type.Array(ref(Finding)),
    actions: Type.Array(action, { description: 'What you may do now' }),
  },
  { $id: 'Timesheet', description: 'A person’s period on its way to approval' },
)
export type TimesheetBody = Static<typeof Timesheet>

export const TimesheetsQuery = closed({
  person: Type.Optional(repeatable(name('', ['jane']), 'Any name of a person; you, if left out')),
  day: Type.Optional(DayText),
})
export type TimesheetsQuery = Static<typeof TimesheetsQuery>

export const TimesheetsAnswer = closed(
  { timesheets: Type.Array(ref(Timesheet)) },
  { $id: 'TimesheetsAnswer' },
)

export const InboxAnswer = closed(
  { timesheets: Type.Array(ref(Timesheet)), next: Next },
  { $id: 'InboxAnswer' },
)

export const TimesheetStep = closed(
  {
    action,
    person: Type.Optional(name('Any name of a person; you, if left out', ['jane'])),
    day: Type.String({ format: 'date', maxLength: 10, description: 'A day of the period' }),
    comment: Type.Optional(comment),
    reviewer: Type.Optional(name('At submit: whom it is handed to', ['john'])),
    overrideReason: Type.Optional(
      text(4_000, {
        minLength: 1,
        description: 'At submit: why findings that block are passed over, by who may approve',
      }),
    ),
  },
  { $id: 'TimesheetStep', examples: [{ action: 'submit', day: '2026-03-31' }] },
)
export type TimesheetStep = Static<typeof TimesheetStep>

export const ReviewersAnswer = closed(
  { reviewers: Type.Array(Somebody) },
  { $id: 'ReviewersAnswer' },
)

export const TimesheetLogQuery = closed({
  person: Type.Optional(repeatable(name('', ['jane']), 'Any name of a person')),
  limit: Type.Optional(Limit),
  cursor: Type.Optional(Cursor),
})
export type TimesheetLogQuery = Static<typeof TimesheetLogQuery>

export const TimesheetLogAnswer = closed(
  {
    entries: Type.Array(
      closed({
        id: Id,
        person: Somebody,
        from: Type.String(),
        to: Type.String(),
        action,
        before: status,
        after: status,
        actor: Somebody,
        at: Moment,
        comment: Type.String(),
        reviewer: nullable(Somebody),
        requiredSeconds: Type.Integer(),
        spentSeconds: Type.Integer(),
        findings: Type.Array(ref(Finding)),
        overrideReason: nullable(Type.String()),
      }),
    ),
    next: Next,
  },
  { $id: 'TimesheetLogAnswer' },
)
