import type { FastifyReply, FastifyRequest } from 'fastify'
import { DomainError, type DomainErrorCode } from '../../domain/errors.ts'
import { type Wire, writeJson } from './wire-json.ts'

/** A refusal in this API's own terms: a status and one message. */
export class Refusal extends Error {
  readonly status: number

  constructor(status: number, message: string) {
    super(message)
    this.status = status
  }
}

/** Incorrect input parameters. */
export function badRequest(message: string): Refusal {
  return new Refusal(400, message)
}

/** "Does not exist" is 400 here; only four routes answer 404, and do so by themselves (contract 2). */
const statuses = {
  invalid: 400,
  unauthenticated: 401,
  forbidden: 403,
  'not-found': 400,
  conflict: 400,
  locked: 403,
  upstream: 502,
  unavailable: 503,
} as const satisfies Record<DomainErrorCode, number>

/** Answers `{"message": …}`; nothing internal leaks out of a 500. */
export function sendRefusal(
  request: FastifyRequest,
  reply: FastifyReply,
  error: unknown,
): FastifyReply {
  const { status, message } = refusalOf(error)
  if (status >= 500) request.log.error({ err: error }, 'request failed')
  if (error instanceof DomainError && error.details.retryAfterSeconds !== undefined)
    void reply.header('retry-after', Number(error.details.retryAfterSeconds))
  return send(reply.code(status), { message })
}

/** JSON as the product labels it. */
export function send(reply: FastifyReply, body: Wire): FastifyReply {
  return reply
    .type('application/json;charset=UTF-8')
    .serializer((value: unknown) => value as string)
    .send(writeJson(body))
}

function refusalOf(error: unknown): { status: number; message: string } {
  if (error instanceof Refusal) return error
  if (error instanceof DomainError) {
    const isThrottled = error.details.retryAfterSeconds !== undefined
    return { status: isThrottled ? 429 : statuses[error.code], message: error.message }
  }
  const { statusCode, message } = error as { statusCode?: number; message?: string }
  if (statusCode !== undefined && statusCode >= 400 && statusCode < 500)
    return { status: statusCode, message: message ?? 'The request is not valid' }
  return { status: 500, message: 'Internal server error' }
}
