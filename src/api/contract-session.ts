import { type Static, Type } from '@sinclair/typebox'
import { passwordLimits } from '../domain/login.ts'
import { closed, Id, Moment, nullable, oneOf, ref, text } from './contract-common.ts'
import { Me } from './contract-people.ts'
import { Preferences } from './contract-preferences.ts'

// Bounded like a new one, so that nothing longer is ever hashed.
const password = text(passwordLimits.longest, { minLength: 1 })
const newPassword = text(passwordLimits.longest, {
  minLength: 1,
  description: `At least ${passwordLimits.shortest} characters, and not one of the names`,
})
const linkSecret = Type.String({ minLength: 10, maxLength: 200, pattern: '^[A-Za-z0-9_-]+$' })

export const SignIn = closed(
  {
    name: text(255, { minLength: 1, description: 'Username or e-mail' }),
    password,
  },
  { $id: 'SignIn', examples: [{ name: 'jane', password: 'correct horse battery' }] },
)
export type SignInBody = Static<typeof SignIn>

export const SessionAnswer = closed(
  {
    me: Type.Unsafe<Static<typeof Me> | null>({
      anyOf: [ref(Me), { type: 'null' }],
      description: 'Who is signed in; null for a stranger',
    }),
    preferences: Type.Unsafe<Static<typeof Preferences> | null>({
      anyOf: [ref(Preferences), { type: 'null' }],
      description: 'How they want the application to look; null for a stranger',
    }),
    csrfToken: nullable(
      Type.String({
        description: 'To repeat as X-CSRF-Token with every write; null without a session',
      }),
    ),
    siteName: Type.String(),
    singleSignOn: nullable(
      Type.String({ description: 'Name of the identity provider where there is one' }),
    ),
    needsFirstStart: Type.Boolean({ description: 'Whether no administrator can enter yet' }),
    version: Type.String({ description: 'Version of the server' }),
  },
  { $id: 'SessionAnswer', description: 'Who is signed in, and how one can' },
)
export type SessionBody = Static<typeof SessionAnswer>

const exampleSecret = 'Yk3vX0f6bq2m1T8wZr9uLp5sNc7dGhJe'

export const LinkSecret = closed(
  { secret: linkSecret },
  { $id: 'LinkSecret', examples: [{ secret: exampleSecret }] },
)
export type LinkSecretBody = Static<typeof LinkSecret>

export const LinkAnswer = closed(
  {
    displayName: Type.String(),
    name: Type.String({ description: 'What to type as name when signing in' }),
    purpose: oneOf(['first-start', 'reset']),
    expiresAt: Moment,
  },
  { $id: 'LinkAnswer', description: 'Whose link it is' },
)
export type LinkBody = Static<typeof LinkAnswer>

export const Claim = closed(
  { secret: linkSecret, password: newPassword },
  {
    $id: 'Claim',
    examples: [{ secret: exampleSecret, password: 'correct horse battery' }],
  },
)
export type ClaimBody = Static<typeof Claim>

export const PasswordChange = closed(
  { current: password, next: newPassword },
  {
    $id: 'PasswordChange',
    examples: [{ current: 'correct horse battery', next: 'another horse battery' }],
  },
)
export type PasswordChangeBody = Static<typeof PasswordChange>

export const SessionsAnswer = closed(
  {
    sessions: Type.Array(
      closed({
        id: Id,
        isThis: Type.Boolean({ description: 'Whether it is the one asking' }),
        createdAt: Moment,
        lastUsedAt: Moment,
        lastUsedFrom: nullable(Type.String()),
        userAgent: Type.String(),
        expiresAt: Moment,
      }),
    ),
  },
  { $id: 'SessionsAnswer' },
)
export type SessionsBody = Static<typeof SessionsAnswer>

export const PasswordLinkAnswer = closed(
  { path: Type.String({ description: 'To open in a browser; shown once' }), expiresAt: Moment },
  { $id: 'PasswordLinkAnswer' },
)
export type PasswordLinkBody = Static<typeof PasswordLinkAnswer>

export const SignOnQuery = closed({
  to: Type.Optional(Type.String({ maxLength: 500, description: 'Where to go afterwards' })),
})
