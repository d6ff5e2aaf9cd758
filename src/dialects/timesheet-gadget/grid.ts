import { addDays, type Day, isoWeek, type Period, type Weekday, weekday } from '../../domain/day.ts'
import { describeDimension, parseDimension, type WorklogDimension } from '../../domain/dimension.ts'
import { DomainError, invalidField } from '../../domain/errors.ts'
import { plainDefinition } from '../../domain/report.ts'
import { spansOf } from '../../domain/time-spans.ts'
import type { WorklogQuery, WorklogView } from '../../domain/worklog.ts'
import { toHtml } from '../../formats/html-text.ts'
import { drillDown } from '../../reports/drill-down.ts'
import { readEntries } from '../../reports/issue-entries.ts'
import type { IssueInfo } from '../../reports/issue-fields.ts'
import { reportTable } from '../../reports/report-table.ts'
import type { Caller } from './caller.ts'
import { fieldLabel } from './field-label.ts'
import type { GadgetNeeds } from './needs.ts'
import type { Params } from './params.ts'
import { htmlOf, type IssueRow, isPaged, pageOf, pageRows, rowOrder } from './row-order.ts'

/** A table that is answered as one text holds no more worklogs than this. */
const mostWorklogs = 50_000
const mostColumns = 500

const days = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun']
const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']

/** What this API calls our dimensions; ids of custom fields are taken as they are. */
const groupings: ReadonlyMap<string, WorklogDimension> = new Map(
  Object.entries<WorklogDimension>({
    workeduser: 'person',
    role: 'teamRole',
    project: 'project',
    issuetype: 'issueType',
    status: 'status',
    priority: 'priority',
    resolution: 'resolution',
    assignee: 'assignee',
    reporter: 'reporter',
    creator: 'creator',
    labels: 'label',
    components: 'component',
    fixversions: 'fixVersion',
    versions: 'affectedVersion',
    parent: 'parent',
  }),
)

export type GridWish = {
  readonly query: WorklogQuery
  readonly period: Period
  readonly params: Params
  readonly caller: Caller
}

type Unit = 'day' | 'week' | 'month'
type Column = { readonly key: string; readonly head: string; readonly style: string }

type Grid = {
  readonly columns: readonly Column[]
  readonly keyOf: (day: Day) => string
  readonly isDetailed: boolean
  readonly moreFields: readonly string[]
  readonly caller: Caller
  readonly baseUrl: string | undefined
}

/** The table, and which page of how many it is. */
export type GridAnswer = { readonly html: string; readonly page: number; readonly pages: number }

/** The gadget's table (contract 4.2): a row per issue, its worklogs below, one footer in the same body. */
export async function renderGrid(
  needs: GadgetNeeds,
  { query, period, params, caller }: GridWish,
  signal: AbortSignal,
): Promise<GridAnswer> {
  const { count } = await needs.store.worklogs.tally(query)
  if (count > mostWorklogs)
    throw new DomainError('invalid', `The table would hold ${count} worklogs; shorten the period`)
  const grid = makeGrid(params, period, caller)
  const underParent = params.flag('sumSubTasks', false)
  const withEmpty = params.flag('showEmptyRows', false)
  const order = rowOrder(params)
  const group = params.first('groupByField')
  const total = new Map<string, number>()
  const issueRows = async (asked: WorklogQuery, sums: Map<string, number>, isWhole: boolean) => {
    const rows: IssueRow[] = []
    let open: { sums: Map<string, number>; details: string } | undefined
    const options = { order: 'started', underParent, withEmpty: isWhole && withEmpty } as const
    for await (const batch of readEntries(needs.store, asked, signal, options))
      for (const { info, worklogs, isLast } of batch) {
        open ??= { sums: new Map(), details: '' }
        for (const worklog of worklogs) {
          for (const where of [open.sums, sums]) add(where, grid.keyOf(worklog.day), worklog)
          if (grid.isDetailed) open.details += detailRow(grid, worklog)
        }
        if (!isLast) continue
        const html = row(issueCells(grid, info), sumCells(grid, open.sums)) + open.details
        rows.push({ info, seconds: totalOf(open.sums), html })
        if (rows.length > mostWorklogs)
          throw new DomainError(
            'invalid',
            'The table would hold too many issues; narrow the filter',
          )
        open = undefined
      }
    return order(rows)
  }
  let body = ''
  let pages = 1
  let page = 1
  if (group === undefined) {
    const rows = await issueRows(query, total, true)
    ;({ page, pages } = pageOf(params, rows.length))
    body = htmlOf(isPaged(params) ? rows.slice((page - 1) * pageRows, page * pageRows) : rows)
  } else
    for (const { label, asked } of await groupsOf(needs, query, groupingOf(group))) {
      const sums = new Map<string, number>()
      const rows = await issueRows(asked, sums, false)
      const blanks = grid.moreFields.map(() => '<td></td>')
      body += row(
        [`<td class="nav border groupRow">${toHtml(label)}</td>`, ...blanks],
        sumCells(grid, sums),
      )
      body += htmlOf(rows)
      for (const [key, seconds] of sums) total.set(key, (total.get(key) ?? 0) + seconds)
    }
  const heads = [
    '',
    ...grid.moreFields.map(() => ''),
    ...grid.columns.map(({ head }) => head),
    'Total',
  ]
  const head = heads.map((one) => `<th>${one}</th>`).join('')
  const html = `<table id="issuetable"><thead><tr class="rowHeader">${head}</tr></thead><tbody>${body}${footer(grid, total)}</tbody></table>`
  return { html, page, pages }
}

