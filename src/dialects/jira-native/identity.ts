import type { FastifyReply, FastifyRequest } from 'fastify'
import { DomainError } from '../../domain/errors.ts'
import type { Actor } from '../../domain/permission.ts'
import type { Person } from '../../domain/person.ts'
import { authorizationOf, cookieOf } from '../../http/credential.ts'
import type { JiraNativeNeeds } from './needs.ts'
import type { Box } from './page-token.ts'

/** Named as Jira names its own. */
export const sessionCookie = 'JSESSIONID'

const purpose = 'jira session'
const sessionMs = 8 * 3_600_000

/** A session is the sealed token with its end: nothing to store, and it dies with the token. */
export function sealSession(box: Box, secret: string, now: number): string {
  return box.seal(JSON.stringify([now + sessionMs, secret]), purpose)
}

/**
 * Identity step of a Jira: a token as `Bearer`, or in the place of the password of `Basic`, whatever
 * name stands before it: the token alone says who it is; else the cookie of a session. Nothing
 * leaves the request anonymous.
 */
export function identifyJira({ identity, store, box, now }: JiraNativeNeeds) {
  return async (request: FastifyRequest, reply: FastifyReply): Promise<void> => {
    const cookie = cookieOf(request, sessionCookie)
    const secret =
      request.headers.authorization === undefined
        ? cookie && openSession(box(), cookie, now())
        : authorizationOf(request)?.secret
    if (secret === undefined || secret === '') {
      if (request.headers.authorization === undefined) return
      throw new DomainError('unauthenticated', 'The header is not understood')
    }
    request.actor = await identity.identify(secret, request.ip)
    const { siteId, personId } = request.actor
    const person = await store.people.get(siteId, personId)
    request.jiraCaller = person
    // Clients look here to see whether a token was good (contract A1, B2).
    void reply.header('x-ausername', encodeURIComponent(nameOf(person)))
    void reply.header('x-aaccountid', encodeURIComponent(person.accountId))
  }
}

/** The token of a session; undefined for cookies of others, and for those past their end. */
function openSession(box: Box, cookie: string, now: number): string | undefined {
  try {
    const [until, secret] = JSON.parse(box.open(cookie, purpose)) as [number, string]
    return until > now ? secret : undefined
  } catch {
    return undefined
  }
}

/** The name Data Center would know somebody by. */
export function nameOf(person: Pick<Person, 'username' | 'key' | 'accountId'>): string {
  return person.username ?? person.key ?? person.accountId
}

/** Who is asking; routes that are not public always have somebody. */
export function actorOf(request: FastifyRequest): Actor {
  if (request.actor) return request.actor
  throw new DomainError('unauthenticated', 'Nobody is logged in')
}

/** The person who is asking. */
export function callerOf(request: FastifyRequest): Person {
  if (request.jiraCaller) return request.jiraCaller
  throw new DomainError('unauthenticated', 'Nobody is logged in')
}
