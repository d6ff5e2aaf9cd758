import {
  type Account,
  type AccountId,
  type AccountLinkId,
  type AccountLinkView,
  type AccountStatus,
  type AccountView,
  mostAccountLinks,
  plainAccount,
  plainAccountLink,
} from './account.ts'
import { checkFree } from './accounting-keyed.ts'
import {
  checkFresh,
  checkMay,
  type DirectoryWriting,
  findPersonNamed,
  noteChange,
  personIdFor,
  startChecks,
  taken,
} from './directory-checks.ts'
import { findProjectNamed } from './directory-projects.ts'
import { DomainError, invalidField } from './errors.ts'
import type { PersonId } from './person.ts'

/** A new account; people by any name, category and customer by key. */
export type AccountWish = {
  readonly key: string
  readonly name: string
  readonly lead: string
  readonly status?: AccountStatus
  readonly isGlobal?: boolean
  readonly monthlyBudget?: number | null
  readonly contact?: string | null
  readonly externalContact?: string | null
  readonly category?: string | null
  readonly customer?: string | null
}

export type AccountChange = Partial<AccountWish>

/** A new link of an account, by its key, to a project, by its key or id. */
export type AccountLinkWish = {
  readonly account: string
  readonly project: string
  readonly isDefault?: boolean
}

const keyPattern = /^[A-Za-z0-9_.-]+$/
const mostBudget = 1_000_000_000_000

export async function createAccount(
  writing: DirectoryWriting,
  wish: AccountWish,
): Promise<AccountView> {
  const { tx, actor } = writing
  checkMay(actor, 'create', { type: 'account' }, 'create accounts')
  checkAccount(wish)
  await checkFree(tx.accounts.find(actor.siteId, { keys: [wish.key], limit: 1 }), undefined)
  const account: Omit<Account, 'id'> = {
    key: wish.key,
    name: wish.name,
    status: wish.status ?? 'open',
    isGlobal: wish.isGlobal ?? false,
    monthlyBudget: wish.monthlyBudget ?? null,
    leadId: (await findPersonNamed(writing, 'lead', wish.lead)).id,
    ...(await contactOf(writing, wish, { contactId: null, externalContact: null })),
    categoryId: await categoryIdFor(writing, wish.category, null),
    customerId: await customerIdFor(writing, wish.customer, null),
    version: tx.takeVersions(1),
  }
  const id = await tx.accounts.insert(actor.siteId, account)
  noteChange(writing, 'account.create', id, null, { ...account, id })
  return getAccount(writing, id)
}

export async function changeAccount(
  writing: DirectoryWriting,
  id: AccountId,
  change: AccountChange,
  ifVersion: number | undefined,
): Promise<AccountView> {
  const { tx, actor } = writing
  checkMay(actor, 'change', { type: 'account' }, 'change accounts')
  checkAccount(change)
  const before = plainAccount(await getAccount(writing, id))
  checkFresh(before, ifVersion)
  if (change.key !== undefined && change.key !== before.key) {
    await checkFree(tx.accounts.find(actor.siteId, { keys: [change.key], limit: 1 }), id)
    if (await isUsed(writing, before.key))
      throw new DomainError(
        'conflict',
        `Worklogs are billed to account ${before.key}: its key cannot change`,
        { reason: 'in-use' },
      )
  }
  const { lead } = change
  const after: Account = {
    ...before,
    key: change.key ?? before.key,
    name: change.name ?? before.name,
    status: change.status ?? before.status,
    isGlobal: change.isGlobal ?? before.isGlobal,
    monthlyBudget: change.monthlyBudget === undefined ? before.monthlyBudget : change.monthlyBudget,
    leadId: lead === undefined ? before.leadId : (await findPersonNamed(writing, 'lead', lead)).id,
    ...(await contactOf(writing, change, before)),
    categoryId: await categoryIdFor(writing, change.category, before.categoryId),
    customerId: await customerIdFor(writing, change.customer, before.customerId),
    version: tx.takeVersions(1),
  }
  await tx.accounts.update(actor.siteId, [after])
  noteChange(writing, 'account.update', id, before, after)
  return getAccount(writing, id)
}

/** An account that worklogs are billed to is archived, not removed: invoices name it. */
export async function removeAccount(
  writing: DirectoryWriting,
  id: AccountId,
  ifVersion: number | undefined,
): Promise<void> {
  const { tx, actor } = writing
  checkMay(actor, 'remove', { type: 'account' }, 'remove accounts')
  const before = plainAccount(await getAccount(writing, id))
  checkFresh(before, ifVersion)
  if (await isUsed(writing, before.key))
    throw new DomainError(
      'conflict',
      `Worklogs are billed to account ${before.key}: archive it instead`,
      { reason: 'in-use' },
    )
  tx.takeVersions(1)
  await tx.accounts.remove(actor.siteId, id)
  noteChange(writing, 'account.delete', id, before, null)
}

export async function createLink(
  writing: DirectoryWriting,
  wish: AccountLinkWish,
): Promise<AccountLinkView> {
  const { tx, actor } = writing
  checkMay(actor, 'create', { type: 'account' }, 'link accounts')
  const [account] = await tx.accounts.find(actor.siteId, { keys: [wish.account], limit: 1 })
  if (!account) throw invalidField('account', `no account is known under "${wish.account}"`)
  const project = await findProjectNamed(writing, wish.project)
  const links = await tx.accountLinks.find(actor.siteId, {
    projectIds: [project.id],
    limit: mostAccountLinks,
  })
  if (links.some(({ accountId }) => accountId === account.id))
    throw taken('project', `account ${account.key} is linked to ${project.key} already`)
  const isDefault = wish.isDefault ?? false
  if (isDefault) await clearDefault(writing, links)
  const link = {
    accountId: account.id,
    projectId: project.id,
    isDefault,
    version: tx.takeVersions(1),
  }
  const id = await tx.accountLinks.insert(actor.siteId, link)
  noteChange(writing, 'account-link.create', id, null, { ...link, id })
  return getLink(writing, id)
}

