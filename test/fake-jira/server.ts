import type { IncomingMessage } from 'node:http'
import { gzipSync } from 'node:zlib'
import { type Caller, identify } from './auth.ts'
import { envelope, JiraRefusal, refusal, texts } from './errors.ts'
import type { Outgoing } from './fault-answers.ts'
import type { OAuthState } from './oauth.ts'
import type { LoggedRequest } from './request-log.ts'
import type { Answer, Call, Route } from './route.ts'
import { type Place, routeOf } from './routing.ts'

/** A request with its body, before anybody has looked at it. */
export type Incoming = {
  readonly request: IncomingMessage
  readonly url: URL
  readonly place: Place
  readonly text: string
}

/** Everything of a call that does not depend on the request. */
export type CallBase = Pick<
  Call,
  'world' | 'switches' | 'dialect' | 'base' | 'feeds' | 'searches'
> & { readonly oauth: OAuthState }

/** Reads the whole body as text. */
export async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk as Buffer)
  return Buffer.concat(chunks).toString('utf8')
}

/** Name of the route a request goes to, for the log. */
export function routeName({ request, url, place }: Incoming, base: CallBase): string {
  const method = request.method ?? 'GET'
  if (place.kind !== 'api') return `${method} ${url.pathname}`
  const { route } = routeOf(method, place.rest, base.dialect)
  const path = route?.path.replace('issue/*', 'issue/{id}').replace('worklog/*', 'worklog/{id}')
  return `${method} ${path?.replace('/*', '/{id}') ?? place.rest}`
}

/** Does what the request asks; never throws for what a Jira would refuse. */
export function answer(incoming: Incoming, base: CallBase, log: LoggedRequest): Outgoing {
  const headers: Record<string, string> = {}
  try {
    return render(incoming, base, respond(incoming, base, log, headers), headers)
  } catch (error) {
    if (!(error instanceof JiraRefusal)) throw error
    Object.assign(headers, error.headers)
    return render(incoming, base, { status: error.status, json: error.body }, headers)
  }
}

function respond(
  incoming: Incoming,
  base: CallBase,
  log: LoggedRequest,
  headers: Record<string, string>,
): Answer {
  const { request, url, place, text } = incoming
  const { authorization } = request.headers
  if (place.kind === 'authorize') return base.oauth.consent(url.searchParams, base.world.admin)
  if (place.kind === 'token') return base.oauth.token(parse(text))
  if (place.kind === 'resources') return base.oauth.resources(authorization, base.base)
  const caller = identify(authorization, { ...base, isGateway: place.isGateway })
  log.account = caller.person?.name
  Object.assign(headers, caller.headers, limitHeaders(base, caller))
  if (caller.isRefused && base.switches.anonymous === 'empty') return { status: 200 }
  const method = request.method ?? 'GET'
  const { route, params, isKnownPath } = routeOf(method, place.rest, base.dialect)
  if (place.kind !== 'api' || (!route && !isKnownPath)) {
    throw refusal(404, `null for uri: ${url.href}`)
  }
  if (!route) throw refusal(405, 'Method Not Allowed')
  admit(route, caller)
  return route.handle({
    ...base,
    version: place.version,
    caller: caller.person,
    params,
    query: url.searchParams,
    body: bodyOf(incoming),
  })
}

function admit(route: Route, caller: Caller): void {
  const scope = route.scope ?? 'read:jira-work'
  if (caller.scopes && !caller.scopes.has(scope)) {
    throw new JiraRefusal(401, { code: 401, message: 'Unauthorized; scope does not match' })
  }
  if (caller.person || route.isPublic) return
  // Nobody sees an anonymous view where there is a login for it; only a refused one slips in.
  const mayLook = caller.isRefused && route.method === 'GET' && route.path !== 'myself'
  if (!mayLook && !(caller.isRefused && route.path.startsWith('search'))) {
    if (caller.isRefused && route.path === 'worklog/list') return
    throw new JiraRefusal(401, envelope([texts.unauthenticated]), caller.headers)
  }
}

function bodyOf({ request, text }: Incoming): unknown {
  if (text === '' || request.method === 'GET' || request.method === 'DELETE') return undefined
  if (!/^application\/json\b/i.test(request.headers['content-type'] ?? '')) {
    throw refusal(415, 'Unsupported Media Type')
  }
  return parse(text)
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    throw refusal(400, 'There was an error parsing JSON. Check that your request body is valid.')
  }
}

// Data Center tells the state of its token bucket on every authenticated answer.
function limitHeaders({ dialect, switches }: CallBase, { person }: Caller): Record<string, string> {
  const near: Record<string, string> = switches.nearLimit ? { 'X-RateLimit-NearLimit': 'true' } : {}
  if (!person || dialect === 'cloud') return near
  return {
    ...near,
    'X-RateLimit-Limit': '70',
    'X-RateLimit-Remaining': switches.nearLimit ? '7' : '69',
    'X-RateLimit-FillRate': '5',
    'X-RateLimit-Interval-Seconds': '1',
    'Retry-After': '0',
  }
}

function render(
  { request }: Incoming,
  { world, switches }: CallBase,
  { status, json, headers: own }: Answer,
  headers: Readonly<Record<string, string>>,
): Outgoing {
  const text = json === undefined ? '' : JSON.stringify(json)
  const body = Buffer.from(text, 'utf8')
  const takesGzip = /\bgzip\b/.test(String(request.headers['accept-encoding'] ?? ''))
  const isZipped = switches.gzip && takesGzip && body.length > 4096
  const date = new Date(world.clock.now() + switches.serverTimeSkewMs).toUTCString()
  return {
    status,
    headers: {
      ...(text === '' ? {} : { 'Content-Type': 'application/json;charset=UTF-8' }),
      Date: date,
      ...headers,
      ...own,
      ...(isZipped ? { 'Content-Encoding': 'gzip' } : {}),
    },
    body: isZipped ? gzipSync(body, { level: 1 }) : body,
  }
}
