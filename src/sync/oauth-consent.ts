import { createHash, randomBytes } from 'node:crypto'
import type { ConsentWish, OAuthConsent } from '../domain/connections.ts'
import { checkMay } from '../domain/directory-checks.ts'
import { DomainError } from '../domain/errors.ts'
import { linkModes } from '../domain/jira-link.ts'
import type { Actor } from '../domain/permission.ts'
import type { SiteId } from '../domain/site.ts'
import type { Store } from '../domain/store.ts'
import { listOf, recordOf, textOf } from '../jira/read-json.ts'
import type { ConnectionNeeds, MakeLink } from './connections.ts'
import { makeJiraHttp } from './jira-http.ts'

/** Where Atlassian's own services are; others only in tests. */
export type AtlassianPlaces = { readonly authUrl: string; readonly apiUrl: string }

export const atlassian: AtlassianPlaces = {
  authUrl: 'https://auth.atlassian.com',
  apiUrl: 'https://api.atlassian.com',
}

export type ConsentNeeds = Pick<ConnectionNeeds, 'door' | 'now'> & {
  readonly store: Pick<Store, 'links'>
  readonly siteId: SiteId
  readonly addLink: MakeLink
  readonly places: AtlassianPlaces
  readonly allowsPrivate: boolean
  /** Where the browser comes back to, as registered with the OAuth app. */
  readonly callbackUrl: string
}

type Attempt = { readonly wish: ConsentWish; readonly actor: Actor; readonly verifier: string }

const attemptMs = 600_000
const place = 'oauth attempt'
const readScopes = ['read:jira-work', 'read:jira-user', 'manage:jira-configuration']

/** OAuth 2.0 with three legs: an administrator starts, Atlassian asks them, their browser comes back. */
export function makeOAuthConsent(needs: ConsentNeeds): OAuthConsent {
  const { store, door, now, siteId, places, callbackUrl } = needs
  return {
    callbackUrl,
    async start(actor, wish) {
      checkMay(actor, 'administer', { type: 'site' }, 'administer connections')
      checkConsentWish(wish)
      const [state, verifier] = [secretText(), secretText()]
      const attempt: Attempt = { wish, actor, verifier }
      await store.links.putAttempt(siteId, {
        stateHash: hashOf(state, 'hex'),
        payload: door.seal(siteId, JSON.stringify(attempt), place),
        expiresAt: now() + attemptMs,
      })
      const url = new URL('/authorize', places.authUrl)
      const writes = wish.mode === 'mirror' ? ['write:jira-work'] : []
      url.search = new URLSearchParams({
        audience: 'api.atlassian.com',
        client_id: wish.clientId,
        scope: [...readScopes, ...writes, 'offline_access'].join(' '),
        redirect_uri: callbackUrl,
        state,
        response_type: 'code',
        prompt: 'consent',
        // A stolen code is of no use without what only we know.
        code_challenge: hashOf(verifier, 'base64url'),
        code_challenge_method: 'S256',
      }).toString()
      return { authorizeUrl: url.href, state }
    },
    async finish({ state, code, error }) {
      // Taken, not read: a state is good for one return.
      const sealed = await store.links.takeAttempt(siteId, hashOf(state, 'hex'), now())
      if (sealed === undefined)
        throw new DomainError(
          'unauthenticated',
          'This consent was not asked for here, or too long ago',
        )
      const { wish, actor, verifier } = JSON.parse(door.unseal(siteId, sealed, place)) as Attempt
      if (code === undefined)
        throw new DomainError('forbidden', `Atlassian was told no: ${error ?? 'no code came back'}`)
      const tokens = await exchange(needs, wish, code, verifier)
      const { id, url } = await chooseSite(needs, tokens.accessToken, wish.siteUrl)
      const { name, clientId, clientSecret, siteUrl: _, ...rest } = wish
      const { connection } = await needs.addLink(actor, {
        ...rest,
        name,
        url: `${places.apiUrl}/ex/jira/${id}`,
        siteUrl: url,
        auth: 'oauth',
        secret: JSON.stringify({
          clientId,
          clientSecret,
          ...tokens,
          tokenUrl: `${places.authUrl}/oauth/token`,
        }),
      })
      return connection.name
    },
  }
}

