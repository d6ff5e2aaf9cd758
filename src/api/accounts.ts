import type { FastifyInstance } from 'fastify'
import type { AccountId, AccountView } from '../domain/account.ts'
import type { AccountWish, AccountChange as Change } from '../domain/accounting.ts'
import type { SiteId } from '../domain/site.ts'
import { expectedVersion, setVersionTag } from './conditions.ts'
import {
  AccountChange,
  Account as AccountSchema,
  AccountsAnswer,
  AccountsQuery,
  MatchHeaders,
  NameParams,
  NewAccount,
  ref,
} from './contract.ts'
import { single } from './filters.ts'
import { type ApiNeeds, actorOf } from './needs.ts'
import { answer, location, nothing, operation, versionTag } from './operation.ts'
import { cutPage, limitOf, parseIdCursor, renderIdCursor } from './paging.ts'

type Name = { Params: { idOrKey: string } }

/** What time is billed to. */
export function registerAccounts(scope: FastifyInstance, needs: ApiNeeds): void {
  const { store, accounting } = needs
  scope.get<{ Querystring: AccountsQuery }>(
    '/accounts',
    {
      config: { access: 'read' },
      schema: operation({
        id: 'listAccounts',
        tag: 'Accounts',
        summary: 'List accounts',
        description: 'In the order they were made; of every status unless one is asked for.',
        querystring: AccountsQuery,
        answers: { 200: answer('A page', ref(AccountsAnswer)) },
      }),
    },
    async (request) => {
      const { text, status, cursor } = request.query
      const limit = limitOf(request.query)
      const rows = await store.accounts.find(actorOf(request).siteId, {
        ...parseIdCursor<AccountId>(cursor),
        ...(text === undefined ? {} : { text }),
        ...(status === undefined ? {} : { statuses: [status] }),
        limit: limit + 1,
      })
      const { page, next } = cutPage(rows, limit, ({ id }) => renderIdCursor(id))
      return { accounts: page.map(renderAccount), next }
    },
  )

  scope.get<Name>(
    '/accounts/:idOrKey',
    {
      config: { access: 'read' },
      schema: operation({
        id: 'getAccount',
        tag: 'Accounts',
        summary: 'One account',
        description: 'By our id or by its key.',
        params: NameParams,
        answers: { 200: answer('The account', ref(AccountSchema), versionTag) },
      }),
    },
    async (request, reply) => {
      const found = await findAccount(needs, actorOf(request).siteId, request.params.idOrKey)
      setVersionTag(reply, found)
      return renderAccount(found)
    },
  )

  scope.post<{ Body: AccountWish }>(
    '/accounts',
    {
      config: { access: 'write' },
      schema: operation({
        id: 'createAccount',
        tag: 'Accounts',
        summary: 'Create an account',
        description: 'Needs the right to manage accounts.',
        body: ref(NewAccount),
        answers: { 201: answer('Created', ref(AccountSchema), { ...versionTag, ...location }) },
      }),
    },
    async (request, reply) => {
      const created = await accounting.createAccount(actorOf(request), request.body)
      setVersionTag(reply, created)
      void reply.code(201).header('location', `${scope.prefix}/accounts/${created.id}`)
      return renderAccount(created)
    },
  )

  scope.patch<Name & { Body: Change }>(
    '/accounts/:idOrKey',
    {
      config: { access: 'write' },
      schema: operation({
        id: 'changeAccount',
        tag: 'Accounts',
        summary: 'Change an account',
        description: 'Whatever is left out stays. The key stays once worklogs are billed to it.',
        params: NameParams,
        headers: MatchHeaders,
        body: ref(AccountChange),
        answers: { 200: answer('As it is now', ref(AccountSchema), versionTag) },
      }),
    },
    async (request, reply) => {
      const actor = actorOf(request)
      const { id } = await findAccount(needs, actor.siteId, request.params.idOrKey)
      const version = expectedVersion(request)
      const changed = await accounting.changeAccount(actor, id, request.body, version)
      setVersionTag(reply, changed)
      return renderAccount(changed)
    },
  )

  scope.delete<Name>(
    '/accounts/:idOrKey',
    {
      config: { access: 'write' },
      schema: operation({
        id: 'removeAccount',
        tag: 'Accounts',
        summary: 'Remove an account',
        description: 'Archive it instead where worklogs are billed to it: 409.',
        params: NameParams,
        headers: MatchHeaders,
        answers: { 204: nothing('Removed') },
      }),
    },
    async (request, reply) => {
      const actor = actorOf(request)
      const { id } = await findAccount(needs, actor.siteId, request.params.idOrKey)
      await accounting.removeAccount(actor, id, expectedVersion(request))
      return reply.code(204).send()
    },
  )
}

/** The account of this id or key. */
export async function findAccount(
  { store }: ApiNeeds,
  siteId: SiteId,
  idOrKey: string,
): Promise<AccountView> {
  const byId = await store.accounts.find(siteId, { ids: [idOrKey as AccountId], limit: 1 })
  const byKey = await store.accounts.find(siteId, { keys: [idOrKey], limit: 1 })
  return single('account', idOrKey, [...byId, ...byKey])
}

function renderAccount(account: AccountView) {
  const { category, customer, contact, lead } = account
  return {
    id: account.id,
    key: account.key,
    name: account.name,
    status: account.status,
    isGlobal: account.isGlobal,
    monthlyBudget: account.monthlyBudget,
    lead: renderSomebody(lead),
    contact: contact && renderSomebody(contact),
    externalContact: account.externalContact,
    category: category && {
      id: category.id,
      key: category.key,
      name: category.name,
      type: category.type,
      version: category.version,
    },
    customer: customer && {
      id: customer.id,
      key: customer.key,
      name: customer.name,
      version: customer.version,
    },
    version: account.version,
  }
}

function renderSomebody({ id, accountId, displayName }: AccountView['lead']) {
  return { id, accountId, displayName }
}
