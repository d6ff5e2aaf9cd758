import { type Day, isDay } from '../time/days.ts'
import type { ReportBody } from './reports-query.ts'

/** One bar segment: what it adds up, and where its worklogs are. */
export type Segment = { readonly value: number; readonly columnKey: string | null }

/** One colour of a chart: an outermost row of the report, or what is left of them together. */
export type Series = {
  /** Undefined for the rest together. */
  readonly key: string | undefined
  readonly label: string
  readonly segments: readonly Segment[]
  readonly total: number
}

export type ChartModel = {
  readonly categories: readonly { readonly key: string; readonly label: string }[]
  readonly series: readonly Series[]
}

/** Colours that one tells apart; what comes after them is shown together. */
export const mostSeries = 9

type Labels = {
  readonly row: (key: string, label: string) => string
  readonly column: (key: string, title: string) => string
  readonly rest: string
}

/**
 * Bars of a report: its columns side by side, its outermost rows stacked, the largest first. A
 * report without columns has one bar a row. Only the first measure is drawn.
 */
export function chartOf(report: ReportBody, labels: Labels): ChartModel {
  const dimensions = report.columns.filter(({ role }) => role === 'dimension').length
  const outer = dimensions === 0 ? [] : report.rows.filter(({ keys }) => keys.length === 1)
  const [first] = report.columns.filter(({ role }) => role === 'value')
  const drawn = report.columns
    .map((column, at) => ({ column, at }))
    .filter(({ column }) => column.role === 'value' && column.measure === first?.measure)
  const across = drawn.filter(({ column }) => column.columnKey != null)
  const used = across.length > 0 ? across : drawn.slice(0, 1)
  const rows = (dimensions === 0 ? [{ keys: [''], cells: report.total }] : outer).map(
    ({ keys, cells }) => {
      const segments = used.map(({ column, at }) => ({
        value: Math.max(0, Number(cells[at] ?? 0)),
        columnKey: column.columnKey ?? null,
      }))
      const key = keys[0]!
      const label = dimensions === 0 ? labels.rest : labels.row(key, String(cells[0] ?? ''))
      return { key, label, segments, total: segments.reduce((sum, { value }) => sum + value, 0) }
    },
  )
  const sorted = rows.toSorted((a, b) => b.total - a.total)
  if (across.length === 0) return ranked(sorted)
  return {
    categories: used.map(({ column }) => ({
      key: column.columnKey ?? '',
      label: labels.column(column.columnKey ?? '', column.title),
    })),
    series: folded(sorted, labels.rest),
  }
}

type WholeSeries = Series & { readonly key: string }

/** Rows as bars of one colour. */
function ranked(rows: readonly WholeSeries[]): ChartModel {
  const shown = rows.filter(({ total }) => total > 0).slice(0, 40)
  return {
    categories: shown.map(({ key, label }) => ({ key, label })),
    series: [
      {
        key: undefined,
        label: '',
        segments: shown.map(({ total }) => ({ value: total, columnKey: null })),
        total: shown.reduce((sum, { total }) => sum + total, 0),
      },
    ],
  }
}

function folded(rows: readonly WholeSeries[], rest: string): Series[] {
  if (rows.length <= mostSeries + 1) return [...rows]
  const others = rows.slice(mostSeries)
  const segments = others[0]!.segments.map(({ columnKey }, at) => ({
    columnKey,
    value: others.reduce((sum, one) => sum + one.segments[at]!.value, 0),
  }))
  const total = others.reduce((sum, one) => sum + one.total, 0)
  return [...rows.slice(0, mostSeries), { key: undefined, label: rest, segments, total }]
}

/** Hours a day of one row, for a calendar. */
export type DayRow = {
  readonly key: string
  readonly label: string
  readonly total: number
  readonly days: readonly (readonly [Day, number])[]
}

/** Days of a report whose columns are days, row by row, the largest first. */
export function daysOf(report: ReportBody, row: Labels['row']): DayRow[] {
  const days = report.columns
    .map(({ role, columnKey }, at) => ({ role, day: columnKey ?? '', at }))
    .filter(({ role, day }) => role === 'value' && isDay(day))
  return report.rows
    .filter(({ keys }) => keys.length === 1)
    .map(({ keys, cells }) => {
      const worked = days
        .map(({ day, at }) => [day as Day, Number(cells[at] ?? 0)] as const)
        .filter(([, seconds]) => seconds > 0)
      const total = worked.reduce((sum, [, seconds]) => sum + seconds, 0)
      return { key: keys[0]!, label: row(keys[0]!, String(cells[0] ?? '')), total, days: worked }
    })
    .toSorted((a, b) => b.total - a.total)
}

/** What was worked up to each month, against what was to be worked up to it. */
export type Burn = {
  readonly months: readonly string[]
  /** Null for months that have not begun. */
  readonly worked: readonly (number | null)[]
  readonly budget: readonly number[]
}

/** An account's hours added up month by month against its monthly budget, in seconds. */
export function burnOf(
  report: ReportBody,
  accountKey: string,
  monthlyBudgetSeconds: number,
  today: Day,
): Burn {
  const row = report.rows.find(({ keys }) => keys.length === 1 && keys[0] === accountKey)
  const months = report.columns
    .map(({ role, columnKey }, at) => ({ role, month: columnKey ?? '', at }))
    .filter(({ role, month }) => role === 'value' && isDay(month))
  let sum = 0
  const worked = months.map(({ at, month }) => {
    if (month > today) return null
    sum += Number(row?.cells[at] ?? 0)
    return sum
  })
  return {
    months: months.map(({ month }) => month),
    worked,
    budget: months.map((_, at) => (at + 1) * monthlyBudgetSeconds),
  }
}
