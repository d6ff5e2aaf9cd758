import type { FastifyReply, FastifyRequest } from 'fastify'
import { DomainError, type DomainErrorCode } from '../../domain/errors.ts'

/** Contract 1.13: never 401, for clients would ask for a password or try again with one. */
const statuses = {
  invalid: 400,
  unauthenticated: 403,
  forbidden: 403,
  'not-found': 404,
  conflict: 409,
  locked: 409,
  upstream: 502,
  unavailable: 503,
} as const satisfies Record<DomainErrorCode, number>

/** A refusal with its status and one line that says why. */
export class ServletError extends Error {
  override readonly name = 'ServletError'
  readonly status: number

  constructor(status: number, message: string) {
    super(message)
    this.status = status
  }
}

/** Answers a refusal as one line of text [contract 1.13]. */
export function sendRefusal(
  request: FastifyRequest,
  reply: FastifyReply,
  error: unknown,
): FastifyReply {
  const [status, message] = refusalOf(error, request.id)
  if (status >= 500) request.log.error({ err: error }, 'request failed')
  if (error instanceof DomainError && typeof error.details.retryAfterSeconds === 'number')
    void reply.header('retry-after', error.details.retryAfterSeconds)
  return reply
    .code(status)
    .type('text/plain;charset=UTF-8')
    .send(`${message.replace(/\s+/g, ' ').trim()}\n`)
}

function refusalOf(error: unknown, requestId: string): [number, string] {
  if (error instanceof ServletError) return [error.status, error.message]
  if (error instanceof DomainError) return [statuses[error.code], error.message]
  const { statusCode, message } = error as { statusCode?: number; message?: string }
  if (statusCode !== undefined && statusCode >= 400 && statusCode < 500)
    return [statusCode, message ?? 'The request is not valid']
  return [500, `Internal error, reference ${requestId}`]
}
