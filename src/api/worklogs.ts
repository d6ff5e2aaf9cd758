import type { FastifyInstance } from 'fastify'
import { DomainError } from '../domain/errors.ts'
import { seesWorklog, viewerOf } from '../domain/permission.ts'
import type { WorklogId } from '../domain/worklog.ts'
import { completenessOf } from './completeness.ts'
import { expectedVersion, idempotencyOf, setVersionTag } from './conditions.ts'
import {
  EntryChange,
  type EntryChangeBody,
  EstimateQuery,
  IdParams,
  KeyHeaders,
  MatchAndKeyHeaders,
  MatchHeaders,
  NewEntry,
  type NewEntryBody,
  RemovalQuery,
  ref,
  Worklog,
  WorklogsAnswer,
  WorklogsQuery,
} from './contract.ts'
import { estimateOf, toEntryChange, toNewEntry } from './entries.ts'
import { worklogQuery } from './filters.ts'
import { type ApiNeeds, actorOf } from './needs.ts'
import { answer, location, longLists, nothing, operation, versionTag } from './operation.ts'
import { cutPage, limitOf, parseBookmark, renderBookmark } from './paging.ts'
import { renderWorklog } from './render.ts'

export function registerWorklogs(scope: FastifyInstance, needs: ApiNeeds): void {
  registerReading(scope, needs)
  registerWriting(scope, needs)
}

function registerReading(scope: FastifyInstance, needs: ApiNeeds): void {
  const { store } = needs
  scope.get<{ Querystring: WorklogsQuery }>(
    '/worklogs',
    {
      config: { access: 'read' },
      ...longLists,
      schema: operation({
        id: 'listWorklogs',
        tag: 'Worklogs',
        summary: 'List worklogs',
        description:
          'Pages of the worklogs you may see. Follow `next` to the end: rows written meanwhile neither repeat nor push out others. The first page also counts what matches and what is kept from you.',
        querystring: WorklogsQuery,
        answers: { 200: answer('A page', ref(WorklogsAnswer)) },
      }),
    },
    async (request) => {
      const { order = 'day', cursor, ...filters } = request.query
      const query = { ...(await worklogQuery(needs, actorOf(request), filters)), order }
      const limit = limitOf(request.query)
      const after = cursor === undefined ? undefined : parseBookmark(cursor, order)
      const rows = await store.worklogs.find(query, {
        limit: limit + 1,
        ...(after ? { after } : {}),
      })
      const { page, next } = cutPage(rows, limit, (last) => renderBookmark(last, order))
      const tally = after ? undefined : await store.worklogs.tally(query)
      return {
        worklogs: page.map(renderWorklog),
        next,
        completeness: await completenessOf(needs, query.siteId, tally),
      }
    },
  )

  scope.get<{ Params: { id: WorklogId } }>(
    '/worklogs/:id',
    {
      config: { access: 'read' },
      schema: operation({
        id: 'getWorklog',
        tag: 'Worklogs',
        summary: 'One worklog',
        description: 'Not found as well where you may not see it.',
        params: IdParams,
        answers: { 200: answer('The worklog', ref(Worklog), versionTag) },
      }),
    },
    async (request, reply) => {
      const actor = actorOf(request)
      const worklog = await store.worklogs.get(actor.siteId, request.params.id)
      if (!seesWorklog(viewerOf(actor), worklog))
        throw new DomainError('not-found', `There is no worklog ${request.params.id}`)
      setVersionTag(reply, worklog)
      return renderWorklog(worklog)
    },
  )
}

function registerWriting(scope: FastifyInstance, { timesheets }: ApiNeeds): void {
  scope.post<{ Body: NewEntryBody; Querystring: EstimateQuery }>(
    '/worklogs',
    {
      config: { access: 'write' },
      schema: operation({
        id: 'logTime',
        tag: 'Worklogs',
        summary: 'Log time',
        description:
          'Give the beginning as `startedAt`, or as `day` and `startTime` on the clock of the author.',
        headers: KeyHeaders,
        querystring: EstimateQuery,
        body: ref(NewEntry),
        answers: { 201: answer('Written', ref(Worklog), { ...versionTag, ...location }) },
      }),
    },
    async (request, reply) => {
      const entry = toNewEntry(request.body)
      const worklog = await timesheets.log(
        actorOf(request),
        entry,
        idempotencyOf(request),
        estimateOf(request.query),
      )
      setVersionTag(reply, worklog)
      void reply.code(201).header('location', `${scope.prefix}/worklogs/${worklog.id}`)
      return renderWorklog(worklog)
    },
  )

  scope.patch<{ Params: { id: WorklogId }; Body: EntryChangeBody; Querystring: EstimateQuery }>(
    '/worklogs/:id',
    {
      config: { access: 'write' },
      schema: operation({
        id: 'changeWorklog',
        tag: 'Worklogs',
        summary: 'Change a worklog',
        description:
          'Whatever is left out stays. Say the version you saw, by If-Match or in the body, and a change made meanwhile is not overwritten (412).',
        params: IdParams,
        headers: MatchAndKeyHeaders,
        querystring: EstimateQuery,
        body: ref(EntryChange),
        answers: { 200: answer('As it is now', ref(Worklog), versionTag) },
      }),
    },
    async (request, reply) => {
      const worklog = await timesheets.change(
        actorOf(request),
        request.params.id,
        toEntryChange(request.body),
        expectedVersion(request, request.body.version),
        idempotencyOf(request),
        estimateOf(request.query),
      )
      setVersionTag(reply, worklog)
      return renderWorklog(worklog)
    },
  )

  scope.delete<{ Params: { id: WorklogId }; Querystring: EstimateQuery & { version?: string } }>(
    '/worklogs/:id',
    {
      config: { access: 'write' },
      schema: operation({
        id: 'removeWorklog',
        tag: 'Worklogs',
        summary: 'Remove a worklog',
        description: 'It stays in the change feed as deleted.',
        params: IdParams,
        headers: MatchHeaders,
        querystring: RemovalQuery,
        answers: { 204: nothing('Removed') },
      }),
    },
    async (request, reply) => {
      const { version } = request.query
      const said = version === undefined ? undefined : Number(version)
      await timesheets.remove(
        actorOf(request),
        request.params.id,
        expectedVersion(request, said),
        estimateOf(request.query),
      )
      return reply.code(204).send()
    },
  )
}
