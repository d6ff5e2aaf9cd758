import type { FastifyInstance } from 'fastify'
import { invalidField } from '../domain/errors.ts'
import type { EventId } from '../domain/event.ts'
import type { PlanCommand } from '../domain/plan-command.ts'
import { idempotencyOf } from './conditions.ts'
import {
  type EventCommandBody,
  EventCommands,
  EventOutcomes,
  EventUndo,
  KeyHeaders,
  ref,
} from './contract.ts'
import { actorOf } from './needs.ts'
import { answer, operation } from './operation.ts'
import type { PlanningApiNeeds } from './planning.ts'
import { renderOutcomes } from './render-event.ts'

export function registerEventsBulk(scope: FastifyInstance, { planning }: PlanningApiNeeds): void {
  scope.post<{ Body: { commands: EventCommandBody[] } }>(
    '/events/bulk',
    {
      config: { access: 'write' },
      schema: operation({
        id: 'changeEventsInBulk',
        tag: 'Planning',
        summary: 'Change many events at once',
        description:
          'Up to 500 commands, one after the other, in one transaction: all of them or none, so a refused request is not remembered under its key. A refusal names the place of its command.',
        headers: KeyHeaders,
        body: ref(EventCommands),
        answers: { 200: answer('What became of each', ref(EventOutcomes)) },
      }),
    },
    async (request) => {
      const actor = actorOf(request)
      const idempotency = idempotencyOf(request)
      const commands = request.body.commands.map(toCommand)
      return renderOutcomes(actor, await planning.write(actor, commands, idempotency))
    },
  )

  scope.post<{ Body: { versions: number[] } }>(
    '/events/undo',
    {
      config: { access: 'write' },
      schema: operation({
        id: 'undoEventChanges',
        tag: 'Planning',
        summary: 'Undo changes of events',
        description:
          'By the versions the changes were answered with, all or none. Refused with 412 where an event has changed since. Undoing the answer brings everything back.',
        body: ref(EventUndo),
        answers: { 200: answer('What became of each', ref(EventOutcomes)) },
      }),
    },
    async (request) => {
      const actor = actorOf(request)
      return renderOutcomes(actor, await planning.undo(actor, request.body.versions))
    },
  )
}

/** A command as the domain knows it; throws `invalid` where a part is missing. */
export function toCommand(body: EventCommandBody, at: number): PlanCommand {
  const missing = (part: string) =>
    invalidField(`commands.${at}.${part}`, `is missing: "${body.kind}" needs it`)
  if (body.kind === 'create') {
    if (!body.event) throw missing('event')
    return { kind: 'create', plan: body.event }
  }
  if (body.id === undefined) throw missing('id')
  const target = { id: body.id as EventId, ifVersion: body.version }
  switch (body.kind) {
    case 'change':
      if (!body.change) throw missing('change')
      return { kind: 'change', ...target, change: body.change }
    case 'move':
      if (!body.move) throw missing('move')
      return { kind: 'move', ...target, move: body.move }
    case 'split':
      if (body.on === undefined) throw missing('on')
      return { kind: 'split', ...target, on: body.on }
    case 'remove':
      return { kind: 'remove', ...target }
  }
}
