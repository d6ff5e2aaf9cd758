import type { FastifyRequest } from 'fastify'
import { DomainError } from '../../domain/errors.ts'
import type { Actor } from '../../domain/permission.ts'
import { authorizationOf } from '../../http/credential.ts'
import type { Identity } from '../../http/identity.ts'

/** Identity step: `Authorization: Apikey KEY`, Basic `Apikey:KEY`, or `?Apikey=KEY` (seed 000). */
export function identifyApikey(identity: Identity) {
  return async (request: FastifyRequest): Promise<void> => {
    const key = keyOf(request)
    if (key === undefined) throw new DomainError('unauthenticated', 'Apikey is missing')
    request.actor = await identity.identify(key, request.ip)
  }
}

/** Who is asking; every route here needs somebody. */
export function actorOf(request: FastifyRequest): Actor {
  if (request.actor) return request.actor
  throw new DomainError('unauthenticated', 'Apikey is missing')
}

/** The first carrier that is there decides: header, then Basic, then query. */
function keyOf(request: FastifyRequest): string | undefined {
  const header = request.headers.authorization
  if (header !== undefined) {
    const key = /^Apikey +(\S+) *$/i.exec(header)?.[1]
    if (key !== undefined) return key
    const credential = authorizationOf(request)
    const isOurs =
      credential && (credential.name === undefined || /^apikey$/i.test(credential.name))
    if (credential && isOurs) return credential.secret
    throw new DomainError('unauthenticated', 'Apikey is not valid')
  }
  const query = request.query as Readonly<Record<string, unknown>>
  const name = Object.keys(query).find((one) => /^apikey$/i.test(one))
  const value = name === undefined ? undefined : [query[name]].flat()[0]
  // Scripts paste the key as it is, so that its plus signs arrive as blanks.
  return typeof value === 'string' ? value.replaceAll(' ', '+') : undefined
}
