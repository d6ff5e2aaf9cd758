import { type RawBuilder, sql } from 'kysely'
import type { IssueBookmark, IssueOrder, IssueOrderField } from '../domain/issue-query.ts'
import {
  customIsThere,
  customTyped,
  customValues,
  instantColumns,
  listColumns,
  nameColumns,
  numberColumn,
  personColumns,
  type Searched,
} from './issue-search-fields.ts'
import { anyOf } from './issue-search-worklogs.ts'
import { textList } from './rows.ts'
import { all } from './worklog-filter.ts'

type Sorted = {
  readonly value: RawBuilder<unknown>
  readonly type: 'text' | 'numeric' | 'date' | 'timestamptz'
}

/** One column a search is sorted by. */
export type SortColumn = Sorted & { readonly direction: 'asc' | 'desc' }

// The same order of letters on every engine, whatever its locale; case does not count.
const text = (value: RawBuilder<unknown>): Sorted => ({
  value: sql`lower(${value}) collate "C"`,
  type: 'text',
})
const number = (value: RawBuilder<unknown>): Sorted => ({ value, type: 'numeric' })

/** The columns of an order; a key takes three. */
export function sortColumns(order: readonly IssueOrder[], searched: Searched): SortColumn[] {
  return order.flatMap(({ by, direction }) =>
    columnsOf(by, searched).map((column) => ({ ...column, direction })),
  )
}

/** Whether an index lists the issues in this order: by age or by last change, newest first. */
export function walksIndex(order: readonly IssueOrder[]): boolean {
  const [first, ...more] = order
  const isNewestFirst = first?.direction === 'desc'
  return (
    more.length === 0 && isNewestFirst && (first.by === 'createdAt' || first.by === 'updatedAt')
  )
}

/** What ORDER BY says; empty is last ascending and first descending, as PostgreSQL has it anyway. */
export function orderBy(columns: readonly SortColumn[]): RawBuilder<unknown> {
  const parts = columns.map(({ value, direction }) => sql`${value} ${sql.raw(direction)}`)
  return sql.join([...parts, sql`i.id desc`])
}

/** Rows behind the bookmark; one made for another order is refused by its length, by the caller. */
export function behind(columns: readonly SortColumn[], after: IssueBookmark): RawBuilder<boolean> {
  const branches: RawBuilder<unknown>[] = []
  const same: RawBuilder<unknown>[] = []
  columns.forEach((column, at) => {
    const value = after.values[at] ?? null
    const beyond = isBeyond(column, value)
    if (beyond) branches.push(all([...same, beyond]))
    same.push(isSame(column, value))
  })
  branches.push(all([...same, sql`i.id < ${after.id}::bigint`]))
  const bound = firstBound(columns[0], after.values[0] ?? null)
  return bound ? all([bound, anyOf(branches)]) : anyOf(branches)
}

/** Implied by the branches, but a plain bound is what an index on the first column can use. */
function firstBound(column: SortColumn | undefined, value: string | null) {
  if (!column || value === null || column.direction === 'asc') return undefined
  return sql<boolean>`${column.value} <= ${typed(column, value)}`
}

function isBeyond(column: SortColumn, value: string | null): RawBuilder<boolean> | undefined {
  if (column.direction === 'desc')
    return value === null
      ? sql<boolean>`${column.value} is not null`
      : sql<boolean>`${column.value} < ${typed(column, value)}`
  if (value === null) return undefined
  return sql<boolean>`(${column.value} > ${typed(column, value)} or ${column.value} is null)`
}

function isSame(column: SortColumn, value: string | null): RawBuilder<boolean> {
  if (value === null) return sql<boolean>`${column.value} is null`
  return sql<boolean>`${column.value} = ${typed(column, value)}`
}

function typed({ type }: SortColumn, value: string): RawBuilder<unknown> {
  return sql`${value}::${sql.raw(type)}`
}

function columnsOf(by: IssueOrder['by'], searched: Searched): readonly Sorted[] {
  if (typeof by === 'string') return fieldColumns(by, searched)
  if ('priorityNames' in by)
    return [number(sql`array_position(${textList(by.priorityNames)}, i.priority)`)]
  const types = { text: 'text', number: 'numeric', day: 'date', instant: 'timestamptz' } as const
  const value = sql`(select ${customTyped[by.type]} from ${customValues(by)}
    where ${customIsThere} limit 1)`
  return [by.type === 'text' ? text(value) : { value, type: types[by.type] }]
}

function fieldColumns(field: IssueOrderField, searched: Searched): readonly Sorted[] {
  switch (field) {
    case 'key':
      // Within a project the shorter key has the smaller number: cheaper than reading numbers.
      return [
        { value: sql`split_part(i.key, '-', 1) collate "C"`, type: 'text' },
        number(sql`length(i.key)`),
        { value: sql`i.key collate "C"`, type: 'text' },
      ]
    case 'project':
      return [
        text(sql`(select p.name from project p
          where p.site_id = i.site_id and p.id = i.project_id)`),
      ]
    case 'parent':
      return [number(sql`i.parent_jira_id`)]
    case 'summary':
      return [text(sql`i.summary`)]
    case 'dueDay':
      return [{ value: sql`i.due_day`, type: 'date' }]
    case 'statusCategory':
      return [
        number(
          sql`array_position(array['undefined', 'new', 'indeterminate', 'done'], i.status_category)`,
        ),
      ]
    case 'assignee':
    case 'reporter':
    case 'creator':
      return [
        text(sql`(select p.display_name from person p
          where p.site_id = i.site_id and p.id = ${personColumns[field]})`),
      ]
    case 'createdAt':
    case 'updatedAt':
    case 'resolvedAt':
      return [{ value: instantColumns[field], type: 'timestamptz' }]
    case 'originalEstimateSeconds':
    case 'remainingEstimateSeconds':
    case 'timeSpentSeconds':
    case 'workRatioPercent':
      return [number(numberColumn(field, searched))]
    default: {
      const list = listColumns[field]
      return [text(list ? sql`nullif(array_to_string(${list}, ', '), '')` : nameColumns[field]!)]
    }
  }
}
