import { randomBytes } from 'node:crypto'
import { STATUS_CODES } from 'node:http'
import type { Socket } from 'node:net'
import helmet from '@fastify/helmet'
import rateLimit, { type RateLimitPluginOptions } from '@fastify/rate-limit'
import { type FastifyBaseLogger, type FastifyInstance, fastify, LogController } from 'fastify'
import type { Registry } from 'prom-client'
import { DomainError } from '../domain/errors.ts'
import { type Actor, type Scope, scopes } from '../domain/permission.ts'
import type { Session } from '../domain/session.ts'
import './access.ts'
import { answerBadAddress } from './bad-address.ts'
import { schemaController } from './compilers.ts'
import { withoutContextPath } from './context-path.ts'
import { hashSecret } from './identity.ts'
import { measureRequests } from './metrics.ts'
import { presentedSecret } from './presented-secret.ts'
import { problemOf, sendProblem } from './problem.ts'
import { requestError, schemaFormats } from './schema.ts'

declare module 'fastify' {
  interface FastifyRequest {
    /** Set by the identity step of the route's own surface. */
    actor: Actor | null
    /** The browser's session where there is one. */
    session: Session | null
    /** The local command line proved itself with the secret in the lock file. */
    isLocal: boolean
  }
}

export type ServerOptions = {
  readonly logger: FastifyBaseLogger
  readonly metrics: Registry
  readonly trustedProxies: readonly string[]
  readonly requestsPerMinute: number
  /** Path below which stand-ins for Jira answer too; empty for none. */
  readonly contextPath?: string
}

/** Nothing from elsewhere, nothing inline. Plain http stays possible: a proxy may end the TLS. */
const contentSecurityPolicy = {
  useDefaults: false,
  directives: {
    defaultSrc: ["'self'"],
    imgSrc: ["'self'", 'data:'],
    objectSrc: ["'none'"],
    baseUri: ["'self'"],
    formAction: ["'self'"],
    frameAncestors: ["'self'"],
  },
}

const bodyLimit = 8 * 1_024 * 1_024

/**
 * An HTTP server with what every surface shares: request ids, logs, limits, security headers, and
 * the rule that no route answers without an identity step. Surfaces are registered as plugins.
 */
export async function makeServer(options: ServerOptions): Promise<FastifyInstance> {
  const server: FastifyInstance = fastify({
    loggerInstance: options.logger,
    logController: new LogController({ disableRequestLogging: true }),
    genReqId: () => randomBytes(8).toString('hex'),
    trustProxy: options.trustedProxies.length > 0 ? [...options.trustedProxies] : false,
    bodyLimit,
    requestTimeout: 120_000,
    keepAliveTimeout: 72_000,
    forceCloseConnections: 'idle',
    return503OnClosing: true,
    // Clients of foreign APIs write their paths with other capitals; parameters keep theirs.
    routerOptions: { maxParamLength: 500, ignoreTrailingSlash: true, caseSensitive: false },
    rewriteUrl: withoutContextPath(options.contextPath ?? ''),
    ajv: {
      customOptions: {
        coerceTypes: false,
        removeAdditional: false,
        allErrors: true,
        formats: schemaFormats,
      },
    },
    // Addresses nobody can decode never reach a route, nor its hooks and error handler.
    frameworkErrors: (error, request, reply) => answerBadAddress(server, request, reply, error),
    schemaController: schemaController(),
    schemaErrorFormatter: (errors, part) => requestError(errors, part),
    clientErrorHandler: answerClientError,
  })
  server.decorate('badAddresses', new Map())
  server.decorateRequest('actor', null)
  server.decorateRequest('session', null)
  server.decorateRequest('isLocal', false)
  measureRequests(server, options.metrics)
  logRequests(server)
  requireAccess(server)
  server.addHook('onRequest', async (request, reply) => {
    void reply.header('x-request-id', request.id)
  })
  await server.register(helmet, { strictTransportSecurity: false, contentSecurityPolicy })
  if (options.requestsPerMinute > 0)
    await server.register(rateLimit, limits(options.requestsPerMinute))
  server.setErrorHandler((error, request, reply) => sendProblem(request, reply, error))
  server.setNotFoundHandler(async (request, reply) =>
    sendProblem(
      request,
      reply,
      new DomainError('not-found', `There is nothing at ${request.method} ${pathOf(request.url)}`),
    ),
  )
  return server
}

/** One line a request, when it is done; what belongs to it carries the same id. */
function logRequests(server: FastifyInstance): void {
  server.addHook('onResponse', async (request, reply) => {
    request.log.info(
      { req: request, res: reply, ms: Math.round(reply.elapsedTime), via: request.actor?.via },
      'request',
    )
  })
}

/** Requests too broken to become one: answered on the bare socket, in the shape of all problems. */
function answerClientError(error: NodeJS.ErrnoException, socket: Socket): void {
  if (error.code === 'ECONNRESET' || !socket.writable) return
  const statusCode =
    error.code === 'HPE_HEADER_OVERFLOW'
      ? 431
      : error.code === 'ERR_HTTP_REQUEST_TIMEOUT'
        ? 408
        : 400
  const problem = problemOf({ statusCode, message: 'The request is not readable as HTTP' })
  const body = JSON.stringify(problem)
  socket.end(
    `HTTP/1.1 ${problem.status} ${STATUS_CODES[problem.status]}\r\nContent-Type: application/problem+json; charset=utf-8\r\nContent-Length: ${Buffer.byteLength(body)}\r\nConnection: close\r\n\r\n${body}`,
  )
}

/** Refuses routes that do not say who may call them, and requests that did not prove to be one. */
function requireAccess(server: FastifyInstance): void {
  server.addHook('onRoute', function (route) {
    const access = route.config?.access ?? this.routeAccess
    if (access === undefined)
      throw new Error(`${String(route.method)} ${route.url} does not say who may call it`)
    route.config = { ...route.config, access }
  })
  server.addHook('preValidation', async (request) => {
    const access = request.is404 ? 'public' : request.routeOptions.config.access
    if (access === 'public' || access === 'address') return
    if (access === 'local') {
      if (request.isLocal) return
      throw new DomainError('unauthenticated', 'Only the command line of this machine may do this')
    }
    const { actor } = request
    if (!actor)
      throw new DomainError('unauthenticated', 'A token is needed: Authorization: Bearer …')
    if (!isScope(access) || !actor.scopes.includes(access))
      throw new DomainError('forbidden', `The token lacks the scope "${access}"`)
  })
}

function isScope(access: string | undefined): access is Scope {
  return (scopes as readonly (string | undefined)[]).includes(access)
}

function limits(requestsPerMinute: number): RateLimitPluginOptions {
  return {
    max: (_request, key) =>
      key.startsWith('token ')
        ? requestsPerMinute
        : Math.max(60, Math.floor(requestsPerMinute / 100)),
    timeWindow: 60_000,
    cache: 10_000,
    keyGenerator: (request) => {
      // A browser with a session is one of many behind an address, as a script with a token is.
      const secret = presentedSecret(request) ?? request.headers.cookie
      return secret === undefined
        ? `address ${request.ip}`
        : `token ${hashSecret(secret)} ${request.ip}`
    },
  }
}

function pathOf(url: string): string {
  return url.split('?', 1)[0] ?? url
}
