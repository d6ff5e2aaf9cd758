import { type Day, isDay, type Period, type Weekday } from '../domain/day.ts'
import { isTimeDimension, type WorklogDimension } from '../domain/dimension.ts'
import { invalidField } from '../domain/errors.ts'
import type { ReportDefinition } from '../domain/report.ts'
import { spanPeriod, spansOf } from '../domain/time-spans.ts'
import type { DimensionKeys, WorklogQuery } from '../domain/worklog.ts'

/** A place in a report's table: a row by its keys, and a column of the column dimension. */
export type ReportPlace = {
  readonly rowKeys: readonly string[]
  readonly columnKey?: string | null
}

/**
 * The worklogs behind a cell: the report's query, narrowed to the cell's groups. Fewer keys than
 * dimensions mean a subtotal, none the whole; what the cell adds up is what this finds.
 */
export function drillDown(
  query: WorklogQuery,
  { rows, columns }: Pick<ReportDefinition, 'rows' | 'columns'>,
  { rowKeys, columnKey }: ReportPlace,
  firstWeekday: Weekday,
): WorklogQuery {
  if (rowKeys.length > rows.length)
    throw invalidField('rowKeys', `the report has ${rows.length} dimensions in its rows`)
  const asked = rowKeys.map((key, at): readonly [WorklogDimension, string] => [rows[at]!, key])
  if (columnKey !== undefined && columnKey !== null) {
    if (columns === null) throw invalidField('columnKey', 'the report has no column dimension')
    asked.push([columns, columnKey])
  }
  let period = query.period
  const among: DimensionKeys[] = [...(query.among ?? [])]
  for (const [dimension, key] of asked) {
    if (!isTimeDimension(dimension)) among.push({ dimension, keys: [key] })
    else if (isDay(key) && isStart(dimension, key, firstWeekday))
      period = both(period, spanPeriod(dimension, key))
    else throw invalidField('keys', `"${key}" is not the first day of a ${dimension}`)
  }
  return { ...query, ...(period ? { period } : {}), ...(among.length > 0 ? { among } : {}) }
}

function isStart(
  dimension: Parameters<typeof spansOf>[0],
  day: Day,
  firstWeekday: Weekday,
): boolean {
  return spansOf(dimension, { from: day, to: day }, firstWeekday, 1)[0] === day
}

/** Days in both; where there are none, a period that no day lies in. */
function both(period: WorklogQuery['period'], { from, to }: Period): Partial<Period> {
  return {
    from: period?.from && period.from > from ? period.from : from,
    to: period?.to && period.to < to ? period.to : to,
  }
}
