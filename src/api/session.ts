import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { DomainError } from '../domain/errors.ts'
import type { PersonId } from '../domain/person.ts'
import { findPreferences } from '../domain/preferences.ts'
import type { Session, SessionId } from '../domain/session.ts'
import type { Opened, Visit } from '../domain/sessions.ts'
import { formatInstant } from '../domain/zone.ts'
import { clearSessionCookie, setSessionCookie } from '../http/session-cookie.ts'
import {
  Claim,
  type ClaimBody,
  IdParams,
  LinkAnswer,
  LinkSecret,
  type LinkSecretBody,
  PasswordChange,
  type PasswordChangeBody,
  PasswordLinkAnswer,
  ref,
  SessionAnswer,
  SessionsAnswer,
  SignIn,
  type SignInBody,
} from './contract.ts'
import { type ApiNeeds, actorOf, type Entering } from './needs.ts'
import { answer, nothing, operation } from './operation.ts'
import { meOf } from './site.ts'

/** Where the web application takes a link that works once. */
const linkPath = '/welcome'

export function registerSession(scope: FastifyInstance, needs: ApiNeeds, entering: Entering): void {
  registerEntering(scope, needs, entering)
  registerOwnSessions(scope, entering)
  registerPasswords(scope, entering)
  registerSessionsOf(scope, entering)
}

/** Where a request comes from, as sessions remember it. */
export function visitOf(request: FastifyRequest): Visit {
  return { from: request.ip, userAgent: String(request.headers['user-agent'] ?? '') }
}

function registerEntering(scope: FastifyInstance, needs: ApiNeeds, entering: Entering): void {
  const { siteId, sessions } = entering
  const describe = async (request: FastifyRequest) => {
    const site = await needs.store.sites.get(siteId)
    const actor = request.actor?.scopes.includes('read') ? request.actor : null
    return {
      me: actor && (await meOf(needs.store, actor)),
      preferences: actor && (await findPreferences(needs.store, actor)),
      csrfToken: request.session?.csrfToken ?? null,
      siteName: site.name,
      singleSignOn: entering.singleSignOn?.name ?? null,
      needsFirstStart: await sessions.needsFirstStart(siteId),
      version: needs.version,
    }
  }
  const enter = async (request: FastifyRequest, reply: FastifyReply, opened: Opened) => {
    setSessionCookie(request, reply, opened.secret)
    const entered = await entering.identity.identify(opened.secret, request.ip)
    request.actor = entered?.actor ?? null
    request.session = opened.session
    return describe(request)
  }

  scope.get(
    '/session',
    {
      config: { access: 'public' },
      schema: operation({
        id: 'getSession',
        tag: 'Entering',
        security: [],
        summary: 'Who is signed in',
        description: 'And how one can sign in. Never refused: a stranger is told so.',
        answers: { 200: answer('You, or nobody', ref(SessionAnswer)) },
      }),
    },
    async (request, reply) => {
      void reply.header('cache-control', 'no-store')
      return describe(request)
    },
  )

  scope.post<{ Body: SignInBody }>(
    '/session',
    {
      config: { access: 'public' },
      schema: operation({
        id: 'signIn',
        tag: 'Entering',
        security: [],
        summary: 'Sign in with a password',
        description: 'Sets the cookie of a session. Whoever fails too often has to wait (429).',
        body: ref(SignIn),
        answers: { 200: answer('Signed in', ref(SessionAnswer)) },
      }),
    },
    async (request, reply) => {
      refuseOtherSites(request)
      const { name, password } = request.body
      return enter(request, reply, await sessions.signIn(siteId, name, password, visitOf(request)))
    },
  )

  scope.post<{ Body: LinkSecretBody }>(
    '/session/link',
    {
      config: { access: 'public' },
      schema: operation({
        id: 'readLink',
        tag: 'Entering',
        security: [],
        summary: 'Whose link is this',
        description: 'Looks at a link that works once, without spending it.',
        body: ref(LinkSecret),
        answers: { 200: answer('Whose it is', ref(LinkAnswer)) },
      }),
    },
    async (request) => {
      refuseOtherSites(request)
      const { link, person } = await sessions.readLink(request.body.secret, request.ip)
      return {
        displayName: person.displayName,
        name: person.username ?? person.email ?? person.accountId,
        purpose: link.purpose,
        expiresAt: formatInstant(link.expiresAt),
      }
    },
  )

  scope.post<{ Body: ClaimBody }>(
    '/session/claim',
    {
      config: { access: 'public' },
      schema: operation({
        id: 'claimLink',
        tag: 'Entering',
        security: [],
        summary: 'Set a password with a link',
        description: 'Spends the link, ends all other sessions and signs in.',
        body: ref(Claim),
        answers: { 200: answer('Signed in', ref(SessionAnswer)) },
      }),
    },
    async (request, reply) => {
      refuseOtherSites(request)
      const { secret, password } = request.body
      const opened = await sessions.claim(secret, password, visitOf(request))
      entering.identity.forget()
      return enter(request, reply, opened)
    },
  )
}

