import type { FastifyInstance } from 'fastify'
import type { EventId } from '../domain/event.ts'
import type { Actor } from '../domain/permission.ts'
import type { PlanDraftId, PlanDraftSummary } from '../domain/plan-draft.ts'
import type { DraftOutcomes, DraftView } from '../domain/plan-drafts.ts'
import { formatInstant } from '../domain/zone.ts'
import { expectedVersion, idempotencyOf, setVersionTag } from './conditions.ts'
import * as contract from './contract.ts'
import { toCommand } from './events-bulk.ts'
import { actorOf } from './needs.ts'
import { answer, location, nothing, operation, versionTag } from './operation.ts'
import type { PlanningApiNeeds } from './planning.ts'
import { renderEvent, renderOutcomes } from './render-event.ts'

const { ref } = contract
const tag = 'Planning'

type OnDraft = { Params: { id: PlanDraftId } }

/** Plans tried out aside, and published or discarded as a whole. */
export function registerPlanDrafts(scope: FastifyInstance, { drafts }: PlanningApiNeeds): void {
  scope.get(
    '/plan-drafts',
    {
      config: { access: 'read' },
      schema: operation({
        id: 'listPlanDrafts',
        tag,
        summary: 'Your drafts',
        description: 'At most 50; nobody else sees them.',
        answers: { 200: answer('Your drafts', ref(contract.PlanDraftsAnswer)) },
      }),
    },
    async (request) => ({ drafts: (await drafts.list(actorOf(request))).map(renderDraft) }),
  )

  scope.post<{ Body: { name: string } }>(
    '/plan-drafts',
    {
      config: { access: 'write' },
      schema: operation({
        id: 'createPlanDraft',
        tag,
        summary: 'Begin a draft',
        description: 'Empty at first; `draft` of the timeline shows what it would come to.',
        body: ref(contract.NewPlanDraft),
        answers: {
          201: answer('Created', ref(contract.PlanDraft), { ...versionTag, ...location }),
        },
      }),
    },
    async (request, reply) => {
      const draft = await drafts.create(actorOf(request), request.body.name)
      setVersionTag(reply, draft)
      void reply.code(201).header('location', `${scope.prefix}/plan-drafts/${draft.id}`)
      return renderDraft(draft)
    },
  )

  scope.get<OnDraft>(
    '/plan-drafts/:id',
    {
      config: { access: 'read' },
      schema: operation({
        id: 'getPlanDraft',
        tag,
        summary: 'A draft beside today',
        description: 'Each event it changes, as drafted and as it stands.',
        params: contract.IdParams,
        answers: { 200: answer('The draft', ref(contract.PlanDraftDetail), versionTag) },
      }),
    },
    async (request, reply) => {
      const actor = actorOf(request)
      const view = await drafts.get(actor, request.params.id)
      setVersionTag(reply, view.draft)
      return renderView(actor, view)
    },
  )

  scope.patch<OnDraft & { Body: { name: string } }>(
    '/plan-drafts/:id',
    {
      config: { access: 'write' },
      schema: operation({
        id: 'renamePlanDraft',
        tag,
        summary: 'Rename a draft',
        description: 'What it changes stays.',
        params: contract.IdParams,
        headers: contract.MatchHeaders,
        body: ref(contract.NewPlanDraft),
        answers: { 200: answer('As it is now', ref(contract.PlanDraft), versionTag) },
      }),
    },
    async (request, reply) => {
      const actor = actorOf(request)
      const { id } = request.params
      const draft = await drafts.rename(actor, id, request.body.name, expectedVersion(request))
      setVersionTag(reply, draft)
      return renderDraft(draft)
    },
  )

  scope.delete<OnDraft>(
    '/plan-drafts/:id',
    {
      config: { access: 'write' },
      schema: operation({
        id: 'discardPlanDraft',
        tag,
        summary: 'Discard a draft',
        description: 'Whatever it would have changed stays as it is.',
        params: contract.IdParams,
        headers: contract.MatchHeaders,
        answers: { 204: nothing('Discarded') },
      }),
    },
    async (request, reply) => {
      await drafts.discard(actorOf(request), request.params.id, expectedVersion(request))
      return reply.code(204).send()
    },
  )

  scope.post<OnDraft & { Body: { commands: contract.EventCommandBody[] } }>(
    '/plan-drafts/:id/commands',
    {
      config: { access: 'write' },
      schema: operation({
        id: 'changePlanDraft',
        tag,
        summary: 'Change plans in a draft',
        description:
          'The same commands as for events in bulk, by the same rules, on the plans as the draft has them: one step of undo. At most 500 events in one draft.',
        params: contract.IdParams,
        headers: contract.KeyHeaders,
        body: ref(contract.EventCommands),
        answers: { 200: answer('What became of each', ref(contract.PlanDraftOutcomes)) },
      }),
    },
    async (request) => {
      const actor = actorOf(request)
      const commands = request.body.commands.map(toCommand)
      const { id } = request.params
      const idempotency = idempotencyOf(request)
      return renderDraftOutcomes(actor, await drafts.write(actor, id, commands, idempotency))
    },
  )

  scope.post<OnDraft>(
    '/plan-drafts/:id/undo',
    {
      config: { access: 'write' },
      schema: operation({
        id: 'undoPlanDraftStep',
        tag,
        summary: 'Undo the newest step of a draft',
        description: 'Refused where nothing is left to undo.',
        params: contract.IdParams,
        answers: { 200: answer('What became of each', ref(contract.PlanDraftOutcomes)) },
      }),
    },
    async (request) => {
      const actor = actorOf(request)
      return renderDraftOutcomes(actor, await drafts.undo(actor, request.params.id))
    },
  )

  scope.post<OnDraft>(
    '/plan-drafts/:id/publish',
    {
      config: { access: 'write' },
      schema: operation({
        id: 'publishPlanDraft',
        tag,
        summary: 'Publish a draft',
        description:
          'All of it in one transaction, and the draft ends. Refused with 412 and the `events` that others have changed meanwhile: settle each and publish again.',
        params: contract.IdParams,
        headers: contract.MatchHeaders,
        answers: { 200: answer('What became of each', ref(contract.EventOutcomes)) },
      }),
    },
    async (request) => {
      const actor = actorOf(request)
      const outcomes = await drafts.publish(actor, request.params.id, expectedVersion(request))
      return renderOutcomes(actor, outcomes)
    },
  )

  scope.put<{
    Params: { id: PlanDraftId; eventId: EventId }
    Body: { keep: 'mine' | 'theirs' }
  }>(
    '/plan-drafts/:id/events/:eventId',
    {
      config: { access: 'write' },
      schema: operation({
        id: 'settlePlanDraftEvent',
        tag,
        summary: 'Settle one event of a draft',
        description: 'After somebody else changed it, or to take it out of the draft.',
        params: contract.PlanDraftEventParams,
        body: ref(contract.PlanDraftSettle),
        answers: { 200: answer('The draft', ref(contract.PlanDraftDetail), versionTag) },
      }),
    },
    async (request, reply) => {
      const actor = actorOf(request)
      const { id, eventId } = request.params
      const view = await drafts.settle(actor, id, eventId, request.body.keep)
      setVersionTag(reply, view.draft)
      return renderView(actor, view)
    },
  )
}

/** A draft with each event it changes. */
export function renderView(actor: Actor, { draft, events }: DraftView) {
  return {
    draft: renderDraft(draft),
    events: events.map(({ id, drafted, today, isStale }) => ({
      id,
      ...(drafted ? { drafted: renderEvent(actor, drafted) } : {}),
      ...(today ? { today: renderEvent(actor, today) } : {}),
      isStale,
    })),
  }
}

function renderDraftOutcomes(actor: Actor, { draft, outcomes }: DraftOutcomes) {
  return { draft: renderDraft(draft), ...renderOutcomes(actor, outcomes) }
}

function renderDraft(draft: PlanDraftSummary): contract.PlanDraftBody {
  return {
    id: draft.id,
    name: draft.name,
    changes: draft.changes,
    createdAt: formatInstant(draft.createdAt),
    updatedAt: formatInstant(draft.updatedAt),
    version: draft.version,
  }
}
