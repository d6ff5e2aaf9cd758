import type { FastifyInstance } from 'fastify'
import type { AccountCategory, AccountCategoryId } from '../domain/account-category.ts'
import type { CategoryWish } from '../domain/accounting.ts'
import type { SiteId } from '../domain/site.ts'
import { expectedVersion, setVersionTag } from './conditions.ts'
import {
  AccountCategoriesAnswer,
  AccountCategoryChange,
  MatchHeaders,
  NameParams,
  NewAccountCategory,
  PageQuery,
  ref,
  AccountCategory as Schema,
} from './contract.ts'
import { single } from './filters.ts'
import { type ApiNeeds, actorOf } from './needs.ts'
import { answer, location, nothing, operation, versionTag } from './operation.ts'
import { cutPage, limitOf, parseIdCursor, renderIdCursor } from './paging.ts'

type Name = { Params: { idOrKey: string } }

/** Kinds of accounts. */
export function registerAccountCategories(scope: FastifyInstance, needs: ApiNeeds): void {
  const { store, accounting } = needs
  scope.get<{ Querystring: PageQuery }>(
    '/account-categories',
    {
      config: { access: 'read' },
      schema: operation({
        id: 'listAccountCategories',
        tag: 'Accounts',
        summary: 'List account categories',
        description: 'In the order they were made.',
        querystring: PageQuery,
        answers: { 200: answer('A page', ref(AccountCategoriesAnswer)) },
      }),
    },
    async (request) => {
      const limit = limitOf(request.query)
      const rows = await store.accountCategories.find(actorOf(request).siteId, {
        ...parseIdCursor<AccountCategoryId>(request.query.cursor),
        limit: limit + 1,
      })
      const { page, next } = cutPage(rows, limit, ({ id }) => renderIdCursor(id))
      return { categories: page.map(render), next }
    },
  )

  scope.get<Name>(
    '/account-categories/:idOrKey',
    {
      config: { access: 'read' },
      schema: operation({
        id: 'getAccountCategory',
        tag: 'Accounts',
        summary: 'One account category',
        description: 'By our id or by its key.',
        params: NameParams,
        answers: { 200: answer('The account category', ref(Schema), versionTag) },
      }),
    },
    async (request, reply) => {
      const found = await find(needs, actorOf(request).siteId, request.params.idOrKey)
      setVersionTag(reply, found)
      return render(found)
    },
  )

  scope.post<{ Body: CategoryWish }>(
    '/account-categories',
    {
      config: { access: 'write' },
      schema: operation({
        id: 'createAccountCategory',
        tag: 'Accounts',
        summary: 'Create a account category',
        description: 'Needs the right to manage accounts.',
        body: ref(NewAccountCategory),
        answers: { 201: answer('Created', ref(Schema), { ...versionTag, ...location }) },
      }),
    },
    async (request, reply) => {
      const created = await accounting.createCategory(actorOf(request), request.body)
      setVersionTag(reply, created)
      void reply.code(201).header('location', `${scope.prefix}/account-categories/${created.id}`)
      return render(created)
    },
  )

  scope.patch<Name & { Body: Partial<CategoryWish> }>(
    '/account-categories/:idOrKey',
    {
      config: { access: 'write' },
      schema: operation({
        id: 'changeAccountCategory',
        tag: 'Accounts',
        summary: 'Change a account category',
        description: 'Whatever is left out stays.',
        params: NameParams,
        headers: MatchHeaders,
        body: ref(AccountCategoryChange),
        answers: { 200: answer('As it is now', ref(Schema), versionTag) },
      }),
    },
    async (request, reply) => {
      const actor = actorOf(request)
      const { id } = await find(needs, actor.siteId, request.params.idOrKey)
      const version = expectedVersion(request)
      const changed = await accounting.changeCategory(actor, id, request.body, version)
      setVersionTag(reply, changed)
      return render(changed)
    },
  )

  scope.delete<Name>(
    '/account-categories/:idOrKey',
    {
      config: { access: 'write' },
      schema: operation({
        id: 'removeAccountCategory',
        tag: 'Accounts',
        summary: 'Remove a account category',
        description: 'Its accounts stay, without one.',
        params: NameParams,
        headers: MatchHeaders,
        answers: { 204: nothing('Removed') },
      }),
    },
    async (request, reply) => {
      const actor = actorOf(request)
      const { id } = await find(needs, actor.siteId, request.params.idOrKey)
      await accounting.removeCategory(actor, id, expectedVersion(request))
      return reply.code(204).send()
    },
  )
}

async function find(
  { store }: ApiNeeds,
  siteId: SiteId,
  idOrKey: string,
): Promise<AccountCategory> {
  const byId = await store.accountCategories.find(siteId, {
    ids: [idOrKey as AccountCategoryId],
    limit: 1,
  })
  const byKey = await store.accountCategories.find(siteId, { keys: [idOrKey], limit: 1 })
  return single('account category', idOrKey, [...byId, ...byKey])
}

function render({ id, key, name, type, version }: AccountCategory) {
  return { id, key, name, type, version }
}