function registerOwnSessions(scope: FastifyInstance, { sessions, identity }: Entering): void {
  scope.delete(
    '/session',
    {
      config: { access: 'read' },
      schema: operation({
        id: 'signOut',
        tag: 'Entering',
        summary: 'Sign out',
        description: 'Ends the session of the cookie.',
        answers: { 204: nothing('Signed out') },
      }),
    },
    async (request, reply) => {
      if (!request.session) throw new DomainError('conflict', 'A token has no session to end')
      await sessions.end(actorOf(request), request.session.id)
      identity.forget()
      clearSessionCookie(request, reply)
      return reply.code(204).send()
    },
  )

  scope.get(
    '/sessions',
    {
      config: { access: 'read' },
      schema: operation({
        id: 'listSessions',
        tag: 'Entering',
        summary: 'Where you are signed in',
        description: 'Your own sessions, last used first.',
        answers: { 200: answer('Your sessions', ref(SessionsAnswer)) },
      }),
    },
    async (request) => {
      return renderSessions(request, await sessions.list(actorOf(request)))
    },
  )

  scope.delete(
    '/sessions',
    {
      config: { access: 'write' },
      schema: operation({
        id: 'endOtherSessions',
        tag: 'Entering',
        summary: 'Sign out everywhere else',
        description: 'Ends all of your sessions but the one asking.',
        answers: { 204: nothing('Ended') },
      }),
    },
    async (request, reply) => {
      await sessions.endOthers(actorOf(request), request.session?.id)
      identity.forget()
      return reply.code(204).send()
    },
  )

  scope.delete<{ Params: { id: SessionId } }>(
    '/sessions/:id',
    {
      config: { access: 'write' },
      schema: operation({
        id: 'endSession',
        tag: 'Entering',
        summary: 'End one of your sessions',
        description: 'Whoever sits there has to sign in again.',
        params: IdParams,
        answers: { 204: nothing('Ended') },
      }),
    },
    async (request, reply) => {
      await sessions.end(actorOf(request), request.params.id)
      identity.forget()
      return reply.code(204).send()
    },
  )
}

function registerPasswords(scope: FastifyInstance, { sessions, identity }: Entering): void {
  scope.post<{ Body: PasswordChangeBody }>(
    '/session/password',
    {
      config: { access: 'write' },
      schema: operation({
        id: 'changePassword',
        tag: 'Entering',
        summary: 'Change your password',
        description: 'Ends all of your other sessions.',
        body: ref(PasswordChange),
        answers: { 204: nothing('Changed') },
      }),
    },
    async (request, reply) => {
      await sessions.changePassword(actorOf(request), request.body, request.session?.id)
      identity.forget()
      return reply.code(204).send()
    },
  )

  scope.post<{ Params: { id: PersonId } }>(
    '/people/:id/password-link',
    {
      config: { access: 'admin' },
      schema: operation({
        id: 'makePasswordLink',
        tag: 'Entering',
        summary: 'Make a link for a new password',
        description:
          'For somebody who has or remembers none: works once, for a day. The newest one counts.',
        params: IdParams,
        answers: { 200: answer('The link, shown once', ref(PasswordLinkAnswer)) },
      }),
    },
    async (request, reply) => {
      const { secret, link } = await sessions.makeResetLink(actorOf(request), request.params.id)
      void reply.header('cache-control', 'no-store')
      // Behind the #, which browsers send nowhere: it stays out of logs and referrers.
      return { path: `${linkPath}#${secret}`, expiresAt: formatInstant(link.expiresAt) }
    },
  )
}

/** For administrators: where somebody is signed in, and an end to it. */
function registerSessionsOf(scope: FastifyInstance, { sessions, identity }: Entering): void {
  scope.get<{ Params: { id: PersonId } }>(
    '/people/:id/sessions',
    {
      config: { access: 'admin' },
      schema: operation({
        id: 'listSessionsOf',
        tag: 'Entering',
        summary: 'Where somebody is signed in',
        description: 'For administrators, last used first.',
        params: IdParams,
        answers: { 200: answer('Their sessions', ref(SessionsAnswer)) },
      }),
    },
    async (request) =>
      renderSessions(request, await sessions.listOf(actorOf(request), request.params.id)),
  )

  scope.delete<{ Params: { id: PersonId } }>(
    '/people/:id/sessions',
    {
      config: { access: 'admin' },
      schema: operation({
        id: 'endSessionsOf',
        tag: 'Entering',
        summary: 'Sign somebody out everywhere',
        description: 'For administrators. The session asking stays; tokens and passwords do too.',
        params: IdParams,
        answers: { 204: nothing('Signed out') },
      }),
    },
    async (request, reply) => {
      await sessions.endAllOf(actorOf(request), request.params.id, request.session?.id)
      identity.forget()
      return reply.code(204).send()
    },
  )
}

function renderSessions(request: FastifyRequest, all: readonly Session[]) {
  return {
    sessions: all.map((one) => ({
      id: one.id,
      isThis: one.id === request.session?.id,
      createdAt: formatInstant(one.createdAt),
      lastUsedAt: formatInstant(one.lastUsedAt),
      lastUsedFrom: one.lastUsedFrom,
      userAgent: one.userAgent,
      expiresAt: formatInstant(one.expiresAt),
    })),
  }
}

/** Nobody shall be signed in as somebody else by a page that is not ours. */
function refuseOtherSites(request: FastifyRequest): void {
  if (request.headers['sec-fetch-site'] === 'cross-site')
    throw new DomainError('forbidden', 'Sign in on the page of this server', { reason: 'csrf' })
}
