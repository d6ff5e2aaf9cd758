import type { FastifyInstance } from 'fastify'
import type { CustomerWish } from '../domain/accounting.ts'
import type { Customer, CustomerId } from '../domain/customer.ts'
import type { SiteId } from '../domain/site.ts'
import { expectedVersion, setVersionTag } from './conditions.ts'
import {
  CustomerChange,
  CustomersAnswer,
  MatchHeaders,
  NameParams,
  NewCustomer,
  PageQuery,
  ref,
  Customer as Schema,
} from './contract.ts'
import { single } from './filters.ts'
import { type ApiNeeds, actorOf } from './needs.ts'
import { answer, location, nothing, operation, versionTag } from './operation.ts'
import { cutPage, limitOf, parseIdCursor, renderIdCursor } from './paging.ts'

type Name = { Params: { idOrKey: string } }

/** Who pays for accounts. */
export function registerCustomers(scope: FastifyInstance, needs: ApiNeeds): void {
  const { store, accounting } = needs
  scope.get<{ Querystring: PageQuery }>(
    '/customers',
    {
      config: { access: 'read' },
      schema: operation({
        id: 'listCustomers',
        tag: 'Accounts',
        summary: 'List customers',
        description: 'In the order they were made.',
        querystring: PageQuery,
        answers: { 200: answer('A page', ref(CustomersAnswer)) },
      }),
    },
    async (request) => {
      const limit = limitOf(request.query)
      const rows = await store.customers.find(actorOf(request).siteId, {
        ...parseIdCursor<CustomerId>(request.query.cursor),
        limit: limit + 1,
      })
      const { page, next } = cutPage(rows, limit, ({ id }) => renderIdCursor(id))
      return { customers: page.map(render), next }
    },
  )

  scope.get<Name>(
    '/customers/:idOrKey',
    {
      config: { access: 'read' },
      schema: operation({
        id: 'getCustomer',
        tag: 'Accounts',
        summary: 'One customer',
        description: 'By our id or by its key.',
        params: NameParams,
        answers: { 200: answer('The customer', ref(Schema), versionTag) },
      }),
    },
    async (request, reply) => {
      const found = await find(needs, actorOf(request).siteId, request.params.idOrKey)
      setVersionTag(reply, found)
      return render(found)
    },
  )

  scope.post<{ Body: CustomerWish }>(
    '/customers',
    {
      config: { access: 'write' },
      schema: operation({
        id: 'createCustomer',
        tag: 'Accounts',
        summary: 'Create a customer',
        description: 'Needs the right to manage accounts.',
        body: ref(NewCustomer),
        answers: { 201: answer('Created', ref(Schema), { ...versionTag, ...location }) },
      }),
    },
    async (request, reply) => {
      const created = await accounting.createCustomer(actorOf(request), request.body)
      setVersionTag(reply, created)
      void reply.code(201).header('location', `${scope.prefix}/customers/${created.id}`)
      return render(created)
    },
  )

  scope.patch<Name & { Body: Partial<CustomerWish> }>(
    '/customers/:idOrKey',
    {
      config: { access: 'write' },
      schema: operation({
        id: 'changeCustomer',
        tag: 'Accounts',
        summary: 'Change a customer',
        description: 'Whatever is left out stays.',
        params: NameParams,
        headers: MatchHeaders,
        body: ref(CustomerChange),
        answers: { 200: answer('As it is now', ref(Schema), versionTag) },
      }),
    },
    async (request, reply) => {
      const actor = actorOf(request)
      const { id } = await find(needs, actor.siteId, request.params.idOrKey)
      const version = expectedVersion(request)
      const changed = await accounting.changeCustomer(actor, id, request.body, version)
      setVersionTag(reply, changed)
      return render(changed)
    },
  )

  scope.delete<Name>(
    '/customers/:idOrKey',
    {
      config: { access: 'write' },
      schema: operation({
        id: 'removeCustomer',
        tag: 'Accounts',
        summary: 'Remove a customer',
        description: 'Its accounts stay, without one.',
        params: NameParams,
        headers: MatchHeaders,
        answers: { 204: nothing('Removed') },
      }),
    },
    async (request, reply) => {
      const actor = actorOf(request)
      const { id } = await find(needs, actor.siteId, request.params.idOrKey)
      await accounting.removeCustomer(actor, id, expectedVersion(request))
      return reply.code(204).send()
    },
  )
}

async function find({ store }: ApiNeeds, siteId: SiteId, idOrKey: string): Promise<Customer> {
  const byId = await store.customers.find(siteId, {
    ids: [idOrKey as CustomerId],
    limit: 1,
  })
  const byKey = await store.customers.find(siteId, { keys: [idOrKey], limit: 1 })
  return single('customer', idOrKey, [...byId, ...byKey])
}

function render({ id, key, name, version }: Customer) {
  return { id, key, name, version }
}
