import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { HandClock } from '../clock.ts'
import { sendFault, write } from './fault-answers.ts'
import { type Fault, type Faults, makeFaults } from './faults.ts'
import { makeFeedIndex } from './feed-index.ts'
import { makeOAuth, type OAuthState } from './oauth.ts'
import { type LoggedRequest, makeRequestLog, type RequestLog } from './request-log.ts'
import type { Call } from './route.ts'
import { placeOf } from './routing.ts'
import { answer, type CallBase, readBody, routeName } from './server.ts'
import { type Dialect, defaultSwitches, type Switches } from './switches.ts'
import { makeWebhooks, type Webhooks } from './webhooks.ts'
import { credentialsOf, makeWorld, type World } from './world.ts'
import type { Person } from './world-types.ts'

/** How a fake Jira is to be; everything but the dialect has a default. */
export type FakeJiraOptions = {
  readonly dialect: Dialect
  readonly world?: World
  /** Only where no world is given: a world brings its own clock. */
  readonly clock?: HandClock
  /** Such as `/jira`. */
  readonly contextPath?: string
  /** Shorthand for the switch `feedPageSize`. */
  readonly pageSize?: number
  readonly switches?: Partial<Switches>
  readonly port?: number
}

/** A running fake Jira. */
export type FakeJira = {
  readonly dialect: Dialect
  /** Base URL with context path, without a slash at the end. */
  readonly url: string
  /** Base URL for OAuth clients, who reach the site through Atlassian's gateway. */
  readonly gatewayUrl: string
  /** Where `/oauth/token` and its `accessible-resources` are. */
  readonly authUrl: string
  readonly world: World
  readonly clock: HandClock
  readonly switches: Switches
  readonly faults: Faults
  readonly requests: RequestLog
  readonly webhooks: Webhooks
  readonly oauth: OAuthState
  /** What the person (the administrator unless named) logs in with. */
  credentials(person?: Person): ReturnType<typeof credentialsOf>
  /** Ready for `Authorization`: e-mail and token on Cloud, PAT on Data Center. */
  authorization(person?: Person): string
  close(): Promise<void>
}

/** Starts a Jira on a free port of this machine. */
export async function startFakeJira(options: FakeJiraOptions): Promise<FakeJira> {
  const { dialect, contextPath = '', pageSize, port = 0 } = options
  const world = options.world ?? makeWorld(options.clock ? { clock: options.clock } : {})
  const switches = { ...defaultSwitches(), ...options.switches }
  if (pageSize !== undefined) switches.feedPageSize = pageSize
  const { faults, hit } = makeFaults()
  const { log, add } = makeRequestLog()
  const oauth = makeOAuth(world)
  const searches: Call['searches'] = new Map()
  const feeds = makeFeedIndex(world)
  const held = new Set<() => void>()
  let origin = ''

  const base = (): CallBase => {
    const address = switches.publicUrl ?? `${origin}${contextPath}`
    return { world, switches, dialect, base: address, feeds, searches, oauth }
  }

  // Never answers; the bound is for clients that forget to give up.
  function hold(response: ServerResponse): void {
    const timer = setTimeout(() => response.socket?.destroy(), switches.hangLimitMs)
    const release = () => {
      clearTimeout(timer)
      held.delete(release)
    }
    held.add(release)
    response.once('close', release)
  }

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', origin)
    const text = await readBody(request)
    const { cloudId } = oauth
    const place = placeOf(url.pathname, { contextPath, cloudId, dialect })
    const incoming = { request, url, place, text }
    const entry: LoggedRequest = {
      method: request.method ?? 'GET',
      path: place.kind === 'api' ? place.rest : url.pathname,
      query: url.searchParams,
      headers: request.headers,
      route: routeName(incoming, base()),
      body: jsonOf(text),
      at: world.clock.now(),
      status: 0,
      account: undefined,
      fault: undefined,
    }
    add(entry)
    const fault = await hit(entry, place.kind === 'api')
    entry.fault = fault?.kind
    const isUndone = fault !== undefined && !happensAfter(fault)
    const right = isUndone ? nothing : answer(incoming, base(), entry)
    entry.status = right.status
    if (!fault) return write(response, right)
    sendFault(response, fault, right, { now: world.clock.now(), hold })
    entry.status = response.headersSent ? response.statusCode : 0
  }

  const server = createServer({ keepAliveTimeout: 60_000 }, (request, response) => {
    response.sendDate = false
    // Broken uploads and bugs of the fake end alike: the client sees a dead connection.
    serve(request, response).catch((error: unknown) => {
      if (!request.destroyed) console.error('fake Jira:', error)
      response.socket?.destroy()
    })
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, '127.0.0.1', resolve)
  })
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`

  return {
    dialect,
    url: `${origin}${contextPath}`,
    gatewayUrl: `${origin}/ex/jira/${oauth.cloudId}`,
    authUrl: origin,
    world,
    clock: world.clock,
    switches,
    faults,
    requests: log,
    webhooks: makeWebhooks(() => ({ ...base(), ...webhookView })),
    oauth,
    credentials: (person = world.admin) => credentialsOf(person),
    authorization(person = world.admin) {
      const { header } = credentialsOf(person)
      return dialect === 'cloud' ? header.basicToken : header.bearer
    },
    close() {
      for (const release of held) release()
      server.closeAllConnections()
      return new Promise((resolve) => server.close(() => resolve()))
    },
  }
}

// Webhook bodies are version 2 and of nobody in particular.
const webhookView = {
  version: 2,
  caller: undefined,
  params: [],
  query: new URLSearchParams(),
  body: undefined,
} as const

const nothing = { status: 0, headers: {}, body: Buffer.alloc(0) }

function happensAfter(fault: Fault): boolean {
  return fault.afterCommit === true || fault.kind === 'truncate' || fault.kind === 'cut-json'
}

function jsonOf(text: string): unknown {
  try {
    return text === '' ? undefined : JSON.parse(text)
  } catch {
    return text
  }
}
