import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { DomainError, type DomainErrorCode } from '../../domain/errors.ts'
import { refuseBadAddresses } from '../../http/bad-address.ts'

/** Status of each refusal; a locked day is a business rule, hence 400 [S3 config fields]. */
const statuses = {
  invalid: 400,
  unauthenticated: 401,
  forbidden: 403,
  'not-found': 404,
  conflict: 400,
  locked: 400,
  upstream: 502,
  unavailable: 503,
} as const satisfies Record<DomainErrorCode, number>

/** [S3] the same text for every operation. */
export const forbiddenMessage =
  'The logged-in-user does not have required permission to view this data'

/** A refusal in this API's own words, one message or several. */
export class TempoError extends Error {
  override readonly name = 'TempoError'
  readonly status: number
  readonly messages: readonly string[]

  constructor(status: number, ...messages: readonly string[]) {
    super(messages.join(', '))
    this.status = status
    this.messages = messages
  }
}

/** Bad input or a broken rule. */
export function badRequest(...messages: readonly string[]): TempoError {
  return new TempoError(400, ...messages)
}

/** There is no such thing, or the caller may not know of it. */
export function notFound(message: string): TempoError {
  return new TempoError(404, message)
}

/**
 * Runs `work` with the domain's refusals of some codes told in this API's own words, such as
 * `not-found` as "Account not found".
 */
export async function inWords<T>(
  words: Partial<Record<DomainErrorCode, string>>,
  work: () => Promise<T>,
): Promise<T> {
  try {
    return await work()
  } catch (error) {
    if (!(error instanceof DomainError)) throw error
    const message = words[error.code]
    if (message === undefined) throw error
    throw new TempoError(statuses[error.code], message)
  }
}

/** The error handler of every scope of this dialect: an array of objects with `message` [S3][S4]. */
export function answerErrors(scope: FastifyInstance): void {
  scope.setErrorHandler((error, request, reply) => sendError(request, reply, error))
  refuseBadAddresses(scope, sendError)
  scope.setNotFoundHandler((request, reply) => {
    request.log.debug({ method: request.method, path: request.url }, 'no such operation')
    return sendError(request, reply, notFound('Not found'))
  })
}

function sendError(request: FastifyRequest, reply: FastifyReply, error: unknown): FastifyReply {
  const { status, messages } = refusalOf(error)
  if (status >= 500) request.log.error({ err: error }, 'request failed')
  if (status === 401) void reply.header('www-authenticate', 'Bearer realm="hourbook"')
  if (error instanceof DomainError && typeof error.details.retryAfterSeconds === 'number')
    void reply.header('retry-after', error.details.retryAfterSeconds)
  return reply
    .code(status)
    .type('application/json; charset=utf-8')
    .send(JSON.stringify({ errors: messages.map((message) => ({ message: oneLine(message) })) }))
}

function refusalOf(error: unknown): { status: number; messages: readonly string[] } {
  if (error instanceof TempoError) return error
  if (error instanceof DomainError) {
    const status = error.details.retryAfterSeconds === undefined ? statuses[error.code] : 429
    if (error.code === 'forbidden') return { status, messages: [forbiddenMessage] }
    const { problems } = error.details
    if (error.code !== 'invalid' || !problems || problems.length === 0)
      return { status, messages: [error.message] }
    return { status, messages: problems.map(({ field, message }) => `'${field}' ${message}`) }
  }
  const { statusCode, message } = error as { statusCode?: number; message?: string }
  if (statusCode !== undefined && statusCode >= 400 && statusCode < 500)
    return { status: statusCode, messages: [message ?? 'The request is not valid'] }
  return { status: 500, messages: ['Internal server error'] }
}

/** Clients print messages joined on one line. */
function oneLine(message: string): string {
  return message.replace(/\s+/g, ' ').trim()
}
