import type { FastifyReply, FastifyRequest } from 'fastify'
import { DomainError, type DomainErrorCode } from '../../domain/errors.ts'
import { toCloudJqlMessage } from '../../jira/jql/parse-errors.ts'
import type { Flavour } from './flavour.ts'

/** Jira's error envelope; both keys are always there (contract B3). */
export type Envelope = {
  readonly errorMessages: readonly string[]
  readonly errors: Readonly<Record<string, string>>
}

/** A refusal in Jira's own words, where the domain has none for it. */
export class JiraRefusal extends Error {
  readonly status: number
  readonly body: Envelope

  constructor(status: number, messages: readonly string[], errors: Envelope['errors'] = {}) {
    super(messages[0] ?? Object.values(errors)[0] ?? `status ${status}`)
    this.status = status
    this.body = { errorMessages: messages, errors }
  }
}

/** A refusal with one message. */
export function refusal(status: number, message: string): JiraRefusal {
  return new JiraRefusal(status, [message])
}

/** A refusal that names a field. */
export function fieldRefusal(field: string, message: string, messages: readonly string[] = []) {
  return new JiraRefusal(400, messages, { [field]: message })
}

/** Texts that several routes share (contract B3). */
export const texts = {
  unauthenticated: 'You are not authenticated. Authentication required to perform this operation.',
  noIssue: 'Issue does not exist or you do not have permission to see it.',
  removed:
    'The requested API has been removed. Please migrate to the /rest/api/3/search/jql API. ' +
    'A full migration guideline is available at https://developer.atlassian.com/changelog/#CHANGE-2046',
  unbounded:
    'Unbounded JQL queries are not allowed here. Please add a search restriction to your query.',
  maxResults: 'The max results parameter has to be between 1 and 5,000.',
  rateLimited: 'The request has been rate-limited. Please try again later.',
} as const

/** The refusal for a worklog that is not there, or not on this issue: the raw text it was asked by. */
export function noWorklog(id: string): JiraRefusal {
  return refusal(404, `Cannot find worklog with id: '${id}'.`)
}

/** How each refusal of the domain shows; Cloud answers 400 where Data Center forbids. */
const statuses = {
  invalid: () => 400,
  unauthenticated: () => 401,
  forbidden: () => 403,
  'not-found': () => 404,
  conflict: () => 409,
  locked: ({ isCloud }) => (isCloud ? 400 : 403),
  upstream: () => 502,
  unavailable: () => 503,
} as const satisfies Record<DomainErrorCode, (flavour: Flavour) => number>

/** Answers with the envelope; nothing internal leaks out of a 500. */
export function sendEnvelope(
  request: FastifyRequest,
  reply: FastifyReply,
  error: unknown,
  flavour: Flavour,
): FastifyReply {
  const { status, body } = envelopeOf(error, flavour)
  if (status >= 500) request.log.error({ err: error }, 'request failed')
  if (status === 401) void reply.header('www-authenticate', 'Basic realm="hourbook"')
  if (error instanceof DomainError && error.details.retryAfterSeconds !== undefined)
    void reply.header('retry-after', Number(error.details.retryAfterSeconds))
  return sendJson(reply.code(status), body)
}

function envelopeOf(error: unknown, flavour: Flavour): { status: number; body: Envelope } {
  if (error instanceof JiraRefusal) return error
  if (error instanceof DomainError) return ofDomain(error, flavour)
  const { statusCode } = error as { statusCode?: number }
  if (statusCode === 429) return { status: 429, body: messages(texts.rateLimited) }
  if (statusCode !== undefined && statusCode >= 400 && statusCode < 500)
    return { status: statusCode, body: messages(String((error as Error).message)) }
  return { status: 500, body: messages('Internal server error') }
}

function ofDomain(error: DomainError, flavour: Flavour): { status: number; body: Envelope } {
  const { code, message, details } = error
  if (details.retryAfterSeconds !== undefined)
    return { status: 429, body: messages(texts.rateLimited) }
  const status = statuses[code](flavour)
  if (code === 'unauthenticated') return { status, body: messages(texts.unauthenticated) }
  if (Array.isArray(details.errorMessages)) {
    const given = details.errorMessages.map(String)
    const shown = flavour.version === 3 ? given.map(toCloudJqlMessage) : given
    return { status, body: { errorMessages: shown, errors: {} } }
  }
  if (code === 'invalid' && details.problems) {
    const errors = Object.fromEntries(
      details.problems.map(({ field, message: text }) => [fieldName(field), text]),
    )
    return { status, body: { errorMessages: [], errors } }
  }
  return { status, body: messages(message) }
}

/** Jira's names of what the domain calls otherwise. */
function fieldName(field: string): string {
  const [first = ''] = field.split('.', 1)
  return fieldNames[first] ?? first
}

const fieldNames: Readonly<Record<string, string>> = {
  timeSpentSeconds: 'timeLogged',
  startedAt: 'started',
  day: 'started',
  startTime: 'started',
}

function messages(message: string): Envelope {
  return { errorMessages: [message], errors: {} }
}

/** JSON as Jira labels it. */
export function sendJson(reply: FastifyReply, body: unknown): FastifyReply {
  return reply
    .type('application/json;charset=UTF-8')
    .serializer((value: unknown) => value as string)
    .send(JSON.stringify(body))
}
