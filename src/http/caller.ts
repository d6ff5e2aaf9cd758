import type { FastifyRequest } from 'fastify'
import { DomainError } from '../domain/errors.ts'
import { identifyBearer } from './bearer.ts'
import { type Identity, isSameSecret } from './identity.ts'
import { readSessionCookie } from './session-cookie.ts'
import type { SessionIdentity } from './session-identity.ts'

/** The header a page of ours repeats the session's CSRF token in, with every write. */
export const csrfHeader = 'x-csrf-token'

const readingMethods = ['GET', 'HEAD', 'OPTIONS']

/**
 * Identity step for scripts and browsers: a token in `Authorization`, or else the cookie of a
 * session. A cookie comes along whoever made the browser ask, so writes must prove that it was us.
 */
export function identifyCaller(
  identity: Identity,
  sessions: SessionIdentity,
): (request: FastifyRequest) => Promise<void> {
  const byToken = identifyBearer(identity)
  return async (request) => {
    if (request.headers.authorization !== undefined) return byToken(request)
    const secret = readSessionCookie(request)
    const entered = secret === undefined ? undefined : await sessions.identify(secret, request.ip)
    if (!entered) return
    const isOpen = request.is404 || request.routeOptions.config.access === 'public'
    if (!isOpen && !readingMethods.includes(request.method)) checkCsrf(request, entered.session)
    request.actor = entered.actor
    request.session = entered.session
  }
}

function checkCsrf(request: FastifyRequest, session: { readonly csrfToken: string }): void {
  const said = request.headers[csrfHeader]
  if (typeof said === 'string' && isSameSecret(said, session.csrfToken)) return
  throw new DomainError('forbidden', `A write with a session needs its ${csrfHeader} header`, {
    reason: 'csrf',
  })
}
