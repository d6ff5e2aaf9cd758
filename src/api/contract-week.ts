import { type Static, Type } from '@sinclair/typebox'
import { mostDivergences, versionFields } from '../domain/divergence.ts'
import { eventKinds } from '../domain/event.ts'
import { worklogLimits } from '../domain/worklog.ts'
import { closed, DayText, Id, Moment, name, nullable, oneOf, ref, text } from './contract-common.ts'
import { Completeness, Worklog } from './contract-worklogs.ts'

/** Everybody may know everybody's name. */
const lockedBy = {
  by: nullable(
    closed(
      { id: Id, displayName: Type.String() },
      { description: 'Who locked; null where it was a system, or nobody noted it' },
    ),
  ),
  at: nullable(Moment),
}

const lock = closed({
  reason: oneOf(['period-closed', 'timesheet-approved'] as const),
  from: Type.String(),
  to: Type.String(),
  ...lockedBy,
})

const issueRef = closed({ id: Id, key: Type.String(), summary: Type.String() })

const version = closed({
  issueKey: Type.String(),
  authorName: Type.String(),
  startedAt: Moment,
  timeSpentSeconds: Type.Integer(),
  comment: Type.String(),
  visibility: nullable(closed({ type: oneOf(['group', 'role']), value: Type.String() })),
})

export const Divergence = closed(
  {
    kind: oneOf(['conflict', 'drift'] as const, {
      description:
        'conflict: both sides changed it, and Jira’s stands meanwhile. drift: Jira changed it while its days were locked, and ours stands',
    }),
    id: Type.String({ description: 'Of the conflict, or of the drift' }),
    worklogId: nullable(Id),
    issue: issueRef,
    day: Type.String({ description: 'As we have it, and else as Jira does' }),
    ours: nullable(version),
    theirs: nullable(version),
    differs: Type.Array(oneOf(versionFields), {
      description: 'What is not the same, where both have a version',
    }),
    since: Moment,
    canSettle: Type.Boolean({ description: 'Whether you may decide which one stands' }),
  },
  { $id: 'Divergence', description: 'A worklog of which a Jira has another version than we have' },
)
export type DivergenceBody = Static<typeof Divergence>

export const WeekQuery = closed({
  from: DayText,
  person: Type.Optional(name('Any name of a person; the caller when left out', ['jane'])),
})
export type WeekQuery = Static<typeof WeekQuery>

export const WeekAnswer = closed(
  {
    person: closed({ id: Id, displayName: Type.String(), timeZone: nullable(Type.String()) }),
    days: Type.Array(
      closed({
        day: Type.String(),
        requiredSeconds: Type.Integer({ description: 'By the schedule, less the holiday' }),
        holiday: nullable(Type.String()),
        absence: Type.Unsafe<{ kind: string; title: string } | null>({
          anyOf: [closed({ kind: oneOf(eventKinds), title: Type.String() }), { type: 'null' }],
        }),
        lock: Type.Unsafe<Static<typeof lock> | null>({
          anyOf: [lock, { type: 'null' }],
          description: 'Why nothing of this day can change; null where it can',
        }),
      }),
    ),
    worklogs: Type.Array(ref(Worklog), { description: 'At most 1,000' }),
    approvals: Type.Array(closed({ worklogId: Id, ...lockedBy }), {
      description: 'Worklogs that somebody approved one by one: these cannot change either',
    }),
    divergences: Type.Array(ref(Divergence), {
      description: `Open conflicts and drift on these days, at most ${mostDivergences} of each`,
    }),
    favourites: Type.Array(issueRef, { description: 'Issues always at hand, as they were added' }),
    suggestions: Type.Array(issueRef, {
      description: 'Planned for these days or logged on lately, and not in the week yet',
    }),
    canLog: Type.Boolean({ description: 'Whether you may log this person’s time' }),
    completeness: ref(Completeness),
  },
  { $id: 'WeekAnswer', description: 'Seven days of one person' },
)
export type WeekBody = Static<typeof WeekAnswer>

export const TimerAnswer = closed(
  {
    timer: Type.Unsafe<{
      issue: { id: string; key: string; summary: string }
      startedAt: string
      seconds: number
      comment: string
    } | null>({
      anyOf: [
        closed({
          issue: issueRef,
          startedAt: Moment,
          seconds: Type.Integer({ description: 'How long it has run when this was answered' }),
          comment: Type.String(),
        }),
        { type: 'null' },
      ],
    }),
    logged: Type.Optional(ref(Worklog)),
  },
  { $id: 'TimerAnswer', description: 'What runs; null for nothing. `logged` is what was stopped' },
)
export type TimerBody = Static<typeof TimerAnswer>

const comment = text(worklogLimits.commentLength)

export const TimerWish = closed(
  { issue: name('Id or key of the issue', ['OPS-7']), comment: Type.Optional(comment) },
  { $id: 'TimerWish', examples: [{ issue: 'OPS-7' }] },
)
export type TimerWishBody = Static<typeof TimerWish>

export const TimerStop = closed(
  { comment: Type.Optional(comment) },
  { $id: 'TimerStop', examples: [{ comment: 'Reviewed the plan' }] },
)
export type TimerStopBody = Static<typeof TimerStop>