/** Makes the account of a link its project's default, instead of whichever was. */
export async function makeLinkDefault(
  writing: DirectoryWriting,
  id: AccountLinkId,
): Promise<AccountLinkView> {
  const { tx, actor } = writing
  checkMay(actor, 'change', { type: 'account' }, 'change links of accounts')
  const before = await getLink(writing, id)
  if (before.isDefault) return before
  await clearDefault(
    writing,
    await tx.accountLinks.find(actor.siteId, {
      projectIds: [before.projectId],
      limit: mostAccountLinks,
    }),
  )
  await changeDefault(writing, before, true)
  return getLink(writing, id)
}

export async function removeLink(writing: DirectoryWriting, id: AccountLinkId): Promise<void> {
  const { tx, actor } = writing
  checkMay(actor, 'remove', { type: 'account' }, 'unlink accounts')
  const before = await getLink(writing, id)
  tx.takeVersions(1)
  await tx.accountLinks.remove(actor.siteId, id)
  noteChange(writing, 'account-link.delete', id, plainAccountLink(before), null)
}

async function clearDefault(
  writing: DirectoryWriting,
  links: readonly AccountLinkView[],
): Promise<void> {
  for (const link of links) if (link.isDefault) await changeDefault(writing, link, false)
}

async function changeDefault(
  writing: DirectoryWriting,
  link: AccountLinkView,
  isDefault: boolean,
): Promise<void> {
  const { tx, actor } = writing
  const before = plainAccountLink(link)
  const after = { ...before, isDefault, version: tx.takeVersions(1) }
  await tx.accountLinks.update(actor.siteId, after)
  noteChange(writing, 'account-link.update', link.id, before, after)
}

async function getAccount({ tx, actor }: DirectoryWriting, id: AccountId): Promise<AccountView> {
  const [found] = await tx.accounts.find(actor.siteId, { ids: [id], limit: 1 })
  if (!found) throw new DomainError('not-found', `There is no account ${id}`)
  return found
}

async function getLink(
  { tx, actor }: DirectoryWriting,
  id: AccountLinkId,
): Promise<AccountLinkView> {
  const [found] = await tx.accountLinks.find(actor.siteId, { id, limit: 1 })
  if (!found) throw new DomainError('not-found', `There is no account link ${id}`)
  return found
}

async function isUsed({ tx, actor }: DirectoryWriting, key: string): Promise<boolean> {
  const attributes = await tx.attributes.list(actor.siteId)
  const keys = attributes.filter(({ type }) => type === 'account').map((one) => one.key)
  if (keys.length === 0) return false
  const found = await tx.worklogs.find(
    { siteId: actor.siteId, viewer: { kind: 'all' }, attribute: { keys, value: key } },
    { limit: 1 },
  )
  return found.length > 0
}

/** Saying one kind of contact takes the other away; saying neither leaves things as they are. */
async function contactOf(
  writing: DirectoryWriting,
  { contact, externalContact }: AccountChange,
  before: Pick<Account, 'contactId' | 'externalContact'>,
): Promise<{ contactId: PersonId | null; externalContact: string | null }> {
  if (typeof contact === 'string' && typeof externalContact === 'string')
    throw invalidField('externalContact', 'give either a contact or an external one')
  const contactId = await personIdFor(writing, 'contact', contact, before.contactId)
  if (typeof contact === 'string') return { contactId, externalContact: null }
  if (typeof externalContact === 'string') return { contactId: null, externalContact }
  return {
    contactId,
    externalContact: externalContact === undefined ? before.externalContact : null,
  }
}

async function categoryIdFor(
  { tx, actor }: DirectoryWriting,
  key: string | null | undefined,
  before: Account['categoryId'],
): Promise<Account['categoryId']> {
  if (key === undefined) return before
  if (key === null) return null
  const [found] = await tx.accountCategories.find(actor.siteId, { keys: [key], limit: 1 })
  if (!found) throw invalidField('category', `no category is known under "${key}"`)
  return found.id
}

async function customerIdFor(
  { tx, actor }: DirectoryWriting,
  key: string | null | undefined,
  before: Account['customerId'],
): Promise<Account['customerId']> {
  if (key === undefined) return before
  if (key === null) return null
  const [found] = await tx.customers.find(actor.siteId, { keys: [key], limit: 1 })
  if (!found) throw invalidField('customer', `no customer is known under "${key}"`)
  return found.id
}

function checkAccount(wish: AccountChange): void {
  const checks = startChecks()
  checks.line('key', wish.key, 255)
  checks.matches('key', wish.key, keyPattern, 'must be letters, digits, dots, dashes, underscores')
  checks.line('name', wish.name, 255)
  checks.line('lead', wish.lead, 255)
  checks.line('contact', wish.contact, 255)
  checks.line('externalContact', wish.externalContact, 255)
  checks.line('category', wish.category, 255)
  checks.line('customer', wish.customer, 255)
  const { monthlyBudget: budget } = wish
  if (typeof budget === 'number')
    if (!Number.isSafeInteger(budget) || budget < 0 || budget > mostBudget)
      checks.wrong('monthlyBudget', `must be a whole number from 0 to ${mostBudget}`)
  checks.finish('The account cannot be accepted')
}
