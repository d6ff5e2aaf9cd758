import type { FastifyReply, FastifyRequest } from 'fastify'
import { DomainError } from '../../domain/errors.ts'
import type { Actor } from '../../domain/permission.ts'
import type { Person } from '../../domain/person.ts'
import { authorizationOf } from '../../http/credential.ts'
import type { JiraNativeNeeds } from './needs.ts'

/**
 * Identity step of a Jira: a token as `Bearer`, or in the place of the password of `Basic`, whatever
 * name stands before it: the token alone says who it is. Nothing leaves the request anonymous.
 */
export function identifyJira({ identity, store }: JiraNativeNeeds) {
  return async (request: FastifyRequest, reply: FastifyReply): Promise<void> => {
    if (request.headers.authorization === undefined) return
    const credential = authorizationOf(request)
    if (!credential) throw new DomainError('unauthenticated', 'The header is not understood')
    request.actor = await identity.identify(credential.secret, request.ip)
    const { siteId, personId } = request.actor
    const person = await store.people.get(siteId, personId)
    request.jiraCaller = person
    // Clients look here to see whether a token was good (contract A1, B2).
    void reply.header('x-ausername', encodeURIComponent(nameOf(person)))
    void reply.header('x-aaccountid', encodeURIComponent(person.accountId))
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
