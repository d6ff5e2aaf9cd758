import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { baseUrlOf } from '../../http/context-path.ts'
import { sendPatiently } from '../../http/long-poll.ts'
import { answerErrors } from './errors.ts'
import { identifyApikey } from './identity.ts'
import type { TimeTrackerNeeds } from './needs.ts'
import {
  type Answered,
  answerExportCsv,
  answerExportView,
  answerExportXls,
  answerWorklogs,
} from './routes.ts'

export { exportColumnIds, usualExportColumns } from './columns.ts'
export type { TimeTrackerNeeds, TimeTrackerSettings } from './needs.ts'

/**
 * Time Tracker for Jira Cloud: seed 000. The manual prints the exports below
 * `/atlassian-connect.json` as well, a slip that scripts have copied.
 */
export async function registerTimeTracker(
  server: FastifyInstance,
  needs: TimeTrackerNeeds,
): Promise<void> {
  for (const prefix of ['/api/1', '/atlassian-connect.json'])
    await server.register(
      async (scope) => {
        answerErrors(scope)
        scope.addHook('onRequest', identifyApikey(needs.identity))
        get(scope, needs, '/worklog', answerWorklogs)
        get(scope, needs, '/exportData.csv', answerExportCsv)
        get(scope, needs, '/exportData.xls', answerExportXls)
        get(scope, needs, '/exportView.xls', answerExportView)
      },
      { prefix },
    )
}

type Answering = (
  needs: TimeTrackerNeeds,
  request: FastifyRequest,
  ownUrl: string,
) => Promise<Answered>

function get(
  scope: FastifyInstance,
  needs: TimeTrackerNeeds,
  path: string,
  answering: Answering,
): void {
  scope.route({
    method: 'GET',
    url: path,
    exposeHeadRoute: false,
    config: { access: 'read' },
    handler: async (request: FastifyRequest, reply: FastifyReply) => {
      const { settings, publicUrl } = needs
      const answer = await answering(needs, request, baseUrlOf(request, publicUrl))
      const isForced = settings.allowsForcing && request.headers['x-long-poll'] === 'force'
      const patience = isForced ? { ...settings.patience, afterMs: 0 } : settings.patience
      return sendPatiently(reply, answer, patience)
    },
  })
}
