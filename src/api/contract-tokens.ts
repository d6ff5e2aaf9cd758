import { type Static, Type } from '@sinclair/typebox'
import { scopes } from '../domain/permission.ts'
import { closed, DayText, Id, Moment, nullable, oneOf, ref, text } from './contract-common.ts'

export const Token = closed(
  {
    id: Id,
    name: Type.String({ description: 'What it is for' }),
    owner: closed({ id: Id, displayName: Type.String() }),
    hint: Type.String({ description: 'How the secret begins; empty for adopted values' }),
    scopes: Type.Array(oneOf(scopes)),
    networks: Type.Array(Type.String(), { description: 'Empty: it may come from anywhere' }),
    createdAt: Moment,
    expiresAt: nullable(Moment),
    lastUsedAt: nullable(Moment),
    lastUsedFrom: nullable(Type.String()),
    revokedAt: nullable(Moment),
  },
  { $id: 'Token', description: 'A secret for scripts; the secret itself is kept nowhere' },
)
export type TokenBody = Static<typeof Token>

export const TokensAnswer = closed({ tokens: Type.Array(ref(Token)) }, { $id: 'TokensAnswer' })
export type TokensBody = Static<typeof TokensAnswer>

export const NewToken = closed(
  {
    name: text(255, { minLength: 1, examples: ['Nightly export'] }),
    owner: Type.Optional(
      text(20, { minLength: 1, description: 'Id of whose it is; you when left out' }),
    ),
    scopes: Type.Array(oneOf(scopes), { minItems: 1, maxItems: 10 }),
    networks: Type.Optional(
      Type.Array(text(100, { minLength: 1, examples: ['10.0.0.0/8'] }), {
        maxItems: 100,
        description: 'Addresses and networks it may come from; anywhere when left out',
      }),
    ),
    expires: Type.Optional(nullable(DayText)),
    value: Type.Optional(
      text(4_096, {
        description: 'Adopts a value that scripts already carry: 16 characters or more',
      }),
    ),
  },
  { $id: 'NewToken', examples: [{ name: 'Nightly export', scopes: ['read'] }] },
)
export type NewTokenBody = Static<typeof NewToken>

export const TokenMade = closed(
  { token: ref(Token), secret: Type.String({ description: 'Shown this once' }) },
  { $id: 'TokenMade' },
)
export type TokenMadeBody = Static<typeof TokenMade>
