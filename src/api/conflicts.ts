import type { FastifyInstance } from 'fastify'
import type { Conflict, Conflicts } from '../domain/mirror.ts'
import { formatInstant } from '../domain/zone.ts'
import { ConflictList, ConflictParams, ConflictResolution } from './contract.ts'
import { actorOf } from './needs.ts'
import { answer, nothing, operation } from './operation.ts'

/** What both we and a Jira changed: Jira won, and somebody decides whether that stays. */
export function registerConflicts(scope: FastifyInstance, conflicts: Conflicts): void {
  scope.get(
    '/conflicts',
    {
      config: { access: 'read' },
      schema: operation({
        id: 'listConflicts',
        tag: 'Connections',
        summary: 'The conflict inbox',
        description: 'Open conflicts of everybody whose worklogs you may change, oldest first.',
        answers: { 200: answer('All of them', ConflictList) },
      }),
    },
    async (request) => {
      // To list them is to read; to change them is checked where it is done.
      const actor = actorOf(request)
      const seen = await conflicts.list({ ...actor, scopes: [...actor.scopes, 'write'] })
      return { conflicts: seen.map(renderConflict) }
    },
  )

  scope.post<{ Params: { id: string }; Body: { resolution: 'ours' | 'theirs' } }>(
    '/conflicts/:id',
    {
      config: { access: 'write' },
      schema: operation({
        id: 'resolveConflict',
        tag: 'Connections',
        summary: 'Settle a conflict',
        description: '`ours` writes our value to Jira again; `theirs` leaves what Jira has.',
        params: ConflictParams,
        body: ConflictResolution,
        answers: { 204: nothing('Settled') },
      }),
    },
    async (request, reply) => {
      await conflicts.resolve(actorOf(request), request.params.id, request.body.resolution)
      return reply.code(204).send()
    },
  )
}

function renderConflict(conflict: Conflict) {
  const { id, connectionId, worklogId, jiraId, personId, reason, createdAt } = conflict
  const sideOf = (side: Conflict['ours']) => ({
    ...side,
    ...(side.startedAt === undefined ? {} : { startedAt: formatInstant(side.startedAt) }),
  })
  return {
    id,
    connectionId,
    worklogId,
    jiraId,
    personId,
    reason,
    ours: sideOf(conflict.ours),
    theirs: conflict.theirs && sideOf(conflict.theirs),
    createdAt: formatInstant(createdAt),
  }
}
