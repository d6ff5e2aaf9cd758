import { DomainError } from '../domain/errors.ts'
import type { JiraKind } from '../domain/jira-link.ts'
import type { Authorizer } from './jira-auth.ts'
import type { HttpAnswer, JiraHttp } from './jira-http.ts'
import { makePacer, type PacerNeeds, type PausedScope, type Scope, waitMs } from './pacer.ts'

export type JiraRequest = {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE'
  /** Below `/rest/api/`, as `2/worklog/updated`. */
  readonly path: string
  readonly query?: Readonly<Record<string, string | number | boolean | undefined>>
  readonly body?: unknown
  /** Names the endpoint for pauses: the path without its ids. */
  readonly endpoint: string
  readonly issue?: string
  /** A write is sent once: whether it landed is for its sender to find out. */
  readonly isWrite?: boolean
  readonly attempts?: number
}

export type JiraAnswer = { readonly status: number; readonly json: unknown }

/** Counts what went to a Jira, for the line at the end of a cycle. */
export type ClientCounters = { requests: number; throttled: number; retries: number }

export type JiraClient = {
  readonly kind: JiraKind
  /** Throws `upstream` for every status but 2xx, with `status` in its details. */
  send(request: JiraRequest): Promise<JiraAnswer>
  readonly counters: ClientCounters
  readonly places: () => number
  close(): Promise<void>
}

export type ClientNeeds = PacerNeeds & {
  readonly kind: JiraKind
  readonly http: JiraHttp
  readonly authorizer: Authorizer
  readonly userAgent: string
  readonly signal?: AbortSignal
}

const mostAttempts = 5
const transient = [408, 429, 500, 502, 503, 504]

/** Speaks to one Jira: paced, patient, and wary of what comes back. */
export function makeJiraClient(needs: ClientNeeds): JiraClient {
  const { kind, http, authorizer, signal } = needs
  const pacer = makePacer(needs)
  const counters: ClientCounters = { requests: 0, throttled: 0, retries: 0 }

  async function once(request: JiraRequest): Promise<HttpAnswer> {
    const hasBody = request.body !== undefined
    counters.requests += 1
    return http.send({
      method: request.method,
      path: `/rest/api/${request.path}${queryText(request.query)}`,
      headers: {
        accept: 'application/json',
        'user-agent': needs.userAgent,
        authorization: await authorizer.header(),
        ...(hasBody ? { 'content-type': 'application/json' } : {}),
        // Error texts are compared; translated ones would not be recognised.
        ...(kind === 'cloud' ? { 'x-force-accept-language': 'true', 'accept-language': 'en' } : {}),
        ...(request.isWrite ? { 'x-atlassian-token': 'no-check' } : {}),
      },
      ...(hasBody ? { body: JSON.stringify(request.body) } : {}),
      ...(signal ? { signal } : {}),
    })
  }

  async function attempt(request: JiraRequest, mayRenew: boolean): Promise<HttpAnswer> {
    const answer = await once(request)
    checkIdentity(kind, answer)
    if (answer.status !== 401) return answer
    // A missing scope looks like a stale token, and a fresh token would not have it either.
    const isScope = /scope/i.test(answer.text)
    if (!mayRenew || isScope || !(await authorizer.renew())) throw refusedLogin(answer)
    return attempt(request, false)
  }

  return {
    kind,
    counters,
    places: pacer.places,
    close: () => http.close(),
    async send(request) {
      const scope: Scope = {
        endpoint: `${request.method} ${request.endpoint}`,
        ...(request.issue === undefined ? {} : { issue: request.issue }),
      }
      const most = request.attempts ?? mostAttempts
      for (let tries = 1; ; tries += 1) {
        const result = await pacer.run(scope, signal, () =>
          attempt(request, true).then(
            (answer) => ({ answer }),
            (error: unknown) => ({ error }),
          ),
        )
        signal?.throwIfAborted()
        if ('error' in result) {
          if (result.error instanceof DomainError) throw result.error
          if (request.isWrite || tries >= most) throw unreachable(result.error)
          counters.retries += 1
          pacer.pause(scope, 'endpoint', waitMs(noHint(tries), needs))
          continue
        }
        const { answer } = result
        pacer.noteAnswer(answer.header('x-ratelimit-nearlimit') === 'true')
        if (answer.status < 300) {
          const parsed = parse(answer)
          if ('json' in parsed) return { status: answer.status, json: parsed.json }
          // A body cut short or a page of HTML under a 200: some proxy's, so ask again.
          if (request.isWrite || tries >= most) throw garbled(answer)
          counters.retries += 1
          pacer.pause(scope, 'endpoint', waitMs(noHint(tries), needs))
          continue
        }
        if (answer.status === 429) counters.throttled += 1
        // A 429 was refused before anything was done, so even a write may be sent again.
        const mayRetry = request.isWrite ? answer.status === 429 : transient.includes(answer.status)
        if (!mayRetry || tries >= most) throw refusal(answer)
        counters.retries += 1
        const hint = {
          retryAfter: answer.header('retry-after'),
          reset: answer.header('x-ratelimit-reset'),
          attempt: tries - 1,
        }
        pacer.pause(scope, pausedBy(answer, scope), waitMs(hint, needs))
      }
    },
  }
}

