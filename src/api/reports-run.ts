import { createHash } from 'node:crypto'
import type { FastifyInstance, FastifyReply } from 'fastify'
import { describeDimension, plainDimensions } from '../domain/dimension.ts'
import { DomainError } from '../domain/errors.ts'
import type { Actor } from '../domain/permission.ts'
import { relativePeriods } from '../domain/relative-period.ts'
import { type ReportDefinition, reportLimits, reportMeasures } from '../domain/report.ts'
import { formats } from '../formats/formats.ts'
import { printStyle } from '../formats/html.ts'
import { drillDown, type ReportPlace } from '../reports/drill-down.ts'
import { issueFieldIds, issueFieldTitle } from '../reports/issue-fields.ts'
import { describeMeasure } from '../reports/measures.ts'
import { type ReportTable, toTable } from '../reports/report-table.ts'
import { runReport } from '../reports/run-report.ts'
import { completenessOf } from './completeness.ts'
import {
  DimensionsAnswer,
  DrillDown,
  DrillDownAnswer,
  type DrillDownBody,
  ReportAnswer,
  type ReportDefinitionBody,
  ReportDefinition as ReportDefinitionSchema,
  ReportExportQuery,
  ref,
  reportFormats,
} from './contract.ts'
import { sendFile } from './files.ts'
import { type ApiNeeds, actorOf } from './needs.ts'
import { answer, operation } from './operation.ts'
import { cutPage, limitOf, parseBookmark, renderBookmark } from './paging.ts'
import { renderWorklog } from './render.ts'
import { type ReadyReport, readyReport, toDefinition } from './reports-definition.ts'

type Running = Pick<ApiNeeds, 'store' | 'now' | 'findIssues'>

export function registerReportRuns(scope: FastifyInstance, needs: ApiNeeds): void {
  const { store } = needs
  scope.get(
    '/reports/dimensions',
    {
      config: { access: 'read' },
      schema: operation({
        id: 'listDimensions',
        tag: 'Reports',
        summary: 'What reports can be made of',
        description:
          'Dimensions with the custom fields and the worklog attributes of this site, measures, fields of issues.',
        answers: { 200: answer('All of them', ref(DimensionsAnswer)) },
      }),
    },
    async (request) => {
      const { siteId } = actorOf(request)
      const catalogue = await store.catalogue.listFields(siteId)
      const attributes = await store.attributes.list(siteId)
      const custom = catalogue.filter(({ isCustom }) => isCustom)
      return {
        dimensions: [
          ...plainDimensions.map((name) => ({ name, ...describeDimension(name) })),
          ...custom.map(({ id, name }) => ({ name: `field:${id}`, title: name, kind: 'text' })),
          ...attributes.map(({ key, name }) => ({
            name: `attribute:${key}`,
            title: name,
            kind: 'text',
          })),
        ],
        measures: reportMeasures.map((name) => {
          const { title, type } = describeMeasure(name)
          return { name, title, type }
        }),
        fields: [...issueFieldIds, ...custom.map(({ id }) => id)].map((id) => ({
          id,
          title: issueFieldTitle(id, catalogue),
        })),
        periods: relativePeriods,
      }
    },
  )

  scope.post<{ Body: ReportDefinitionBody }>(
    '/reports/run',
    {
      config: { access: 'read' },
      schema: operation({
        id: 'runReport',
        tag: 'Reports',
        summary: 'Run a report',
        description:
          'Sums of the worklogs you may see, in whole seconds. A list such as labels counts as one value, so that no worklog is counted twice; the total is that of the worklogs, not of the rows.',
        body: ref(ReportDefinitionSchema),
        answers: { 200: answer('The table', ref(ReportAnswer)) },
      }),
    },
    async (request) => answerReport(needs, actorOf(request), toDefinition(request.body)),
  )

  scope.post<{ Body: ReportDefinitionBody; Querystring: ReportExportQuery }>(
    '/reports/export',
    {
      config: { access: 'read' },
      schema: operation({
        id: 'exportReport',
        tag: 'Reports',
        summary: 'Run a report into a file',
        description:
          'Rows without subtotals, the total last; in XLSX as formulas over typed cells.',
        body: ref(ReportDefinitionSchema),
        querystring: ReportExportQuery,
        answers: { 200: { description: 'The file', content: reportFileTypes() } },
      }),
    },
    async (request, reply) =>
      sendReport(needs, actorOf(request), toDefinition(request.body), request.query, reply),
  )

  scope.post<{ Body: DrillDownBody }>(
    '/reports/drill-down',
    {
      config: { access: 'read' },
      schema: operation({
        id: 'drillDown',
        tag: 'Reports',
        summary: 'The worklogs behind a cell',
        description:
          'Name the cell by the keys of its row and the `columnKey` of its column; the first page says how many worklogs and seconds there are, which is what the cell shows.',
        body: ref(DrillDown),
        answers: { 200: answer('A page', ref(DrillDownAnswer)) },
      }),
    },
    async (request) => {
      const { definition, ...place } = request.body
      return answerDrillDown(needs, actorOf(request), toDefinition(definition), place)
    },
  )
}

