import type { AccountId, AccountLinkId, AccountLinkView, AccountView } from './account.ts'
import type { AccountCategory, AccountCategoryId } from './account-category.ts'
import {
  type AccountChange,
  type AccountLinkWish,
  type AccountWish,
  changeAccount,
  createAccount,
  createLink,
  makeLinkDefault,
  removeAccount,
  removeLink,
} from './accounting-accounts.ts'
import {
  type AttributeChange,
  type AttributeWish,
  changeAttribute,
  createAttribute,
  removeAttribute,
} from './accounting-attributes.ts'
import {
  type CategoryWish,
  type CustomerWish,
  changeCategory,
  changeCustomer,
  createCategory,
  createCustomer,
  removeCategory,
  removeCustomer,
} from './accounting-keyed.ts'
import type { Attribute } from './attribute.ts'
import type { Customer, CustomerId } from './customer.ts'
import type { DirectoryWriting } from './directory-checks.ts'
import type { Actor } from './permission.ts'
import type { Store } from './store.ts'
import type { Instant } from './zone.ts'

export type { AccountChange, AccountLinkWish, AccountWish } from './accounting-accounts.ts'
export type { AttributeChange, AttributeWish } from './accounting-attributes.ts'
export type { CategoryWish, CustomerWish } from './accounting-keyed.ts'

/**
 * Use cases on what time is billed to: work attributes, accounts, customers, categories and links
 * to projects. Each call is one transaction with its audit entries; `ifVersion` refuses a row that
 * changed meanwhile.
 */
export type Accounting = {
  createAttribute(actor: Actor, wish: AttributeWish): Promise<Attribute>
  changeAttribute(
    actor: Actor,
    key: string,
    change: AttributeChange,
    ifVersion?: number,
  ): Promise<Attribute>
  removeAttribute(actor: Actor, key: string, ifVersion?: number): Promise<void>
  createAccount(actor: Actor, wish: AccountWish): Promise<AccountView>
  changeAccount(
    actor: Actor,
    id: AccountId,
    change: AccountChange,
    ifVersion?: number,
  ): Promise<AccountView>
  removeAccount(actor: Actor, id: AccountId, ifVersion?: number): Promise<void>
  createCustomer(actor: Actor, wish: CustomerWish): Promise<Customer>
  changeCustomer(
    actor: Actor,
    id: CustomerId,
    change: Partial<CustomerWish>,
    ifVersion?: number,
  ): Promise<Customer>
  removeCustomer(actor: Actor, id: CustomerId, ifVersion?: number): Promise<void>
  createCategory(actor: Actor, wish: CategoryWish): Promise<AccountCategory>
  changeCategory(
    actor: Actor,
    id: AccountCategoryId,
    change: Partial<CategoryWish>,
    ifVersion?: number,
  ): Promise<AccountCategory>
  removeCategory(actor: Actor, id: AccountCategoryId, ifVersion?: number): Promise<void>
  createLink(actor: Actor, wish: AccountLinkWish): Promise<AccountLinkView>
  makeLinkDefault(actor: Actor, id: AccountLinkId): Promise<AccountLinkView>
  removeLink(actor: Actor, id: AccountLinkId): Promise<void>
}

export function makeAccounting({ store, now }: { store: Store; now: () => Instant }): Accounting {
  const write = <T>(actor: Actor, work: (writing: DirectoryWriting) => Promise<T>) =>
    store.write(actor.siteId, (tx) => work({ tx, actor, now: now() }))
  return {
    createAttribute: (actor, wish) => write(actor, (writing) => createAttribute(writing, wish)),
    changeAttribute: (actor, key, change, ifVersion) =>
      write(actor, (writing) => changeAttribute(writing, key, change, ifVersion)),
    removeAttribute: (actor, key, ifVersion) =>
      write(actor, (writing) => removeAttribute(writing, key, ifVersion)),
    createAccount: (actor, wish) => write(actor, (writing) => createAccount(writing, wish)),
    changeAccount: (actor, id, change, ifVersion) =>
      write(actor, (writing) => changeAccount(writing, id, change, ifVersion)),
    removeAccount: (actor, id, ifVersion) =>
      write(actor, (writing) => removeAccount(writing, id, ifVersion)),
    createCustomer: (actor, wish) => write(actor, (writing) => createCustomer(writing, wish)),
    changeCustomer: (actor, id, change, ifVersion) =>
      write(actor, (writing) => changeCustomer(writing, id, change, ifVersion)),
    removeCustomer: (actor, id, ifVersion) =>
      write(actor, (writing) => removeCustomer(writing, id, ifVersion)),
    createCategory: (actor, wish) => write(actor, (writing) => createCategory(writing, wish)),
    changeCategory: (actor, id, change, ifVersion) =>
      write(actor, (writing) => changeCategory(writing, id, change, ifVersion)),
    removeCategory: (actor, id, ifVersion) =>
      write(actor, (writing) => removeCategory(writing, id, ifVersion)),
    createLink: (actor, wish) => write(actor, (writing) => createLink(writing, wish)),
    makeLinkDefault: (actor, id) => write(actor, (writing) => makeLinkDefault(writing, id)),
    removeLink: (actor, id) => write(actor, (writing) => removeLink(writing, id)),
  }
}
