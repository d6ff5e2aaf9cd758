import type { FastifyRequest } from 'fastify'
import { DomainError } from '../domain/errors.ts'
import type { Identity } from './identity.ts'

/** Identity step for `Authorization: Bearer <token>`; no header leaves the request anonymous. */
export function identifyBearer(identity: Identity): (request: FastifyRequest) => Promise<void> {
  return async (request) => {
    const header = request.headers.authorization
    if (header === undefined) return
    const secret = /^Bearer +([^\s]+)$/i.exec(header)?.[1]
    if (secret === undefined)
      throw new DomainError('unauthenticated', 'The Authorization header must read: Bearer <token>')
    request.actor = await identity.identify(secret, request.ip)
  }
}
