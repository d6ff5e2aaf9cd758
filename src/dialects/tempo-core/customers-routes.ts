import type { CustomerWish } from '../../domain/accounting.ts'
import type { Customer, CustomerId, KeyedQuery } from '../../domain/customer.ts'
import { findCustomer } from './accounts-find.ts'
import { renderAccount, renderCustomer } from './accounts-render.ts'
import { page as pageOfAccounts } from './accounts-routes.ts'
import { type Fields, fieldsOf } from './body.ts'
import type { Call } from './call.ts'
import { inWords } from './errors.ts'
import { paged, rangeOf, whole } from './lists.ts'
import type { Operations } from './operations.ts'

const mostCustomers = 10_000

/** Customers: section 6 of the contract. */
export function customers({ face, get, post, search, put, delete: remove }: Operations): void {
  const isTaken = { conflict: 'Customer with this key already exists' }

  get('/customers', async (call) => {
    const ids = call.query.all('id') as readonly CustomerId[]
    const query = ids.length > 0 ? { ids } : {}
    if (face.version === 4) return page(call, query)
    const { store } = call.needs
    const rows = await store.customers.find(call.actor.siteId, { ...query, limit: mostCustomers })
    return whole(call, rows, (customer) => renderCustomer(call, customer))
  })

  post('/customers', async (call) => {
    const wish = readKeyed(fieldsOf(call.body))
    const customer = await inWords(isTaken, () =>
      call.needs.accounting.createCustomer(call.actor, wish),
    )
    return renderCustomer(call, customer)
  })

  get('/customers/:customer', async (call) =>
    renderCustomer(call, await findCustomer(call, face.version === 3)),
  )

  put('/customers/:customer', async (call) => {
    const { id } = await findCustomer(call, true)
    const wish = readKeyed(fieldsOf(call.body))
    const after = await inWords(isTaken, () =>
      call.needs.accounting.changeCustomer(call.actor, id, wish),
    )
    return renderCustomer(call, after)
  })

  remove('/customers/:customer', async (call) => {
    const { id } = await findCustomer(call, true)
    await call.needs.accounting.removeCustomer(call.actor, id)
    return undefined
  })

  get('/customers/:customer/accounts', async (call) => {
    const { id } = await findCustomer(call, face.version === 3)
    if (face.version === 4) return pageOfAccounts(call, { customerId: id })
    const rows = await call.needs.store.accounts.find(call.actor.siteId, {
      customerId: id,
      limit: mostCustomers,
    })
    return whole(call, rows, (account) => renderAccount(call, account))
  })

  if (face.version === 4)
    search('/customers/search', async (call) => {
      const fields = fieldsOf(call.body)
      const ids = fields.ids('ids') as readonly CustomerId[] | undefined
      const keys = fields.texts('keys')
      fields.check()
      return page(call, {
        ...(ids && ids.length > 0 ? { ids } : {}),
        ...(keys && keys.length > 0 ? { keys } : {}),
      })
    })
}

/** What customers and categories have in common, both required. */
export function readKeyed(fields: Fields): CustomerWish {
  const [key, name] = (['key', 'name'] as const).map((field) => {
    const text = fields.text(field)
    if (text === undefined || text.trim() === '') fields.wrong(`'${field}' is missing`)
    return text ?? ''
  }) as [string, string]
  fields.check()
  return { key, name }
}

async function page(call: Call, query: Omit<KeyedQuery<CustomerId>, 'limit'>): Promise<object> {
  const range = rangeOf(call)
  const rows: readonly Customer[] = await call.needs.store.customers.find(call.actor.siteId, {
    ...query,
    offset: range.offset,
    limit: range.limit + 1,
  })
  const results = rows.slice(0, range.limit).map((customer) => renderCustomer(call, customer))
  return paged(call, range, results, rows.length > range.limit)
}
