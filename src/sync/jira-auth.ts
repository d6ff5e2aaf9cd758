import { DomainError } from '../domain/errors.ts'
import type { JiraAuth } from '../domain/jira-link.ts'

/** What an OAuth connection keeps; the refresh token is good for one use. */
export type OAuthSecret = {
  readonly clientId: string
  readonly clientSecret: string
  readonly refreshToken: string
  readonly accessToken?: string
  readonly tokenUrl?: string
}

/** Gives the Authorization header; `renew` tries for a better one after a 401. */
export type Authorizer = {
  header(): Promise<string>
  /** Returns false where nothing else can be offered. */
  renew(): Promise<boolean>
}

export type AuthorizerNeeds = {
  readonly auth: JiraAuth
  readonly login: string | null
  /** The secret as stored now: another process may have renewed it. */
  readonly loadSecret: () => Promise<string>
  /** Keeps a renewed secret; must have reached the disk before it resolves. */
  readonly saveSecret: (secret: string) => Promise<void>
  readonly post: (url: string, body: unknown) => Promise<{ status: number; text: string }>
}

const atlassianTokenUrl = 'https://auth.atlassian.com/oauth/token'

export function makeAuthorizer(needs: AuthorizerNeeds): Authorizer {
  if (needs.auth === 'oauth') return makeOAuthorizer(needs)
  const { auth, login, loadSecret } = needs
  let header: string | undefined
  return {
    async header() {
      if (header === undefined) {
        const secret = await loadSecret()
        header =
          auth === 'pat'
            ? `Bearer ${secret}`
            : `Basic ${Buffer.from(`${login ?? ''}:${secret}`, 'utf8').toString('base64')}`
      }
      return header
    },
    renew: async () => false,
  }
}

function makeOAuthorizer({ loadSecret, saveSecret, post }: AuthorizerNeeds): Authorizer {
  let known: OAuthSecret | undefined
  let renewing: Promise<boolean> | undefined

  async function renew(): Promise<boolean> {
    const stored = parseOAuthSecret(await loadSecret())
    // Refresh tokens rotate: whoever was first has spent ours, and stored what came of it.
    if (known && stored.refreshToken !== known.refreshToken && stored.accessToken !== undefined) {
      known = stored
      return true
    }
    const answer = await post(stored.tokenUrl ?? atlassianTokenUrl, {
      grant_type: 'refresh_token',
      client_id: stored.clientId,
      client_secret: stored.clientSecret,
      refresh_token: stored.refreshToken,
    })
    if (answer.status >= 500 || answer.status === 429)
      throw new DomainError('upstream', `The OAuth server answered ${answer.status}`)
    if (answer.status !== 200) return false
    const { access_token: accessToken, refresh_token: refreshToken } = JSON.parse(
      answer.text,
    ) as Record<string, unknown>
    if (typeof accessToken !== 'string') return false
    const next = {
      ...stored,
      accessToken,
      refreshToken: typeof refreshToken === 'string' ? refreshToken : stored.refreshToken,
    }
    // The old refresh token is spent by now: lose the new one and somebody must log in again.
    await saveSecret(JSON.stringify(next))
    known = next
    return true
  }

  return {
    async header() {
      known ??= parseOAuthSecret(await loadSecret())
      if (known.accessToken === undefined) await this.renew()
      return `Bearer ${known.accessToken ?? ''}`
    },
    renew() {
      renewing ??= renew().finally(() => {
        renewing = undefined
      })
      return renewing
    },
  }
}

/** The JSON an OAuth connection is added with. Throws `invalid`. */
export function parseOAuthSecret(text: string): OAuthSecret {
  try {
    const secret = JSON.parse(text) as Partial<Record<keyof OAuthSecret, unknown>>
    const isText = (value: unknown) => typeof value === 'string' && value !== ''
    if (isText(secret.clientId) && isText(secret.clientSecret) && isText(secret.refreshToken))
      return secret as OAuthSecret
  } catch {
    // Falls through to the refusal.
  }
  throw new DomainError(
    'invalid',
    'The secret of an OAuth connection is JSON with clientId, clientSecret and refreshToken',
  )
}
