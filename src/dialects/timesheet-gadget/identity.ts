import type { FastifyRequest } from 'fastify'
import { DomainError } from '../../domain/errors.ts'
import type { Actor } from '../../domain/permission.ts'
import { askedJira } from '../../http/asked-jira.ts'
import { authorizationOf } from '../../http/credential.ts'
import type { GadgetNeeds } from './needs.ts'

/** Identity step as a Jira takes it: a token as Bearer, or in the place of the password of Basic. */
export function identifyCaller(needs: GadgetNeeds) {
  return async (request: FastifyRequest): Promise<void> => {
    const credential = authorizationOf(request)
    if (!credential)
      throw new DomainError(
        'unauthenticated',
        'Client must be authenticated to access this resource.',
      )
    const actor = await needs.identity.identify(credential.secret, request.ip)
    request.actor = { ...actor, jira: await askedJira(request, needs, actor.siteId) }
  }
}

/** Who is asking; every route here needs somebody. */
export function actorOf(request: FastifyRequest): Actor {
  if (request.actor) return request.actor
  throw new DomainError('unauthenticated', 'Client must be authenticated to access this resource.')
}
