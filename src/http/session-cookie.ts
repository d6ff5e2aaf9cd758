import type { FastifyReply, FastifyRequest } from 'fastify'
import { sessionLimits } from '../domain/session.ts'
import { cookieOf } from './credential.ts'

/** Over https the name itself makes browsers insist on Secure, on this host and on the path `/`. */
const names = { https: '__Host-hourbook', http: 'hourbook_session' } as const

/** Whether the browser came over https, to us or to a proxy we trust. */
export function isHttps(request: FastifyRequest): boolean {
  return request.protocol === 'https'
}

/** The secret the browser sent along, if any. */
export function readSessionCookie(request: FastifyRequest): string | undefined {
  return cookieOf(request, isHttps(request) ? names.https : names.http)
}

export function setSessionCookie(
  request: FastifyRequest,
  reply: FastifyReply,
  secret: string,
): void {
  const secure = isHttps(request)
  void reply.setCookie(secure ? names.https : names.http, secret, {
    httpOnly: true,
    sameSite: 'lax',
    secure,
    path: '/',
    maxAge: sessionLimits.longestMs / 1_000,
  })
}

export function clearSessionCookie(request: FastifyRequest, reply: FastifyReply): void {
  const secure = isHttps(request)
  const attributes = { httpOnly: true, sameSite: 'lax', secure, path: '/' } as const
  void reply.clearCookie(secure ? names.https : names.http, attributes)
}
