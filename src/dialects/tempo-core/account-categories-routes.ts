import { type AccountCategoryId, accountCategoryTypes } from '../../domain/account-category.ts'
import type { CategoryWish } from '../../domain/accounting.ts'
import { findCategory } from './accounts-find.ts'
import { renderCategory } from './accounts-render.ts'
import { fieldsOf } from './body.ts'
import { readKeyed } from './customers-routes.ts'
import { inWords } from './errors.ts'
import { whole } from './lists.ts'
import type { Operations } from './operations.ts'

const mostCategories = 10_000

/** Categories of accounts and their types: section 6 of the contract. */
export function accountCategories({ get, post, put, delete: remove }: Operations): void {
  const isTaken = { conflict: 'Category with this key already exists' }

  get('/account-categories', async (call) => {
    const ids = call.query.all('id') as readonly AccountCategoryId[]
    const rows = await call.needs.store.accountCategories.find(call.actor.siteId, {
      ...(ids.length > 0 ? { ids } : {}),
      limit: mostCategories,
    })
    return whole(call, rows, (category) => renderCategory(call, category))
  })

  post('/account-categories', async (call) => {
    const wish = toWish(call.body)
    const category = await inWords(isTaken, () =>
      call.needs.accounting.createCategory(call.actor, wish),
    )
    return renderCategory(call, category)
  })

  get('/account-categories/:category', async (call) =>
    renderCategory(call, await findCategory(call)),
  )

  put('/account-categories/:category', async (call) => {
    const { id } = await findCategory(call)
    const wish = toWish(call.body)
    const after = await inWords(isTaken, () =>
      call.needs.accounting.changeCategory(call.actor, id, wish),
    )
    return renderCategory(call, after)
  })

  remove('/account-categories/:category', async (call) => {
    const { id } = await findCategory(call)
    await call.needs.accounting.removeCategory(call.actor, id)
    return undefined
  })

  get('/account-category-types', async (call) =>
    whole(call, accountCategoryTypes, (type) => ({ name: type.toUpperCase() })),
  )
}

function toWish(body: unknown): CategoryWish {
  const fields = fieldsOf(body)
  const names = accountCategoryTypes.map((type) => type.toUpperCase())
  const name = fields.oneOf('typeName', names)
  const type = accountCategoryTypes.find((one) => one.toUpperCase() === name) ?? null
  return { ...readKeyed(fields), type }
}
