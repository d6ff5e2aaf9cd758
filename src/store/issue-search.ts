import { type RawBuilder, sql } from 'kysely'
import { DomainError } from '../domain/errors.ts'
import type { IssueId } from '../domain/issue.ts'
import type {
  FoundIssues,
  IssueBookmark,
  IssueSearch,
  IssueSearchPage,
  IssueSearchStore,
} from '../domain/issue-query.ts'
import { compileIssueCondition } from './issue-search-condition.ts'
import { behind, orderBy, type SortColumn, sortColumns } from './issue-search-order.ts'
import { makeIssueStore } from './issues.ts'
import type { Db } from './rows.ts'
import { all } from './worklog-filter.ts'

type Row = { readonly id: string } & Readonly<Record<string, string | null>>

export function makeIssueSearchStore(db: Db): IssueSearchStore {
  return {
    search: (search, page) => searchIssues(db, search, page),
    count: (search) => countIssues(db, search),
  }
}

/** A page of what the search finds, in its order, each issue once. */
export async function searchIssues(
  db: Db,
  search: IssueSearch,
  page: IssueSearchPage,
): Promise<FoundIssues> {
  if (page.limit <= 0) return { issues: [] }
  const columns = sortColumns(search.order, search)
  const result = await pageQuery(search, page, columns).execute(db)
  const rows = result.rows.slice(0, page.limit)
  const found = await makeIssueStore(db).getMany(
    search.siteId,
    rows.map((row) => row.id as IssueId),
  )
  const byId = new Map(found.map((issue) => [issue.id, issue]))
  // Read in a second step: a row deleted in between is simply not shown.
  const issues = rows.flatMap((row) => byId.get(row.id as IssueId) ?? [])
  const last = rows.at(-1)
  if (!last || result.rows.length <= page.limit) return { issues }
  return { issues, next: bookmarkOf(last, columns) }
}

/** How many issues the search finds in all. */
export async function countIssues(db: Db, search: IssueSearch): Promise<number> {
  const result = await sql<{ n: string }>`select count(*) as n from issue i
    where ${matching(search)}`.execute(db)
  return Number(result.rows[0]!.n)
}

/** The statement of a page: ids and sort values alone, one row more than asked to see an end. */
export function pageQuery(
  search: IssueSearch,
  { limit, offset = 0, after }: IssueSearchPage,
  columns: readonly SortColumn[] = sortColumns(search.order, search),
): RawBuilder<Row> {
  if (after && after.values.length !== columns.length)
    throw new DomainError('invalid', 'The bookmark belongs to another order')
  const values = columns.map(({ value }, at) => sql`, (${value})::text as ${sql.ref(`k${at}`)}`)
  const where = after ? all([matching(search), behind(columns, after)]) : matching(search)
  return sql<Row>`select i.id${values.length > 0 ? sql.join(values, sql``) : sql``}
    from issue i where ${where}
    order by ${orderBy(columns)} limit ${limit + 1} offset ${offset}`
}

function matching({ siteId, condition, viewer }: IssueSearch): RawBuilder<boolean> {
  return all([sql`i.site_id = ${siteId}`, compileIssueCondition(condition, siteId, viewer)])
}

function bookmarkOf(row: Row, columns: readonly SortColumn[]): IssueBookmark {
  return { values: columns.map((_, at) => row[`k${at}`] ?? null), id: row.id as IssueId }
}
