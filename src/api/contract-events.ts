import { type Static, Type } from '@sinclair/typebox'
import { eventColors, eventKinds, planKinds } from '../domain/event.ts'
import {
  Cursor,
  closed,
  DayText,
  Flag,
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

const anyPerson = name('Any name of a person', ['jane'])
const anyTeam = name('A team by id or name', ['Platform'])
const anyProject = name('A project by id, key or name', ['OPS'])
const anyIssue = name('An issue by id or key', ['OPS-1'])
const anyType = name('A type of event by id or name', ['Booking'])
const Kind = oneOf(planKinds, {
  description: '`issue` is an issue with its days on the timeline; the others are events',
})
const Color = oneOf([...eventColors, 'None'])
const title = text(500, { description: 'One line on the bar; may be empty for issues' })
const link = text(2_000, { description: 'An http(s) address, or empty', examples: [''] })
const perDay = Type.Integer({
  minimum: 0,
  maximum: 86_400,
  description: 'Seconds on each working day: bookings, partial days off, overtime, issues',
  examples: [7_200],
})
const total = Type.Integer({
  minimum: 0,
  maximum: 36_000_000_000,
  description: 'Seconds over the whole span: placeholders and issues',
  examples: [72_000],
})

const Who = closed({ id: Id, accountId: Type.String(), displayName: Type.String() })

export const EventTypeSchema = closed(
  {
    id: Id,
    kind: oneOf(eventKinds),
    name: Type.String(),
    isSystem: Type.Boolean({ description: 'Comes with the site and stays' }),
    isMilestone: Type.Boolean({ description: 'A line over the whole timeline' }),
    version: Version,
  },
  { $id: 'EventType' },
)

export const EventTypesAnswer = closed(
  { eventTypes: Type.Array(ref(EventTypeSchema)) },
  { $id: 'EventTypesAnswer' },
)

export const NewEventType = closed(
  {
    kind: oneOf(eventKinds, { description: 'Decides how its events behave' }),
    name: text(255, { minLength: 1 }),
    isMilestone: Type.Optional(Type.Boolean()),
  },
  { $id: 'NewEventType', examples: [{ kind: 'booking', name: 'Workshop' }] },
)

export const EventTypeChange = closed(
  {
    name: Type.Optional(text(255, { minLength: 1 })),
    isMilestone: Type.Optional(Type.Boolean()),
  },
  { $id: 'EventTypeChange', minProperties: 1, examples: [{ name: 'Workshop' }] },
)

export const EventSchema = closed(
  {
    id: Type.String({ description: 'Digits; may exceed 2^53', examples: ['3728690601734324315'] }),
    kind: Kind,
    type: nullable(closed({ id: Id, name: Type.String() })),
    person: nullable(Who),
    team: nullable(closed({ id: Id, name: Type.String() })),
    project: nullable(closed({ id: Id, key: Type.String(), name: Type.String() })),
    issue: nullable(
      closed({
        id: Id,
        jiraId: Type.String(),
        key: Type.String(),
        summary: Type.String(),
        dueDay: nullable(DayText),
        status: nullable(Type.String()),
      }),
    ),
    title: Type.String(),
    from: DayText,
    to: DayText,
    secondsPerDay: nullable(Type.Integer()),
    originalSeconds: nullable(Type.Integer()),
    remainingSeconds: nullable(Type.Integer()),
    effectiveOriginalSeconds: Type.Integer({ description: 'Its own, or else of its issue' }),
    effectiveRemainingSeconds: Type.Integer({ description: 'What feeds the workload' }),
    color: nullable(Color),
    link: Type.String(),
    isApproved: Type.Boolean(),
    approvedBy: nullable(Who),
    approvedAt: nullable(Moment),
    createdById: nullable(Id),
    createdAt: Moment,
    updatedAt: Moment,
    mayChange: Type.Boolean({ description: 'Whether you may change or remove it' }),
    mayApprove: Type.Boolean(),
    version: Version,
  },
  { $id: 'Event' },
)
export type EventBody = Static<typeof EventSchema>

export const EventsAnswer = closed(
  { events: Type.Array(ref(EventSchema)), next: Next },
  { $id: 'EventsAnswer' },
)

export const EventsQuery = closed({
  from: Type.Optional(DayText),
  to: Type.Optional(DayText),
  person: Type.Optional(repeatable(anyPerson, 'Events of these people')),
  team: Type.Optional(
    repeatable(anyTeam, 'Events of members of these teams, and on the panels of the teams'),
  ),
  kind: Type.Optional(repeatable(Kind, 'Only these kinds')),
  type: Type.Optional(repeatable(anyType, 'Only these types')),
  project: Type.Optional(repeatable(anyProject, 'Only of these projects')),
  issue: Type.Optional(repeatable(anyIssue, 'Only of these issues')),
  isApproved: Type.Optional(Flag),
  limit: Type.Optional(Limit),
  cursor: Type.Optional(Cursor),
})
export type EventsQuery = Static<typeof EventsQuery>

const shared = {
  type: Type.Optional(anyType),
  person: Type.Optional(anyPerson),
  team: Type.Optional(anyTeam),
  issue: Type.Optional(anyIssue),
  project: Type.Optional(nullable(anyProject)),
  title: Type.Optional(title),
  secondsPerDay: Type.Optional(nullable(perDay)),
  color: Type.Optional(nullable(Color)),
  link: Type.Optional(link),
  isApproved: Type.Optional(Type.Boolean()),
}

const newFields = {
  ...shared,
  kind: Type.Optional(Kind),
  from: DayText,
  to: DayText,
  estimateSeconds: Type.Optional(nullable(total)),
}

export const NewEvent = closed(newFields, {
  $id: 'NewEvent',
  description: 'A `type` or a `kind`, and a `person` or a `team`',
  examples: [
    {
      kind: 'booking',
      person: 'jane',
      project: 'OPS',
      title: 'Migration',
      from: '2026-03-02',
      to: '2026-03-06',
      secondsPerDay: 14_400,
    },
  ],
})

const changeFields = {
  ...shared,
  from: Type.Optional(DayText),
  to: Type.Optional(DayText),
  remainingSeconds: Type.Optional(nullable(total)),
}

export const EventChange = closed(changeFields, {
  $id: 'EventChange',
  minProperties: 1,
  examples: [{ to: '2026-03-13', color: 'Teal' }],
})

const moveFields = {
  days: Type.Optional(Type.Integer({ minimum: -3_660, maximum: 3_660, examples: [7] })),
  from: Type.Optional(DayText),
  person: Type.Optional(anyPerson),
  team: Type.Optional(anyTeam),
}

export const EventMove = closed(moveFields, {
  $id: 'EventMove',
  minProperties: 1,
  description: 'So many `days` later, or to a first day `from`; the length stays',
  examples: [{ days: 7 }, { from: '2026-03-09', person: 'jane' }],
})

export const EventSplit = closed(
  { on: DayText },
  {
    $id: 'EventSplit',
    description: 'First day of the second part',
    examples: [{ on: '2026-03-04' }],
  },
)

const command = closed(
  {
    kind: oneOf(['create', 'change', 'move', 'split', 'remove'] as const),
    id: Type.Optional(Id),
    version: Type.Optional(Version),
    event: Type.Optional(closed(newFields)),
    change: Type.Optional(closed(changeFields)),
    move: Type.Optional(closed(moveFields)),
    on: Type.Optional(DayText),
  },
  {
    description:
      '`create` takes `event`; the others take `id`, may take `version`, and `change`, `move` or `on`',
  },
)
export type EventCommandBody = Static<typeof command>

export const EventCommands = closed(
  { commands: Type.Array(command, { minItems: 1, maxItems: 500 }) },
  {
    $id: 'EventCommands',
    examples: [{ commands: [{ kind: 'move', id: '4711', move: { days: 1 } }] }],
  },
)

export const EventUndo = closed(
  { versions: Type.Array(Version, { minItems: 1, maxItems: 500 }) },
  { $id: 'EventUndo', examples: [{ versions: [8128] }] },
)

export const EventOutcomes = closed(
  {
    outcomes: Type.Array(
      closed({
        id: Id,
        event: Type.Optional(ref(EventSchema)),
        version: Version,
      }),
      {
        description:
          'In the order of the commands; a split leaves two. `event` is left out once it is gone; `version` undoes the change',
      },
    ),
  },
  { $id: 'EventOutcomes' },
)
