import { type RawBuilder, sql } from 'kysely'
import type { Weekday } from '../domain/day.ts'
import { describeDimension, type WorklogDimension } from '../domain/dimension.ts'
import type { SiteId } from '../domain/site.ts'
import type { EstimateSum, WorklogQuery, WorklogSum } from '../domain/worklog.ts'
import { type KeySource, keyOf, sourceIds, sourceTables } from './dimension-keys.ts'
import { type Db, idList } from './rows.ts'
import { seen } from './worklog-matching.ts'

/** Where the names of grouped rows stand. */
const labelSources = {
  person: { table: 'person', label: sql`display_name`, hint: sql`null` },
  project: { table: 'project', label: sql`key`, hint: sql`name` },
  issue: { table: 'issue', label: sql`key`, hint: sql`summary` },
} as const

type Figure = readonly [name: string, figure: RawBuilder<unknown>]

const figures: readonly Figure[] = [
  ['seconds', sql`sum(w.time_spent_seconds)`],
  ['billable', sql`sum(coalesce(w.billable_seconds, w.time_spent_seconds))`],
  ['n', sql`count(*)`],
]

type Labels = ReadonlyMap<string, { readonly label: string; readonly hint: string | null }>
type Group = Readonly<Record<string, string | null>>

/** Grouped sums; a time dimension's key and label are the first day of its span. */
export async function sumWorklogs(
  db: Db,
  query: WorklogQuery,
  dimensions: readonly WorklogDimension[],
  limit: number,
  weekday?: Weekday,
): Promise<readonly WorklogSum[]> {
  const firstWeekday = weekday ?? (await firstWeekdayOf(db, query.siteId, dimensions))
  const { keys, from, isGrouped } = groups(query, dimensions, firstWeekday, figures)
  const sums = figures.map(([name, figure]) =>
    isGrouped
      ? sql`sum(w.${sql.ref(name)})::text as ${sql.ref(name)}`
      : sql`${figure}::text as ${sql.ref(name)}`,
  )
  const groupsFound = await readLines(
    db,
    sql`select ${listed(keys)} ${sql.join(sums)} from ${from} ${grouping(keys)} limit ${limit}`,
    [
      ...dimensions.map((name, at) => [`k${at}`, describeDimension(name).kind === 'text'] as const),
      ...figures.map(([name]) => [name, false] as const),
    ],
  )
  // Without dimensions there is one row even when nothing matches.
  const rows = groupsFound.filter((row) => row.n !== '' && row.n !== '0')
  const labels = await Promise.all(
    dimensions.map((name, at) => labelsOf(db, query.siteId, name, rows, `k${at}`)),
  )
  const hasHints = labels.some((one) => one !== undefined)
  return rows.map((row) => {
    const found = dimensions.map((_, at) => labels[at]?.get(row[`k${at}`] ?? ''))
    return {
      keys: keysOf(row, dimensions),
      labels: found.map((one, at) => one?.label ?? row[`k${at}`] ?? ''),
      ...(hasHints ? { hints: found.map((one) => one?.hint ?? null) } : {}),
      timeSpentSeconds: Number(row.seconds),
      billableSeconds: Number(row.billable),
      count: Number(row.n),
    }
  })
}

/** Estimates of the issues worked on in each group; an issue counts once however often it appears. */
export async function sumEstimates(
  db: Db,
  query: WorklogQuery,
  dimensions: readonly WorklogDimension[],
  limit: number,
  weekday?: Weekday,
): Promise<readonly EstimateSum[]> {
  const firstWeekday = weekday ?? (await firstWeekdayOf(db, query.siteId, dimensions))
  const { keys, from } = groups(query, dimensions, firstWeekday, [], ['i'])
  const result = await sql<Group>`
    select ${listed(keys.map((_, at) => sql.ref(`d.k${at}`)))} coalesce(sum(d.original), 0)::text as original,
      coalesce(sum(d.remaining), 0)::text as remaining
    from (select distinct ${listed(keys)} i.id, i.original_estimate_seconds as original,
      i.remaining_estimate_seconds as remaining from ${from}) d
    ${grouping(keys)} limit ${limit}`.execute(db)
  return result.rows.map((row) => ({
    keys: keysOf(row, dimensions),
    originalEstimateSeconds: Number(row.original),
    remainingEstimateSeconds: Number(row.remaining),
  }))
}

/**
 * The keys of the dimensions, and what to select them from. Worklogs are added up by their own
 * columns first, as `w`, and only these groups meet issues, projects and people: a year of
 * worklogs has far fewer issues than rows.
 */
