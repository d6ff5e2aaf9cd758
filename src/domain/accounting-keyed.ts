import { plainAccount } from './account.ts'
import type { AccountCategory, AccountCategoryId, AccountCategoryType } from './account-category.ts'
import type { Customer, CustomerId } from './customer.ts'
import {
  checkFresh,
  checkMay,
  type DirectoryWriting,
  noteChange,
  startChecks,
  taken,
} from './directory-checks.ts'
import { DomainError } from './errors.ts'

export type CustomerWish = { readonly key: string; readonly name: string }

export type CategoryWish = {
  readonly key: string
  readonly name: string
  readonly type?: AccountCategoryType | null
}

export async function createCustomer(
  writing: DirectoryWriting,
  wish: CustomerWish,
): Promise<Customer> {
  const { tx, actor } = writing
  checkMay(actor, 'create', { type: 'customer' }, 'create customers')
  checkKeyed(wish, 'The customer cannot be accepted')
  await checkFree(tx.customers.find(actor.siteId, { keys: [wish.key], limit: 1 }), undefined)
  const customer = { key: wish.key, name: wish.name, version: tx.takeVersions(1) }
  const created = { ...customer, id: await tx.customers.insert(actor.siteId, customer) }
  noteChange(writing, 'customer.create', created.id, null, created)
  return created
}

export async function changeCustomer(
  writing: DirectoryWriting,
  id: CustomerId,
  change: Partial<CustomerWish>,
  ifVersion: number | undefined,
): Promise<Customer> {
  const { tx, actor } = writing
  checkMay(actor, 'change', { type: 'customer' }, 'change customers')
  checkKeyed(change, 'The customer cannot be accepted')
  const before = await getCustomer(writing, id)
  checkFresh(before, ifVersion)
  if (change.key !== undefined)
    await checkFree(tx.customers.find(actor.siteId, { keys: [change.key], limit: 1 }), id)
  const after: Customer = {
    ...before,
    key: change.key ?? before.key,
    name: change.name ?? before.name,
    version: tx.takeVersions(1),
  }
  await tx.customers.update(actor.siteId, after)
  noteChange(writing, 'customer.update', id, before, after)
  return after
}

/** Accounts of the customer stay, without one. */
export async function removeCustomer(
  writing: DirectoryWriting,
  id: CustomerId,
  ifVersion: number | undefined,
): Promise<void> {
  const { tx, actor } = writing
  checkMay(actor, 'remove', { type: 'customer' }, 'remove customers')
  const before = await getCustomer(writing, id)
  checkFresh(before, ifVersion)
  await detach(writing, { customerId: id }, { customerId: null })
  await tx.customers.remove(actor.siteId, id)
  noteChange(writing, 'customer.delete', id, before, null)
}

export async function createCategory(
  writing: DirectoryWriting,
  wish: CategoryWish,
): Promise<AccountCategory> {
  const { tx, actor } = writing
  checkMay(actor, 'create', { type: 'account-category' }, 'create account categories')
  checkKeyed(wish, 'The category cannot be accepted')
  await checkFree(
    tx.accountCategories.find(actor.siteId, { keys: [wish.key], limit: 1 }),
    undefined,
  )
  const category = {
    key: wish.key,
    name: wish.name,
    type: wish.type ?? null,
    version: tx.takeVersions(1),
  }
  const created = { ...category, id: await tx.accountCategories.insert(actor.siteId, category) }
  noteChange(writing, 'account-category.create', created.id, null, created)
  return created
}

export async function changeCategory(
  writing: DirectoryWriting,
  id: AccountCategoryId,
  change: Partial<CategoryWish>,
  ifVersion: number | undefined,
): Promise<AccountCategory> {
  const { tx, actor } = writing
  checkMay(actor, 'change', { type: 'account-category' }, 'change account categories')
  checkKeyed(change, 'The category cannot be accepted')
  const before = await getCategory(writing, id)
  checkFresh(before, ifVersion)
  if (change.key !== undefined)
    await checkFree(tx.accountCategories.find(actor.siteId, { keys: [change.key], limit: 1 }), id)
  const after: AccountCategory = {
    ...before,
    key: change.key ?? before.key,
    name: change.name ?? before.name,
    type: change.type === undefined ? before.type : change.type,
    version: tx.takeVersions(1),
  }
  await tx.accountCategories.update(actor.siteId, after)
  noteChange(writing, 'account-category.update', id, before, after)
  return after
}

/** Accounts of the category stay, without one. */
export async function removeCategory(
  writing: DirectoryWriting,
  id: AccountCategoryId,
  ifVersion: number | undefined,
): Promise<void> {
  const { tx, actor } = writing
  checkMay(actor, 'remove', { type: 'account-category' }, 'remove account categories')
  const before = await getCategory(writing, id)
  checkFresh(before, ifVersion)
  await detach(writing, { categoryId: id }, { categoryId: null })
  await tx.accountCategories.remove(actor.siteId, id)
  noteChange(writing, 'account-category.delete', id, before, null)
}

/** Takes away from accounts what is about to go, each with its own audit entry. */
async function detach(
  writing: DirectoryWriting,
  of: { customerId: CustomerId } | { categoryId: AccountCategoryId },
  change: { customerId: null } | { categoryId: null },
): Promise<void> {
  const { tx, actor } = writing
  const found = (await tx.accounts.find(actor.siteId, { ...of, limit: 100_000 })).map(plainAccount)
  const first = tx.takeVersions(found.length + 1)
  const changed = found.map((account, at) => ({ ...account, ...change, version: first + at }))
  await tx.accounts.update(actor.siteId, changed)
  found.forEach((account, at) => {
    noteChange(writing, 'account.update', account.id, account, changed[at])
  })
}

async function getCustomer({ tx, actor }: DirectoryWriting, id: CustomerId): Promise<Customer> {
  const [found] = await tx.customers.find(actor.siteId, { ids: [id], limit: 1 })
  if (!found) throw new DomainError('not-found', `There is no customer ${id}`)
  return found
}

async function getCategory(
  { tx, actor }: DirectoryWriting,
  id: AccountCategoryId,
): Promise<AccountCategory> {
  const [found] = await tx.accountCategories.find(actor.siteId, { ids: [id], limit: 1 })
  if (!found) throw new DomainError('not-found', `There is no account category ${id}`)
  return found
}

/** Refuses a key that another row has. */
export async function checkFree(
  finding: Promise<readonly { readonly id: string; readonly key: string }[]>,
  ownId: string | undefined,
): Promise<void> {
  const [found] = await finding
  if (found && found.id !== ownId) throw taken('key', `${found.key} is in use`)
}

function checkKeyed(wish: Partial<CustomerWish>, message: string): void {
  const checks = startChecks()
  checks.line('key', wish.key, 255)
  checks.line('name', wish.name, 255)
  checks.finish(message)
}
