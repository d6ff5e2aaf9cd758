import type { AccountId, AccountView } from '../../domain/account.ts'
import type { AccountCategory, AccountCategoryId } from '../../domain/account-category.ts'
import type { Customer, CustomerId } from '../../domain/customer.ts'
import type { Call } from './call.ts'
import { notFound } from './errors.ts'

/**
 * The account of the path. Version 3 names it by key, version 4 reads it by id and writes it by key;
 * both are taken in both, since one client of version 4 sends the key [C 1].
 */
export async function findAccount(call: Call, isByKey: boolean): Promise<AccountView> {
  const { actor, needs } = call
  const name = call.param('account')
  const byKey = () => needs.store.accounts.find(actor.siteId, { keys: [name], limit: 1 })
  const byId = () => needs.store.accounts.find(actor.siteId, { ids: [name as AccountId], limit: 1 })
  const found = await firstOf(isByKey ? [byKey, byId] : [byId, byKey])
  if (!found) throw notFound('Account not found')
  return found
}

/** The customer of the path, likewise. */
export async function findCustomer(call: Call, isByKey: boolean): Promise<Customer> {
  const { actor, needs } = call
  const name = call.param('customer')
  const byKey = () => needs.store.customers.find(actor.siteId, { keys: [name], limit: 1 })
  const byId = () =>
    needs.store.customers.find(actor.siteId, { ids: [name as CustomerId], limit: 1 })
  const found = await firstOf(isByKey ? [byKey, byId] : [byId, byKey])
  if (!found) throw notFound('Invalid customer key')
  return found
}

/** The category of the path. */
export async function findCategory(call: Call): Promise<AccountCategory> {
  const { actor, needs } = call
  const name = call.param('category')
  const found = await firstOf([
    () => needs.store.accountCategories.find(actor.siteId, { keys: [name], limit: 1 }),
    () =>
      needs.store.accountCategories.find(actor.siteId, {
        ids: [name as AccountCategoryId],
        limit: 1,
      }),
  ])
  if (!found) throw notFound('Invalid category key')
  return found
}

async function firstOf<T>(
  finders: readonly (() => Promise<readonly T[]>)[],
): Promise<T | undefined> {
  for (const find of finders) {
    const [found] = await find()
    if (found) return found
  }
  return undefined
}