function checkConsentWish({ name, clientId, clientSecret, mode }: ConsentWish): void {
  const isText = (text: string) => text !== '' && !/[\r\n\0]/.test(text)
  if (!isText(name) || !isText(clientId) || !isText(clientSecret))
    throw new DomainError('invalid', 'name, clientId and clientSecret must each be a line of text')
  if (mode !== undefined && !(linkModes as readonly string[]).includes(mode))
    throw new DomainError('invalid', `mode must be one of ${linkModes.join(', ')}`)
}

async function exchange(
  needs: ConsentNeeds,
  { clientId, clientSecret }: ConsentWish,
  code: string,
  verifier: string,
): Promise<{ refreshToken: string; accessToken: string }> {
  const { status, json } = await ask(needs, needs.places.authUrl, {
    method: 'POST',
    path: '/oauth/token',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      grant_type: 'authorization_code',
      client_id: clientId,
      client_secret: clientSecret,
      code,
      redirect_uri: needs.callbackUrl,
      code_verifier: verifier,
    }),
  })
  const { access_token: access, refresh_token: refresh } = recordOf(json)
  const [accessToken, refreshToken] = [textOf(access), textOf(refresh)]
  if (status === 200 && accessToken !== undefined && refreshToken !== undefined)
    return { accessToken, refreshToken }
  const said = textOf(recordOf(json).error_description) ?? textOf(recordOf(json).error)
  throw new DomainError('upstream', `Atlassian gave no token: ${said ?? status}`, { status })
}

/** The site that was meant, by its address; without one the only site there is. */
async function chooseSite(
  needs: ConsentNeeds,
  accessToken: string,
  siteUrl: string | undefined,
): Promise<{ id: string; url: string }> {
  const { json } = await ask(needs, needs.places.apiUrl, {
    method: 'GET',
    path: '/oauth/token/accessible-resources',
    headers: { authorization: `Bearer ${accessToken}` },
  })
  const sites = listOf(json).flatMap((one) => {
    const { id, url } = recordOf(one)
    const [known, address] = [textOf(id), textOf(url)]
    // It becomes part of a path that we call.
    return known !== undefined && /^[\w-]{1,64}$/.test(known) && address !== undefined
      ? [{ id: known, url: address.replace(/\/+$/, '') }]
      : []
  })
  const wanted = siteUrl?.replace(/\/+$/, '').toLowerCase()
  const found = sites.filter((site) => wanted === undefined || site.url.toLowerCase() === wanted)
  const [site, second] = found
  if (site && !second) return site
  const names = sites.map((one) => one.url).join(', ') || 'none'
  throw new DomainError(
    'invalid',
    second
      ? `The consent covers several sites; say which: ${names}`
      : `The consent covers no site ${siteUrl ?? ''}; it covers: ${names}`,
  )
}

async function ask(
  { allowsPrivate }: ConsentNeeds,
  baseUrl: string,
  request: Parameters<ReturnType<typeof makeJiraHttp>['send']>[0],
) {
  const http = makeJiraHttp(baseUrl, { allowsPrivate })
  try {
    const headers = { accept: 'application/json', ...request.headers }
    const { status, text } = await http.send({ ...request, headers })
    return { status, json: parsed(text) }
  } catch (error) {
    if (error instanceof DomainError) throw error
    const cause = error instanceof Error ? error.message : String(error)
    throw new DomainError('upstream', `Atlassian cannot be reached: ${cause}`)
  } finally {
    await http.close()
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown
  } catch {
    return undefined
  }
}

function secretText(): string {
  return randomBytes(32).toString('base64url')
}

function hashOf(text: string, encoding: 'hex' | 'base64url'): string {
  return createHash('sha256').update(text).digest(encoding)
}
