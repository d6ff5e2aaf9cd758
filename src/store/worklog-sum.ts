import { type RawBuilder, sql } from 'kysely'
import type { WorklogDimension, WorklogQuery, WorklogSum } from '../domain/worklog.ts'
import { type Db, idList } from './rows.ts'
import { seen } from './worklog-filter.ts'

/** What each dimension groups by, over `w`. Spans of time are named by their first day. */
const keys: Readonly<Record<Exclude<WorklogDimension, 'week'>, RawBuilder<unknown>>> = {
  person: sql`w.author_id`,
  project: sql`w.project_id`,
  issue: sql`w.issue_id`,
  category: sql`coalesce(w.category, '')`,
  day: sql`w.day`,
  // Subtracting days is several times faster than date_trunc, which goes through time zones.
  month: sql`(w.day - (date_part('day', w.day)::integer - 1))`,
  quarter: sql`date_trunc('quarter', w.day::timestamp)::date`,
  year: sql`(w.day - (date_part('doy', w.day)::integer - 1))`,
}

const weekKeys = {
  1: sql`(w.day - (date_part('isodow', w.day)::integer - 1))`,
  7: sql`(w.day - date_part('dow', w.day)::integer)`,
}

/** Where the names of grouped rows stand. */
const labelSources = {
  person: { table: 'person', column: 'display_name' },
  project: { table: 'project', column: 'key' },
  issue: { table: 'issue', column: 'key' },
} as const

type Labelled = keyof typeof labelSources

/** Grouped sums; a time dimension's key and label are the first day of its span. */
export async function sumWorklogs(
  db: Db,
  query: WorklogQuery,
  dimensions: readonly WorklogDimension[],
  limit: number,
): Promise<readonly WorklogSum[]> {
  const firstWeekday = dimensions.includes('week') ? await firstWeekdayOf(db, query.siteId) : 1
  const grouped = dimensions.map((name) => (name === 'week' ? weekKeys[firstWeekday] : keys[name]))
  const selected = grouped.map((key, at) => sql`${key} as ${sql.ref(`k${at}`)},`)
  const grouping =
    grouped.length > 0 ? sql`group by ${sql.join(grouped.map((_, at) => sql.lit(at + 1)))}` : sql``
  const result = await sql<Record<string, string>>`
    select ${spaced(selected)} sum(w.time_spent_seconds) as seconds,
      sum(coalesce(w.billable_seconds, w.time_spent_seconds)) as billable, count(*) as n
    from worklog w where ${seen(query)} ${grouping} limit ${limit}`.execute(db)
  // Without dimensions there is one row even when nothing matches.
  const rows = result.rows.filter((row) => row.n !== '0')
  const labels = await Promise.all(
    dimensions.map((name, at) => labelsOf(db, query.siteId, name, rows, `k${at}`)),
  )
  return rows.map((row) => ({
    keys: dimensions.map((_, at) => row[`k${at}`] ?? ''),
    labels: dimensions.map((_, at) => {
      const key = row[`k${at}`] ?? ''
      return labels[at]?.get(key) ?? key
    }),
    timeSpentSeconds: Number(row.seconds),
    billableSeconds: Number(row.billable),
    count: Number(row.n),
  }))
}

/** Names once per key instead of once per row: a pivot has many rows and few names. */
async function labelsOf(
  db: Db,
  siteId: number,
  name: WorklogDimension,
  rows: readonly Record<string, string>[],
  column: string,
): Promise<ReadonlyMap<string, string> | undefined> {
  const source = (
    labelSources as Partial<Record<WorklogDimension, (typeof labelSources)[Labelled]>>
  )[name]
  if (!source || rows.length === 0) return undefined
  const ids = [...new Set(rows.map((row) => row[column] ?? ''))]
  const result = await sql<{ id: string; label: string }>`
    select id, ${sql.ref(source.column)} as label from ${sql.table(source.table)}
    where site_id = ${siteId} and id = any(${idList(ids)})`.execute(db)
  return new Map(result.rows.map((row) => [row.id, row.label]))
}

async function firstWeekdayOf(db: Db, siteId: number): Promise<1 | 7> {
  const site = await db
    .selectFrom('site')
    .select('first_weekday')
    .where('id', '=', siteId)
    .executeTakeFirst()
  return site?.first_weekday === 7 ? 7 : 1
}

function spaced(parts: readonly RawBuilder<unknown>[]): RawBuilder<unknown> {
  return parts.length === 0 ? sql`` : sql`${sql.join(parts, sql` `)}`
}
