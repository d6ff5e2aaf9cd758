import { createHash } from 'node:crypto'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { canonicalJson } from '../domain/audit.ts'
import { DomainError, invalidField } from '../domain/errors.ts'
import type { Idempotency } from '../domain/idempotency.ts'

/** The version the caller insists on, from If-Match or else from what the body or query says. */
export function expectedVersion(request: FastifyRequest, said?: number): number | undefined {
  const header = request.headers['if-match']
  if (header === undefined) return said
  if (header.trim() === '*') return said
  const digits = /^"([1-9]\d{0,14})"$/.exec(header.trim())?.[1]
  if (digits === undefined)
    throw invalidField('If-Match', 'must be one ETag as it was given, such as "12", or *')
  const version = Number(digits)
  if (said !== undefined && said !== version)
    throw invalidField('version', 'differs from the If-Match header')
  return version
}

/** Shows the version of the row that is answered. */
export function setVersionTag(reply: FastifyReply, row: { readonly version: number }): void {
  void reply.header('etag', `"${row.version}"`)
}

/** The Idempotency-Key of a request with the hash of what it asks for. */
export function idempotencyOf(request: FastifyRequest): Idempotency | undefined {
  const key = request.headers['idempotency-key']
  if (key === undefined) return undefined
  if (typeof key !== 'string' || !/^[\x20-\x7e]{1,255}$/.test(key))
    throw invalidField('Idempotency-Key', 'must be 1 to 255 printable ASCII characters')
  const path = request.url.split('?', 1)[0]
  const text = `${request.method} ${path} ${plainJson(request.body)}`
  return { key, requestHash: createHash('sha256').update(text).digest('hex') }
}

function plainJson(body: unknown): string {
  try {
    return canonicalJson(body)
  } catch (error) {
    if (error instanceof RangeError)
      throw new DomainError('invalid', 'The body is nested too deeply')
    throw error
  }
}
