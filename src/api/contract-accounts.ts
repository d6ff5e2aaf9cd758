import { type Static, Type } from '@sinclair/typebox'
import { accountStatuses } from '../domain/account.ts'
import { accountCategoryTypes } from '../domain/account-category.ts'
import { attributeLimits, attributeTypes } from '../domain/attribute.ts'
import {
  Cursor,
  closed,
  Id,
  Limit,
  Next,
  name,
  nullable,
  oneOf,
  ref,
  text,
  Version,
} from './contract-common.ts'

const options = Type.Array(
  closed({
    value: text(4_000, { minLength: 1, description: 'What worklogs hold; never changes' }),
    label: text(4_000, { minLength: 1, description: 'What people read' }),
  }),
  { maxItems: attributeLimits.options, description: 'For a static list only' },
)

export const Attribute = closed(
  {
    id: Id,
    key: Type.String(),
    name: Type.String(),
    type: oneOf(attributeTypes),
    isRequired: Type.Boolean(),
    options,
    version: Version,
  },
  { $id: 'Attribute', description: 'A field that worklogs carry beside their own' },
)
export const AttributesAnswer = closed(
  { attributes: Type.Array(ref(Attribute)) },
  { $id: 'AttributesAnswer' },
)
export const NewAttribute = closed(
  {
    key: text(255, { minLength: 1, description: 'Never changes', examples: ['_Account_'] }),
    name: text(255, { minLength: 1 }),
    type: oneOf(attributeTypes),
    isRequired: Type.Optional(Type.Boolean()),
    options: Type.Optional(options),
  },
  { $id: 'NewAttribute', examples: [{ key: '_Account_', name: 'Account', type: 'account' }] },
)
export const AttributeChange = closed(
  {
    name: Type.Optional(text(255, { minLength: 1 })),
    isRequired: Type.Optional(Type.Boolean()),
    options: Type.Optional(options),
  },
  { $id: 'AttributeChange', minProperties: 1, examples: [{ isRequired: true }] },
)
export const KeyParams = Type.Object({ key: name('The key', ['_Account_']) })

export const Customer = closed(
  { id: Id, key: Type.String(), name: Type.String(), version: Version },
  { $id: 'Customer', description: 'Who pays for accounts' },
)
export const CustomersAnswer = closed(
  { customers: Type.Array(ref(Customer)), next: Next },
  { $id: 'CustomersAnswer' },
)
export const NewCustomer = closed(
  { key: text(255, { minLength: 1 }), name: text(255, { minLength: 1 }) },
  { $id: 'NewCustomer', examples: [{ key: 'ACM', name: 'Acme' }] },
)
export const CustomerChange = closed(
  {
    key: Type.Optional(text(255, { minLength: 1 })),
    name: Type.Optional(text(255, { minLength: 1 })),
  },
  { $id: 'CustomerChange', minProperties: 1, examples: [{ name: 'Acme Ltd' }] },
)

const categoryType = nullable(oneOf(accountCategoryTypes))
export const AccountCategory = closed(
  { id: Id, key: Type.String(), name: Type.String(), type: categoryType, version: Version },
  { $id: 'AccountCategory', description: 'A kind of account, and how it counts' },
)
export const AccountCategoriesAnswer = closed(
  { categories: Type.Array(ref(AccountCategory)), next: Next },
  { $id: 'AccountCategoriesAnswer' },
)
export const NewAccountCategory = closed(
  {
    key: text(255, { minLength: 1 }),
    name: text(255, { minLength: 1 }),
    type: Type.Optional(categoryType),
  },
  { $id: 'NewAccountCategory', examples: [{ key: 'DEV', name: 'Development', type: 'billable' }] },
)
export const AccountCategoryChange = closed(
  {
    key: Type.Optional(text(255, { minLength: 1 })),
    name: Type.Optional(text(255, { minLength: 1 })),
    type: Type.Optional(categoryType),
  },
  { $id: 'AccountCategoryChange', minProperties: 1, examples: [{ type: 'internal' }] },
)

