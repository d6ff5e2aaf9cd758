import { type Day, isDay, type Period, type Weekday, weekday } from '../domain/day.ts'
import { describeDimension, isTimeDimension, type WorklogDimension } from '../domain/dimension.ts'
import { DomainError } from '../domain/errors.ts'
import { type ReportDefinition, type ReportMeasure, reportLimits } from '../domain/report.ts'
import { spanLabel, spansOf } from '../domain/time-spans.ts'
import type { EstimateSum, SumGroup, WorklogSum } from '../domain/worklog.ts'
import { type Cell, type Column, inBatches, type Row, type Table } from '../formats/table.ts'
import { describeMeasure, type Figures, measured, noFigures } from './measures.ts'

/** What of a definition shapes the table; the filters have done their work in the store. */
export type ReportShape = Pick<
  ReportDefinition,
  'rows' | 'columns' | 'values' | 'showsWeekends' | 'hasSubtotals' | 'order'
> & {
  /** Fills spans of time in which nobody worked; without it only what has hours is shown. */
  readonly period?: Period
  readonly firstWeekday: Weekday
}

/** A column with what it stands for: a dimension, a field of the issue, or a sum. */
export type ReportColumn = Column &
  (
    | { readonly role: 'dimension'; readonly dimension: WorklogDimension }
    | { readonly role: 'field' }
    | {
        readonly role: 'value'
        readonly measure: ReportMeasure
        /** The group of the column dimension; null in the totals of a row. */
        readonly columnKey: string | null
      }
  )

/** A row with the keys of the groups it stands for; fewer keys than dimensions is a subtotal. */
export type ReportRow = {
  readonly keys: readonly string[]
  readonly hints: readonly (string | null)[]
  readonly cells: Row
}

export type ReportTable = {
  readonly columns: readonly ReportColumn[]
  readonly rows: readonly ReportRow[]
  /** Of all worklogs, never of the rows: one total, whatever is shown. */
  readonly total: Row
}

/** Sums as the store gives them, grouped by rows and then by columns, and what goes beside them. */
export type ReportSums = {
  readonly sums: readonly WorklogSum[]
  /** By `groupName` of the row's keys; that of the whole report under no keys. */
  readonly estimates?: ReadonlyMap<string, EstimateSum>
  /** Columns for fields of the issue, and their cells by the key of the row's innermost issue. */
  readonly fields?: {
    readonly columns: readonly Column[]
    readonly cells: ReadonlyMap<string, Row>
  }
}

type Group = SumGroup & {
  readonly across: Map<string, Figures>
  readonly all: Figures
  readonly inner: Map<string, Group>
}

type Heading = { readonly key: string; readonly label: string }

const noValue = '(none)'
const weekdays = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday']
const { compare } = new Intl.Collator('en', { numeric: true })

/** A name for a group that no other keys give. */
export const groupName = (keys: readonly string[]) => JSON.stringify(keys)

/** Sums as a table: a row for each group, a column for each group of the column dimension, totals last. */
export function reportTable(shape: ReportShape, from: ReportSums): ReportTable {
  const whole = groupSums(shape, from)
  const headings = shape.columns === null ? [] : headingsOf(shape, shape.columns, from.sums)
  const columns = columnsOf(shape, headings, from)
  const width = columns.filter(
    (column) => column.role === 'value' && column.columnKey !== null,
  ).length
  if (width > reportLimits.columns)
    throw new DomainError(
      'invalid',
      `The report would have ${width} columns; narrow it to ${reportLimits.columns} or fewer`,
    )
  const rows: ReportRow[] = []
  const emit = (group: Group, path: readonly Group[]) => {
    const isLeaf = path.length === shape.rows.length
    const isShown = isLeaf ? path.length > 0 : shape.hasSubtotals && path.length > 0
    if (isShown) rows.push(rowOf(shape, columns, from, group, path))
    for (const inner of inOrder(shape, group, path.length)) emit(inner, [...path, inner])
  }
  emit(whole, [])
  return { columns, rows, total: totalOf(shape, columns, from, whole) }
}

