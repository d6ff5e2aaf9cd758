import type { FastifyInstance } from 'fastify'
import type {
  ReportId,
  ReportLinkId,
  SavedReport as Stored,
  ReportLink as StoredLink,
} from '../domain/report.ts'
import type { Reports } from '../domain/reports.ts'
import { formatInstant, parseInstant } from '../domain/zone.ts'
import { expectedVersion, setVersionTag } from './conditions.ts'
import {
  CreatedReportLink,
  IdParams,
  LinkParams,
  MatchHeaders,
  NewReport,
  type NewReportBody,
  NewReportLink,
  type NewReportLinkBody,
  PageQuery,
  RemovalQuery,
  ReportAnswer,
  ReportChange,
  type ReportChangeBody,
  ReportExportQuery,
  ReportLinksAnswer,
  ref,
  SavedReport,
  SavedReportsAnswer,
} from './contract.ts'
import { type ApiNeeds, actorOf } from './needs.ts'
import { answer, location, nothing, operation, versionTag } from './operation.ts'
import { cutPage, limitOf, parseIdCursor, renderIdCursor } from './paging.ts'
import { momentOrNull } from './render.ts'
import { toDefinition } from './reports-definition.ts'
import { answerReport, registerReportRuns, reportFileTypes, sendReport } from './reports-run.ts'
import { registerSharedReports } from './reports-shared.ts'

/** Needs of the report routes: everything, kept reports included. */
export type ReportNeeds = ApiNeeds & { readonly reports: Reports }

type Id = { Params: { id: ReportId } }

export function registerReports(scope: FastifyInstance, needs: ReportNeeds): void {
  registerReportRuns(scope, needs)
  registerKept(scope, needs)
  registerChanges(scope, needs)
  registerLinks(scope, needs)
  registerSharedReports(scope, needs)
}

function registerKept(scope: FastifyInstance, needs: ReportNeeds): void {
  const { store, reports } = needs
  scope.get<{ Querystring: PageQuery }>(
    '/reports',
    {
      config: { access: 'read' },
      schema: operation({
        id: 'listReports',
        tag: 'Reports',
        summary: 'List kept reports',
        description: 'Your own, and those that others share with the site.',
        querystring: PageQuery,
        answers: { 200: answer('A page', ref(SavedReportsAnswer)) },
      }),
    },
    async (request) => {
      const { siteId, personId } = actorOf(request)
      const limit = limitOf(request.query)
      const after = parseIdCursor<ReportId>(request.query.cursor)
      const rows = await store.reports.list(siteId, { personId, limit: limit + 1, ...after })
      const { page, next } = cutPage(rows, limit, ({ id }) => renderIdCursor(id))
      return { reports: page.map(renderReport), next }
    },
  )

  scope.get<Id>(
    '/reports/:id',
    {
      config: { access: 'read' },
      schema: operation({
        id: 'getReport',
        tag: 'Reports',
        summary: 'One kept report',
        description: 'Its definition; /table runs it.',
        params: IdParams,
        answers: { 200: answer('The report', ref(SavedReport), versionTag) },
      }),
    },
    async (request, reply) => {
      const report = await reports.get(actorOf(request), request.params.id)
      setVersionTag(reply, report)
      return renderReport(report)
    },
  )

  scope.get<Id>(
    '/reports/:id/table',
    {
      config: { access: 'read' },
      schema: operation({
        id: 'runKeptReport',
        tag: 'Reports',
        summary: 'Run a kept report',
        description: 'As you see it, whoever keeps it.',
        params: IdParams,
        answers: { 200: answer('The table', ref(ReportAnswer)) },
      }),
    },
    async (request) => {
      const actor = actorOf(request)
      const { definition } = await reports.get(actor, request.params.id)
      return answerReport(needs, actor, definition)
    },
  )

  scope.get<Id & { Querystring: ReportExportQuery }>(
    '/reports/:id/export',
    {
      config: { access: 'read' },
      schema: operation({
        id: 'exportKeptReport',
        tag: 'Reports',
        summary: 'Run a kept report into a file',
        description: 'As you see it, whoever keeps it.',
        params: IdParams,
        querystring: ReportExportQuery,
        answers: { 200: { description: 'The file', content: reportFileTypes() } },
      }),
    },
    async (request, reply) => {
      const actor = actorOf(request)
      const { definition } = await reports.get(actor, request.params.id)
      return sendReport(needs, actor, definition, request.query, reply)
    },
  )
}