function groups(
  query: WorklogQuery,
  dimensions: readonly WorklogDimension[],
  firstWeekday: Weekday,
  wanted: readonly Figure[],
  alsoFrom: readonly Exclude<KeySource, 'w'>[] = [],
): {
  readonly keys: readonly RawBuilder<unknown>[]
  readonly from: RawBuilder<unknown>
  /** Whether `w` stands for groups already, with the figures as its columns. */
  readonly isGrouped: boolean
} {
  const sources = dimensions.map((name) => keyOf(name, firstWeekday))
  const own = sources.flatMap(({ from, key }, at) => (from === 'w' ? [{ key, at }] : []))
  const rows = (['i', 'p', 'a'] as const).filter(
    (name) => alsoFrom.includes(name) || sources.some(({ from }) => from === name),
  )
  if (rows.length === 0)
    return {
      keys: sources.map(({ key }) => key),
      from: sql`worklog w where ${seen(query)}`,
      isGrouped: false,
    }
  const grouped = [
    ...own.map(({ key, at }) => sql`${key} as ${sql.ref(`c${at}`)}`),
    ...rows.map((name) => sql`w.${sql.ref(sourceIds[name])}`),
  ]
  const selected = [
    ...grouped,
    ...wanted.map(([name, figure]) => sql`${figure} as ${sql.ref(name)}`),
  ]
  const joins = rows.map(
    (name) => sql`join ${sql.table(sourceTables[name])} ${sql.ref(name)}
      on ${sql.ref(`${name}.site_id`)} = ${query.siteId}
      and ${sql.ref(`${name}.id`)} = ${sql.ref(`w.${sourceIds[name]}`)}`,
  )
  return {
    keys: sources.map(({ from, key }, at) => (from === 'w' ? sql.ref(`w.c${at}`) : key)),
    from: sql`(select ${sql.join(selected)} from worklog w where ${seen(query)}
      ${grouping(grouped)}) w ${spaced(joins)}`,
    isGrouped: true,
  }
}

function listed(keys: readonly RawBuilder<unknown>[]): RawBuilder<unknown> {
  return spaced(keys.map((key, at) => sql`${key} as ${sql.ref(`k${at}`)},`))
}

function grouping(keys: readonly RawBuilder<unknown>[]): RawBuilder<unknown> {
  return keys.length > 0 ? sql`group by ${sql.join(keys.map((_, at) => sql.lit(at + 1)))}` : sql``
}

function keysOf(row: Group, dimensions: readonly WorklogDimension[]): string[] {
  return dimensions.map((_, at) => row[`k${at}`] ?? '')
}

/**
 * The rows of a statement as one text, a line each: thousands of short rows take the driver longer
 * to read than the database to add them up. Where a cell may hold anything it is written as JSON,
 * in which there is no line's end. What is null comes as nothing.
 */
async function readLines(
  db: Db,
  statement: RawBuilder<unknown>,
  columns: readonly (readonly [name: string, isFreeText: boolean])[],
): Promise<readonly Group[]> {
  const cells = columns.map(([name, isFreeText]) => {
    const cell = sql.ref(`g.${name}`)
    return isFreeText ? sql`to_json(${cell})` : cell
  })
  const result = await sql<{ lines: string | null }>`select string_agg(concat_ws(${'\t'},
      ${sql.join(cells.map((cell) => sql`coalesce(${cell}::text, '')`))}), ${'\n'}) as lines
    from (${statement}) g`.execute(db)
  const lines = result.rows[0]?.lines
  if (lines === null || lines === undefined) return []
  return lines.split('\n').map((line) => {
    const cells = line.split('\t')
    const group: Record<string, string> = {}
    columns.forEach(([name, isFreeText], at) => {
      const cell = cells[at] ?? ''
      group[name] = isFreeText && cell !== '' ? (JSON.parse(cell) as string) : cell
    })
    return group
  })
}

/** Names once per key instead of once per row: a pivot has many rows and few names. */
async function labelsOf(
  db: Db,
  siteId: SiteId,
  name: WorklogDimension,
  rows: readonly Group[],
  column: string,
): Promise<Labels | undefined> {
  const { kind } = describeDimension(name)
  if (kind === 'time' || kind === 'text' || rows.length === 0) return undefined
  const { table, label, hint } = labelSources[kind]
  const ids = [...new Set(rows.map((row) => row[column] ?? ''))]
  const result = await sql<{ id: string; label: string; hint: string | null }>`
    select id, ${label} as label, ${hint} as hint from ${sql.table(table)}
    where site_id = ${siteId} and id = any(${idList(ids)})`.execute(db)
  return new Map(result.rows.map((row) => [row.id, row]))
}

async function firstWeekdayOf(
  db: Db,
  siteId: SiteId,
  dimensions: readonly WorklogDimension[],
): Promise<1 | 7> {
  if (!dimensions.includes('week')) return 1
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
