import type { Brand } from './brand.ts'
import type { KeyedQuery } from './customer.ts'
import type { SiteId } from './site.ts'

export type AccountCategoryId = Brand<string, 'AccountCategoryId'>

export const accountCategoryTypes = ['billable', 'capitalized', 'internal', 'operational'] as const

export type AccountCategoryType = (typeof accountCategoryTypes)[number]

/** A kind of account, and how it counts. */
export type AccountCategory = {
  readonly id: AccountCategoryId
  readonly key: string
  readonly name: string
  readonly type: AccountCategoryType | null
  readonly version: number
}

export interface AccountCategoryStore {
  find(siteId: SiteId, query: KeyedQuery<AccountCategoryId>): Promise<readonly AccountCategory[]>
  insert(siteId: SiteId, category: Omit<AccountCategory, 'id'>): Promise<AccountCategoryId>
  update(siteId: SiteId, category: AccountCategory): Promise<void>
  remove(siteId: SiteId, id: AccountCategoryId): Promise<void>
}
