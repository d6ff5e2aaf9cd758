import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { baseUrlOf } from '../../http/context-path.ts'
import { type SlowAnswer, sendPatiently } from '../../http/long-poll.ts'
import { answerErrors } from './errors.ts'
import { identifyCaller } from './identity.ts'
import type { GadgetNeeds } from './needs.ts'
import { answerRaw, answerTimesheet } from './routes.ts'

export type { GadgetNeeds } from './needs.ts'

/** Never late: clients of this API know no 202. Timers hold no more than 31 bits. */
const endless = { afterMs: 2_147_483_647, everyMs: 2_147_483_647 }

/** Timesheet Reports and Gadgets for Jira Data Center: seed 001. */
export async function registerTimesheetGadget(
  server: FastifyInstance,
  needs: GadgetNeeds,
): Promise<void> {
  for (const version of ['1.0', 'latest'])
    await server.register(
      async (scope) => {
        answerErrors(scope)
        scope.addHook('onRequest', identifyCaller(needs))
        get(scope, needs, '/raw-timesheet.json', (request, url) =>
          answerRaw(needs, request, url, 'json'),
        )
        get(scope, needs, '/raw-timesheet.xml', (request, url) =>
          answerRaw(needs, request, url, 'xml'),
        )
        get(scope, needs, '/timesheet.json', (request, url) => answerTimesheet(needs, request, url))
      },
      { prefix: `/rest/timesheet-gadget/${version}` },
    )
}

function get(
  scope: FastifyInstance,
  { publicUrl }: GadgetNeeds,
  url: string,
  answering: (request: FastifyRequest, ownUrl: string) => Promise<SlowAnswer>,
): void {
  scope.route({
    method: 'GET',
    url,
    exposeHeadRoute: false,
    config: { access: 'read' },
    handler: async (request: FastifyRequest, reply: FastifyReply) =>
      sendPatiently(reply, await answering(request, baseUrlOf(request, publicUrl)), endless),
  })
}
