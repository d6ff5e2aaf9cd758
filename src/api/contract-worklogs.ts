import { type Static, Type } from '@sinclair/typebox'
import { worklogLimits } from '../domain/worklog.ts'
import {
  closed,
  DayText,
  Id,
  Moment,
  Next,
  name,
  nullable,
  oneOf,
  Problem,
  ref,
  text,
  textMap,
  Version,
} from './contract-common.ts'

const secondsSpent = Type.Integer({
  minimum: 1,
  maximum: worklogLimits.timeSpentSeconds,
  description: 'Whole seconds',
  examples: [5400],
})

const secondsBillable = nullable(
  Type.Integer({
    minimum: 0,
    maximum: worklogLimits.timeSpentSeconds,
    description: 'Whole seconds; null means nobody said, so all of it counts',
    examples: [5400],
  }),
)

export const VisibilityBody = nullable(
  closed(
    { type: oneOf(['group', 'role']), value: text(255, { minLength: 1 }) },
    { description: 'Only members of this group (or project role) and the author see it' },
  ),
)

const attributes = { description: 'Further values by attribute key', examples: [{}] }

export const Worklog = closed(
  {
    id: Id,
    jiraId: Type.String({ description: "Jira's id, or ours from 1,000,000,000 on" }),
    issue: closed({ id: Id, jiraId: Type.String(), key: Type.String(), summary: Type.String() }),
    project: closed({ id: Id, key: Type.String(), name: Type.String() }),
    author: closed({ id: Id, accountId: Type.String(), displayName: Type.String() }),
    updateAuthorId: nullable(Id),
    day: Type.String({ description: "The author's local day", examples: ['2026-03-02'] }),
    startTime: Type.String({
      description: "The author's wall clock",
      examples: ['09:00:00'],
    }),
    startedAt: Moment,
    timeSpentSeconds: Type.Integer({ examples: [5400] }),
    billableSeconds: nullable(
      Type.Integer({ description: 'Null means nobody said, so all of it counts' }),
    ),
    comment: Type.String(),
    category: nullable(Type.String()),
    visibility: nullable(closed({ type: oneOf(['group', 'role']), value: Type.String() })),
    attributes: Type.Unsafe<Record<string, string>>({
      type: 'object',
      additionalProperties: { type: 'string' },
    }),
    createdAt: Moment,
    updatedAt: Moment,
    version: Version,
  },
  { $id: 'Worklog', description: 'Time somebody spent on an issue' },
)
export type WorklogBody = Static<typeof Worklog>

const beginning = {
  startedAt: Type.Optional(
    Type.String({
      format: 'date-time',
      maxLength: 40,
      description: 'When the work began, with an offset; or else give day and startTime',
    }),
  ),
  day: Type.Optional(DayText),
  startTime: Type.Optional(
    Type.String({
      pattern: '^([01][0-9]|2[0-3]):[0-5][0-9](:[0-5][0-9])?$',
      description: "HH:MM or HH:MM:SS on the author's clock; 09:00 when only a day is given",
      examples: ['09:00'],
    }),
  ),
}

const written = {
  billableSeconds: Type.Optional(secondsBillable),
  comment: Type.Optional(text(worklogLimits.commentLength, { examples: ['Reviewed the plan'] })),
  category: Type.Optional(nullable(text(255))),
  visibility: Type.Optional(VisibilityBody),
  remainingEstimateSeconds: Type.Optional(
    Type.Integer({
      minimum: 0,
      maximum: 36_000_000_000,
      description: 'What is left to do on the issue afterwards; issues of a Jira keep theirs',
    }),
  ),
  attributes: Type.Optional(
    textMap(worklogLimits.attributeCount, worklogLimits.attributeLength, attributes),
  ),
}

const issueName = name('Id or key of the issue, now or earlier', ['OPS-7'])
const newEntryExample = {
  issue: 'OPS-7',
  day: '2026-03-02',
  startTime: '09:00',
  timeSpentSeconds: 5400,
  comment: 'Reviewed the plan',
}