/** The table with what it leaves out and how fresh it is. */
export async function answerReport(needs: Running, actor: Actor, definition: ReportDefinition) {
  const ready = await readyReport(needs, actor, definition)
  const table = await runReport(needs.store, ready.query, definition, ready.firstWeekday)
  const cells = table.rows.length * table.columns.length
  if (cells > reportLimits.cells)
    throw new DomainError(
      'invalid',
      `The table would have ${cells} cells; narrow it to ${reportLimits.cells}, or export it`,
    )
  return {
    ...renderTable(table),
    period: { from: ready.query.period?.from ?? null, to: ready.query.period?.to ?? null },
    weekStart: ready.firstWeekday,
    completeness: await completenessOf(
      needs,
      actor.siteId,
      await needs.store.worklogs.tally(ready.query),
    ),
  }
}

function renderTable({ columns, rows, total }: ReportTable) {
  return {
    columns: columns.map((column) => ({
      key: column.key,
      title: column.title,
      type: column.type,
      role: column.role,
      ...(column.role === 'dimension' ? { dimension: column.dimension } : {}),
      ...(column.role === 'value' ? { measure: column.measure, columnKey: column.columnKey } : {}),
      isSummed: column.isSummed ?? false,
    })),
    rows,
    total,
  }
}

/** The report as a file in one of the formats. */
export async function sendReport(
  needs: Running,
  actor: Actor,
  definition: ReportDefinition,
  { format, guard }: ReportExportQuery,
  reply: FastifyReply,
  name = 'report',
): Promise<FastifyReply> {
  const { query, firstWeekday } = await readyReport(needs, actor, definition)
  const table = toTable(await runReport(needs.store, query, definition, firstWeekday), name)
  const { contentType, extension, write } = formats[format]
  if (format === 'html') void reply.header('content-security-policy', printPolicy)
  return sendFile(reply, {
    contentType,
    name: `${name}.${extension}`,
    isInline: format === 'html',
    chunks: write(table, { guardFormulas: guard !== 'false' }),
  })
}

const printPolicy = `default-src 'none'; style-src 'sha256-${createHash('sha256')
  .update(printStyle)
  .digest('base64')}'; base-uri 'none'; form-action 'none'; frame-ancestors 'self'`

/** A page of the worklogs that a cell adds up. */
export async function answerDrillDown(
  needs: Running,
  actor: Actor,
  definition: ReportDefinition,
  {
    rowKeys = [],
    columnKey = null,
    ...page
  }: Partial<ReportPlace> & {
    readonly limit?: string
    readonly cursor?: string
  },
) {
  const { query, firstWeekday }: ReadyReport = await readyReport(needs, actor, definition)
  const behind = drillDown(query, definition, { rowKeys, columnKey }, firstWeekday)
  const limit = limitOf(page)
  const after = page.cursor === undefined ? undefined : parseBookmark(page.cursor, 'day')
  const rows = await needs.store.worklogs.find(behind, {
    limit: limit + 1,
    ...(after ? { after } : {}),
  })
  const { page: shown, next } = cutPage(rows, limit, (last) => renderBookmark(last, 'day'))
  const tally = after ? undefined : await needs.store.worklogs.tally(behind)
  const completeness = await completenessOf(needs, behind.siteId, tally)
  return { worklogs: shown.map(renderWorklog), next, completeness }
}

export function reportFileTypes(): Record<string, { schema: { type: 'string' } }> {
  return Object.fromEntries(
    reportFormats.map((name) => [
      formats[name].contentType.split(';', 1)[0],
      { schema: { type: 'string' } },
    ]),
  )
}
