import type { Brand } from './brand.ts'
import type { PersonId } from './person.ts'
import type { SiteId } from './site.ts'

export type LoginId = Brand<string, 'LoginId'>

/** How a person enters the web; several ways may lead to one person. */
export type Login = {
  readonly id: LoginId
  readonly siteId: SiteId
  readonly personId: PersonId
  readonly kind: 'password' | 'oidc'
  /** The name typed, or the subject an identity provider vouches for. */
  readonly subject: string
}