function pausedBy(answer: HttpAnswer, scope: Scope): PausedScope {
  if (answer.status !== 429) return 'endpoint'
  const reason = answer.header('ratelimit-reason') ?? ''
  if (reason.includes('burst')) return 'endpoint'
  return reason.includes('per-issue') && scope.issue !== undefined ? 'issue' : 'connection'
}

/** DC answers a bad token with 200 and the view of a stranger: without rights, but a success. */
function checkIdentity(kind: JiraKind, answer: HttpAnswer): void {
  const reason = `${answer.header('x-seraph-loginreason') ?? ''} ${answer.header('x-authentication-denied-reason') ?? ''}`
  if (/AUTHENTICATION_DENIED|CAPTCHA/i.test(reason))
    throw new DomainError(
      'upstream',
      'Jira asks for a CAPTCHA after failed logins: log in to it once with a browser, then test the connection again',
      { reason: 'captcha', status: answer.status },
    )
  const user = answer.header('x-ausername')
  if (
    answer.status < 300 &&
    (/AUTHENTICATED_FAILED/.test(reason) || (kind === 'dc' && user === 'anonymous'))
  )
    throw refusedLogin(answer)
}

function refusedLogin(answer: HttpAnswer): DomainError {
  const isScope = /scope/i.test(answer.text) && answer.status === 401
  return new DomainError(
    'upstream',
    isScope
      ? 'The OAuth token lacks a scope that this needs'
      : 'Jira does not accept the login of this connection',
    { reason: isScope ? 'scope' : 'login', status: answer.status },
  )
}

/** Jira's refusal in its own words, as far as it has any. */
function refusal(answer: HttpAnswer): DomainError {
  const parsed = parse(answer)
  const body = ('json' in parsed ? parsed.json : undefined) as
    | { errorMessages?: unknown; errors?: unknown }
    | undefined
  const messages = [
    ...(Array.isArray(body?.errorMessages) ? body.errorMessages : []),
    ...Object.values((body?.errors as Record<string, unknown> | undefined) ?? {}),
  ].filter((one) => typeof one === 'string')
  const said = messages.length > 0 ? `: ${messages.join(' ').slice(0, 500)}` : ''
  const location = answer.header('location')
  const hint =
    answer.status >= 300 && answer.status < 400
      ? ` (it points to ${location}; correct the URL)`
      : ''
  return new DomainError('upstream', `Jira answered ${answer.status}${said}${hint}`, {
    status: answer.status,
    messages,
    ...(body?.errors ? { errors: body.errors } : {}),
  })
}

function garbled(answer: HttpAnswer): DomainError {
  return new DomainError(
    'upstream',
    `Jira answered ${answer.status} with something that is not JSON`,
    { reason: 'garbled', status: answer.status },
  )
}

function unreachable(error: unknown): DomainError {
  const cause = error instanceof Error ? error.message : String(error)
  return new DomainError('upstream', `Jira cannot be reached: ${cause}`, { reason: 'unreachable' })
}

function parse(answer: HttpAnswer): { json: unknown } | Record<string, never> {
  if (answer.text === '') return answer.status === 204 ? { json: undefined } : {}
  try {
    return { json: JSON.parse(answer.text) as unknown }
  } catch {
    return {}
  }
}

function noHint(tries: number) {
  return { retryAfter: undefined, reset: undefined, attempt: tries - 1 }
}

function queryText(query: JiraRequest['query']): string {
  const search = new URLSearchParams()
  for (const [name, value] of Object.entries(query ?? {}))
    if (value !== undefined) search.append(name, String(value))
  const text = search.toString()
  return text === '' ? '' : `?${text}`
}

/** The status of a refusal by Jira, where an error is one. */
export function statusOf(error: unknown): number | undefined {
  if (!(error instanceof DomainError) || error.code !== 'upstream') return undefined
  const { status } = error.details
  return typeof status === 'number' ? status : undefined
}
