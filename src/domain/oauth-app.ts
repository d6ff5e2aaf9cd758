import type { Brand } from './brand.ts'
import type { PersonId } from './person.ts'
import type { SiteId } from './site.ts'
import type { TokenId } from './token.ts'
import type { Instant } from './zone.ts'

export type OAuthAppId = Brand<string, 'OAuthAppId'>

/** A program that people can let act for them. Only the SHA-256 of its secret is kept. */
export type OAuthApp = {
  readonly id: OAuthAppId
  readonly siteId: SiteId
  readonly name: string
  readonly clientId: string
  readonly secretHash: string
  /** Where browsers may be sent back to; nowhere else. */
  readonly redirectUris: readonly string[]
  readonly createdAt: Instant
}

/** What one person granted one program: first a code, then a token and what renews it. */
export type OAuthGrant = {
  readonly id: string
  readonly siteId: SiteId
  readonly appId: OAuthAppId
  readonly personId: PersonId
  readonly redirectUri: string
  readonly codeHash: string | null
  /** Null once the code was taken in. */
  readonly codeExpiresAt: Instant | null
  readonly refreshHash: string | null
  /** The refresh token before: whoever comes with it has it from somewhere else. */
  readonly spentHash: string | null
  readonly tokenId: TokenId | null
  readonly createdAt: Instant
}

/** By which secret, hashed, a grant is known. */
export type OAuthSecretKind = 'code' | 'refresh' | 'spent'

export interface OAuthStore {
  insertApp(app: Omit<OAuthApp, 'id'>): Promise<OAuthApp>
  /** In id order. */
  listApps(siteId: SiteId): Promise<readonly OAuthApp[]>
  getApp(siteId: SiteId, id: OAuthAppId): Promise<OAuthApp>
  /** Over all sites: its id is all a client brings. */
  findApp(clientId: string): Promise<OAuthApp | undefined>
  /** With its grants; their tokens stay, revoked by whoever removes it. */
  removeApp(siteId: SiteId, id: OAuthAppId): Promise<void>
  insertGrant(grant: Omit<OAuthGrant, 'id'>): Promise<void>
  updateGrant(grant: OAuthGrant): Promise<void>
  /** The grant a secret of this kind belongs to. */
  findGrant(siteId: SiteId, kind: OAuthSecretKind, hash: string): Promise<OAuthGrant | undefined>
  /** The grant whose access token this is. */
  findGrantOfToken(siteId: SiteId, tokenId: TokenId): Promise<OAuthGrant | undefined>
  /** Those of an app with a token. */
  grantsOf(siteId: SiteId, id: OAuthAppId): Promise<readonly OAuthGrant[]>
  /** Those that never came further than a code which has expired. */
  removeStale(siteId: SiteId, at: Instant): Promise<void>
}
