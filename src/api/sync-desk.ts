import type { FastifyInstance } from 'fastify'
import type { SyncDesk } from '../domain/sync-state.ts'
import { formatInstant } from '../domain/zone.ts'
import { ConnectionParams, DryRunAnswer, SyncStart } from './contract.ts'
import { actorOf } from './needs.ts'
import { answer, nothing, operation } from './operation.ts'

/** Reading a connection by hand, and looking at what a reading would do. */
export function registerSyncDesk(scope: FastifyInstance, desk: SyncDesk): void {
  scope.post<{ Params: { name: string }; Body: { isFull?: boolean } }>(
    '/connections/:name/sync',
    {
      config: { access: 'admin' },
      schema: operation({
        id: 'startSync',
        tag: 'Connections',
        summary: 'Begin to read a Jira now',
        description:
          'Answers at once; `listConnections` tells how far it has come. 409 while it is being read. Lets a stopped connection go on.',
        params: ConnectionParams,
        body: SyncStart,
        answers: { 202: nothing('It begins') },
      }),
    },
    async (request, reply) => {
      await desk.start(actorOf(request), request.params.name, request.body.isFull ?? false)
      return reply.code(202).send()
    },
  )

  scope.post<{ Params: { name: string } }>(
    '/connections/:name/dry-run',
    {
      config: { access: 'admin' },
      schema: operation({
        id: 'dryRunSync',
        tag: 'Connections',
        summary: 'What the next reading would do',
        description: 'Asks the Jira for a page of each feed, compares, and writes nothing.',
        params: ConnectionParams,
        answers: { 200: answer('What it would do', DryRunAnswer) },
      }),
    },
    async (request) => {
      const { samples, ...others } = await desk.dryRun(actorOf(request), request.params.name)
      return {
        ...others,
        samples: samples.map((one) => ({ ...one, startedAt: formatInstant(one.startedAt) })),
      }
    },
  )
}
