import { createHash } from 'node:crypto'
import { objectOf } from './route.ts'
import type { World } from './world.ts'
import type { Person } from './world-types.ts'

type Grant = {
  readonly person: Person
  readonly scopes: ReadonlySet<string>
  readonly expiresAt: number
  /** What the exchange must match, where a browser asked for the code. */
  readonly redirectUri?: string
  readonly challenge?: string
}

/** Scopes a client usually asks for. */
export const usualScopes = [
  'read:jira-work',
  'write:jira-work',
  'read:jira-user',
  'offline_access',
] as const

/** What the OAuth endpoints know. */
export type OAuthState = ReturnType<typeof makeOAuth>

/**
 * OAuth 2.0 (3LO) without its browser part: `authorize` stands for the consent screen. Access
 * tokens live an hour by the fake's clock; a refresh token works once.
 */
export function makeOAuth(world: World) {
  const client = { id: 'fake-client-id', secret: 'fake-client-secret' }
  const cloudId = '11111111-2222-4333-8444-555555555555'
  const codes = new Map<string, Grant>()
  const refreshTokens = new Map<string, Grant>()
  const accessTokens = new Map<string, Grant>()
  let count = 0

  function issue(grant: Grant) {
    count += 1
    const { person, scopes } = grant
    const expiresAt = world.clock.now() + 3_600_000
    const access = `access-${person.name}-${count}`
    accessTokens.set(access, { person, scopes, expiresAt })
    const answer = {
      access_token: access,
      expires_in: 3600,
      token_type: 'Bearer',
      scope: [...scopes].join(' '),
    }
    if (!scopes.has('offline_access')) return answer
    const refresh = `refresh-${person.name}-${count}`
    refreshTokens.set(refresh, { ...grant, expiresAt: world.clock.now() + 90 * 86_400_000 })
    return { ...answer, refresh_token: refresh }
  }

  function redeem(tokens: Map<string, Grant>, token: unknown): Grant | undefined {
    const grant = tokens.get(String(token))
    tokens.delete(String(token))
    return grant && grant.expiresAt > world.clock.now() ? grant : undefined
  }

  return {
    client,
    cloudId,
    /** The person says yes: the code their browser would bring back. */
    authorize(person: Person, scopes: readonly string[] = usualScopes): string {
      count += 1
      const code = `code-${count}`
      const expiresAt = world.clock.now() + 300_000
      codes.set(code, { person, scopes: new Set(scopes), expiresAt })
      return code
    },
    /** `GET /authorize`, of somebody who says yes at once: sends the browser back with a code. */
    consent(query: URLSearchParams, person: Person) {
      const said = (name: string) => query.get(name) ?? ''
      const isRight =
        said('client_id') === client.id &&
        said('audience') === 'api.atlassian.com' &&
        said('response_type') === 'code' &&
        said('prompt') === 'consent' &&
        said('code_challenge_method') === 'S256' &&
        said('state') !== ''
      if (!isRight) return failure(400, 'invalid_request', 'Missing or wrong parameter')
      count += 1
      const code = `code-${count}`
      codes.set(code, {
        person,
        scopes: new Set(said('scope').split(' ')),
        expiresAt: world.clock.now() + 300_000,
        redirectUri: said('redirect_uri'),
        challenge: said('code_challenge'),
      })
      const back = new URL(said('redirect_uri'))
      back.searchParams.set('state', said('state'))
      back.searchParams.set('code', code)
      return { status: 302, headers: { Location: back.href } }
    },
    /** The person behind an access token that has not expired. */
    access(token: string): Grant | undefined {
      const grant = accessTokens.get(token)
      return grant && grant.expiresAt > world.clock.now() && grant.person.active ? grant : undefined
    },
    /** Takes the person's consent back: nothing of theirs works any more. */
    revoke(person: Person): void {
      for (const tokens of [codes, refreshTokens, accessTokens]) {
        for (const [token, grant] of tokens) if (grant.person === person) tokens.delete(token)
      }
    },
    /** `POST /oauth/token`: exchange of a code, or a refresh. */
    token(body: unknown): { status: number; json: unknown } {
      const { grant_type: type, client_id: id, client_secret: secret, ...rest } = objectOf(body)
      if (id !== client.id || secret !== client.secret) {
        return failure(401, 'access_denied', 'Unauthorized')
      }
      if (type === 'authorization_code') {
        const grant = redeem(codes, rest.code)
        if (grant && isProven(grant, rest)) return { status: 200, json: issue(grant) }
        return failure(403, 'invalid_grant', 'Invalid authorization code')
      }
      if (type !== 'refresh_token') {
        return failure(400, 'unsupported_grant_type', 'Unsupported grant type')
      }
      const grant = redeem(refreshTokens, rest.refresh_token)
      if (grant) return { status: 200, json: issue(grant) }
      return failure(403, 'unauthorized_client', 'refresh_token is invalid')
    },
    /** `GET /oauth/token/accessible-resources`. */
    resources(authorization: string | undefined, url: string): { status: number; json: unknown } {
      const [scheme, token = ''] = (authorization ?? '').split(' ')
      const grant = scheme === 'Bearer' ? accessTokens.get(token) : undefined
      if (!grant || grant.expiresAt <= world.clock.now()) {
        return { status: 401, json: { code: 401, message: 'Unauthorized' } }
      }
      const site = { id: cloudId, name: 'fake', url, scopes: [...grant.scopes], avatarUrl: url }
      return { status: 200, json: [site] }
    },
  }
}

/** Whether the exchange comes from whoever asked for the code. */
function isProven(grant: Grant, said: Readonly<Record<string, unknown>>): boolean {
  if (grant.redirectUri !== undefined && said.redirect_uri !== grant.redirectUri) return false
  if (grant.challenge === undefined) return true
  const hash = createHash('sha256').update(String(said.code_verifier ?? ''))
  return hash.digest('base64url') === grant.challenge
}

function failure(status: number, error: string, description: string) {
  return { status, json: { error, error_description: description } }
}
