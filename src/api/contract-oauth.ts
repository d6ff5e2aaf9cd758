import { type Static, Type } from '@sinclair/typebox'
import { closed, Id, Moment, ref, text } from './contract-common.ts'

const fields = {
  name: text(255, { minLength: 1, examples: ['Payroll'] }),
  redirectUris: Type.Array(text(2_000), {
    minItems: 1,
    maxItems: 20,
    description: 'Where browsers may be sent back to: https, or http on the machine itself',
    examples: [['https://payroll.example/callback']],
  }),
}

export const NewOAuthApp = closed(fields, {
  $id: 'NewOAuthApp',
  examples: [{ name: 'Payroll', redirectUris: ['https://payroll.example/callback'] }],
})
export type NewOAuthAppBody = Static<typeof NewOAuthApp>

export const OAuthApp = closed(
  { id: Id, ...fields, clientId: Type.String(), createdAt: Moment },
  { $id: 'OAuthApp' },
)

export const OAuthAppsAnswer = closed(
  { apps: Type.Array(ref(OAuthApp)) },
  { $id: 'OAuthAppsAnswer' },
)

export const OAuthAppMade = closed(
  { app: ref(OAuthApp), clientSecret: Type.String({ description: 'Told once, kept nowhere' }) },
  { $id: 'OAuthAppMade' },
)