/** The table that formats write: the rows without subtotals, and the total. */
export function toTable({ columns, rows, total }: ReportTable, name: string): Table {
  const depth = columns.filter(({ role }) => role === 'dimension').length
  const leaves = rows.filter(({ keys }) => keys.length === depth).map(({ cells }) => cells)
  return { name, columns, batches: inBatches(leaves), total }
}

function groupSums(shape: ReportShape, { sums }: ReportSums): Group {
  const whole = newGroup('', '', null)
  const depth = shape.rows.length
  for (const sum of sums) {
    const columnKey = sum.groups[depth]?.key
    for (const group of pathTo(shape, whole, sum.groups)) {
      add(group.all, sum)
      if (columnKey === undefined) continue
      const figures = group.across.get(columnKey) ?? noFigures()
      group.across.set(columnKey, figures)
      add(figures, sum)
    }
  }
  return whole
}

/** The groups a sum belongs to, from the whole inwards, made where they are new. */
function pathTo(shape: ReportShape, whole: Group, groups: readonly SumGroup[]): Group[] {
  const path = [whole]
  let group = whole
  for (const [at, dimension] of shape.rows.entries()) {
    const { key, label, hint } = groups[at]!
    const inner = group.inner.get(key) ?? newGroup(key, labelOf(shape, dimension, key, label), hint)
    group.inner.set(key, inner)
    path.push(inner)
    group = inner
  }
  return path
}

function newGroup(key: string, label: string, hint: string | null): Group {
  return { key, label, hint, across: new Map(), all: noFigures(), inner: new Map() }
}

function add(figures: Figures, sum: WorklogSum): void {
  figures.timeSpentSeconds += sum.timeSpentSeconds
  figures.billableSeconds += sum.billableSeconds
  figures.worklogCount += sum.count
}

function inOrder(shape: ReportShape, group: Group, depth: number): readonly Group[] {
  const dimension = shape.rows[depth]
  if (dimension === undefined) return []
  const sign = shape.order.direction === 'asc' ? 1 : -1
  const byLabel = labelOrder(dimension)
  return [...group.inner.values()].sort((a, b) =>
    shape.order.by === 'total'
      ? sign * (a.all.timeSpentSeconds - b.all.timeSpentSeconds) || byLabel(a, b)
      : sign * byLabel(a, b),
  )
}

/** By label as people sort, by key where labels have an order of their own; keys decide ties. */
function labelOrder(dimension: WorklogDimension): (a: Heading, b: Heading) => number {
  const isByKey = isTimeDimension(dimension) || dimension === 'weekday'
  return (a, b) => (isByKey ? 0 : compare(a.label, b.label)) || compare(a.key, b.key)
}

function columnsOf(
  shape: ReportShape,
  headings: readonly Heading[],
  { fields }: ReportSums,
): ReportColumn[] {
  const across = shape.values.filter((measure) => describeMeasure(measure).of === 'worklogs')
  const taken = new Set<string>([...shape.rows, ...shape.values, 'total'])
  const isAlone = shape.values.length === 1
  return [
    ...shape.rows.map(
      (dimension): ReportColumn => ({
        key: dimension,
        title: describeDimension(dimension).title,
        type: dimension === 'day' ? 'day' : 'text',
        role: 'dimension',
        dimension,
      }),
    ),
    ...(fields?.columns ?? []).map((column): ReportColumn => ({ ...column, role: 'field' })),
    ...headings.flatMap(({ key, label }) =>
      across.map((measure): ReportColumn => {
        // A category may be called like a column of our own; a program must still tell them apart.
        const name = taken.has(key) ? `${shape.columns} ${key}` : key
        return {
          ...valueColumn(shape, measure, key),
          key: across.length === 1 ? name : `${name} ${measure}`,
          title: across.length === 1 ? label : `${label} · ${describeMeasure(measure).title}`,
        }
      }),
    ),
    ...shape.values.map(
      (measure): ReportColumn => ({
        ...valueColumn(shape, measure, null),
        key: isAlone ? 'total' : measure,
        title: isAlone ? 'Total' : describeMeasure(measure).title,
      }),
    ),
  ]
}