export const NewEntry = closed(
  {
    issue: issueName,
    author: Type.Optional(
      name('Id, account id, username, key or e-mail; the caller when left out', ['jane']),
    ),
    ...beginning,
    timeSpentSeconds: secondsSpent,
    ...written,
  },
  { $id: 'NewEntry', description: 'A new worklog', examples: [newEntryExample] },
)
export type NewEntryBody = Static<typeof NewEntry>

export const EntryChange = closed(
  {
    issue: Type.Optional(issueName),
    ...beginning,
    timeSpentSeconds: Type.Optional(secondsSpent),
    ...written,
    version: Type.Optional(
      Type.Integer({
        minimum: 1,
        maximum: Number.MAX_SAFE_INTEGER,
        description: 'Refused with 412 unless this version is stored; or use If-Match',
      }),
    ),
  },
  {
    $id: 'EntryChange',
    description: 'What to change of a worklog; whatever is left out stays',
    examples: [{ timeSpentSeconds: 7200 }],
  },
)
export type EntryChangeBody = Static<typeof EntryChange>

export const BulkEntries = closed(
  {
    // Rows are checked one by one, so that a wrong one does not keep the others out.
    worklogs: Type.Array(Type.Unknown({ description: 'A NewEntry' }), {
      minItems: 1,
      maxItems: worklogLimits.batch,
    }),
  },
  { $id: 'BulkEntries', examples: [{ worklogs: [newEntryExample] }] },
)

export const BulkAnswer = closed(
  {
    results: Type.Array(
      closed({
        index: Type.Integer({ description: 'Place of the row in the request, from 0' }),
        status: Type.Integer({ description: '201, or the status the row alone would have got' }),
        worklog: Type.Optional(ref(Worklog)),
        problem: Type.Optional(ref(Problem)),
      }),
    ),
    written: Type.Integer(),
    refused: Type.Integer(),
  },
  { $id: 'BulkAnswer', description: 'What became of each row' },
)

export const Completeness = closed(
  {
    total: Type.Optional(Type.Integer({ description: 'Worklogs that match and that you may see' })),
    seconds: Type.Optional(Type.Integer({ description: 'Their time, in whole seconds' })),
    hidden: Type.Optional(
      Type.Integer({ description: 'Worklogs that match but are kept from you' }),
    ),
    hiddenPeople: Type.Optional(
      Type.Integer({ description: 'How many people’s those are; left out where there are none' }),
    ),
    connections: Type.Array(
      closed({
        name: Type.String(),
        syncedAt: nullable(Moment),
        ageSeconds: nullable(Type.Integer({ description: 'Since rows last arrived' })),
        worklogsAnnounced: nullable(Type.Integer({ description: 'What the source says it has' })),
        worklogsHeld: nullable(Type.Integer({ description: 'What is stored here' })),
      }),
    ),
  },
  {
    $id: 'Completeness',
    description:
      'What the answer leaves out and how fresh it is; total, seconds and hidden on first pages only',
  },
)

export const WorklogsAnswer = closed(
  { worklogs: Type.Array(ref(Worklog)), next: Next, completeness: ref(Completeness) },
  { $id: 'WorklogsAnswer' },
)

export const changeKinds = ['created', 'updated', 'deleted', 'hidden'] as const

export const ChangesAnswer = closed(
  {
    changes: Type.Array(
      closed({
        kind: oneOf(changeKinds, {
          description:
            'created and updated: put the row. deleted: drop it. hidden: drop it, you may no longer see it',
        }),
        id: Id,
        version: Version,
        worklog: Type.Optional(ref(Worklog)),
        deletedAt: Type.Optional(Moment),
      }),
    ),
    next: Type.Integer({ description: 'Ask with since=<next>' }),
    isCaughtUp: Type.Boolean({ description: 'Whether nothing more was there to tell' }),
  },
  { $id: 'ChangesAnswer' },
)
export type ChangesBody = Static<typeof ChangesAnswer>
