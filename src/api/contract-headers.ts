import { Type } from '@sinclair/typebox'
import { name } from './contract-common.ts'

const ifMatch = Type.Optional(
  Type.String({
    description: 'ETag the row must still have, or *; otherwise 412',
    examples: ['"8128"'],
  }),
)

const idempotencyKey = Type.Optional(
  Type.String({
    description:
      'Printable ASCII, 1 to 255: the same key with the same request answers the same and writes nothing',
    examples: ['import-2026-03-02-0017'],
  }),
)

// Headers stay open: whatever else a client or a proxy sends is not ours to refuse.
export const MatchHeaders = Type.Object({ 'if-match': ifMatch })
export const KeyHeaders = Type.Object({ 'idempotency-key': idempotencyKey })
export const MatchAndKeyHeaders = Type.Object({
  'if-match': ifMatch,
  'idempotency-key': idempotencyKey,
})

// What cannot be an id is simply not found, so these stay open as well.
export const IdParams = Type.Object({
  id: Type.String({ description: 'Our id', examples: ['4711'] }),
})
export const NameParams = Type.Object({ idOrKey: name('Our id or the key', ['OPS']) })
export const MemberParams = Type.Object({
  id: Type.String({ description: 'Id of the group', examples: ['3'] }),
  personId: Type.String({ description: 'Id of the person', examples: ['7'] }),
})
