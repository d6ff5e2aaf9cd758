import { type RawBuilder, sql } from 'kysely'
import type { AccountId, AccountStatus, AccountView } from '../domain/account.ts'
import type { AccountCategoryId, AccountCategoryType } from '../domain/account-category.ts'
import type { CustomerId } from '../domain/customer.ts'
import type { PersonId } from '../domain/person.ts'
import { numberOrNull } from './rows.ts'

/** An account with what it names, over the aliases of `accountJoins`. */
export const accountColumns: RawBuilder<unknown> = sql`a.id as account_id, a.key as account_key,
  a.name as account_name, a.status, a.is_global, a.monthly_budget, a.lead_id, a.contact_id,
  a.external_contact, a.category_id, a.customer_id, a.version as account_version,
  l.account_id as lead_account_id, l.display_name as lead_name,
  t.account_id as contact_account_id, t.display_name as contact_name,
  g.key as category_key, g.name as category_name, g.type as category_type,
  g.version as category_version,
  c.key as customer_key, c.name as customer_name, c.version as customer_version`

export const accountJoins: RawBuilder<unknown> = sql`
  join person l on l.site_id = a.site_id and l.id = a.lead_id
  left join person t on t.site_id = a.site_id and t.id = a.contact_id
  left join account_category g on g.site_id = a.site_id and g.id = a.category_id
  left join customer c on c.site_id = a.site_id and c.id = a.customer_id`

export type AccountRow = {
  readonly account_id: string
  readonly account_key: string
  readonly account_name: string
  readonly status: string
  readonly is_global: boolean
  readonly monthly_budget: string | null
  readonly lead_id: string
  readonly contact_id: string | null
  readonly external_contact: string | null
  readonly category_id: string | null
  readonly customer_id: string | null
  readonly account_version: string
  readonly lead_account_id: string
  readonly lead_name: string
  readonly contact_account_id: string | null
  readonly contact_name: string | null
  readonly category_key: string | null
  readonly category_name: string | null
  readonly category_type: string | null
  readonly category_version: string | null
  readonly customer_key: string | null
  readonly customer_name: string | null
  readonly customer_version: string | null
}

export function toAccountView(row: AccountRow): AccountView {
  return {
    id: row.account_id as AccountId,
    key: row.account_key,
    name: row.account_name,
    status: row.status as AccountStatus,
    isGlobal: row.is_global,
    monthlyBudget: numberOrNull(row.monthly_budget),
    leadId: row.lead_id as PersonId,
    contactId: row.contact_id as PersonId | null,
    externalContact: row.external_contact,
    categoryId: row.category_id as AccountCategoryId | null,
    customerId: row.customer_id as CustomerId | null,
    version: Number(row.account_version),
    lead: {
      id: row.lead_id as PersonId,
      accountId: row.lead_account_id,
      displayName: row.lead_name,
    },
    contact:
      row.contact_id === null
        ? null
        : {
            id: row.contact_id as PersonId,
            accountId: row.contact_account_id ?? '',
            displayName: row.contact_name ?? '',
          },
    category:
      row.category_id === null
        ? null
        : {
            id: row.category_id as AccountCategoryId,
            key: row.category_key ?? '',
            name: row.category_name ?? '',
            type: row.category_type as AccountCategoryType | null,
            version: Number(row.category_version),
          },
    customer:
      row.customer_id === null
        ? null
        : {
            id: row.customer_id as CustomerId,
            key: row.customer_key ?? '',
            name: row.customer_name ?? '',
            version: Number(row.customer_version),
          },
  }
}
