import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { renderAvatar } from './avatar.ts'
import type { Loose } from './params.ts'

const aYear = 'public, max-age=31536000, immutable'

/** The pictures that `avatarUrls` point at; anybody may load them, as they only show the address. */
export function registerAvatars(scope: FastifyInstance): void {
  const answer = async (request: FastifyRequest<{ Querystring: Loose }>, reply: FastifyReply) =>
    reply
      .type('image/svg+xml; charset=utf-8')
      .header('cache-control', aYear)
      // Shown in pages of other origins, as Jira's are.
      .header('cross-origin-resource-policy', 'cross-origin')
      .send(renderAvatar(request.query))
  for (const path of ['/secure/useravatar', '/secure/projectavatar'])
    scope.get<{ Querystring: Loose }>(path, { config: { access: 'public' } }, answer)
}
