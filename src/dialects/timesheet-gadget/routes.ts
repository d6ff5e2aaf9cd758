import type { FastifyRequest } from 'fastify'
import { addDays } from '../../domain/day.ts'
import type { SlowAnswer } from '../../http/long-poll.ts'
import { readEntries } from '../../reports/issue-entries.ts'
import { findCaller, startOf } from './caller.ts'
import { renderGrid } from './grid.ts'
import { actorOf } from './identity.ts'
import type { GadgetNeeds } from './needs.ts'
import { readParams } from './params.ts'
import { givenPeriod, lastWeek, windowPeriod } from './period.ts'
import { readRaw, renderRawJson } from './raw.ts'
import { renderRawXml } from './raw-xml.ts'
import { selectWorklogs } from './selection.ts'
import { excelEnd, excelStart, renderCsv, renderExcel } from './sheet.ts'

const json = { 'content-type': 'application/json;charset=UTF-8' }
const xml = { 'content-type': 'application/xml;charset=UTF-8' }
const csv = {
  'content-type': 'text/csv;charset=UTF-8',
  'content-disposition': 'attachment; filename="timesheet.csv"',
}
const excel = {
  'content-type': 'application/vnd.ms-excel;charset=UTF-8',
  'content-disposition': 'attachment; filename="timesheet.xls"',
}

/** raw-timesheet.json and .xml: worklogs by issue (contract 2). */
export async function answerRaw(
  needs: GadgetNeeds,
  request: FastifyRequest,
  ownUrl: string,
  form: 'json' | 'xml',
): Promise<SlowAnswer> {
  const actor = actorOf(request)
  const params = readParams(request.query)
  const caller = await findCaller(needs, actor, ownUrl)
  const period = givenPeriod(params, caller.today, caller.locale) ?? lastWeek(caller.today)
  const query = await selectWorklogs(needs, actor, params, period)
  const moreFields = params.list('moreFields')
  const asXml = form === 'xml' || prefersXml(request)
  return {
    headers: asXml ? xml : json,
    body: (signal) => {
      const entries = readEntries(needs.store, query, signal, { order: 'started' })
      const issues = readRaw(needs, query.siteId, entries, moreFields, caller)
      return asXml ? renderRawXml(issues, period, caller) : renderRawJson(issues, period, caller)
    },
  }
}

/** timesheet.json: the gadget's table, or its exports (contract 3, 4). */
export async function answerTimesheet(
  needs: GadgetNeeds,
  request: FastifyRequest,
  ownUrl: string,
): Promise<SlowAnswer> {
  const actor = actorOf(request)
  const params = readParams(request.query)
  const caller = await findCaller(needs, actor, ownUrl)
  const { today, locale, site } = caller
  const period =
    givenPeriod(params, today, locale) ?? windowPeriod(params, today, site.firstWeekday)
  const query = await selectWorklogs(needs, actor, params, period)
  const moreFields = params.list('moreFields')
  const underParent = params.flag('sumSubTasks', false)
  const entries = (signal: AbortSignal) =>
    readEntries(needs.store, query, signal, { order: 'started', underParent })
  if (params.flag('csvExport', false))
    return { headers: csv, body: (signal) => renderCsv(entries(signal), moreFields, caller) }
  const wish = { query, period, params, caller }
  if (params.flag('htmlExport', false)) {
    const isRaw = params.flag('showDetails', true)
    return {
      headers: excel,
      body: (signal) =>
        isRaw
          ? renderExcel(entries(signal), moreFields, caller)
          : once(async () => {
              const { html } = await renderGrid(needs, wish, signal)
              return `${excelStart}${html}\n${excelEnd}`
            }),
    }
  }
  return {
    headers: json,
    body: (signal) =>
      once(async () => {
        const { html, page, pages } = await renderGrid(needs, wish, signal)
        const [startDate, endDate] = [period.from, addDays(period.to, 1)].map((day) =>
          startOf(day, caller),
        )
        return JSON.stringify({ html, startDate, endDate, page, pages })
      }),
  }
}

async function* once(make: () => Promise<string>): AsyncGenerator<string> {
  yield await make()
}

/** Only who names XML gets it from the JSON address; a suffix wins over the header. */
function prefersXml({ headers }: FastifyRequest): boolean {
  const accept = headers.accept ?? ''
  return /\bapplication\/xml\b/.test(accept) && !/\bjson\b/.test(accept)
}
