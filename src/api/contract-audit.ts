import { type Static, Type } from '@sinclair/typebox'
import {
  Cursor,
  closed,
  DayText,
  Id,
  Limit,
  Moment,
  Next,
  nullable,
  ref,
  text,
} from './contract-common.ts'

export const AuditQuery = closed({
  from: Type.Optional(DayText),
  to: Type.Optional(DayText),
  person: Type.Optional(
    Type.String({ pattern: '^[1-9][0-9]{0,18}$', description: 'Id of whoever did it' }),
  ),
  type: Type.Optional(
    text(50, { minLength: 1, description: 'Kind of object', examples: ['worklog'] }),
  ),
  object: Type.Optional(text(255, { minLength: 1, description: 'Id of the object' })),
  action: Type.Optional(
    text(50, { minLength: 1, description: 'Last part of the action', examples: ['delete'] }),
  ),
  limit: Type.Optional(Limit),
  cursor: Type.Optional(Cursor),
})
export type AuditQuery = Static<typeof AuditQuery>

export const AuditEntry = closed(
  {
    seq: Type.Integer({ description: 'Gapless per site, from 1' }),
    at: Moment,
    actor: nullableActor(),
    via: Type.String({
      description: 'The way in: a token, a session, the command line, an import',
    }),
    action: Type.String({ examples: ['worklog.change'] }),
    objectType: Type.String(),
    objectId: Type.String(),
    before: Type.Unknown({ description: 'As it was; null when it was not there' }),
    after: Type.Unknown({ description: 'As it is since; null when it is gone' }),
    hash: Type.String({ description: 'Chained to the entry before' }),
  },
  { $id: 'AuditEntry', description: 'Who changed what' },
)
export type AuditEntryBody = Static<typeof AuditEntry>

export const AuditAnswer = closed(
  { entries: Type.Array(ref(AuditEntry)), next: Next },
  { $id: 'AuditAnswer' },
)
export type AuditBody = Static<typeof AuditAnswer>

function nullableActor() {
  return nullable(closed({ id: Id, displayName: Type.String() }))
}
