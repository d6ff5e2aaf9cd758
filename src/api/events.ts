import type { FastifyInstance } from 'fastify'
import { parseDay } from '../domain/day.ts'
import type { EventId, EventPage } from '../domain/event.ts'
import type { NewPlan, PlanChange, PlanMove } from '../domain/plan-command.ts'
import { expectedVersion, setVersionTag } from './conditions.ts'
import {
  EventChange,
  EventMove,
  EventOutcomes,
  EventSchema,
  EventSplit,
  EventsAnswer,
  EventsQuery,
  IdParams,
  MatchHeaders,
  NewEvent,
  ref,
} from './contract.ts'
import { actorOf } from './needs.ts'
import { answer, location, nothing, operation, versionTag } from './operation.ts'
import { cutPage, limitOf, parseBookmark, renderBookmark } from './paging.ts'
import { eventQuery } from './plan-filters.ts'
import type { PlanningApiNeeds } from './planning.ts'
import { renderEvent, renderOutcomes } from './render-event.ts'

type OnEvent = { Params: { id: string } }

export function registerEvents(scope: FastifyInstance, needs: PlanningApiNeeds): void {
  const { store, planning } = needs
  scope.get<{ Querystring: EventsQuery }>(
    '/events',
    {
      config: { access: 'read' },
      schema: operation({
        id: 'listEvents',
        tag: 'Planning',
        summary: 'List events and scheduled issues',
        description:
          'By first day, then id. All conditions hold together; `person` and `team` together mean either. Shown is what you may see.',
        querystring: EventsQuery,
        answers: { 200: answer('A page', ref(EventsAnswer)) },
      }),
    },
    async (request) => {
      const actor = actorOf(request)
      const limit = limitOf(request.query)
      const query = await eventQuery(store, actor.siteId, request.query)
      const rows = await planning.list(actor, query, {
        limit: limit + 1,
        ...afterOf(request.query.cursor),
      })
      const { page, next } = cutPage(rows, limit, ({ from, id }) =>
        renderBookmark({ day: from, id }, 'day'),
      )
      return { events: page.map((event) => renderEvent(actor, event)), next }
    },
  )

  scope.get<OnEvent>(
    '/events/:id',
    {
      config: { access: 'read' },
      schema: operation({
        id: 'getEvent',
        tag: 'Planning',
        summary: 'One event or scheduled issue',
        description: 'By its id.',
        params: IdParams,
        answers: { 200: answer('The event', ref(EventSchema), versionTag) },
      }),
    },
    async (request, reply) => {
      const actor = actorOf(request)
      const event = await planning.get(actor, request.params.id as EventId)
      setVersionTag(reply, event)
      return renderEvent(actor, event)
    },
  )

  scope.post<{ Body: NewPlan }>(
    '/events',
    {
      config: { access: 'write' },
      schema: operation({
        id: 'createEvent',
        tag: 'Planning',
        summary: 'Create an event, or schedule an issue',
        description:
          'Everybody plans for themselves; planners for others. `isApproved` needs the right to approve; an approved vacation must fit into the allowance.',
        body: ref(NewEvent),
        answers: { 201: answer('Created', ref(EventSchema), { ...versionTag, ...location }) },
      }),
    },
    async (request, reply) => {
      const actor = actorOf(request)
      const [outcome] = await planning.write(actor, [{ kind: 'create', plan: request.body }])
      const event = outcome!.event!
      setVersionTag(reply, event)
      void reply.code(201).header('location', `${scope.prefix}/events/${event.id}`)
      return renderEvent(actor, event)
    },
  )

  scope.patch<OnEvent & { Body: PlanChange }>(
    '/events/:id',
    {
      config: { access: 'write' },
      schema: operation({
        id: 'changeEvent',
        tag: 'Planning',
        summary: 'Change an event',
        description:
          'Whatever is left out stays. Who moves an approved event without the right to approve leaves it unapproved.',
        params: IdParams,
        headers: MatchHeaders,
        body: ref(EventChange),
        answers: { 200: answer('As it is now', ref(EventSchema), versionTag) },
      }),
    },
    async (request, reply) => {
      const actor = actorOf(request)
      const command = { kind: 'change', ...targetOf(request), change: request.body } as const
      const [outcome] = await planning.write(actor, [command])
      setVersionTag(reply, outcome!.event!)
      return renderEvent(actor, outcome!.event!)
    },
  )

  scope.delete<OnEvent>(
    '/events/:id',
    {
      config: { access: 'write' },
      schema: operation({
        id: 'removeEvent',
        tag: 'Planning',
        summary: 'Remove an event, or take an issue off the timeline',
        description: 'Can be undone by the version of the removal: use the bulk route to learn it.',
        params: IdParams,
        headers: MatchHeaders,
        answers: { 204: nothing('Removed') },
      }),
    },
    async (request, reply) => {
      await planning.write(actorOf(request), [{ kind: 'remove', ...targetOf(request) }])
      return reply.code(204).send()
    },
  )

  scope.post<OnEvent & { Body: PlanMove }>(
    '/events/:id/move',
    {
      config: { access: 'write' },
      schema: operation({
        id: 'moveEvent',
        tag: 'Planning',
        summary: 'Move an event in time, or to somebody else',
        description: 'The length stays.',
        params: IdParams,
        headers: MatchHeaders,
        body: ref(EventMove),
        answers: { 200: answer('What became of it', ref(EventOutcomes)) },
      }),
    },
    async (request) => {
      const actor = actorOf(request)
      const move = request.body
      const command = { kind: 'move', ...targetOf(request), move } as const
      return renderOutcomes(actor, await planning.write(actor, [command]))
    },
  )

  scope.post<OnEvent & { Body: { on: string } }>(
    '/events/:id/split',
    {
      config: { access: 'write' },
      schema: operation({
        id: 'splitEvent',
        tag: 'Planning',
        summary: 'Split an event in two',
        description: 'A total estimate is divided by the working days of both parts.',
        params: IdParams,
        headers: MatchHeaders,
        body: ref(EventSplit),
        answers: { 200: answer('Both parts', ref(EventOutcomes)) },
      }),
    },
    async (request) => {
      const actor = actorOf(request)
      const command = { kind: 'split', ...targetOf(request), on: request.body.on } as const
      return renderOutcomes(actor, await planning.write(actor, [command]))
    },
  )

  for (const [word, isApproved] of [
    ['approve', true],
    ['unapprove', false],
  ] as const)
    scope.post<OnEvent>(
      `/events/:id/${word}`,
      {
        config: { access: 'write' },
        schema: operation({
          id: `${word}Event`,
          tag: 'Planning',
          summary: isApproved ? 'Approve an event' : 'Take the approval of an event back',
          description: isApproved
            ? 'Vacations, bookings and placeholders. A vacation beyond the allowance is refused.'
            : 'Needs the right to approve.',
          params: IdParams,
          headers: MatchHeaders,
          answers: { 200: answer('As it is now', ref(EventSchema), versionTag) },
        }),
      },
      async (request, reply) => {
        const actor = actorOf(request)
        const command = { kind: 'change', ...targetOf(request), change: { isApproved } } as const
        const [outcome] = await planning.write(actor, [command])
        setVersionTag(reply, outcome!.event!)
        return renderEvent(actor, outcome!.event!)
      },
    )
}

function targetOf(request: Parameters<typeof expectedVersion>[0] & { params: { id: string } }) {
  return { id: request.params.id as EventId, ifVersion: expectedVersion(request) }
}

function afterOf(cursor: string | undefined): Pick<EventPage, 'after'> {
  if (cursor === undefined) return {}
  const { day, id } = parseBookmark(cursor, 'day')
  return { after: { from: parseDay(day), id: id as string as EventId } }
}
