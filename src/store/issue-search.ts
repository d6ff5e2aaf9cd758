import { type RawBuilder, sql } from 'kysely'
import { DomainError } from '../domain/errors.ts'
import type { Issue, IssueId } from '../domain/issue.ts'
import type {
  FoundIssues,
  IssueBookmark,
  IssueSearch,
  IssueSearchPage,
  IssueSearchStore,
} from '../domain/issue-query.ts'
import type { Bookmarks, RowBookmark } from './bookmarks.ts'
import { compileIssueCondition } from './issue-search-condition.ts'
import { behind, orderBy, type SortColumn, sortColumns, walksIndex } from './issue-search-order.ts'
import { makeIssueStore } from './issues.ts'
import type { Db } from './rows.ts'
import { all } from './worklog-filter.ts'

type Row = { readonly id: string } & Readonly<Record<string, string | null>>

/** How many issues are looked at in their order before all matches are sought instead. */
const walkLength = 2_000

export function makeIssueSearchStore(db: Db, bookmarks: Bookmarks): IssueSearchStore {
  return {
    search: (search, page) => searchIssues(db, search, page),
    page: (search, page) => pageOfIssues(db, bookmarks, search, page),
    count: (search) => countIssues(db, search),
  }
}

async function pageOfIssues(
  db: Db,
  bookmarks: Bookmarks,
  search: IssueSearch,
  { offset, limit }: { readonly offset: number; readonly limit: number },
): Promise<{ readonly issues: readonly Issue[]; readonly total: number }> {
  if (limit <= 0) return { issues: [], total: await countIssues(db, search) }
  const name = `issues ${JSON.stringify(search)}`
  if (offset === 0) bookmarks.restart(name)
  const near = bookmarks.nearest(name, offset)
  const { issues, next } = await searchIssues(db, search, {
    limit,
    offset: offset - (near?.offset ?? 0),
    ...(near ? { after: fromBookmark(near.bookmark) } : {}),
  })
  // Where the end is seen nobody needs to count.
  if (!next && (issues.length > 0 || offset === 0)) return { issues, total: offset + issues.length }
  const total = next && near ? Number(near.bookmark.total) : await countIssues(db, search)
  if (next) bookmarks.keep(name, offset + limit, toBookmark(next, total))
  return { issues, total }
}

function toBookmark({ id, values }: IssueBookmark, total: number): RowBookmark {
  return { id, values: JSON.stringify(values), total: String(total) }
}

function fromBookmark({ id, values = '[]' }: RowBookmark): IssueBookmark {
  return { id: id as IssueId, values: JSON.parse(values) as (string | null)[] }
}

/** A page of what the search finds, in its order, each issue once. */
export async function searchIssues(
  db: Db,
  search: IssueSearch,
  page: IssueSearchPage,
): Promise<FoundIssues> {
  if (page.limit <= 0) return { issues: [] }
  const columns = sortColumns(search.order, search)
  if (page.after && page.after.values.length !== columns.length)
    throw new DomainError('invalid', 'The bookmark belongs to another order')
  const found = await findRows(db, search, page, columns)
  const rows = found.slice(0, page.limit)
  const issues = await makeIssueStore(db).getMany(
    search.siteId,
    rows.map((row) => row.id as IssueId),
  )
  const byId = new Map(issues.map((issue) => [issue.id, issue]))
  // Read in a second step: a row that went in between is simply not shown.
  const shown = rows.flatMap((row) => byId.get(row.id as IssueId) ?? [])
  const last = rows.at(-1)
  if (!last || found.length <= page.limit) return { issues: shown }
  return { issues: shown, next: bookmarkOf(last, columns) }
}

/** How many issues the search finds in all. */
export async function countIssues(db: Db, search: IssueSearch): Promise<number> {
  const result = await sql<{ n: string }>`select count(*) as n from issue i
    where ${matching(search)}`.execute(db)
  return Number(result.rows[0]!.n)
}

/**
 * Two ways, as no planner knows beforehand which is short: a broad search finds its page among the
 * newest issues, so these are looked at first; what is not found there is rare, and then collecting
 * all matches is cheap. Left to guess, PostgreSQL walks 50,000 issues for a rare word.
 */
async function findRows(
  db: Db,
  search: IssueSearch,
  page: IssueSearchPage,
  columns: readonly SortColumn[],
): Promise<readonly Row[]> {
  if (walksIndex(search.order)) {
    const { rows } = await walkQuery(search, page, columns).execute(db)
    if (rows.length > page.limit) return rows
  }
  return (await wholeQuery(search, page, columns).execute(db)).rows
}

/** The page, as far as it is among the next issues in the order; less than asked says nothing. */
function walkQuery(
  search: IssueSearch,
  { limit, offset = 0, after }: IssueSearchPage,
  columns: readonly SortColumn[],
): RawBuilder<Row> {
  return sql<Row>`select i.id${valuesOf(columns, 'text')} from (
      select * from issue i where i.site_id = ${search.siteId}
        ${after ? sql`and ${behind(columns, after)}` : sql``}
      order by ${orderBy(columns)} limit ${walkLength}) i
    where ${matching(search)}
    order by ${orderBy(columns)} limit ${limit + 1} offset ${offset}`
}

/** The page out of all matches; materialized, so that the limit does not lure the planner. */
function wholeQuery(
  search: IssueSearch,
  { limit, offset = 0, after }: IssueSearchPage,
  columns: readonly SortColumn[],
): RawBuilder<Row> {
  // Told apart from the texts of the same name, by which numbers would be sorted as words.
  const names = columns.map((_, at) => sql.ref(`found.k${at}`))
  const order = columns.map(({ direction }, at) => sql`${names[at]} ${sql.raw(direction)}`)
  const texts = names.map((name, at) => sql`, ${name}::text as ${sql.ref(`k${at}`)}`)
  return sql<Row>`with found as materialized (
      select i.id${valuesOf(columns)} from issue i
      where ${after ? all([matching(search), behind(columns, after)]) : matching(search)})
    select id${texts.length > 0 ? sql.join(texts, sql``) : sql``} from found
    order by ${sql.join([...order, sql`found.id desc`])} limit ${limit + 1} offset ${offset}`
}

function valuesOf(columns: readonly SortColumn[], as?: 'text'): RawBuilder<unknown> {
  if (columns.length === 0) return sql``
  const parts = columns.map(({ value }, at) => {
    const typed = as ? sql`(${value})::text` : value
    return sql`, ${typed} as ${sql.ref(`k${at}`)}`
  })
  return sql.join(parts, sql``)
}

function matching({ siteId, condition, viewer }: IssueSearch): RawBuilder<boolean> {
  return all([sql`i.site_id = ${siteId}`, compileIssueCondition(condition, siteId, viewer)])
}

function bookmarkOf(row: Row, columns: readonly SortColumn[]): IssueBookmark {
  return { values: columns.map((_, at) => row[`k${at}`] ?? null), id: row.id as IssueId }
}