function makeGrid(params: Params, period: Period, caller: Caller): Grid {
  const unit = unitOf(params)
  const firstWeekday: Weekday = caller.site.firstWeekday
  const showsWeekends = params.flag('weekends', true)
  const shown = spansOf(unit, period, firstWeekday, mostColumns).filter(
    (day) => unit !== 'day' || showsWeekends || weekday(day) < 6,
  )
  if (shown.length > mostColumns)
    throw new DomainError('invalid', 'The table would have too many columns; shorten the period')
  return {
    columns: shown.map((day) => ({
      key: day,
      head: headOf(unit, day),
      style: unit === 'day' && weekday(day) > 5 ? ' weekend nonbusinessday' : '',
    })),
    keyOf: (day) => spansOf(unit, { from: day, to: day }, firstWeekday, 1)[0]!,
    isDetailed: params.flag('showDetails', true),
    moreFields: params.list('moreFields'),
    caller,
    baseUrl: params.first('baseUrl')?.replace(/\/+$/, ''),
  }
}

function unitOf(params: Params): Unit {
  const unit = params.first('sum') ?? (params.flag('monthView', false) ? 'week' : 'day')
  if (unit === 'day' || unit === 'week' || unit === 'month') return unit
  throw invalidField('sum', 'must be day, week or month')
}

/** Two lines: `Mon` and `04/Mar`. */
function headOf(unit: Unit, day: Day): string {
  const month = months[Number(day.slice(5, 7)) - 1]!
  if (unit === 'month') return `${month}<br/>${day.slice(0, 4)}`
  if (unit === 'week') return `W${isoWeek(addDays(day, 3)).week}<br/>${day.slice(8)}/${month}`
  return `${days[weekday(day) - 1]}<br/>${day.slice(8)}/${month}`
}

function groupingOf(id: string): WorklogDimension {
  const known = groupings.get(id.toLowerCase())
  if (known) return known
  if (id.startsWith('customfield_')) return parseDimension(`field:${id}`, 'groupByField')
  throw invalidField('groupByField', `"${id}" is not known`)
}

/** Groups in the order of their labels, each as a query of its worklogs. */
async function groupsOf(needs: GadgetNeeds, query: WorklogQuery, dimension: WorklogDimension) {
  const shape = { rows: [dimension], columns: null }
  const sums = await needs.store.worklogs.sum(query, [dimension], mostWorklogs)
  const table = reportTable({ ...plainDefinition, ...shape, firstWeekday: 1 }, { sums })
  const isProject = describeDimension(dimension).kind === 'project'
  return table.rows.map(({ keys, cells, hints }) => ({
    label: String((isProject ? hints[0] : undefined) ?? cells[0] ?? ''),
    asked: drillDown(query, shape, { rowKeys: keys }, 1),
  }))
}

function add(sums: Map<string, number>, key: string, { timeSpentSeconds }: WorklogView): void {
  sums.set(key, (sums.get(key) ?? 0) + timeSpentSeconds)
}

function issueCells({ moreFields, caller, baseUrl }: Grid, info: IssueInfo): string[] {
  const { issue } = info
  const jira =
    baseUrl !== undefined && /^https?:\/\//.test(baseUrl)
      ? baseUrl
      : caller.jiraUrlOf(issue.connectionId)
  const link = `<a href="${toHtml(`${jira}/browse/${issue.key}`)}" title="${toHtml(issue.summary)}">${toHtml(issue.key)}</a>`
  return [
    `<td>${link}</td>`,
    ...moreFields.map((id) => `<td>${toHtml(fieldLabel(id, info, caller.zone))}</td>`),
  ]
}

function detailRow(grid: Grid, worklog: WorklogView): string {
  const blanks = grid.moreFields.map(() => '<td>&nbsp;</td>')
  const one = new Map([[grid.keyOf(worklog.day), worklog.timeSpentSeconds]])
  const comment = worklog.comment === '' ? '&nbsp;' : toHtml(worklog.comment)
  return row(
    [`<td class="nav border workedDescription">${comment}</td>`, ...blanks],
    sumCells(grid, one),
  )
}

/** One trailing unit letter, which clients slice off; an empty cell still has a text node. */
function sumCells({ columns, caller }: Grid, sums: ReadonlyMap<string, number>): string[] {
  const cells = columns.map(({ key, style }) => {
    const seconds = sums.get(key)
    return `<td class="nav border workedDay${style}">${seconds === undefined ? '&nbsp;' : caller.timeText(seconds)}</td>`
  })
  return [...cells, `<td><b>${caller.timeText(totalOf(sums))}</b></td>`]
}

function footer({ columns, moreFields, caller }: Grid, sums: ReadonlyMap<string, number>): string {
  const cells = [
    '<td>Total</td>',
    ...moreFields.map(() => '<td></td>'),
    ...columns.map(
      ({ key }) => `<td class="workedDay"><b>${caller.timeText(sums.get(key) ?? 0)}</b></td>`,
    ),
    `<td><b>${caller.timeText(totalOf(sums))}</b></td>`,
  ]
  return `<tr class="rowFooter">${cells.join('')}</tr>`
}

function totalOf(sums: ReadonlyMap<string, number>): number {
  let total = 0
  for (const seconds of sums.values()) total += seconds
  return total
}

function row(labels: readonly string[], values: readonly string[]): string {
  return `<tr>${labels.join('')}${values.join('')}</tr>`
}
