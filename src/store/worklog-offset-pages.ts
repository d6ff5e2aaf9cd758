import { type RawBuilder, sql } from 'kysely'
import type {
  WorklogOffsetPage,
  WorklogQuery,
  WorklogSort,
  WorklogView,
} from '../domain/worklog.ts'
import type { Bookmarks, RowBookmark } from './bookmarks.ts'
import { textOfInstant } from './rows.ts'
import { all } from './worklog-filter.ts'
import { seen } from './worklog-matching.ts'
import { toView, viewColumns, viewJoins } from './worklog-rows.ts'

type Column = { readonly name: string; readonly type: string; readonly isDescending: boolean }

/**
 * A page by offset that costs what page 1 costs: it begins behind the row that the page before
 * ended with, so that rows written or deleted meanwhile neither repeat nor push out others.
 */
export async function findPage(
  viewRows: (query: RawBuilder<unknown>) => Promise<readonly (readonly unknown[])[]>,
  bookmarks: Bookmarks,
  query: WorklogQuery,
  { offset, limit, sort, reader }: WorklogOffsetPage,
): Promise<{ rows: readonly WorklogView[]; hasMore: boolean }> {
  const columns = columnsOf(sort)
  const name = JSON.stringify([reader, sort, query])
  if (offset === 0) bookmarks.restart(name)
  const near = bookmarks.nearest(name, offset)
  const condition = near ? all([seen(query), behind(columns, near.bookmark)]) : seen(query)
  const order = sql.join(
    columns.map(({ name, isDescending }) => sql.raw(`w.${name} ${isDescending ? 'desc' : 'asc'}`)),
  )
  const found = await viewRows(sql`select ${viewColumns} from
    (select w.* from worklog w where ${condition}
      order by ${order} limit ${limit + 1} offset ${offset - (near?.offset ?? 0)}) w
    ${viewJoins} order by ${order}`)
  const rows = found.slice(0, limit).map(toView)
  const last = rows.at(-1)
  if (last) bookmarks.keep(name, offset + rows.length, bookmarkOf(last))
  return { rows, hasMore: found.length > limit }
}

/** The sort's columns, ended by the id so that every row has one place. */
function columnsOf(sort: readonly WorklogSort[]): Column[] {
  const wanted = sort.length > 0 ? sort : [{ by: 'start', isDescending: false } as const]
  const columns = wanted.flatMap(({ by, isDescending }): Column[] => {
    if (by === 'id') return [{ name: 'id', type: 'bigint', isDescending }]
    if (by === 'updated') return [{ name: 'updated_at', type: 'timestamptz', isDescending }]
    return [
      { name: 'day', type: 'date', isDescending },
      { name: 'start_time', type: 'time', isDescending },
    ]
  })
  const end = columns.findIndex(({ name }) => name === 'id')
  if (end >= 0) return columns.slice(0, end + 1)
  const isDescending = columns.at(-1)?.isDescending ?? false
  return [...columns, { name: 'id', type: 'bigint', isDescending }]
}

function bookmarkOf(row: WorklogView): RowBookmark {
  return {
    id: row.id,
    day: row.day,
    start_time: row.startTime,
    updated_at: textOfInstant(row.updatedAt),
  }
}

/** Rows after the bookmark: a row comparison, which an index serves, where all columns run one way. */
function behind(columns: readonly Column[], after: RowBookmark): RawBuilder<unknown> {
  const value = ({ name, type }: Column) => sql`${after[name]}::${sql.raw(type)}`
  const [first] = columns
  if (columns.every(({ isDescending }) => isDescending === first?.isDescending))
    return sql`(${sql.join(columns.map(({ name }) => sql.ref(`w.${name}`)))})
      ${sql.raw(first?.isDescending ? '<' : '>')} (${sql.join(columns.map(value))})`
  const alternatives = columns.map((column, at) =>
    all([
      ...columns.slice(0, at).map((equal) => sql`${sql.ref(`w.${equal.name}`)} = ${value(equal)}`),
      sql`${sql.ref(`w.${column.name}`)} ${sql.raw(column.isDescending ? '<' : '>')} ${value(column)}`,
    ]),
  )
  return sql`(${sql.join(
    alternatives.map((one) => sql`(${one})`),
    sql` or `,
  )})`
}