function registerChanges(scope: FastifyInstance, { reports }: ReportNeeds): void {
  scope.post<{ Body: NewReportBody }>(
    '/reports',
    {
      config: { access: 'write' },
      schema: operation({
        id: 'keepReport',
        tag: 'Reports',
        summary: 'Keep a report',
        description: 'It is yours; nobody else sees it unless it is shared.',
        body: ref(NewReport),
        answers: { 201: answer('Kept', ref(SavedReport), { ...versionTag, ...location }) },
      }),
    },
    async (request, reply) => {
      const { name, definition, isShared = false } = request.body
      const wish = { name, isShared, definition: toDefinition(definition) }
      const report = await reports.create(actorOf(request), wish)
      setVersionTag(reply, report)
      void reply.code(201).header('location', `${scope.prefix}/reports/${report.id}`)
      return renderReport(report)
    },
  )

  scope.patch<Id & { Body: ReportChangeBody }>(
    '/reports/:id',
    {
      config: { access: 'write' },
      schema: operation({
        id: 'changeReport',
        tag: 'Reports',
        summary: 'Change a kept report',
        description: 'A definition replaces the one before as a whole.',
        params: IdParams,
        headers: MatchHeaders,
        body: ref(ReportChange),
        answers: { 200: answer('As it is now', ref(SavedReport), versionTag) },
      }),
    },
    async (request, reply) => {
      const { version, definition, ...change } = request.body
      const report = await reports.change(
        actorOf(request),
        request.params.id,
        { ...change, ...(definition ? { definition: toDefinition(definition) } : {}) },
        expectedVersion(request, version),
      )
      setVersionTag(reply, report)
      return renderReport(report)
    },
  )

  scope.delete<Id & { Querystring: { version?: string } }>(
    '/reports/:id',
    {
      config: { access: 'write' },
      schema: operation({
        id: 'removeReport',
        tag: 'Reports',
        summary: 'Remove a kept report',
        description: 'Its links show nothing any more.',
        params: IdParams,
        headers: MatchHeaders,
        querystring: RemovalQuery,
        answers: { 204: nothing('Removed') },
      }),
    },
    async (request, reply) => {
      const { version } = request.query
      const said = version === undefined ? undefined : Number(version)
      await reports.remove(actorOf(request), request.params.id, expectedVersion(request, said))
      return reply.code(204).send()
    },
  )
}

function registerLinks(scope: FastifyInstance, { reports }: ReportNeeds): void {
  scope.get<Id>(
    '/reports/:id/links',
    {
      config: { access: 'read' },
      schema: operation({
        id: 'listReportLinks',
        tag: 'Reports',
        summary: 'Links of a report',
        description: 'Expired and revoked ones too; their secrets are not kept.',
        params: IdParams,
        answers: { 200: answer('All links', ref(ReportLinksAnswer)) },
      }),
    },
    async (request) => ({
      links: (await reports.listLinks(actorOf(request), request.params.id)).map(renderLink),
    }),
  )

  scope.post<Id & { Body: NewReportLinkBody }>(
    '/reports/:id/links',
    {
      config: { access: 'write' },
      schema: operation({
        id: 'createReportLink',
        tag: 'Reports',
        summary: 'Make a link to a report',
        description:
          'Whoever has it sees this report as you see it at that time, without a login, until it expires or is revoked.',
        params: IdParams,
        body: ref(NewReportLink),
        answers: { 201: answer('Made', ref(CreatedReportLink)) },
      }),
    },
    async (request, reply) => {
      const { allows, expiresAt } = request.body
      const wish = { allows, expiresAt: parseInstant(expiresAt, 'expiresAt').instant }
      const made = await reports.createLink(actorOf(request), request.params.id, wish)
      void reply.code(201)
      return {
        link: renderLink(made.link),
        path: `${scope.prefix}/reports/shared/${made.secret}`,
      }
    },
  )

  scope.delete<{ Params: { id: ReportId; linkId: ReportLinkId } }>(
    '/reports/:id/links/:linkId',
    {
      config: { access: 'write' },
      schema: operation({
        id: 'revokeReportLink',
        tag: 'Reports',
        summary: 'Revoke a link',
        description: 'At once, for everybody who has it.',
        params: LinkParams,
        answers: { 204: nothing('Revoked') },
      }),
    },
    async (request, reply) => {
      await reports.revokeLink(actorOf(request), request.params.id, request.params.linkId)
      return reply.code(204).send()
    },
  )
}

/** A kept report as it is answered. */
export function renderReport(report: Stored) {
  return {
    id: report.id,
    ownerId: report.ownerId,
    name: report.name,
    definition: report.definition,
    isShared: report.isShared,
    createdAt: formatInstant(report.createdAt),
    updatedAt: formatInstant(report.updatedAt),
    version: report.version,
  }
}

function renderLink(link: StoredLink) {
  return {
    id: link.id,
    makerId: link.makerId,
    allows: link.allows,
    createdAt: formatInstant(link.createdAt),
    expiresAt: formatInstant(link.expiresAt),
    revokedAt: momentOrNull(link.revokedAt),
  }
}
