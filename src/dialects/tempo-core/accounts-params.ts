import { type AccountStatus, accountStatuses } from '../../domain/account.ts'
import type { AccountWish } from '../../domain/accounting.ts'
import type { Fields } from './body.ts'
import type { Call } from './call.ts'
import { findAuthor } from './worklogs-body.ts'

const statusNames = accountStatuses.map(
  (status) => status.toUpperCase() as Uppercase<typeof status>,
)

/** A whole account out of a body: what is left out is unset, as POST and PUT send all of it. */
export async function toAccountWish(call: Call, fields: Fields): Promise<AccountWish> {
  const required = (name: string) => {
    const text = fields.text(name)
    if (text === undefined || text.trim() === '') fields.wrong(`'${name}' is missing`)
    return text ?? ''
  }
  const key = required('key')
  const name = required('name')
  const status = fields.oneOf('status', statusNames)
  if (status === undefined && !fields.has('status')) fields.wrong("'status' is missing")
  const leadAccountId = required('leadAccountId')
  const lead = await findAuthor(call, leadAccountId)
  if (leadAccountId !== '' && !lead) fields.wrong("'leadAccountId' is nobody's")
  const contactAccountId = fields.text('contactAccountId')
  const contact = await findAuthor(call, contactAccountId)
  if (contactAccountId !== undefined && !contact) fields.wrong("'contactAccountId' is nobody's")
  const { accountCategories, customers } = call.needs.store
  const { siteId } = call.actor
  const category = fields.text('categoryKey')
  if (category !== undefined)
    if ((await accountCategories.find(siteId, { keys: [category], limit: 1 })).length === 0)
      fields.wrong('Invalid category key')
  const customer = fields.text('customerKey')
  if (customer !== undefined)
    if ((await customers.find(siteId, { keys: [customer], limit: 1 })).length === 0)
      fields.wrong('Invalid customer key')
  return {
    key,
    name,
    status: toStatus(status ?? 'OPEN'),
    lead: lead?.id ?? '',
    contact: contact?.id ?? null,
    externalContact: contact ? null : (fields.text('externalContactName') ?? null),
    category: category ?? null,
    customer: customer ?? null,
    monthlyBudget: fields.number('monthlyBudget') ?? null,
    isGlobal: fields.flag('global') ?? false,
  }
}

/** A status in our words. */
export function toStatus(status: (typeof statusNames)[number]): AccountStatus {
  return accountStatuses.find((one) => one.toUpperCase() === status) ?? 'open'
}

/** A list of statuses out of a body. */
export function statusesIn(fields: Fields, name: string) {
  const texts = fields.texts(name)
  const statuses = texts?.map((text) => accountStatuses.find((one) => one === text.toLowerCase()))
  if (statuses?.includes(undefined)) fields.wrong(`'${name}' must be of ${statusNames.join(', ')}`)
  return statuses?.flatMap((one) => one ?? [])
}
