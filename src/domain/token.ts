import type { Brand } from './brand.ts'
import { DomainError, invalidField } from './errors.ts'
import type { Scope } from './permission.ts'
import type { PersonId } from './person.ts'
import type { SiteId } from './site.ts'
import type { Instant } from './zone.ts'

export type TokenId = Brand<string, 'TokenId'>

/** A secret for scripts. Only its SHA-256 is kept; it sees what its owner sees. */
export type Token = {
  readonly id: TokenId
  readonly siteId: SiteId
  readonly personId: PersonId
  readonly name: string
  /** First characters of the secret, to recognise it in a list. Empty for adopted values. */
  readonly hint: string
  readonly scopes: readonly Scope[]
  /** CIDR ranges it may come from; empty means anywhere. */
  readonly networks: readonly string[]
  readonly createdAt: Instant
  readonly expiresAt: Instant | null
  readonly lastUsedAt: Instant | null
  readonly lastUsedFrom: string | null
  readonly revokedAt: Instant | null
}

export type NewToken = Omit<Token, 'id' | 'lastUsedAt' | 'lastUsedFrom' | 'revokedAt'> & {
  /** SHA-256 of the secret, hex. */
  readonly hash: string
}

/** Shortest value a script may bring along: anything shorter can be guessed. */
export const shortestAdoptedSecret = 16

/** Checks a value that scripts already carry and that a token shall adopt. */
export function checkAdoptedSecret(secret: string): void {
  if (secret.length < shortestAdoptedSecret || secret.length > 4_096)
    throw invalidField('value', `must have ${shortestAdoptedSecret} to 4096 characters`)
  if (!/^[\x21-\x7e]+$/.test(secret))
    throw invalidField('value', 'must consist of printable ASCII characters without blanks')
}

/** Throws `unauthenticated` when the token can no longer be used at `now`. */
export function checkTokenUsable(token: Token, now: Instant): void {
  if (token.revokedAt !== null)
    throw new DomainError('unauthenticated', 'The token has been revoked')
  if (token.expiresAt !== null && token.expiresAt <= now)
    throw new DomainError('unauthenticated', 'The token has expired')
}

export interface TokenStore {
  create(token: NewToken): Promise<Token>
  /** Finds by the SHA-256 of the secret, hex, over all sites: the secret is all a request brings. */
  findByHash(hash: string): Promise<Token | undefined>
  list(siteId: SiteId): Promise<readonly Token[]>
  get(siteId: SiteId, id: TokenId): Promise<Token>
  revoke(siteId: SiteId, id: TokenId, at: Instant): Promise<void>
  noteUse(
    uses: readonly { siteId: SiteId; id: TokenId; at: Instant; from: string }[],
  ): Promise<void>
}
