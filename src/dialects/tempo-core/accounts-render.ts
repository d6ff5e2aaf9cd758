import type { AccountLinkView, AccountView } from '../../domain/account.ts'
import type { AccountCategory } from '../../domain/account-category.ts'
import type { Customer } from '../../domain/customer.ts'
import type { Call } from './call.ts'
import { escaped } from './links.ts'
import { renderPerson } from './render.ts'

/** Section 6: version 3 goes by keys, version 4 by ids, but for the links. */
export function renderAccount(call: Call, account: AccountView): object {
  const { category, customer, monthlyBudget } = account
  return {
    self: call.to(`/accounts/${call.face.version === 3 ? escaped(account.key) : account.id}`),
    key: account.key,
    id: Number(account.id),
    name: account.name,
    status: account.status.toUpperCase(),
    global: account.isGlobal,
    ...(monthlyBudget === null ? {} : { monthlyBudget }),
    lead: renderPerson(call, account.lead),
    ...renderContact(call, account),
    ...(category ? { category: renderCategory(call, category) } : {}),
    ...(customer ? { customer: renderCustomer(call, customer) } : {}),
    links: { self: call.to(`/accounts/${escaped(account.key)}/links`) },
  }
}

/** A contact from outside has a name and nothing else. */
function renderContact(call: Call, { contact, externalContact }: AccountView): object {
  if (contact) return { contact: { ...renderPerson(call, contact), type: 'USER' } }
  if (externalContact === null) return {}
  return { contact: { displayName: externalContact, type: 'EXTERNAL' } }
}

export function renderCategory(call: Call, category: AccountCategory): object {
  return {
    self: call.to(`/account-categories/${escaped(category.key)}`),
    key: category.key,
    id: Number(category.id),
    name: category.name,
    ...(category.type ? { type: { name: category.type.toUpperCase() } } : {}),
  }
}

export function renderCustomer(call: Call, customer: Customer): object {
  return {
    self: call.to(`/customers/${call.face.version === 3 ? escaped(customer.key) : customer.id}`),
    key: customer.key,
    id: Number(customer.id),
    name: customer.name,
  }
}

/** A link as it is shown by itself and in the list of an account. */
export function renderLink(call: Call, link: AccountLinkView): object {
  const { account, project } = link
  return {
    self: call.to(`/account-links/${link.id}`),
    id: Number(link.id),
    scope: {
      self: call.jira.project(project.connectionId, project.jiraId),
      id: Number(project.jiraId),
      type: 'PROJECT',
    },
    ...(call.face.version === 4 ? { default: link.isDefault } : {}),
    account: {
      self: call.to(`/accounts/${call.face.version === 3 ? escaped(account.key) : account.id}`),
    },
  }
}

/** In a project's list version 3 shows the whole account, and of the project its address alone. */
export function renderProjectLink(call: Call, link: AccountLinkView): object {
  if (call.face.version === 4) return renderLink(call, link)
  return {
    self: call.to(`/account-links/${link.id}`),
    id: Number(link.id),
    scope: { self: call.jira.project(link.project.connectionId, link.project.jiraId) },
    account: renderAccount(call, link.account),
  }
}
