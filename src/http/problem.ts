import type { FastifyReply, FastifyRequest } from 'fastify'
import { DomainError, type DomainErrorCode, type FieldProblem } from '../domain/errors.ts'

type Kind = { readonly status: number; readonly title: string }

/** How our own API shows each refusal, RFC 9457. */
const kinds = {
  invalid: { status: 400, title: 'The request is not valid' },
  unauthenticated: { status: 401, title: 'Who is asking is not known' },
  forbidden: { status: 403, title: 'Not allowed' },
  'not-found': { status: 404, title: 'Not found' },
  conflict: { status: 409, title: 'In conflict with what is stored' },
  locked: { status: 423, title: 'Locked' },
  upstream: { status: 502, title: 'Jira did not do its part' },
  unavailable: { status: 503, title: 'Not available now' },
} as const satisfies Record<DomainErrorCode, Kind>

/** A problem document of RFC 9457, with our code and the fields at fault. */
export type Problem = {
  readonly type: string
  readonly title: string
  readonly status: number
  readonly detail: string
  readonly code: string
  readonly instance?: string
  readonly problems?: readonly FieldProblem[]
  readonly [extension: string]: unknown
}

/** Request errors of Fastify and its plugins, by status, in the domain's words. */
const codeOfStatus: Readonly<Record<number, { code: string; title: string }>> = {
  400: { code: 'invalid', title: 'The request is not valid' },
  404: { code: 'not-found', title: 'Not found' },
  405: { code: 'invalid', title: 'This method is not offered here' },
  406: { code: 'invalid', title: 'No such representation' },
  408: { code: 'invalid', title: 'The request took too long' },
  413: { code: 'invalid', title: 'The request is too large' },
  414: { code: 'invalid', title: 'The address is too long' },
  415: { code: 'invalid', title: 'This content type is not understood' },
  429: { code: 'unavailable', title: 'Too many requests' },
  431: { code: 'invalid', title: 'The headers are too large' },
}

/** Turns whatever was thrown into a problem document; nothing internal leaks out of a 500. */
export function problemOf(error: unknown): Problem {
  if (error instanceof DomainError) {
    const { reason, ...details } = error.details
    const { status, title } = kindOf(error)
    // Details go first: what a Jira answered may bring a `status` of its own.
    return {
      ...details,
      type: 'about:blank',
      title,
      status,
      detail: error.message,
      code: error.code,
      ...(reason === undefined ? {} : { reason }),
    }
  }
  const { statusCode, message } = error as { statusCode?: number; message?: string }
  const known = statusCode === undefined ? undefined : codeOfStatus[statusCode]
  if (known && statusCode !== undefined)
    return {
      type: 'about:blank',
      title: known.title,
      status: statusCode,
      detail: message ?? known.title,
      code: known.code,
    }
  return {
    type: 'about:blank',
    title: 'Something went wrong here',
    status: 500,
    detail: 'The server failed; the request id finds the reason in its log',
    code: 'internal',
  }
}

/** Two refusals have a status of their own in HTTP, finer than their code. */
function kindOf({ code, details }: DomainError): Kind {
  if (details.reason === 'stale-version')
    return { status: 412, title: 'The version asked for is no longer current' }
  if (details.retryAfterSeconds !== undefined) return { status: 429, title: 'Too many requests' }
  return kinds[code]
}

/** Answers with a problem document. */
export function sendProblem(
  request: FastifyRequest,
  reply: FastifyReply,
  error: unknown,
): FastifyReply {
  const problem = problemOf(error)
  if (problem.status >= 500) request.log.error({ err: error }, 'request failed')
  if (problem.status === 401) void reply.header('www-authenticate', 'Bearer realm="hourbook"')
  const retryAfter = problem.retryAfterSeconds
  if (typeof retryAfter === 'number') void reply.header('retry-after', retryAfter)
  return reply
    .code(problem.status)
    .type('application/problem+json; charset=utf-8')
    .serializer((value: unknown) => JSON.stringify(value))
    .send({ ...problem, instance: request.id })
}
