import { createHash } from 'node:crypto'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { DomainError } from '../../domain/errors.ts'
import type { OAuthApps, OAuthClient, OAuthPair } from '../../domain/oauth-apps.ts'
import { toHtml } from '../../formats/html-text.ts'
import { authorizationOf } from '../../http/credential.ts'
import { isSameSecret } from '../../http/identity.ts'
import { readSessionCookie } from '../../http/session-cookie.ts'
import type { SessionIdentity } from '../../http/session-identity.ts'

/** What OAuth is wired to. */
export type OAuthNeeds = {
  readonly oauth: OAuthApps
  readonly entering: { readonly identity: SessionIdentity }
}

/** The old address of the authorize step lies where an app of Jira had it [S4]. */
const authorizePaths = [
  '/oauth/authorize/redirect',
  '/plugins/servlet/ac/io.tempo.jira/oauth-authorize',
] as const
const decidePath = '/oauth/authorize'

/** OAuth 2.0 as programs written for the hosted service speak it: section 2.1 of the contract. */
export async function registerOAuth(server: FastifyInstance, needs: OAuthNeeds): Promise<void> {
  await server.register(async (scope) => {
    readForms(scope)
    scope.setErrorHandler((error, request, reply) => sendError(request, reply, error))
    // Secrets stand in bodies and addresses: nothing of them is logged or kept.
    const options = { config: { access: 'public' }, logLevel: 'silent' } as const
    scope.post('/oauth/token', options, async (request, reply) => {
      const pair = await takePair(needs.oauth, request)
      return reply.header('cache-control', 'no-store').send({
        access_token: pair.accessToken,
        expires_in: pair.expiresInSeconds,
        token_type: 'Bearer',
        scope: 'read write',
        refresh_token: pair.refreshToken,
      })
    })
    scope.post('/oauth/revoke_token', options, async (request, reply) => {
      // Which kind it is, the token tells better than the hint.
      await needs.oauth.revoke(clientOf(request), needed(request, 'token'))
      return reply.send({})
    })
    for (const path of authorizePaths)
      scope.get(path, options, (request, reply) => ask(needs, request, reply))
    scope.post(decidePath, options, (request, reply) => decide(needs, request, reply))
  })
}

function takePair(oauth: OAuthApps, request: FastifyRequest): Promise<OAuthPair> {
  const client = clientOf(request)
  const type = needed(request, 'grant_type')
  if (type === 'authorization_code')
    return oauth.exchange(client, needed(request, 'code'), needed(request, 'redirect_uri'))
  if (type === 'refresh_token') return oauth.refresh(client, needed(request, 'refresh_token'))
  throw new DomainError('invalid', 'Only authorization_code and refresh_token are granted', {
    reason: 'unsupported_grant_type',
  })
}

/** Where somebody is asked whether the program may act for them. */
async function ask(needs: OAuthNeeds, request: FastifyRequest, reply: FastifyReply) {
  const { clientId, redirectUri, state } = wishOf(request.query)
  const app = await needs.oauth.find(clientId, redirectUri)
  // To an address nobody registered nobody is sent, not even with a refusal.
  if (!app) return page(reply, 400, '<h1>This program is not known here</h1>')
  const entered = await enteredBy(needs, request)
  const name = toHtml(app.name)
  if (!entered)
    return page(
      reply,
      401,
      `<h1>Sign in first</h1><p>${name} asks to act for you. <a href="/" target="_blank">Sign in</a>, then load this page again.</p>`,
    )
  const hidden = Object.entries({
    client_id: clientId,
    redirect_uri: redirectUri,
    state: state ?? '',
    csrf: entered.session.csrfToken,
  })
    .map(([key, value]) => `<input type="hidden" name="${key}" value="${toHtml(value)}">`)
    .join('')
  return page(
    reply,
    200,
    `<h1>${name} asks to act for you</h1><p>It will see what you see, and log and change time as you may. You can end it at any time by revoking its token.</p>
<form method="post" action="${decidePath}">${hidden}<button name="decision" value="allow">Allow</button> <button name="decision" value="deny">Deny</button></form>`,
    new URL(redirectUri).origin,
  )
}

