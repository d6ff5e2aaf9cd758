import type { ReportDefinitionBody } from '../../../src/api/contract.ts'
import { namedFilters, type ReportSearch } from './reports-search.ts'

export type Measure = NonNullable<ReportDefinitionBody['values']>[number]
export type Filters = NonNullable<ReportDefinitionBody['filters']>

export const defaultPeriod = 'this-month'
const defaultRows = 'person'
const defaultColumns = 'week'
const defaultValues = 'timeSpentSeconds'

/** What stands on the shelves of the builder. */
export type Shelves = {
  readonly rows: readonly string[]
  readonly columns: string | null
  readonly values: readonly string[]
}

/** The shelves as the address has them. */
export function shelvesOf({ rows, columns, values }: ReportSearch): Shelves {
  const across = columns ?? defaultColumns
  return {
    rows: listOf(rows ?? defaultRows),
    columns: across === '' ? null : across,
    values: listOf(values || defaultValues),
  }
}

/** What the address says of shelves. */
export function searchOf({ rows, columns, values }: Shelves): Partial<ReportSearch> {
  return {
    rows: rows.join(','),
    columns: columns ?? '',
    values: (values.length === 0 ? [defaultValues] : values).join(','),
  }
}

/** What the server is asked. Outer groups come with their own sums, so that they can be folded. */
export function definitionOf(search: ReportSearch): ReportDefinitionBody {
  const { rows, columns, values } = shelvesOf(search)
  return {
    rows: [...rows],
    columns,
    values: [...values] as Measure[],
    filters: filtersOf(search),
    ...(rows.length > 1 ? { hasSubtotals: true } : {}),
    ...(search.weekStart === undefined ? {} : { weekStart: search.weekStart }),
    ...(search.weekends === false ? { showsWeekends: false } : {}),
  }
}

/**
 * A kept report as it is after changes made here: what the builder does not show, fields of issues
 * and the order, stays as long as its rows do.
 */
export function changedDefinition(
  kept: ReportDefinitionBody,
  now: ReportDefinitionBody,
): ReportDefinitionBody {
  const { fields, order } = kept
  const isSame = String(kept.rows ?? [defaultRows]) === String(now.rows)
  return { ...now, ...(isSame && fields ? { fields } : {}), ...(order ? { order } : {}) }
}

/** Which worklogs are counted. */
export function filtersOf({ period, from, to, among, named, jql }: ReportSearch): Filters {
  return {
    ...(from && to ? { from, to } : { period: (period ?? defaultPeriod) as 'this-month' }),
    ...(among
      ? { among: among.map(({ dimension, keys }) => ({ dimension, keys: [...keys] })) }
      : {}),
    ...Object.fromEntries(Object.entries(named ?? {}).map(([name, all]) => [name, [...all]])),
    ...(jql ? { jql } : {}),
  }
}

/** The address of a kept report. */
export function searchFrom(id: string, definition: ReportDefinitionBody): ReportSearch {
  const { rows, columns, values, filters = {}, weekStart, showsWeekends } = definition
  const { period, from, to, among, jql } = filters
  const named = namedFilters.flatMap((name) => (filters[name] ? [[name, filters[name]]] : []))
  return {
    ...(rows ? { rows: rows.join(',') } : { rows: defaultRows }),
    columns: columns ?? '',
    ...(values ? { values: values.join(',') } : {}),
    ...(period ? { period } : {}),
    ...(from && to ? { from, to } : {}),
    ...(among ? { among } : {}),
    ...(named.length > 0 ? { named: Object.fromEntries(named) } : {}),
    ...(jql ? { jql } : {}),
    ...(weekStart ? { weekStart } : {}),
    ...(showsWeekends === false ? { weekends: false } : {}),
    report: id,
  }
}

function listOf(text: string): string[] {
  return [...new Set(text.split(',').filter((one) => one !== ''))]
}

/** Takes a chip from one shelf to another, or to another place on its own. */
export function moveChip(
  shelves: Shelves,
  name: string,
  to: { readonly shelf: 'rows' | 'columns'; readonly at?: number },
): Shelves {
  const rows = shelves.rows.filter((one) => one !== name)
  const columns = shelves.columns === name ? null : shelves.columns
  if (to.shelf === 'columns')
    return {
      ...shelves,
      // What stood there takes the free place among the rows: nothing is lost.
      rows: columns === null || rows.length >= mostRows ? rows : [...rows, columns],
      columns: name,
    }
  const at = Math.max(0, Math.min(to.at ?? rows.length, rows.length))
  return { ...shelves, columns, rows: rows.toSpliced(at, 0, name).slice(0, mostRows) }
}

export const mostRows = 4

/** The line for a terminal that gives the same numbers. */
export function curlLine(origin: string, definition: ReportDefinitionBody): string {
  const body = JSON.stringify(definition).replaceAll("'", "'\\''")
  return [
    `curl -sS '${origin}/api/v1/reports/export?format=csv'`,
    '-H "Authorization: Bearer $HOURBOOK_TOKEN"',
    "-H 'Content-Type: application/json'",
    `-d '${body}'`,
  ].join(' \\\n  ')
}
