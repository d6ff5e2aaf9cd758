import type * as OpenIdClient from 'openid-client'
import { DomainError } from '../domain/errors.ts'

export type SingleSignOnSettings = {
  readonly issuer: string
  readonly clientId: string
  readonly clientSecret: string | undefined
  /** What the button says. */
  readonly name: string
}

/** What has to be remembered while the browser is away at the provider. */
export type Errand = { readonly state: string; readonly nonce: string; readonly verifier: string }

export type SingleSignOn = {
  readonly name: string
  /** Where to send the browser. */
  begin(callback: string): Promise<{ url: string; errand: Errand }>
  /** Whom the provider vouches for. Throws `forbidden` where it does not, or `upstream`. */
  finish(returned: URL, errand: Errand): Promise<VouchedFor>
}

export type VouchedFor = {
  readonly issuer: string
  readonly subject: string
  readonly email: string | null
  readonly isEmailVerified: boolean
}

type Provider = {
  readonly client: typeof OpenIdClient
  readonly configuration: OpenIdClient.Configuration
}

/** OpenID Connect with code flow, PKCE, state and nonce; the provider is discovered at first use. */
export function makeSingleSignOn(settings: SingleSignOnSettings): SingleSignOn {
  let discovered: Promise<Provider> | undefined

  async function ask(): Promise<Provider> {
    // Loaded when somebody first signs on: most servers never need it.
    const client = await import('openid-client')
    const configuration = await client.discovery(
      new URL(settings.issuer),
      settings.clientId,
      settings.clientSecret,
      undefined,
      // Only this machine may do without TLS; the configuration has been checked for it.
      settings.issuer.startsWith('http://') ? { execute: [client.allowInsecureRequests] } : {},
    )
    return { client, configuration }
  }

  function discover(): Promise<Provider> {
    discovered ??= ask().catch((error: unknown) => {
      discovered = undefined
      throw unreachable(settings, error)
    })
    return discovered
  }

  return {
    name: settings.name,
    async begin(callback) {
      const { client, configuration } = await discover()
      const errand = {
        state: client.randomState(),
        nonce: client.randomNonce(),
        verifier: client.randomPKCECodeVerifier(),
      }
      const url = client.buildAuthorizationUrl(configuration, {
        redirect_uri: callback,
        scope: 'openid email profile',
        state: errand.state,
        nonce: errand.nonce,
        code_challenge: await client.calculatePKCECodeChallenge(errand.verifier),
        code_challenge_method: 'S256',
      })
      return { url: url.href, errand }
    },
    async finish(returned, { state, nonce, verifier }) {
      const { client, configuration } = await discover()
      const tokens = await client
        .authorizationCodeGrant(configuration, returned, {
          expectedState: state,
          expectedNonce: nonce,
          pkceCodeVerifier: verifier,
          idTokenExpected: true,
        })
        .catch((error: unknown) => {
          throw new DomainError('forbidden', `${settings.name} did not let you in`, {
            reason: error instanceof Error ? error.message : String(error),
          })
        })
      const claims = tokens.claims()
      if (!claims) throw new DomainError('forbidden', `${settings.name} did not say who you are`)
      // Providers may keep the e-mail out of the ID token and answer it only when asked.
      const more =
        typeof claims.email === 'string'
          ? claims
          : await client
              .fetchUserInfo(configuration, tokens.access_token, claims.sub)
              .catch(() => claims)
      return {
        issuer: claims.iss,
        subject: claims.sub,
        email: typeof more.email === 'string' ? more.email : null,
        isEmailVerified: more.email_verified === true,
      }
    },
  }
}

function unreachable({ name }: SingleSignOnSettings, error: unknown): DomainError {
  return new DomainError('upstream', `${name} cannot be asked who you are just now`, {
    reason: error instanceof Error ? error.message : String(error),
  })
}
