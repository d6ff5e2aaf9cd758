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

/** Refusals in the shape of Jira's own REST plugins: `{"message":…,"status-code":…}` (contract 1.4). */
export function answerErrors(scope: FastifyInstance): void {
  scope.setErrorHandler((error, request, reply) => sendError(request, reply, error))
  scope.setNotFoundHandler((request, reply) => {
    request.log.debug({ method: request.method, path: request.url }, 'no such resource')
    return sendError(request, reply, new DomainError('not-found', 'Not found'))
  })
}

function sendError(request: FastifyRequest, reply: FastifyReply, error: unknown): FastifyReply {
  const { status, message } = refusalOf(error)
  if (status >= 500) request.log.error({ err: error }, 'request failed')
  if (status === 401) void reply.header('www-authenticate', 'Basic realm="hourbook"')
  if (error instanceof DomainError && typeof error.details.retryAfterSeconds === 'number')
    void reply.header('retry-after', error.details.retryAfterSeconds)
  return reply
    .code(status)
    .type('application/json;charset=UTF-8')
    .serializer((value: unknown) => value as string)
    .send(JSON.stringify({ message, 'status-code': status }))
}

function refusalOf(error: unknown): { status: number; message: string } {
  if (error instanceof DomainError) {
    const isSlowedDown = error.details.retryAfterSeconds !== undefined
    return { status: isSlowedDown ? 429 : statuses[error.code], message: error.message }
  }
  const { statusCode, message } = error as { statusCode?: number; message?: string }
  if (statusCode !== undefined && statusCode >= 400 && statusCode < 500)
    return { status: statusCode, message: message ?? 'The request is not valid' }
  return { status: 500, message: 'Internal server error' }
}
