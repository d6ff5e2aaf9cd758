import type { FastifyRequest } from 'fastify'
import { invalidField } from '../../domain/errors.ts'
import { localIn } from '../../domain/zone.ts'
import type { SlowAnswer } from '../../http/long-poll.ts'
import { readEntries } from '../../reports/issue-entries.ts'
import { exportColumns } from './columns.ts'
import { renderCsv } from './csv.ts'
import { renderDataXls } from './data-xls.ts'
import { findSurroundings } from './entries.ts'
import { actorOf } from './identity.ts'
import type { TimeTrackerNeeds } from './needs.ts'
import { readParams } from './params.ts'
import { exportPeriod, requiredPeriod, weekStart } from './period.ts'
import { selectWorklogs } from './selection.ts'
import { renderTimeTracking, renderTimeTrackingXls } from './time-tracking.ts'
import { renderView, shownIssues } from './view.ts'
import { renderWorklogJson } from './worklog-json.ts'

export type Answered = SlowAnswer

const reports = ['Timesheet', 'TimeTracking', 'IssueWorkedTimeByUser'] as const

/** `/worklog`: issues with their matching worklogs, as JSON. */
export async function answerWorklogs(
  needs: TimeTrackerNeeds,
  request: FastifyRequest,
  ownUrl: string,
): Promise<Answered> {
  const actor = actorOf(request)
  const params = readParams(request.query)
  const query = await selectWorklogs(needs, actor, params, requiredPeriod(params))
  const around = await findSurroundings(needs, actor, ownUrl)
  const moreFields = params.list('moreFields')
  return {
    headers: { 'content-type': 'application/json;charset=utf-8' },
    body: (signal) =>
      renderWorklogJson(
        readEntries(needs.store, query, signal, { order: 'started' }),
        moreFields,
        around,
      ),
  }
}

/** `/exportData.csv`: a line per worklog, or per issue in the TimeTracking report. */
export async function answerExportCsv(
  needs: TimeTrackerNeeds,
  request: FastifyRequest,
  ownUrl: string,
): Promise<Answered> {
  const { query, params, around, report } = await readExport(needs, request, ownUrl)
  const { exportColumns: chosen, guardsFormulas } = needs.settings
  const columns = exportColumns(chosen, params.list('moreFields'), around)
  const options = shownIssues(params)
  return {
    headers: fileHeaders('exportData.csv'),
    body: (signal) => {
      const entries = readEntries(needs.store, query, signal, options)
      return report === 'TimeTracking'
        ? renderTimeTracking(entries, around)
        : renderCsv(columns, entries, guardsFormulas, around)
    },
  }
}

/** `/exportData.xls`: the same rows as a table. */
export async function answerExportXls(
  needs: TimeTrackerNeeds,
  request: FastifyRequest,
  ownUrl: string,
): Promise<Answered> {
  const { query, params, around, report } = await readExport(needs, request, ownUrl)
  const columns = exportColumns(needs.settings.exportColumns, params.list('moreFields'), around)
  const options = shownIssues(params)
  return {
    headers: fileHeaders('exportData.xls'),
    body: (signal) => {
      const entries = readEntries(needs.store, query, signal, options)
      return report === 'TimeTracking'
        ? renderTimeTrackingXls(entries, around, false)
        : renderDataXls(columns, entries, around)
    },
  }
}

/** `/exportView.xls`: the report as it is seen. */
export async function answerExportView(
  needs: TimeTrackerNeeds,
  request: FastifyRequest,
  ownUrl: string,
): Promise<Answered> {
  const read = await readExport(needs, request, ownUrl)
  const { query, params, around, report, period, firstWeekday } = read
  const options = shownIssues(params)
  const moreFields = params.list('moreFields')
  const byUser = report === 'IssueWorkedTimeByUser'
  return {
    headers: fileHeaders('exportView.xls'),
    body: (signal) =>
      report === 'TimeTracking'
        ? renderTimeTrackingXls(readEntries(needs.store, query, signal, options), around, true)
        : renderView(
            needs,
            { query, period, firstWeekday, params, moreFields, byUser, around, ownUrl },
            signal,
          ),
  }
}

async function readExport(needs: TimeTrackerNeeds, request: FastifyRequest, ownUrl: string) {
  const actor = actorOf(request)
  const params = readParams(request.query)
  const around = await findSurroundings(needs, actor, ownUrl)
  const today = localIn(around.zone, needs.now()).day
  const firstWeekday = weekStart(params, today, around.site.firstWeekday)
  const period = exportPeriod(params, today, firstWeekday)
  const query = await selectWorklogs(needs, actor, params, period)
  const asked = params.first('pivotTableType') ?? 'Timesheet'
  const report = reports.find((one) => one === asked)
  if (!report) throw invalidField('pivotTableType', `"${asked}" is none of ${reports.join(', ')}`)
  return { query, params, around, report, period, firstWeekday }
}

function fileHeaders(name: string): Readonly<Record<string, string>> {
  // text/csv would be saner, but this is what the original declares for both (contract 5).
  return {
    'content-type': 'application/vnd.ms-excel;charset=utf-8',
    'content-disposition': `attachment; filename="${name}"`,
  }
}
