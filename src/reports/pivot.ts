import {
  addDays,
  addMonths,
  type Day,
  isDay,
  isoWeekKey,
  monthKey,
  type Period,
  quarterKey,
  startOfMonth,
  startOfQuarter,
  startOfWeek,
  startOfYear,
} from '../domain/day.ts'
import { DomainError } from '../domain/errors.ts'
import type { WorklogDimension, WorklogSum } from '../domain/worklog.ts'
import { type Cell, type Column, inBatches, type Row, type Table } from '../formats/table.ts'

export type PivotDefinition = {
  readonly rows: WorklogDimension
  readonly columns?: WorklogDimension
  /** Fills spans of time in which nobody worked; without it only what has hours is shown. */
  readonly period?: Period
  readonly firstWeekday: 1 | 7
  /** A last row with the sums; left out where the format writes its own. */
  readonly hasTotalRow: boolean
}

/** Most columns a pivot may have: a year of days with room to spare. */
export const mostPivotColumns = 1_000

const noValue = '(none)'

/**
 * Sums as a table: a row per value of one dimension, a column per value of another, totals last.
 * Everything stays in whole seconds. `sums` were grouped by rows, then by columns.
 */
export function pivotTable(definition: PivotDefinition, sums: readonly WorklogSum[]): Table {
  const across = definition.columns ? headings(definition, definition.columns, sums) : []
  if (across.length > mostPivotColumns)
    throw new DomainError(
      'invalid',
      `The report would have ${across.length} columns; narrow it to ${mostPivotColumns} or fewer`,
    )
  const lines = new Map<string, { label: string; cells: Map<string, number>; total: number }>()
  for (const { keys, labels, timeSpentSeconds } of sums) {
    const [rowKey = '', columnKey = ''] = keys
    const line = lines.get(rowKey) ?? {
      label: labelOf(definition, definition.rows, rowKey, labels[0] ?? ''),
      cells: new Map<string, number>(),
      total: 0,
    }
    lines.set(rowKey, line)
    line.cells.set(columnKey, (line.cells.get(columnKey) ?? 0) + timeSpentSeconds)
    line.total += timeSpentSeconds
  }
  const sorted = [...lines.values()].sort((a, b) => compare(a.label, b.label))
  const rows: Row[] = sorted.map((line): Cell[] => [
    line.label,
    ...across.map(({ key }) => line.cells.get(key) ?? null),
    line.total,
  ])
  if (definition.hasTotalRow) rows.push(totalRow(rows, across.length))
  return {
    name: 'report',
    columns: [
      { key: definition.rows, title: capitalised(definition.rows), type: 'text' },
      ...across.map(
        ({ key, label }): Column => ({
          key: columnKey(definition, key),
          title: label,
          type: 'seconds',
          isSummed: true,
        }),
      ),
      { key: 'total', title: 'Total', type: 'seconds', isSummed: true },
    ],
    batches: inBatches(rows),
  }
}

/** A category may be called like a column of our own; a program must still tell them apart. */
function columnKey({ rows, columns }: PivotDefinition, key: string): string {
  return key === rows || key === 'total' ? `${columns} ${key}` : key
}

function totalRow(rows: readonly Row[], width: number): Row {
  const sums = Array.from({ length: width + 1 }, (_, at) =>
    rows.reduce((sum, row) => sum + Number(row[at + 1] ?? 0), 0),
  )
  return ['Total', ...sums]
}

function headings(
  definition: PivotDefinition,
  dimension: WorklogDimension,
  sums: readonly WorklogSum[],
): { key: string; label: string }[] {
  const found = new Map<string, string>()
  for (const key of spans(definition, dimension))
    found.set(key, labelOf(definition, dimension, key, key))
  for (const { keys, labels } of sums) {
    const key = keys[1] ?? ''
    found.set(key, labelOf(definition, dimension, key, labels[1] ?? ''))
  }
  return [...found]
    .map(([key, label]) => ({ key, label }))
    .sort((a, b) => compare(a.label, b.label))
}

/** First days of the spans a period touches, for a dimension of time. */
function* spans(definition: PivotDefinition, dimension: WorklogDimension): Iterable<Day> {
  const span = timeSpans[dimension as keyof typeof timeSpans]
  const { period, firstWeekday } = definition
  if (!span || !period) return
  let count = 0
  for (let day = span.start(period.from, firstWeekday); day <= period.to; day = span.next(day)) {
    yield day
    count += 1
    if (count > mostPivotColumns) return
  }
}

const timeSpans = {
  day: { start: (day: Day) => day, next: (day: Day) => addDays(day, 1) },
  week: {
    start: (day: Day, firstWeekday: 1 | 7) => startOfWeek(day, firstWeekday),
    next: (day: Day) => addDays(day, 7),
  },
  month: { start: startOfMonth, next: (day: Day) => addMonths(day, 1) },
  quarter: { start: startOfQuarter, next: (day: Day) => addMonths(day, 3) },
  year: { start: startOfYear, next: (day: Day) => addMonths(day, 12) },
}

function labelOf(
  { firstWeekday }: PivotDefinition,
  dimension: WorklogDimension,
  key: string,
  label: string,
): string {
  if (!isDay(key)) return label === '' ? noValue : label
  switch (dimension) {
    case 'week':
      // An ISO week is named by its number; a week that begins on Sunday has no standard name.
      return firstWeekday === 1 ? isoWeekKey(key) : key
    case 'month':
      return monthKey(key)
    case 'quarter':
      return quarterKey(key)
    case 'year':
      return key.slice(0, 4)
    default:
      return label === '' ? noValue : label
  }
}

function compare(a: string, b: string): number {
  return a.localeCompare(b, 'en', { numeric: true })
}

function capitalised(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1)
}
