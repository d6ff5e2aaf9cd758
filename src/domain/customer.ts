import type { Brand } from './brand.ts'
import type { SiteId } from './site.ts'

export type CustomerId = Brand<string, 'CustomerId'>

/** Who pays for accounts. */
export type Customer = {
  readonly id: CustomerId
  readonly key: string
  readonly name: string
  readonly version: number
}

/** Which things that have a key: all conditions hold together; by id. */
export type KeyedQuery<Id> = {
  readonly ids?: readonly Id[]
  readonly keys?: readonly string[]
  readonly afterId?: Id
  readonly offset?: number
  readonly limit: number
}

export interface CustomerStore {
  find(siteId: SiteId, query: KeyedQuery<CustomerId>): Promise<readonly Customer[]>
  insert(siteId: SiteId, customer: Omit<Customer, 'id'>): Promise<CustomerId>
  update(siteId: SiteId, customer: Customer): Promise<void>
  remove(siteId: SiteId, id: CustomerId): Promise<void>
}