async function decide(needs: OAuthNeeds, request: FastifyRequest, reply: FastifyReply) {
  const { clientId, redirectUri, state } = wishOf(request.body)
  const app = await needs.oauth.find(clientId, redirectUri)
  if (!app) return page(reply, 400, '<h1>This program is not known here</h1>')
  const entered = await enteredBy(needs, request)
  const proof = said(request.body, 'csrf') ?? ''
  if (!entered || !isSameSecret(entered.session.csrfToken, proof))
    return page(reply, 403, '<h1>Nothing was granted</h1><p>Load the page again.</p>')
  const answer =
    said(request.body, 'decision') === 'allow'
      ? { code: await needs.oauth.grant(entered.actor, app, redirectUri) }
      : { error: 'access_denied' }
  const target = new URL(redirectUri)
  for (const [key, value] of Object.entries({ ...answer, ...(state ? { state } : {}) }))
    target.searchParams.set(key, value)
  return reply.header('cache-control', 'no-store').redirect(target.href, 303)
}

async function enteredBy({ entering }: OAuthNeeds, request: FastifyRequest) {
  const secret = readSessionCookie(request)
  return secret === undefined ? undefined : entering.identity.identify(secret, request.ip)
}

function wishOf(from: unknown) {
  return {
    clientId: said(from, 'client_id') ?? '',
    redirectUri: said(from, 'redirect_uri') ?? '',
    state: said(from, 'state'),
  }
}

/** In the body, or as HTTP Basic, as the standard prefers it. */
function clientOf(request: FastifyRequest): OAuthClient {
  const basic = authorizationOf(request)
  if (basic?.name !== undefined) return { clientId: basic.name, clientSecret: basic.secret }
  return { clientId: needed(request, 'client_id'), clientSecret: needed(request, 'client_secret') }
}

function needed({ body }: FastifyRequest, name: string): string {
  const value = said(body, name)
  if (value === undefined)
    throw new DomainError('invalid', `${name} is missing`, { reason: 'invalid_request' })
  return value
}

function said(from: unknown, name: string): string | undefined {
  const value = (from as Readonly<Record<string, unknown>> | null | undefined)?.[name]
  const isText = typeof value === 'string' && value !== '' && value.length <= 4_000
  return isText && !value.includes('\0') ? value : undefined
}

function readForms(scope: FastifyInstance): void {
  const type = 'application/x-www-form-urlencoded'
  scope.addContentTypeParser(type, { parseAs: 'string' }, (_request, text, done) =>
    done(null, Object.fromEntries(new URLSearchParams(String(text)))),
  )
}

/** Refusals in OAuth's own shape. */
function sendError(request: FastifyRequest, reply: FastifyReply, error: unknown): FastifyReply {
  const { statusCode, message } = error as { statusCode?: number; message?: string }
  const known = error instanceof DomainError ? error : undefined
  const isClients = known !== undefined || (statusCode !== undefined && statusCode < 500)
  if (!isClients) request.log.error({ err: error }, 'request failed')
  const isStranger = known?.details.reason === 'invalid_client'
  if (isStranger) void reply.header('www-authenticate', 'Basic realm="hourbook"')
  return reply
    .code(isStranger ? 401 : isClients ? (statusCode ?? 400) : 500)
    .header('cache-control', 'no-store')
    .send({
      error: isClients ? (known?.details.reason ?? 'invalid_request') : 'server_error',
      error_description: isClients ? message : 'Internal server error',
    })
}

const style =
  'body{font:16px/1.5 system-ui,sans-serif;max-width:34em;margin:4em auto;padding:0 1em}'
const styleHash = createHash('sha256').update(style).digest('base64')

/** A page without scripts; browsers let a form lead back to the program only where this says so. */
function page(reply: FastifyReply, status: number, body: string, leadsTo = ''): FastifyReply {
  const policy = `default-src 'none'; style-src 'sha256-${styleHash}'; form-action 'self' ${leadsTo}; base-uri 'none'; frame-ancestors 'none'`
  return reply
    .code(status)
    .header('cache-control', 'no-store')
    .header('content-security-policy', policy)
    .type('text/html; charset=utf-8')
    .send(
      `<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Hourbook</title><style>${style}</style></head><body>${body}</body></html>`,
    )
}