function valueColumn(shape: ReportShape, measure: ReportMeasure, columnKey: string | null) {
  const { type, of, isSum } = describeMeasure(measure)
  const addsUp = isSum && (of === 'worklogs' || shape.rows.every(isOfIssues))
  return { type, role: 'value' as const, measure, columnKey, ...(addsUp ? { isSummed: true } : {}) }
}

/** Whether each issue lies in one group only, so that estimates add up over the rows. */
function isOfIssues(dimension: WorklogDimension): boolean {
  return /^(?:field|link):/.test(dimension) || issueDimensions.has(dimension)
}

const issueDimensions: ReadonlySet<string> = new Set<WorklogDimension>([
  'project',
  'projectCategory',
  'projectLead',
  'issue',
  'parent',
  'topIssue',
  'issueType',
  'status',
  'statusCategory',
  'priority',
  'resolution',
  'assignee',
  'reporter',
  'creator',
  'label',
  'component',
  'fixVersion',
  'affectedVersion',
  'sprint',
])

function rowOf(
  shape: ReportShape,
  columns: readonly ReportColumn[],
  from: ReportSums,
  group: Group,
  path: readonly Group[],
): ReportRow {
  const keys = path.map(({ key }) => key)
  const estimate = from.estimates?.get(groupName(keys))
  const issueAt = shape.rows.findLastIndex(
    (dimension, at) => at < path.length && describeDimension(dimension).kind === 'issue',
  )
  const fields = from.fields?.cells.get(path[issueAt]?.key ?? '')
  let fieldAt = -1
  const cells = columns.map((column, at): Cell => {
    if (column.role === 'dimension') return path[at]?.label ?? null
    if (column.role === 'field') {
      fieldAt += 1
      return fields?.[fieldAt] ?? null
    }
    const { measure, columnKey } = column
    if (columnKey === null) return measured(measure, group.all, estimate)
    const figures = group.across.get(columnKey)
    return figures ? measured(measure, figures, undefined) : null
  })
  return { keys, hints: path.map(({ hint }) => hint), cells }
}

function totalOf(
  shape: ReportShape,
  columns: readonly ReportColumn[],
  from: ReportSums,
  whole: Group,
): Row {
  const { cells } = rowOf(shape, columns, from, whole, [])
  return cells.map((cell, at): Cell => {
    const column = columns[at]!
    if (column.role === 'dimension') return at === 0 ? 'Total' : null
    if (column.role === 'field') return null
    return cell ?? 0
  })
}

function headingsOf(
  shape: ReportShape,
  dimension: WorklogDimension,
  sums: readonly WorklogSum[],
): Heading[] {
  const { period, firstWeekday } = shape
  const found = new Map<string, string>()
  if (period && isTimeDimension(dimension))
    for (const key of spansOf(dimension, period, firstWeekday, reportLimits.columns))
      if (dimension !== 'day' || shape.showsWeekends || !isWeekend(key))
        found.set(key, labelOf(shape, dimension, key, key))
  const depth = shape.rows.length
  for (const { groups } of sums) {
    const { key, label } = groups[depth]!
    if (!found.has(key)) found.set(key, labelOf(shape, dimension, key, label))
  }
  const order = labelOrder(dimension)
  return [...found].map(([key, label]) => ({ key, label })).sort(order)
}

function isWeekend(day: Day): boolean {
  return weekday(day) > 5
}

function labelOf(
  { firstWeekday }: ReportShape,
  dimension: WorklogDimension,
  key: string,
  label: string,
): string {
  if (isTimeDimension(dimension) && isDay(key)) return spanLabel(dimension, key, firstWeekday)
  if (dimension === 'weekday') return weekdays[Number(key) - 1] ?? noValue
  return label === '' ? noValue : label
}
