import { type RawBuilder, sql } from 'kysely'
import type {
  Account,
  AccountId,
  AccountQuery,
  AccountStore,
  AccountView,
} from '../domain/account.ts'
import type { SiteId } from '../domain/site.ts'
import { type AccountRow, accountColumns, accountJoins, toAccountView } from './account-rows.ts'
import { containsPattern, type Db, idList, insertMany, textList, updateMany } from './rows.ts'

const columns = {
  site_id: 'integer',
  key: 'text',
  name: 'text',
  status: 'text',
  is_global: 'boolean',
  monthly_budget: 'bigint',
  lead_id: 'bigint',
  contact_id: 'bigint',
  external_contact: 'text',
  category_id: 'bigint',
  customer_id: 'bigint',
  version: 'bigint',
}

export function makeAccountStore(db: Db): AccountStore {
  return {
    async find(siteId, query): Promise<readonly AccountView[]> {
      const result = await sql<AccountRow>`select ${accountColumns} from account a ${accountJoins}
        where ${sql.join(conditionsOf(siteId, query), sql` and `)}
        order by a.id limit ${query.limit} offset ${query.offset ?? 0}`.execute(db)
      return result.rows.map(toAccountView)
    },
    async insert(siteId, account) {
      const [row] = await insertMany<{ id: string }>(
        db,
        'account',
        columns,
        [fromAccount(siteId, account)],
        'returning id',
      )
      return row!.id as AccountId
    },
    async update(siteId, accounts) {
      const rows = accounts.map((account) => ({ ...fromAccount(siteId, account), id: account.id }))
      await updateMany(db, 'account', columns, rows)
    },
    async remove(siteId, id) {
      await db
        .deleteFrom('account_link')
        .where('site_id', '=', siteId)
        .where('account_id', '=', id)
        .execute()
      await db.deleteFrom('account').where('site_id', '=', siteId).where('id', '=', id).execute()
    },
  }
}

function conditionsOf(siteId: SiteId, query: AccountQuery): RawBuilder<unknown>[] {
  const { ids, keys, statuses, isGlobal, customerId, categoryId, text, afterId } = query
  const conditions: RawBuilder<unknown>[] = [sql`a.site_id = ${siteId}`]
  if (ids) conditions.push(sql`a.id = any(${idList(ids)})`)
  if (keys) conditions.push(sql`a.key = any(${textList(keys)})`)
  if (statuses) conditions.push(sql`a.status = any(${textList(statuses)})`)
  if (isGlobal !== undefined) conditions.push(sql`a.is_global = ${isGlobal}`)
  if (customerId) conditions.push(sql`a.customer_id = any(${idList([customerId])})`)
  if (categoryId) conditions.push(sql`a.category_id = any(${idList([categoryId])})`)
  if (text !== undefined) {
    const pattern = containsPattern(text)
    conditions.push(sql`(a.key ilike ${pattern} or a.name ilike ${pattern})`)
  }
  if (afterId) conditions.push(sql`a.id > ${afterId}::bigint`)
  return conditions
}

function fromAccount(siteId: SiteId, account: Omit<Account, 'id'>) {
  return {
    site_id: siteId,
    key: account.key,
    name: account.name,
    status: account.status,
    is_global: account.isGlobal,
    monthly_budget: account.monthlyBudget,
    lead_id: account.leadId,
    contact_id: account.contactId,
    external_contact: account.externalContact,
    category_id: account.categoryId,
    customer_id: account.customerId,
    version: account.version,
  }
}
