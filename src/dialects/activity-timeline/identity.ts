import type { FastifyRequest } from 'fastify'
import { DomainError } from '../../domain/errors.ts'
import { type Actor, can } from '../../domain/permission.ts'
import type { ActivityTimelineNeeds } from './needs.ts'
import { rawQuery } from './params.ts'

/**
 * The token, from the first of four places that has one (contract 2): a wrong one is not rescued by
 * a right one further down. Then the switch, and the owner, who must be an administrator.
 */
export function identifyToken({
  identity,
  store,
  switched,
}: ActivityTimelineNeeds): (request: FastifyRequest) => Promise<void> {
  return async (request) => {
    const secret = tokenOf(request)
    if (secret === undefined)
      throw new DomainError('unauthenticated', 'Authorization token is missing')
    request.actor = await identity.identify(secret, request.ip)
    const settings = await store.planningSettings.get(request.actor.siteId)
    const isOn = switched === 'site' ? settings.isActivityTimelineOn : switched === 'on'
    if (!isOn) throw new DomainError('forbidden', 'REST API is turned off')
    if (!isAdministrator(request.actor))
      throw new DomainError('forbidden', 'Administrator permission is required')
  }
}

function tokenOf(request: FastifyRequest): string | undefined {
  const query = rawQuery(request.url)
  for (const name of ['auth-token', 'auth_token']) {
    const header = request.headers[name]
    const values = [Array.isArray(header) ? header[0] : header, query.get(name)]
    for (const value of values) if (value !== undefined && value !== '') return value
  }
  return undefined
}

/** Every call of this API needs the right to administer; the token's scopes are asked by each route. */
function isAdministrator(actor: Actor): boolean {
  return can({ ...actor, scopes: ['read', 'write', 'admin'] }, 'administer', { type: 'site' })
}

/** Who is asking: every route of this API has somebody. */
export function actorOf(request: FastifyRequest): Actor {
  if (request.actor) return request.actor
  throw new DomainError('unauthenticated', 'Authorization token is missing')
}
