import type { FastifyInstance } from 'fastify'
import { type Drift, type DriftKey, driftId } from '../domain/lock.ts'
import { formatInstant } from '../domain/zone.ts'
import { DriftParams, DriftSettling, DriftsAnswer, ref } from './contract.ts'
import { type ApiNeeds, actorOf } from './needs.ts'
import { answer, nothing, operation } from './operation.ts'

const mostDrifts = 1_000

export function registerDrifts(scope: FastifyInstance, { calendar }: ApiNeeds): void {
  scope.get(
    '/drifts',
    {
      config: { access: 'read' },
      schema: operation({
        id: 'listDrifts',
        tag: 'Closing',
        summary: 'What Jira changed of locked days',
        description: `The locked numbers stand until the days are opened again, or the drift is dismissed. Yours and of those whose time you may approve; at most ${mostDrifts}.`,
        answers: { 200: answer('What is not settled yet', ref(DriftsAnswer)) },
      }),
    },
    async (request) => {
      const drifts = await calendar.drifts.list(actorOf(request), mostDrifts)
      return { drifts: drifts.map(renderDrift) }
    },
  )

  scope.post<{ Params: { id: string }; Body: { comment: string } }>(
    '/drifts/:id/dismiss',
    {
      config: { access: 'write' },
      schema: operation({
        id: 'dismissDrift',
        tag: 'Closing',
        summary: 'Let the locked numbers stand',
        description: 'Whoever wants the other numbers books a correction in open days.',
        params: DriftParams,
        body: ref(DriftSettling),
        answers: { 204: nothing('Settled') },
      }),
    },
    async (request, reply) => {
      const { comment } = request.body
      await calendar.drifts.dismiss(actorOf(request), parseKey(request.params.id), comment)
      return reply.code(204).send()
    },
  )
}

function parseKey(id: string): DriftKey {
  const [connectionId = '', jiraId = '', copy = ''] = id.split('-')
  return { connectionId: Number(connectionId), jiraId, copy: Number(copy) }
}

function renderDrift(drift: Drift) {
  const { incoming } = drift
  return {
    id: driftId(drift),
    worklogId: drift.worklogId,
    personId: drift.personId,
    day: drift.day,
    seenAt: formatInstant(drift.seenAt),
    incoming: incoming && {
      day: incoming.day,
      timeSpentSeconds: incoming.timeSpentSeconds,
      comment: incoming.comment,
    },
  }
}
