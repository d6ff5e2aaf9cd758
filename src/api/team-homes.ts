import type { FastifyInstance } from 'fastify'
import { can } from '../domain/permission.ts'
import type { ReportId } from '../domain/report.ts'
import type { TeamId } from '../domain/team.ts'
import type { PinnedReport as Pinned, PinShape } from '../domain/team-home.ts'
import { formatInstant } from '../domain/zone.ts'
import { IdParams, NewPin, PinParams, ReportAnswer, ref, TeamHome } from './contract.ts'
import { type ApiNeeds, actorOf } from './needs.ts'
import { answer, nothing, operation } from './operation.ts'
import { renderReport } from './reports.ts'
import { answerReport } from './reports-run.ts'

type OnTeam = { Params: { id: TeamId } }
type OnPin = { Params: { id: TeamId; reportId: ReportId } }

const tag = 'Teams'

/** Homes of teams: the kept reports their people find there. */
export function registerTeamHomes(scope: FastifyInstance, needs: ApiNeeds): void {
  const { teamHomes } = needs
  scope.get<OnTeam>(
    '/teams/:id/reports',
    {
      config: { access: 'read' },
      schema: operation({
        id: 'getTeamHome',
        tag,
        summary: 'The home of a team',
        description: 'At most 12 reports. For its people, its leads, and those who see all.',
        params: IdParams,
        answers: { 200: answer('Its pinned reports', ref(TeamHome)) },
      }),
    },
    async (request) => {
      const actor = actorOf(request)
      const { team, pinned } = await teamHomes.get(actor, request.params.id)
      return {
        id: team.id,
        name: team.name,
        summary: team.summary,
        mayChange: can(actor, 'change', { type: 'team', team }),
        reports: pinned.map(renderPin),
      }
    },
  )

  scope.get<OnPin>(
    '/teams/:id/reports/:reportId/table',
    {
      config: { access: 'read' },
      schema: operation({
        id: 'runPinnedReport',
        tag,
        summary: 'Run a pinned report',
        description: 'As you see it, whoever keeps it.',
        params: PinParams,
        answers: { 200: answer('The table', ref(ReportAnswer)) },
      }),
    },
    async (request) => {
      const actor = actorOf(request)
      const { id, reportId } = request.params
      const { report } = await teamHomes.find(actor, id, reportId)
      // A home shows the outer groups, which a script's report may not have asked for.
      const hasSubtotals = report.definition.rows.length > 1
      return answerReport(needs, actor, { ...report.definition, hasSubtotals })
    },
  )

  scope.put<OnPin & { Body: { shownAs?: PinShape } }>(
    '/teams/:id/reports/:reportId',
    {
      config: { access: 'write' },
      schema: operation({
        id: 'pinReport',
        tag,
        summary: 'Pin a report to the home of a team',
        description:
          'By whoever may change the team. Your own report shows itself to the people of the team, with the figures each may see; one of somebody else is shown while it is shared.',
        params: PinParams,
        body: ref(NewPin),
        answers: { 204: nothing('Pinned') },
      }),
    },
    async (request, reply) => {
      const { id, reportId } = request.params
      await teamHomes.pin(actorOf(request), id, reportId, request.body.shownAs ?? 'table')
      return reply.code(204).send()
    },
  )

  scope.delete<OnPin>(
    '/teams/:id/reports/:reportId',
    {
      config: { access: 'write' },
      schema: operation({
        id: 'unpinReport',
        tag,
        summary: 'Unpin a report',
        description: 'It is kept all the same. Does nothing where it is not pinned.',
        params: PinParams,
        answers: { 204: nothing('No longer pinned') },
      }),
    },
    async (request, reply) => {
      const { id, reportId } = request.params
      await teamHomes.unpin(actorOf(request), id, reportId)
      return reply.code(204).send()
    },
  )
}

function renderPin({ report, shownAs, pinnedById, pinnedAt }: Pinned) {
  return {
    report: renderReport(report),
    shownAs,
    pinnedById,
    pinnedAt: formatInstant(pinnedAt),
  }
}
