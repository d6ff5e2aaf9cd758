import { type RawBuilder, sql } from 'kysely'
import type { WorklogDimension, WorklogQuery, WorklogSum } from '../domain/worklog.ts'
import type { Db } from './rows.ts'
import { seen } from './worklog-filter.ts'

type Dimension = {
  /** Grouped by, over `w`. */
  readonly key: RawBuilder<unknown>
  /** Name of the group, over the grouped rows `g` and the join. */
  readonly label?: (key: RawBuilder<unknown>) => RawBuilder<unknown>
  readonly join?: (key: RawBuilder<unknown>, siteId: number) => RawBuilder<unknown>
}

const truncated = (unit: 'month' | 'quarter' | 'year'): Dimension => ({
  key: sql`date_trunc(${sql.lit(unit)}, w.day)::date`,
})

const dimensions: Readonly<Record<Exclude<WorklogDimension, 'week'>, Dimension>> = {
  person: {
    key: sql`w.author_id`,
    label: () => sql`a.display_name`,
    join: (key, siteId) => sql`join person a on a.site_id = ${siteId} and a.id = ${key}`,
  },
  project: {
    key: sql`w.project_id`,
    label: () => sql`p.key`,
    join: (key, siteId) => sql`join project p on p.site_id = ${siteId} and p.id = ${key}`,
  },
  issue: {
    key: sql`w.issue_id`,
    label: () => sql`i.key`,
    join: (key, siteId) => sql`join issue i on i.site_id = ${siteId} and i.id = ${key}`,
  },
  category: { key: sql`coalesce(w.category, '')` },
  day: { key: sql`w.day` },
  month: truncated('month'),
  quarter: truncated('quarter'),
  year: truncated('year'),
}

/** Grouped sums; a time dimension's key and label are the first day of its span. */
export async function sumWorklogs(
  db: Db,
  query: WorklogQuery,
  names: readonly WorklogDimension[],
  limit: number,
): Promise<readonly WorklogSum[]> {
  const site = await db
    .selectFrom('site')
    .select('first_weekday')
    .where('id', '=', query.siteId)
    .executeTakeFirst()
  const used = names.map((name) =>
    name === 'week' ? week(site?.first_weekday ?? 1) : dimensions[name],
  )
  const keyName = (at: number) => sql.ref(`k${at}`)
  const inner = used.map((dimension, at) => sql`${dimension.key} as ${keyName(at)},`)
  const outer = used.map((dimension, at) => {
    const key = sql`g.${keyName(at)}`
    return sql`${key}::text as ${keyName(at)}, ${dimension.label?.(key) ?? sql`${key}::text`} as ${sql.ref(`l${at}`)},`
  })
  const joins = used.flatMap((dimension, at) =>
    dimension.join ? [dimension.join(sql`g.${keyName(at)}`, query.siteId)] : [],
  )
  const grouping =
    used.length > 0 ? sql`group by ${sql.join(used.map((_, at) => sql.lit(at + 1)))}` : sql``
  const result = await sql<
    Record<string, string>
  >`select ${spaced(outer)} g.seconds, g.billable, g.n
    from (select ${spaced(inner)} sum(w.time_spent_seconds) as seconds,
        sum(coalesce(w.billable_seconds, w.time_spent_seconds)) as billable, count(*) as n
      from worklog w where ${seen(query)} ${grouping} limit ${limit}) g ${spaced(joins)}`.execute(
    db,
  )
  return result.rows
    .filter((row) => Number(row.n) > 0)
    .map((row) => ({
      keys: names.map((_, at) => row[`k${at}`] ?? ''),
      labels: names.map((_, at) => row[`l${at}`] ?? ''),
      timeSpentSeconds: Number(row.seconds),
      billableSeconds: Number(row.billable),
      count: Number(row.n),
    }))
}

function week(firstWeekday: number): Dimension {
  // date_trunc knows Mondays only; a Sunday week is Monday's shifted by a day.
  return firstWeekday === 7
    ? { key: sql`(date_trunc('week', w.day + 1)::date - 1)` }
    : { key: sql`date_trunc('week', w.day)::date` }
}

function spaced(parts: readonly RawBuilder<unknown>[]): RawBuilder<unknown> {
  return parts.length === 0 ? sql`` : sql`${sql.join(parts, sql` `)}`
}
