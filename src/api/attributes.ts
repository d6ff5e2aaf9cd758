import type { FastifyInstance } from 'fastify'
import type { AttributeWish, AttributeChange as Change } from '../domain/accounting.ts'
import type { Attribute } from '../domain/attribute.ts'
import { DomainError } from '../domain/errors.ts'
import { expectedVersion, setVersionTag } from './conditions.ts'
import {
  AttributeChange,
  Attribute as AttributeSchema,
  AttributesAnswer,
  KeyParams,
  MatchHeaders,
  NewAttribute,
  ref,
} from './contract.ts'
import { type ApiNeeds, actorOf } from './needs.ts'
import { answer, location, nothing, operation, versionTag } from './operation.ts'

type Key = { Params: { key: string } }

/** Definitions of what worklogs carry beside their own fields. */
export function registerAttributes(scope: FastifyInstance, { store, accounting }: ApiNeeds): void {
  scope.get(
    '/attributes',
    {
      config: { access: 'read' },
      schema: operation({
        id: 'listAttributes',
        tag: 'Accounts',
        summary: 'List work attributes',
        description: 'All of them, in the order they were made.',
        answers: { 200: answer('All', ref(AttributesAnswer)) },
      }),
    },
    async (request) => ({
      attributes: (await store.attributes.list(actorOf(request).siteId)).map(renderAttribute),
    }),
  )

  scope.get<Key>(
    '/attributes/:key',
    {
      config: { access: 'read' },
      schema: operation({
        id: 'getAttribute',
        tag: 'Accounts',
        summary: 'One work attribute',
        description: 'By its key.',
        params: KeyParams,
        answers: { 200: answer('The attribute', ref(AttributeSchema), versionTag) },
      }),
    },
    async (request, reply) => {
      const { key } = request.params
      const all = await store.attributes.list(actorOf(request).siteId)
      const found = all.find((one) => one.key === key)
      if (!found) throw new DomainError('not-found', `There is no work attribute ${key}`)
      setVersionTag(reply, found)
      return renderAttribute(found)
    },
  )

  scope.post<{ Body: AttributeWish }>(
    '/attributes',
    {
      config: { access: 'write' },
      schema: operation({
        id: 'createAttribute',
        tag: 'Accounts',
        summary: 'Create a work attribute',
        description: 'For administrators. Worklogs written from now on may carry it.',
        body: ref(NewAttribute),
        answers: { 201: answer('Created', ref(AttributeSchema), { ...versionTag, ...location }) },
      }),
    },
    async (request, reply) => {
      const created = await accounting.createAttribute(actorOf(request), request.body)
      setVersionTag(reply, created)
      const address = `${scope.prefix}/attributes/${encodeURIComponent(created.key)}`
      void reply.code(201).header('location', address)
      return renderAttribute(created)
    },
  )

  scope.patch<Key & { Body: Change }>(
    '/attributes/:key',
    {
      config: { access: 'write' },
      schema: operation({
        id: 'changeAttribute',
        tag: 'Accounts',
        summary: 'Change a work attribute',
        description: 'Key and type stay, since worklogs hold values of them.',
        params: KeyParams,
        headers: MatchHeaders,
        body: ref(AttributeChange),
        answers: { 200: answer('As it is now', ref(AttributeSchema), versionTag) },
      }),
    },
    async (request, reply) => {
      const version = expectedVersion(request)
      const { key } = request.params
      const changed = await accounting.changeAttribute(actorOf(request), key, request.body, version)
      setVersionTag(reply, changed)
      return renderAttribute(changed)
    },
  )

  scope.delete<Key>(
    '/attributes/:key',
    {
      config: { access: 'write' },
      schema: operation({
        id: 'removeAttribute',
        tag: 'Accounts',
        summary: 'Remove a work attribute',
        description: 'Worklogs keep the values they have.',
        params: KeyParams,
        headers: MatchHeaders,
        answers: { 204: nothing('Removed') },
      }),
    },
    async (request, reply) => {
      const version = expectedVersion(request)
      await accounting.removeAttribute(actorOf(request), request.params.key, version)
      return reply.code(204).send()
    },
  )
}

function renderAttribute({ id, key, name, type, isRequired, options, version }: Attribute) {
  return { id, key, name, type, isRequired, options, version }
}
