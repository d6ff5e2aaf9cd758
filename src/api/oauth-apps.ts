import type { FastifyInstance } from 'fastify'
import type { OAuthApp, OAuthAppId } from '../domain/oauth-app.ts'
import type { OAuthApps } from '../domain/oauth-apps.ts'
import { formatInstant } from '../domain/zone.ts'
import {
  IdParams,
  NewOAuthApp,
  type NewOAuthAppBody,
  OAuthAppMade,
  OAuthAppsAnswer,
  ref,
} from './contract.ts'
import { actorOf } from './needs.ts'
import { answer, nothing, operation } from './operation.ts'

/** Programs that people can let act for them. */
export function registerOAuthApps(scope: FastifyInstance, oauth: OAuthApps): void {
  scope.get(
    '/oauth-apps',
    {
      config: { access: 'admin' },
      schema: operation({
        id: 'listOAuthApps',
        tag: 'Entering',
        summary: 'List programs',
        description: 'Programs that may ask people to let them act for them.',
        answers: { 200: answer('All of them', ref(OAuthAppsAnswer)) },
      }),
    },
    async (request) => ({ apps: (await oauth.list(actorOf(request))).map(render) }),
  )

  scope.post<{ Body: NewOAuthAppBody }>(
    '/oauth-apps',
    {
      config: { access: 'admin' },
      schema: operation({
        id: 'createOAuthApp',
        tag: 'Entering',
        summary: 'Register a program',
        description:
          'For OAuth 2.0 at /oauth/authorize/redirect and /oauth/token/. The secret is in this answer only.',
        body: ref(NewOAuthApp),
        answers: { 201: answer('Registered', ref(OAuthAppMade)) },
      }),
    },
    async (request, reply) => {
      const { app, secret } = await oauth.create(actorOf(request), request.body)
      return reply.code(201).send({ app: render(app), clientSecret: secret })
    },
  )

  scope.delete<{ Params: { id: OAuthAppId } }>(
    '/oauth-apps/:id',
    {
      config: { access: 'admin' },
      schema: operation({
        id: 'removeOAuthApp',
        tag: 'Entering',
        summary: 'Remove a program',
        description: 'Every token it was granted ends at once.',
        params: IdParams,
        answers: { 204: nothing('Removed') },
      }),
    },
    async (request, reply) => {
      await oauth.remove(actorOf(request), request.params.id)
      return reply.code(204).send()
    },
  )
}

function render({ id, name, clientId, redirectUris, createdAt }: OAuthApp) {
  return { id, name, clientId, redirectUris, createdAt: formatInstant(createdAt) }
}
