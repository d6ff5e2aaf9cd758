import { type RawBuilder, sql } from 'kysely'
import { dayOfEpoch, type Weekday } from '../domain/day.ts'
import {
  type DimensionKind,
  describeDimension,
  type WorklogDimension,
} from '../domain/dimension.ts'
import type { SiteId } from '../domain/site.ts'
import { spanPeriod, spansOf } from '../domain/time-spans.ts'
import type { EstimateSum, SumGroup, WorklogQuery, WorklogSum } from '../domain/worklog.ts'
import { type Column, readBlocks, type Values } from './column-lists.ts'
import { type KeySource, keyOf, sourceIds, sourceTables } from './dimension-keys.ts'
import { type Db, idList, recordset } from './rows.ts'
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

type EstimateRow = Readonly<Record<string, string | null>>

/** Grouped sums; a time dimension's key and label are the first day of its span. */
export async function sumWorklogs(
  db: Db,
  query: WorklogQuery,
  dimensions: readonly WorklogDimension[],
  limit: number,
  weekday?: Weekday,
): Promise<readonly WorklogSum[]> {
  const firstWeekday = weekday ?? (await firstWeekdayOf(db, query.siteId, dimensions))
  const kinds = dimensions.map((name) => describeDimension(name).kind)
  const columns = [
    ...kinds.map((kind, at): Column => ({ name: `k${at}`, kind })),
    ...figures.map(([name]): Column => ({ name, kind: 'figure' })),
  ]
  const spans = spanBySpan(query, dimensions, firstWeekday, limit)
  const blocks = spans
    ? await readBlocks(db, spans.statement, columns, spans.by)
    : await readBlocks(db, groupSums(query, dimensions, firstWeekday, limit), columns)
  const groupOf = await Promise.all(
    kinds.map((kind, at) => {
      const values = blocks.map((block) => block[at]!)
      return groupsBy(db, query.siteId, kind, values)
    }),
  )
  const width = kinds.length
  const sums: WorklogSum[] = []
  for (const block of blocks) {
    const [seconds = [], billable = [], counts = []] = block.slice(width)
    for (let row = 0; row < counts.length; row += 1) {
      const count = counts[row] as number
      // Without dimensions there is one row even when nothing matches.
      if (count === 0) continue
      // Of its exact length at once: what grows by pushing takes seven times the room.
      const groups = new Array<SumGroup>(width)
      for (let at = 0; at < width; at += 1) groups[at] = groupOf[at]!(block[at]![row]!)
      sums.push({
        groups,
        timeSpentSeconds: seconds[row] as number,
        billableSeconds: billable[row] as number,
        count,
      })
    }
  }
  return sums
}

function groupSums(
  query: WorklogQuery,
  dimensions: readonly WorklogDimension[],
  firstWeekday: Weekday,
  limit: number,
): RawBuilder<unknown> {
  const { keys, from, isGrouped } = groups(query, dimensions, firstWeekday, figures)
  const sums = figures.map(([name, figure]) =>
    isGrouped
      ? sql`sum(w.${sql.ref(name)}) as ${sql.ref(name)}`
      : sql`${figure} as ${sql.ref(name)}`,
  )
  return sql`select ${listed(keys)} ${sql.join(sums)} from ${from} ${grouping(keys)} limit ${limit}`
}

/** A report of more spans than this is rather read in one go. */
const mostSpans = 400

/**
 * The same where worklogs are grouped by their own columns within a period: span by span, as the
 * index by days has them. No span is computed for a row, and the few groups of one span are found
 * in half the time that those of all spans take.
 */
function spanBySpan(
  query: WorklogQuery,
  dimensions: readonly WorklogDimension[],
  firstWeekday: Weekday,
  limit: number,
): { readonly statement: RawBuilder<unknown>; readonly by: string } | undefined {
  const time = finestTime.find((one) => dimensions.includes(one))
  const { from, to } = query.period ?? {}
  if (!time || !from || !to || !isPlain(query)) return undefined
  const starts = spansOf(time, { from, to }, firstWeekday, mostSpans)
  const others = dimensions.map((name) => (name === time ? undefined : keyOf(name, firstWeekday)))
  if (starts.length > mostSpans || others.some((one) => one && one.from !== 'w')) return undefined
  const spans = starts.map((key) => ({ key, ...spanPeriod(time, key) }))
  const inner = others.flatMap((one, at) => (one ? [sql`${one.key} as ${sql.ref(`k${at}`)}`] : []))
  const sums = figures.map(([name, figure]) => sql`${figure} as ${sql.ref(name)}`)
  const keys = others.map((one, at) =>
    one ? sql.ref(`g.k${at}`) : sql`r.key as ${sql.ref(`k${at}`)}`,
  )
  const statement = sql`select ${sql.join([...keys, ...figures.map(([name]) => sql.ref(`g.${name}`))])}
    from ${recordset(spans, { key: 'date', from: 'date', to: 'date' })}
    cross join lateral (select ${sql.join([...inner, ...sums])} from worklog w
      where ${seen(query)} and w.day >= r."from" and w.day <= r."to"
      ${grouping(inner)} having count(*) > 0) g
    limit ${limit}`
  return { statement, by: `k${dimensions.indexOf(time)}` }
}

/** The finest first: the coarser ones are one and the same throughout a span. */
const finestTime = ['day', 'week', 'month', 'quarter', 'year'] as const

/** Whether the query asks nothing that would be asked again in every span. */
function isPlain(query: WorklogQuery): boolean {
  const { issueCondition, rowCondition, among, groupIds, excludedGroupIds, teamIds } = query
  return [issueCondition, rowCondition, among, groupIds, excludedGroupIds, teamIds].every(
    (one) => one === undefined,
  )
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
  const result = await sql<EstimateRow>`
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

function keysOf(row: EstimateRow, dimensions: readonly WorklogDimension[]): string[] {
  return dimensions.map((_, at) => row[`k${at}`] ?? '')
}

/** Finds what a key is called. Names are read once per key: a pivot has many rows and few names. */
async function groupsBy(
  db: Db,
  siteId: SiteId,
  kind: DimensionKind,
  blocks: readonly Values[],
): Promise<(value: number | string) => SumGroup> {
  const found = new Map<number | string, SumGroup>()
  if (kind !== 'text' && kind !== 'time') {
    const ids = new Set<number | string>()
    for (const values of blocks) for (const id of values) ids.add(id)
    const { table, label, hint } = labelSources[kind]
    const named =
      ids.size === 0
        ? []
        : (
            await sql<SumGroup>`select id as key, ${label} as label, ${hint} as hint
              from ${sql.table(table)} where site_id = ${siteId}
                and id = any(${idList([...ids])})`.execute(db)
          ).rows
    for (const row of named) found.set(Number(row.key), row)
  }
  return (value) => {
    const known = found.get(value)
    if (known) return known
    const key = Number.isNaN(value)
      ? ''
      : kind === 'time'
        ? dayOfEpoch(value as number)
        : `${value}`
    const group = { key, label: key, hint: null }
    found.set(value, group)
    return group
  }
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
