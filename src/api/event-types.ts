import type { FastifyInstance } from 'fastify'
import type { EventTypeId } from '../domain/event-type.ts'
import type { EventTypeWish } from '../domain/planning-catalogue.ts'
import { expectedVersion, setVersionTag } from './conditions.ts'
import {
  EventTypeChange,
  EventTypeSchema,
  EventTypesAnswer,
  IdParams,
  MatchHeaders,
  NewEventType,
  ref,
} from './contract.ts'
import { actorOf } from './needs.ts'
import { answer, location, nothing, operation, versionTag } from './operation.ts'
import type { PlanningApiNeeds } from './planning.ts'
import { renderEventType } from './render-event.ts'

export function registerEventTypes(scope: FastifyInstance, needs: PlanningApiNeeds): void {
  const { store, planningCatalogue: catalogue } = needs
  scope.get(
    '/event-types',
    {
      config: { access: 'read' },
      schema: operation({
        id: 'listEventTypes',
        tag: 'Planning',
        summary: 'List types of events',
        description: 'One system type per kind, and whatever the site derived from them.',
        answers: { 200: answer('All types', ref(EventTypesAnswer)) },
      }),
    },
    async (request) => ({
      eventTypes: (await store.eventTypes.list(actorOf(request).siteId)).map(renderEventType),
    }),
  )

  scope.post<{ Body: EventTypeWish }>(
    '/event-types',
    {
      config: { access: 'write' },
      schema: operation({
        id: 'createEventType',
        tag: 'Planning',
        summary: 'Derive a type of event',
        description: 'For administrators. Its events behave as their kind does.',
        body: ref(NewEventType),
        answers: { 201: answer('Created', ref(EventTypeSchema), { ...versionTag, ...location }) },
      }),
    },
    async (request, reply) => {
      const type = await catalogue.createType(actorOf(request), request.body)
      setVersionTag(reply, type)
      void reply.code(201).header('location', `${scope.prefix}/event-types/${type.id}`)
      return renderEventType(type)
    },
  )

  scope.patch<{ Params: { id: string }; Body: Partial<Omit<EventTypeWish, 'kind'>> }>(
    '/event-types/:id',
    {
      config: { access: 'write' },
      schema: operation({
        id: 'changeEventType',
        tag: 'Planning',
        summary: 'Rename a type of event',
        description: 'For administrators. The kind never changes.',
        params: IdParams,
        headers: MatchHeaders,
        body: ref(EventTypeChange),
        answers: { 200: answer('As it is now', ref(EventTypeSchema), versionTag) },
      }),
    },
    async (request, reply) => {
      const type = await catalogue.changeType(
        actorOf(request),
        request.params.id as EventTypeId,
        request.body,
        expectedVersion(request),
      )
      setVersionTag(reply, type)
      return renderEventType(type)
    },
  )

  scope.delete<{ Params: { id: string } }>(
    '/event-types/:id',
    {
      config: { access: 'write' },
      schema: operation({
        id: 'removeEventType',
        tag: 'Planning',
        summary: 'Remove a type of event',
        description: 'For administrators. Types in use and those of the system stay: 409.',
        params: IdParams,
        answers: { 204: nothing('Removed') },
      }),
    },
    async (request, reply) => {
      await catalogue.removeType(actorOf(request), request.params.id as EventTypeId)
      return reply.code(204).send()
    },
  )
}
