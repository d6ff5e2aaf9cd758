import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { DomainError, type DomainErrorCode } from '../../domain/errors.ts'

const statuses = {
  invalid: 400,
  unauthenticated: 401,
  forbidden: 403,
  'not-found': 404,
  conflict: 409,
  locked: 409,
  upstream: 502,
  unavailable: 503,
} as const satisfies Record<DomainErrorCode, number>

/** Refusals are one line of text (contract, section 2); a 401 lets curl and browsers try again. */
export function answerErrors(scope: FastifyInstance): void {
  scope.setErrorHandler((error, request, reply) => sendError(request, reply, error))
  scope.setNotFoundHandler((request, reply) => {
    request.log.debug({ method: request.method }, 'no such export')
    return sendError(request, reply, new DomainError('not-found', 'Not found'))
  })
}

function sendError(request: FastifyRequest, reply: FastifyReply, error: unknown): FastifyReply {
  const { status, text } = refusalOf(error)
  if (status >= 500) request.log.error({ err: error }, 'request failed')
  if (status === 401) void reply.header('www-authenticate', 'Basic realm="Apikey"')
  if (error instanceof DomainError && typeof error.details.retryAfterSeconds === 'number')
    void reply.header('retry-after', error.details.retryAfterSeconds)
  return reply
    .code(status)
    .type('text/plain;charset=utf-8')
    .send(`${text.replace(/\s+/g, ' ').trim()}\n`)
}

function refusalOf(error: unknown): { status: number; text: string } {
  if (error instanceof DomainError) {
    const isSlowedDown = error.details.retryAfterSeconds !== undefined
    return { status: isSlowedDown ? 429 : statuses[error.code], text: error.message }
  }
  const { statusCode, message } = error as { statusCode?: number; message?: string }
  if (statusCode !== undefined && statusCode >= 400 && statusCode < 500)
    return { status: statusCode, text: message ?? 'The request is not valid' }
  return { status: 500, text: 'Internal server error' }
}
