import type { IssueInfo } from '../../reports/issue-fields.ts'
import { fieldLabel } from './field-label.ts'
import type { Params } from './params.ts'

/** A row of the gadget's table with the rows of its worklogs, and what it can be sorted by. */
export type IssueRow = { readonly info: IssueInfo; readonly seconds: number; readonly html: string }

/** Issues on a page of the table; who names no page gets all of them. */
export const pageRows = 50

const { compare } = new Intl.Collator('en', { numeric: true })

/**
 * `sortBy` and `sortDir` (contract 3): a field of issues, or the total of the row. Which ids the
 * original knew is not told, so one that is none of ours leaves the order of the keys.
 */
export function rowOrder(params: Params): (rows: readonly IssueRow[]) => readonly IssueRow[] {
  const by = params.first('sortBy')?.toLowerCase() ?? 'key'
  const isDown = params.first('sortDir')?.toUpperCase() === 'DESC'
  const order = orders[by] ?? (by.startsWith('customfield_') ? byField(by) : undefined)
  const sign = isDown ? -1 : 1
  // Rows come by key, and sorting keeps that order among equals.
  if (order) return (rows) => [...rows].sort((a, b) => sign * order(a, b))
  return (rows) => (isDown ? [...rows].reverse() : rows)
}

const byField =
  (id: string) =>
  (a: IssueRow, b: IssueRow): number =>
    compare(fieldLabel(id, a.info, 'UTC'), fieldLabel(id, b.info, 'UTC'))

const byTotal = (a: IssueRow, b: IssueRow): number => a.seconds - b.seconds
const bySummary = (a: IssueRow, b: IssueRow): number =>
  compare(a.info.issue.summary, b.info.issue.summary)

const orders: Readonly<Record<string, (a: IssueRow, b: IssueRow) => number>> = {
  summary: bySummary,
  title: bySummary,
  total: byTotal,
  timespent: byTotal,
  ...Object.fromEntries(
    ['project', 'issuetype', 'priority', 'status', 'assignee', 'reporter', 'creator'].map((id) => [
      id,
      byField(id),
    ]),
  ),
  type: byField('issuetype'),
}

/** Whether the caller asks for a page at all. */
export function isPaged(params: Params): boolean {
  return params.first('page') !== undefined
}

/** The page asked for, one that exists; without one, everything is one page. */
export function pageOf(params: Params, rows: number): { page: number; pages: number } {
  const pages = isPaged(params) ? Math.max(1, Math.ceil(rows / pageRows)) : 1
  return { page: Math.min(params.whole('page', 1, 1, 100_000), pages), pages }
}

/** Rows one below the other. */
export function htmlOf(rows: readonly IssueRow[]): string {
  return rows.map(({ html }) => html).join('')
}
