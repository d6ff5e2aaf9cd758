import type { Brand } from './brand.ts'
import { invalidField } from './errors.ts'
import type { PersonId } from './person.ts'
import type { SiteId } from './site.ts'
import { textProblem } from './text.ts'
import type { Instant } from './zone.ts'

export type LoginId = Brand<string, 'LoginId'>

/** How a person enters the web; several ways may lead to one person. */
export type Login = {
  readonly id: LoginId
  readonly siteId: SiteId
  readonly personId: PersonId
  readonly kind: 'password' | 'oidc'
  /** The person's own id for a password (names may change), or issuer and subject of a provider. */
  readonly subject: string
}

export type NewLogin = Omit<Login, 'id'> & {
  /** The hash of a password, as the hashing library wrote it; null for a provider's word. */
  readonly secret: string | null
  readonly createdAt: Instant
}

/** A link that works once: for the first administrator, or for whoever forgot the password. */
export type LoginLink = {
  readonly siteId: SiteId
  readonly personId: PersonId
  readonly purpose: 'first-start' | 'reset'
  readonly expiresAt: Instant
}

export const passwordLimits = { shortest: 10, longest: 256 } as const

/** Throws `invalid` unless this may become the password of somebody with these names. */
export function checkNewPassword(password: string, names: readonly (string | null)[]): void {
  const { shortest, longest } = passwordLimits
  if (password.length < shortest) throw invalidField('password', `needs ${shortest} characters`)
  const problem = textProblem(password, longest)
  if (problem) throw invalidField('password', problem)
  const plain = password.toLowerCase()
  if (names.some((name) => name !== null && name.toLowerCase() === plain))
    throw invalidField('password', 'must differ from your name and e-mail')
  if (new Set(plain).size < 4) throw invalidField('password', 'needs more different characters')
}

export interface LoginStore {
  find(
    siteId: SiteId,
    kind: Login['kind'],
    subject: string,
  ): Promise<(Login & { secret: string | null }) | undefined>
  listOf(siteId: SiteId, personId: PersonId): Promise<readonly Login[]>
  /** Writes a login, or the new secret of the one with the same kind and subject. */
  put(login: NewLogin): Promise<void>
  /** Whether anybody with this role can enter at all. */
  hasLoginWithRole(siteId: SiteId, role: string): Promise<boolean>
  putLink(link: LoginLink & { readonly hash: string; readonly createdAt: Instant }): Promise<void>
  /** Finds by the SHA-256 of the secret, hex. */
  findLink(hash: string): Promise<LoginLink | undefined>
  /** Whether the link was there to be taken: of several who try, one gets it. */
  takeLink(siteId: SiteId, hash: string): Promise<boolean>
  dropLinks(siteId: SiteId, personId: PersonId): Promise<void>
}
