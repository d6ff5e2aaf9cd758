import {
  type AccountId,
  type AccountQuery,
  accountStatuses,
  mostAccountLinks,
} from '../../domain/account.ts'
import { findAccount } from './accounts-find.ts'
import { statusesIn, toAccountWish } from './accounts-params.ts'
import { renderAccount, renderLink } from './accounts-render.ts'
import { fieldsOf } from './body.ts'
import type { Call } from './call.ts'
import { badRequest, inWords } from './errors.ts'
import { paged, rangeOf, whole, wholeOrPaged } from './lists.ts'
import type { Operations } from './operations.ts'

/** Accounts: section 6 of the contract. */
export function accounts({ face, get, post, search, put, delete: remove }: Operations): void {
  get('/accounts', face.version === 3 ? listThird : listFourth)

  post('/accounts', async (call) => {
    const fields = fieldsOf(call.body)
    const wish = await toAccountWish(call, fields)
    fields.check()
    const account = await inWords({ conflict: 'Account with this key already exists' }, () =>
      call.needs.accounting.createAccount(call.actor, wish),
    )
    return renderAccount(call, account)
  })

  get('/accounts/:account', async (call) =>
    renderAccount(call, await findAccount(call, face.version === 3)),
  )

  put('/accounts/:account', async (call) => {
    const before = await findAccount(call, true)
    const fields = fieldsOf(call.body)
    const wish = await toAccountWish(call, fields)
    fields.check()
    const after = await inWords(
      wish.key === before.key ? {} : { conflict: 'Account with this key already exists' },
      () => call.needs.accounting.changeAccount(call.actor, before.id, wish),
    )
    return renderAccount(call, after)
  })

  remove('/accounts/:account', async (call) => {
    const { id } = await findAccount(call, true)
    await call.needs.accounting.removeAccount(call.actor, id)
    return undefined
  })

  get('/accounts/:account/links', async (call) => {
    const { id } = await findAccount(call, true)
    const { store } = call.needs
    const links = await store.accountLinks.find(call.actor.siteId, {
      accountId: id,
      limit: mostAccountLinks,
    })
    return wholeOrPaged(call, links, (link) => renderLink(call, link))
  })

  if (face.version === 4) search('/accounts/search', searchAccounts)
}

const mostAccounts = 10_000
const mostIds = 50

/** By status, or by up to 50 ids alone; without either, all that are not archived [inferred]. */
async function listThird(call: Call): Promise<object> {
  const { query, needs, actor } = call
  const ids = query.all('id')
  const names = query.all('status').map((name) => name.toLowerCase())
  if (ids.length > 0 && names.length > 0)
    throw badRequest('Id cannot be combined with other parameters')
  if (ids.length > mostIds) throw badRequest(`At most ${mostIds} ids can be given`)
  const statuses = accountStatuses.filter((status) =>
    names.length > 0 ? names.includes(status) : status !== 'archived',
  )
  if (names.length > 0 && statuses.length < new Set(names).size)
    throw badRequest("'status' must be one of OPEN, CLOSED, ARCHIVED")
  const rows = await needs.store.accounts.find(actor.siteId, {
    ...(ids.length > 0 ? { ids: ids as readonly AccountId[] } : { statuses }),
    limit: mostAccounts,
  })
  return whole(call, rows, (account) => renderAccount(call, account))
}

/** Open and closed ones, paged [S4]. */
function listFourth(call: Call): Promise<object> {
  return page(call, { statuses: ['open', 'closed'] })
}

async function searchAccounts(call: Call): Promise<object> {
  const fields = fieldsOf(call.body)
  const ids = fields.ids('ids') as readonly AccountId[] | undefined
  const keys = fields.texts('keys')
  const statuses = statusesIn(fields, 'statuses')
  const isGlobal = fields.flag('global')
  fields.check()
  return page(call, {
    ...(ids && ids.length > 0 ? { ids } : {}),
    ...(keys && keys.length > 0 ? { keys } : {}),
    ...(statuses && statuses.length > 0 ? { statuses } : {}),
    ...(isGlobal === undefined ? {} : { isGlobal }),
  })
}

/** A page of accounts in the order of their ids. */
export async function page(call: Call, query: Omit<AccountQuery, 'limit'>): Promise<object> {
  const range = rangeOf(call)
  const rows = await call.needs.store.accounts.find(call.actor.siteId, {
    ...query,
    offset: range.offset,
    limit: range.limit + 1,
  })
  const results = rows.slice(0, range.limit).map((account) => renderAccount(call, account))
  return paged(call, range, results, rows.length > range.limit)
}
