import type { Brand } from './brand.ts'
import type { Role } from './permission.ts'
import type { ConnectionId, SiteId } from './site.ts'

export type PersonId = Brand<string, 'PersonId'>

/** Somebody whose time is kept. A ghost is known only by an id or a name found on a worklog. */
export type Person = {
  readonly id: PersonId
  readonly accountId: string
  readonly username: string | null
  readonly key: string | null
  readonly displayName: string
  readonly email: string | null
  readonly timeZone: string | null
  readonly locale: string | null
  readonly accountType: string | null
  readonly isActive: boolean
  readonly isGhost: boolean
  readonly staffId: string | null
  readonly role: Role
  readonly version: number
}

/** What lists show of a person beside a worklog. */
export type PersonRef = Pick<
  Person,
  'id' | 'accountId' | 'username' | 'key' | 'displayName' | 'email' | 'timeZone' | 'isActive'
>

export type IdentityKind = 'accountId' | 'key' | 'username' | 'displayName'

/** One way a source names a person; several identities may lead to one person. */
export type Identity = {
  readonly connectionId: ConnectionId
  readonly kind: IdentityKind
  readonly value: string
}

export type NewPerson = Omit<Person, 'id' | 'version'>

export type PersonQuery = {
  readonly siteId: SiteId
  readonly text?: string
  readonly groupId?: string
  readonly isActive?: boolean
  readonly visibleIds?: readonly PersonId[]
  readonly limit: number
  readonly offset?: number
  readonly afterId?: PersonId
}

export interface PersonStore {
  get(siteId: SiteId, id: PersonId): Promise<Person>
  getMany(siteId: SiteId, ids: readonly PersonId[]): Promise<readonly Person[]>
  /** Everyone whose id, account id, username, key or e-mail is one of `names`, by the name asked for. */
  findByNames(siteId: SiteId, names: readonly string[]): Promise<ReadonlyMap<string, Person[]>>
  /** Who has this account id, or this username whatever its capitals; exact ones first, then by id. */
  findByLogin(siteId: SiteId, name: string): Promise<readonly Person[]>
  /** Everybody but ghosts by username, or account id where there is none, then id. */
  listByLogin(siteId: SiteId, page: { limit: number; offset: number }): Promise<readonly Person[]>
  list(query: PersonQuery): Promise<readonly Person[]>
  insert(siteId: SiteId, people: readonly (NewPerson & { version: number })[]): Promise<PersonId[]>
  update(siteId: SiteId, people: readonly Person[]): Promise<void>
  findIdentities(
    siteId: SiteId,
    identities: readonly Identity[],
  ): Promise<readonly (Identity & { personId: PersonId })[]>
  addIdentities(
    siteId: SiteId,
    identities: readonly (Identity & { personId: PersonId })[],
  ): Promise<void>
}
