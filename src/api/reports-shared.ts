import type { FastifyInstance } from 'fastify'
import { DomainError } from '../domain/errors.ts'
import type { Actor } from '../domain/permission.ts'
import type { ReportLink, SavedReport } from '../domain/report.ts'
import { actorFor } from '../http/identity.ts'
import {
  DrillDownAnswer,
  ReportAnswer,
  ReportExportQuery,
  ref,
  SharedDrillDown,
  type SharedDrillDownBody,
  SharedParams,
} from './contract.ts'
import { answer, operation } from './operation.ts'
import type { ReportNeeds } from './reports.ts'
import { answerDrillDown, answerReport, reportFileTypes, sendReport } from './reports-run.ts'

type Shared = { Params: { secret: string } }

/** Reports for whoever has a link: the secret stands in the address, so nothing here is logged. */
export function registerSharedReports(scope: FastifyInstance, needs: ReportNeeds): void {
  const open = (secret: string) => openLink(needs, secret)
  const route = { config: { access: 'address' as const }, logLevel: 'silent' as const }

  scope.get<Shared>(
    '/reports/shared/:secret',
    {
      ...route,
      schema: operation({
        id: 'showSharedReport',
        tag: 'Reports',
        summary: 'The report behind a link',
        description: 'As its maker sees it; needs no token.',
        security: [],
        params: SharedParams,
        answers: { 200: answer('The table', ref(ReportAnswer)) },
      }),
    },
    async (request, reply) => {
      const { actor, report } = await open(request.params.secret)
      void reply.header('cache-control', 'no-store').header('referrer-policy', 'no-referrer')
      return answerReport(needs, actor, report.definition)
    },
  )

  scope.get<Shared & { Querystring: ReportExportQuery }>(
    '/reports/shared/:secret/export',
    {
      ...route,
      schema: operation({
        id: 'exportSharedReport',
        tag: 'Reports',
        summary: 'The report behind a link as a file',
        description: 'As its maker sees it; needs no token.',
        security: [],
        params: SharedParams,
        querystring: ReportExportQuery,
        answers: { 200: { description: 'The file', content: reportFileTypes() } },
      }),
    },
    async (request, reply) => {
      const { actor, report } = await open(request.params.secret)
      void reply.header('cache-control', 'no-store').header('referrer-policy', 'no-referrer')
      return sendReport(needs, actor, report.definition, request.query, reply)
    },
  )

  scope.post<Shared & { Body: SharedDrillDownBody }>(
    '/reports/shared/:secret/drill-down',
    {
      ...route,
      schema: operation({
        id: 'drillDownShared',
        tag: 'Reports',
        summary: 'The worklogs behind a cell of a shared report',
        description: 'Only where the link allows worklogs; needs no token.',
        security: [],
        params: SharedParams,
        body: ref(SharedDrillDown),
        answers: { 200: answer('A page', ref(DrillDownAnswer)) },
      }),
    },
    async (request, reply) => {
      const { actor, report, link } = await open(request.params.secret)
      if (link.allows !== 'worklogs')
        throw new DomainError('forbidden', 'This link shows the sums alone')
      void reply.header('cache-control', 'no-store')
      return answerDrillDown(needs, actor, report.definition, request.body)
    },
  )
}

/** The report, seen with the eyes its maker has today. */
async function openLink(
  { reports, store, now }: ReportNeeds,
  secret: string,
): Promise<{ actor: Actor; report: SavedReport; link: ReportLink }> {
  const { link, report } = await reports.open(secret)
  const { siteId, makerId } = link
  const way = { siteId, personId: makerId, scopes: ['read' as const], via: `link ${link.id}` }
  return { actor: await actorFor(store, way, now()), report, link }
}
