import type { AccountCategory, AccountCategoryId } from './account-category.ts'
import type { Brand } from './brand.ts'
import type { Customer, CustomerId } from './customer.ts'
import type { PersonId, PersonRef } from './person.ts'
import type { ProjectId, ProjectRef } from './project.ts'
import type { ConnectionId, SiteId } from './site.ts'

export type AccountId = Brand<string, 'AccountId'>
export type AccountLinkId = Brand<string, 'AccountLinkId'>

export const accountStatuses = ['open', 'closed', 'archived'] as const

export type AccountStatus = (typeof accountStatuses)[number]

/** What time is billed to: worklogs name it by its key in an account attribute. */
export type Account = {
  readonly id: AccountId
  readonly key: string
  readonly name: string
  readonly status: AccountStatus
  /** Open to every project, linked or not. */
  readonly isGlobal: boolean
  /** Whole hours or units of money, as the site counts; null without a budget. */
  readonly monthlyBudget: number | null
  readonly leadId: PersonId
  readonly contactId: PersonId | null
  /** Name of a contact who is nobody here; never beside `contactId`. */
  readonly externalContact: string | null
  readonly categoryId: AccountCategoryId | null
  readonly customerId: CustomerId | null
  readonly version: number
}

type AccountPerson = Pick<PersonRef, 'id' | 'accountId' | 'displayName'>

/** An account with everything it names. */
export type AccountView = Account & {
  readonly lead: AccountPerson
  readonly contact: AccountPerson | null
  readonly category: AccountCategory | null
  readonly customer: Customer | null
}

/** A project whose time may be billed to an account; one account of a project is its default. */
export type AccountLink = {
  readonly id: AccountLinkId
  readonly accountId: AccountId
  readonly projectId: ProjectId
  readonly isDefault: boolean
  readonly version: number
}

export type AccountLinkView = AccountLink & {
  readonly account: AccountView
  readonly project: ProjectRef & { readonly connectionId: ConnectionId }
}

/** Which accounts: all conditions hold together; by id. */
export type AccountQuery = {
  readonly ids?: readonly AccountId[]
  readonly keys?: readonly string[]
  readonly statuses?: readonly AccountStatus[]
  readonly isGlobal?: boolean
  readonly customerId?: CustomerId
  readonly categoryId?: AccountCategoryId
  readonly text?: string
  readonly afterId?: AccountId
  readonly offset?: number
  readonly limit: number
}

export type AccountLinkQuery = {
  readonly id?: AccountLinkId
  readonly accountId?: AccountId
  readonly projectIds?: readonly ProjectId[]
  readonly isDefault?: true
  readonly limit: number
}

export interface AccountStore {
  find(siteId: SiteId, query: AccountQuery): Promise<readonly AccountView[]>
  insert(siteId: SiteId, account: Omit<Account, 'id'>): Promise<AccountId>
  update(siteId: SiteId, accounts: readonly Account[]): Promise<void>
  /** Removes it with its links. */
  remove(siteId: SiteId, id: AccountId): Promise<void>
}

export interface AccountLinkStore {
  find(siteId: SiteId, query: AccountLinkQuery): Promise<readonly AccountLinkView[]>
  insert(siteId: SiteId, link: Omit<AccountLink, 'id'>): Promise<AccountLinkId>
  update(siteId: SiteId, link: AccountLink): Promise<void>
  remove(siteId: SiteId, id: AccountLinkId): Promise<void>
}

/** Most links of an account or a project that a list shows. */
export const mostAccountLinks = 10_000

/** The account alone, as it is stored and audited. */
export function plainAccount({
  lead,
  contact,
  category,
  customer,
  ...account
}: AccountView): Account {
  return account
}

/** The link alone, as it is stored and audited. */
export function plainAccountLink({ account, project, ...link }: AccountLinkView): AccountLink {
  return link
}
