import type { TSchema } from '@sinclair/typebox'
import type { FastifyInstance } from 'fastify'
import type { Actor } from '../domain/permission.ts'
import type { Catalogue } from '../domain/staffing.ts'
import { expectedVersion, setVersionTag } from './conditions.ts'
import { IdParams, MatchHeaders, NamesQuery, ref } from './contract.ts'
import { actorOf } from './needs.ts'
import { answer, location, nothing, operation, type Tag, versionTag } from './operation.ts'
import { cutPage, limitOf, parseIdCursor, renderIdCursor } from './paging.ts'

type Row = { readonly id: string; readonly version: number }

/** A list of things with the five usual routes. */
export type CatalogueRoutes<R extends Row, Wish> = {
  readonly path: string
  readonly tag: Tag
  /** How one thing, and the list of them in an answer, are called. */
  readonly one: string
  readonly id: string
  readonly key: string
  readonly description: string
  readonly access: 'write' | 'admin'
  readonly schemas: {
    readonly row: TSchema
    readonly list: TSchema
    readonly wish: TSchema
    readonly change: TSchema
    readonly query?: TSchema
  }
  readonly cases: Catalogue<R, never, Wish>
  list(actor: Actor, page: { limit: number; afterId?: never }, query: never): Promise<readonly R[]>
  get(actor: Actor, id: never): Promise<R>
  render(actor: Actor, rows: readonly R[]): Promise<readonly unknown[]> | readonly unknown[]
}

/** List, one, create, change and remove, each undone by writing back what was there before. */
export function registerCatalogue<R extends Row, Wish>(
  scope: FastifyInstance,
  routes: CatalogueRoutes<R, Wish>,
): void {
  const { path, tag, one, id, key, schemas, cases } = routes
  const { access } = routes
  scope.get<{ Querystring: { limit?: string; cursor?: string } }>(
    path,
    {
      config: { access: 'read' },
      schema: operation({
        id: `list${id}s`,
        tag,
        summary: `List ${one}s`,
        description: routes.description,
        querystring: schemas.query ?? NamesQuery,
        answers: { 200: answer('A page', ref(schemas.list)) },
      }),
    },
    async (request) => {
      const actor = actorOf(request)
      const limit = limitOf(request.query)
      const after = parseIdCursor<never>(request.query.cursor)
      const rows = await routes.list(actor, { limit: limit + 1, ...after }, request.query as never)
      const { page, next } = cutPage(rows, limit, (row) => renderIdCursor(row.id))
      return { [key]: await routes.render(actor, page), next }
    },
  )

  scope.get<{ Params: { id: string } }>(
    `${path}/:id`,
    {
      config: { access: 'read' },
      schema: operation({
        id: `get${id}`,
        tag,
        summary: `One ${one}`,
        description: routes.description,
        params: IdParams,
        answers: { 200: answer('As it is', ref(schemas.row), versionTag) },
      }),
    },
    async (request, reply) => {
      const actor = actorOf(request)
      const row = await routes.get(actor, request.params.id as never)
      setVersionTag(reply, row)
      return (await routes.render(actor, [row]))[0]
    },
  )

  scope.post<{ Body: Wish }>(
    path,
    {
      config: { access },
      schema: operation({
        id: `create${id}`,
        tag,
        summary: `Create a ${one}`,
        description: routes.description,
        body: ref(schemas.wish),
        answers: { 201: answer('Created', ref(schemas.row), { ...versionTag, ...location }) },
      }),
    },
    async (request, reply) => {
      const actor = actorOf(request)
      const row = await cases.create(actor, request.body as Wish)
      setVersionTag(reply, row)
      void reply.code(201).header('location', `${scope.prefix}${path}/${row.id}`)
      return (await routes.render(actor, [row]))[0]
    },
  )

  scope.patch<{ Params: { id: string }; Body: Partial<Wish> }>(
    `${path}/:id`,
    {
      config: { access },
      schema: operation({
        id: `change${id}`,
        tag,
        summary: `Change a ${one}`,
        description: 'Whatever is left out stays.',
        params: IdParams,
        headers: MatchHeaders,
        body: ref(schemas.change),
        answers: { 200: answer('As it is now', ref(schemas.row), versionTag) },
      }),
    },
    async (request, reply) => {
      const actor = actorOf(request)
      const version = expectedVersion(request)
      const row = await cases.change(
        actor,
        request.params.id as never,
        request.body as Partial<Wish>,
        version,
      )
      setVersionTag(reply, row)
      return (await routes.render(actor, [row]))[0]
    },
  )

  scope.delete<{ Params: { id: string } }>(
    `${path}/:id`,
    {
      config: { access },
      schema: operation({
        id: `remove${id}`,
        tag,
        summary: `Remove a ${one}`,
        description: 'What refers to it goes on without it.',
        params: IdParams,
        headers: MatchHeaders,
        answers: { 204: nothing('Removed') },
      }),
    },
    async (request, reply) => {
      await cases.remove(actorOf(request), request.params.id as never, expectedVersion(request))
      return reply.code(204).send()
    },
  )
}
