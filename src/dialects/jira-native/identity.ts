import type { FastifyReply, FastifyRequest } from 'fastify'
import { DomainError } from '../../domain/errors.ts'
import type { Actor } from '../../domain/permission.ts'
import type { Person } from '../../domain/person.ts'
import { askedJira } from '../../http/asked-jira.ts'
import { authorizationOf, cookieOf } from '../../http/credential.ts'
import type { JiraNativeNeeds } from './needs.ts'
import type { Box } from './page-token.ts'
import type { Admitted, Gate, Key } from './password-login.ts'

/** Named as Jira names its own. */
export const sessionCookie = 'JSESSIONID'

const purpose = 'jira session'
const sessionMs = 8 * 3_600_000

/** A cookie is the sealed key with its end: nothing to store, and it dies with its key. */
export function sealSession(box: Box, { kind, secret }: Key, now: number): string {
  return box.seal(JSON.stringify([now + sessionMs, kind, secret]), purpose)
}

/**
 * Identity step of a Jira: a token as `Bearer`, or in the place of the password of `Basic`, whatever
 * name stands before it: the token alone says who it is; a name with the password of its login; else
 * the cookie of a session. Nothing leaves the request anonymous.
 */
export function identifyJira(needs: JiraNativeNeeds, gate: Gate) {
  const { store, box, now, site } = needs
  const admit = async (request: FastifyRequest): Promise<Admitted | undefined> => {
    if (request.headers.authorization !== undefined) {
      const credential = authorizationOf(request)
      if (credential) return gate.admit(request, credential)
      throw new DomainError('unauthenticated', 'The header is not understood')
    }
    const cookie = cookieOf(request, sessionCookie)
    const key = cookie && openSession(box(), cookie, now())
    return key ? gate.readmit(request, key) : undefined
  }
  return async (request: FastifyRequest, reply: FastifyReply): Promise<void> => {
    const admitted = await admit(request)
    const jira = await askedJira(request, needs, admitted?.actor.siteId ?? site.id)
    if (!admitted) return
    request.actor = { ...admitted.actor, jira }
    const { siteId, personId } = request.actor
    const person = await store.people.get(siteId, personId)
    request.jiraCaller = person
    // Clients look here to see whether a token was good (contract A1, B2).
    void reply.header('x-ausername', encodeURIComponent(nameOf(person)))
    void reply.header('x-aaccountid', encodeURIComponent(person.accountId))
  }
}

/** The key of a session; undefined for cookies of others, and for those past their end. */
function openSession(box: Box, cookie: string, now: number): Key | undefined {
  try {
    const sealed = JSON.parse(box.open(cookie, purpose)) as [number, Key['kind'], string]
    const [until, kind, secret] = sealed
    return until > now ? { kind, secret } : undefined
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
