import type { FastifyInstance, FastifyRequest } from 'fastify'
import { DomainError } from '../domain/errors.ts'
import { isHttps, setSessionCookie } from '../http/session-cookie.ts'
import type { Errand, SingleSignOn } from '../http/single-sign-on.ts'
import { SignOnQuery } from './contract.ts'
import type { Entering } from './needs.ts'
import { visitOf } from './session.ts'

const errandCookie = 'hourbook_errand'
const errandSeconds = 600

type Kept = Errand & { readonly to: string }

/** Single sign-on: to the identity provider and back, where there is one. */
export function registerSignOn(
  scope: FastifyInstance,
  { siteId, sessions }: Entering,
  provider: SingleSignOn,
  publicUrl: string | undefined,
): void {
  const callbackPath = `${scope.prefix}/session/single-sign-on/callback`
  const cookie = (request: FastifyRequest) =>
    ({
      httpOnly: true,
      sameSite: 'lax',
      secure: isHttps(request),
      path: `${scope.prefix}/session/single-sign-on`,
    }) as const
  const addressOf = (request: FastifyRequest) =>
    publicUrl ?? `${request.protocol}://${request.host}`

  scope.get<{ Querystring: { to?: string } }>(
    '/session/single-sign-on',
    { config: { access: 'public' }, schema: { hide: true, querystring: SignOnQuery } },
    async (request, reply) => {
      const { url, errand } = await provider.begin(`${addressOf(request)}${callbackPath}`)
      const kept: Kept = { ...errand, to: ownPath(request.query.to) }
      const text = Buffer.from(JSON.stringify(kept)).toString('base64url')
      return reply
        .setCookie(errandCookie, text, { ...cookie(request), maxAge: errandSeconds })
        .header('cache-control', 'no-store')
        .redirect(url, 303)
    },
  )

  scope.get(
    '/session/single-sign-on/callback',
    { config: { access: 'public' }, schema: { hide: true } },
    async (request, reply) => {
      void reply.clearCookie(errandCookie, cookie(request)).header('cache-control', 'no-store')
      const errand = parseErrand(request.cookies[errandCookie])
      if (!errand) return reply.redirect('/login?problem=sign-on-expired', 303)
      try {
        const returned = new URL(`${addressOf(request)}${request.url}`)
        const vouched = await provider.finish(returned, errand)
        const opened = await sessions.signInVouched(siteId, vouched, visitOf(request))
        setSessionCookie(request, reply, opened.secret)
        return reply.redirect(errand.to, 303)
      } catch (error) {
        if (!(error instanceof DomainError)) throw error
        request.log.warn({ err: error, reason: error.details.reason }, 'single sign-on refused')
        const problem = error.details.reason === undefined ? 'sign-on-unknown' : 'sign-on-refused'
        return reply.redirect(`/login?problem=${problem}`, 303)
      }
    },
  )
}

/** A path of ours to go back to; anything else, such as another host, becomes the front page. */
function ownPath(to: string | undefined): string {
  return to !== undefined && /^\/(?![/\\])[\x21-\x7e]*$/.test(to) ? to : '/'
}

function parseErrand(text: string | undefined): Kept | undefined {
  if (text === undefined) return undefined
  try {
    const { state, nonce, verifier, to } = JSON.parse(
      Buffer.from(text, 'base64url').toString('utf8'),
    ) as Partial<Record<keyof Kept, unknown>>
    if ([state, nonce, verifier, to].every((one) => typeof one === 'string'))
      return { state, nonce, verifier, to: ownPath(String(to)) } as Kept
  } catch {
    // Not one of ours.
  }
  return undefined
}
