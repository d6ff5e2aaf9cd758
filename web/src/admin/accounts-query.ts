import type { Static } from '@sinclair/typebox'
import { queryOptions } from '@tanstack/react-query'
import type {
  AccountLinksAnswer,
  Account as AccountSchema,
  AccountCategory as CategorySchema,
  Customer as CustomerSchema,
} from '../../../src/api/contract.ts'
import { call, queryOf } from '../api/client.ts'
import type { AccountsSearch } from './accounts-search.ts'
import { listQuery, readAll } from './pages.ts'
import type { Source } from './table/use-table-writes.ts'

export type Account = Static<typeof AccountSchema>
export type Customer = Static<typeof CustomerSchema>
export type Category = Static<typeof CategorySchema>
export type AccountLink = Static<typeof AccountLinksAnswer>['links'][number]

export const accountsQuery = ({ text, status }: AccountsSearch) =>
  listQuery<Account>('accounts', '/accounts', { text, status })

export const customersQuery = listQuery<Customer>('customers', '/customers', {}, 1_000)

export const categoriesQuery = listQuery<Category>('categories', '/account-categories', {}, 1_000)

export const readAllAccounts = () => readAll<Account>('accounts', '/accounts')
export const readAllCustomers = () => readAll<Customer>('customers', '/customers')

/** Lists of things with an id, written below one path. */
export function sourceAt<R extends { readonly id: string; readonly version: number }>(
  path: string,
  nameOf: (row: R) => string,
  again: (row: R) => object,
): Source<R> {
  return {
    queryKey: [path.slice(1)],
    nameOf,
    again,
    create: (body) => call('POST', path, { body }),
    change: (row, body, ifVersion) => call('PATCH', `${path}/${row.id}`, { body, ifVersion }),
    remove: (row) => call('DELETE', `${path}/${row.id}`),
  }
}

export const accountSource = sourceAt<Account>(
  '/accounts',
  ({ key }) => key,
  (row) => ({
    key: row.key,
    name: row.name,
    lead: row.lead.id,
    status: row.status,
    isGlobal: row.isGlobal,
    monthlyBudget: row.monthlyBudget,
    contact: row.contact?.id ?? null,
    externalContact: row.externalContact,
    category: row.category?.key ?? null,
    customer: row.customer?.key ?? null,
  }),
)

export const customerSource = sourceAt<Customer>(
  '/customers',
  ({ key }) => key,
  ({ key, name }) => ({ key, name }),
)

export const categorySource = sourceAt<Category>(
  '/account-categories',
  ({ key }) => key,
  ({ key, name, type }) => ({ key, name, type }),
)

export const linksQuery = (account: string) =>
  queryOptions({
    queryKey: ['account-links', account],
    queryFn: () =>
      call<Static<typeof AccountLinksAnswer>>('GET', `/account-links${queryOf({ account })}`),
  })

export function linkProject(account: string, project: string): Promise<AccountLink> {
  return call('POST', '/account-links', { body: { account, project } })
}

export function unlinkProject(id: string): Promise<void> {
  return call('DELETE', `/account-links/${id}`)
}

export function makeUsual(id: string): Promise<AccountLink> {
  return call('PUT', `/account-links/${id}/default`)
}