const somebody = closed({ id: Id, accountId: Type.String(), displayName: Type.String() })
export const Account = closed(
  {
    id: Id,
    key: Type.String({ description: 'What worklogs name it by' }),
    name: Type.String(),
    status: oneOf(accountStatuses),
    isGlobal: Type.Boolean({ description: 'Open to every project, linked or not' }),
    monthlyBudget: nullable(Type.Integer()),
    lead: somebody,
    contact: Type.Unsafe<Static<typeof somebody> | null>({
      anyOf: [somebody, { type: 'null' }],
    }),
    externalContact: nullable(Type.String({ description: 'A contact who is nobody here' })),
    category: Type.Unsafe<Static<typeof AccountCategory> | null>({
      anyOf: [ref(AccountCategory), { type: 'null' }],
    }),
    customer: Type.Unsafe<Static<typeof Customer> | null>({
      anyOf: [ref(Customer), { type: 'null' }],
    }),
    version: Version,
  },
  { $id: 'Account', description: 'What time is billed to' },
)
export const AccountsAnswer = closed(
  { accounts: Type.Array(ref(Account)), next: Next },
  { $id: 'AccountsAnswer' },
)

const accountFields = {
  status: Type.Optional(oneOf(accountStatuses)),
  isGlobal: Type.Optional(Type.Boolean()),
  monthlyBudget: Type.Optional(nullable(Type.Integer({ minimum: 0 }))),
  contact: Type.Optional(nullable(name('Any name of a person', ['jane']))),
  externalContact: Type.Optional(nullable(text(255, { minLength: 1 }))),
  category: Type.Optional(nullable(name('Key of a category', ['DEV']))),
  customer: Type.Optional(nullable(name('Key of a customer', ['ACM']))),
}
export const NewAccount = closed(
  {
    key: text(255, { minLength: 1, examples: ['ACME'] }),
    name: text(255, { minLength: 1 }),
    lead: name('Any name of a person', ['jane']),
    ...accountFields,
  },
  { $id: 'NewAccount', examples: [{ key: 'ACME', name: 'Acme build', lead: 'jane' }] },
)
export const AccountChange = closed(
  {
    key: Type.Optional(text(255, { minLength: 1 })),
    name: Type.Optional(text(255, { minLength: 1 })),
    lead: Type.Optional(name('Any name of a person', ['jane'])),
    ...accountFields,
  },
  { $id: 'AccountChange', minProperties: 1, examples: [{ status: 'closed' }] },
)
export const AccountsQuery = closed({
  text: Type.Optional(text(255, { minLength: 1, description: 'Part of a key or name' })),
  status: Type.Optional(oneOf(accountStatuses)),
  limit: Type.Optional(Limit),
  cursor: Type.Optional(Cursor),
})
export type AccountsQuery = Static<typeof AccountsQuery>

export const AccountLink = closed(
  {
    id: Id,
    account: closed({ id: Id, key: Type.String(), name: Type.String() }),
    project: closed({ id: Id, key: Type.String(), name: Type.String() }),
    isDefault: Type.Boolean(),
    version: Version,
  },
  { $id: 'AccountLink', description: 'A project whose time may be billed to an account' },
)
export const AccountLinksAnswer = closed(
  { links: Type.Array(ref(AccountLink)) },
  { $id: 'AccountLinksAnswer' },
)
export const NewAccountLink = closed(
  {
    account: name('Key of the account', ['ACME']),
    project: name('Id or key of the project', ['OPS']),
    isDefault: Type.Optional(Type.Boolean()),
  },
  { $id: 'NewAccountLink', examples: [{ account: 'ACME', project: 'OPS', isDefault: true }] },
)
export const AccountLinksQuery = closed({
  account: Type.Optional(name('Id or key of an account', ['ACME'])),
  project: Type.Optional(name('Id or key of a project', ['OPS'])),
})
export type AccountLinksQuery = Static<typeof AccountLinksQuery>
