import { type Static, Type } from '@sinclair/typebox'
import { allocationStatuses, recurrenceRules } from '../domain/allocation.ts'
import {
  Cursor,
  closed,
  DayText,
  Id,
  Limit,
  Moment,
  Next,
  nullable,
  oneOf,
  ref,
  repeatable,
  text,
  Version,
} from './contract-common.ts'

const idText = text(20, { minLength: 1, pattern: '^[0-9]+$', examples: ['4711'] })
const clock = text(5, { pattern: '^([01][0-9]|2[0-3]):[0-5][0-9]$', examples: ['09:30'] })
const efforts = ['per-day', 'total'] as const

const PlannedDays = Type.Array(closed({ day: DayText, seconds: Type.Integer() }), {
  description: 'Days of the period with something planned; of all its days where none is given',
})

const allocationFields = {
  id: Id,
  personId: nullable(Id),
  resourceId: nullable(Id),
  issueId: nullable(Id),
  projectId: nullable(Id),
  from: DayText,
  to: DayText,
  effort: oneOf(efforts, { description: 'Whether `seconds` are for each day or an occurrence' }),
  seconds: Type.Integer(),
  startTime: nullable(Type.String()),
  includesNonWorkingDays: Type.Boolean(),
  rule: oneOf(recurrenceRules),
  recursUntil: nullable(DayText),
  description: nullable(Type.String()),
  status: nullable(oneOf(allocationStatuses, { description: 'Null where nobody was asked' })),
  reviewerId: nullable(Id),
  mayChange: Type.Boolean(),
  createdAt: Moment,
  createdBy: Id,
  updatedAt: Moment,
  version: Version,
}

export const Allocation = closed(
  { ...allocationFields, days: PlannedDays },
  { $id: 'Allocation', description: 'Time set aside for somebody to work on something' },
)
export type AllocationBody = Static<typeof Allocation>

export const TimelinePlan = closed(
  {
    ...allocationFields,
    issue: nullable(closed({ id: Id, key: Type.String(), summary: Type.String() })),
    project: nullable(closed({ id: Id, key: Type.String(), name: Type.String() })),
    occurrences: Type.Array(
      closed({ from: DayText, to: DayText, seconds: Type.Integer({ description: 'In all' }) }),
      { description: 'Those that touch the period, whole' },
    ),
    mayApprove: Type.Boolean(),
  },
  { $id: 'TimelinePlan', description: 'Time set aside, as the timeline shows it' },
)
export type TimelinePlanBody = Static<typeof TimelinePlan>

export const NewAllocation = closed(
  {
    personId: Type.Optional(nullable(idText)),
    resourceId: Type.Optional(nullable(idText)),
    issueId: Type.Optional(nullable(idText)),
    projectId: Type.Optional(nullable(idText)),
    from: DayText,
    to: DayText,
    seconds: Type.Integer({ minimum: 1 }),
    effort: Type.Optional(oneOf(efforts, { description: 'per-day when left out' })),
    startTime: Type.Optional(nullable(clock)),
    includesNonWorkingDays: Type.Optional(Type.Boolean()),
    rule: Type.Optional(oneOf(recurrenceRules)),
    recursUntil: Type.Optional(nullable(DayText)),
    description: Type.Optional(nullable(text(10_000))),
    status: Type.Optional(nullable(oneOf(allocationStatuses))),
    reviewerId: Type.Optional(nullable(idText)),
  },
  {
    $id: 'NewAllocation',
    description: 'For a person or a generic resource, on an issue or a project',
    examples: [
      { personId: '7', issueId: '12', from: '2026-03-02', to: '2026-03-06', seconds: 7200 },
    ],
  },
)
export type NewAllocation = Static<typeof NewAllocation>

export const AllocationsQuery = closed({
  from: DayText,
  to: DayText,
  person: Type.Optional(repeatable(Id, 'Ids of people')),
  resource: Type.Optional(repeatable(Id, 'Ids of generic resources')),
  issue: Type.Optional(repeatable(Id, 'Ids of issues')),
  project: Type.Optional(repeatable(Id, 'Ids of projects')),
  limit: Type.Optional(Limit),
  cursor: Type.Optional(Cursor),
})
export type AllocationsQuery = Static<typeof AllocationsQuery>

export const AllocationsAnswer = closed(
  { allocations: Type.Array(ref(Allocation)), next: Next },
  { $id: 'AllocationsAnswer' },
)

export const AllocationDay = closed(
  { seconds: Type.Integer({ minimum: 0, maximum: 86_400, description: '0 takes the day out' }) },
  { $id: 'AllocationDay', examples: [{ seconds: 0 }] },
)

export const AllocationDayParams = Type.Object({
  id: Type.String({ description: 'Our id', examples: ['4711'] }),
  day: Type.String({ description: 'One of its days', examples: ['2026-03-02'] }),
})
