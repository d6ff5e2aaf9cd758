import { type RawBuilder, sql } from 'kysely'
import type { ScanCell, WorklogField, WorklogQuery } from '../domain/worklog.ts'
import type { Engine, TextRow } from './engine.ts'
import { all } from './worklog-filter.ts'
import { seen } from './worklog-matching.ts'

const batchSize = 4_000

/** Rows that leave before the rest is sorted: enough to show that something comes. */
const firstCount = 500

type Source = 'w' | 'i' | 'p' | 'a'

/** Where each exported value comes from. Instants leave as ISO 8601 with the offset they were booked in. */
const fieldSources: Readonly<Record<WorklogField, { from: Source; sql: RawBuilder<unknown> }>> = {
  id: { from: 'w', sql: sql`w.id` },
  jiraId: { from: 'w', sql: sql`w.jira_id` },
  issueId: { from: 'w', sql: sql`w.issue_id` },
  issueKey: { from: 'i', sql: sql`i.key` },
  issueSummary: { from: 'i', sql: sql`i.summary` },
  issueType: { from: 'i', sql: sql`i.issue_type` },
  projectKey: { from: 'p', sql: sql`p.key` },
  projectName: { from: 'p', sql: sql`p.name` },
  authorId: { from: 'w', sql: sql`w.author_id` },
  accountId: { from: 'a', sql: sql`a.account_id` },
  username: { from: 'a', sql: sql`a.username` },
  author: { from: 'a', sql: sql`a.display_name` },
  email: { from: 'a', sql: sql`a.email` },
  day: { from: 'w', sql: sql`w.day` },
  startTime: { from: 'w', sql: sql`w.start_time` },
  startedAt: { from: 'w', sql: sql`w.started_at` },
  timeSpentSeconds: { from: 'w', sql: sql`w.time_spent_seconds` },
  billableSeconds: { from: 'w', sql: sql`coalesce(w.billable_seconds, w.time_spent_seconds)` },
  comment: { from: 'w', sql: sql`w.comment` },
  category: { from: 'w', sql: sql`w.category` },
  createdAt: { from: 'w', sql: sql`w.created_at` },
  updatedAt: { from: 'w', sql: sql`w.updated_at` },
  version: { from: 'w', sql: sql`w.version` },
}

const instantFields: readonly WorklogField[] = ['startedAt', 'createdAt', 'updatedAt']
const numberFields: readonly WorklogField[] = ['timeSpentSeconds', 'billableSeconds']

const joins: Readonly<Record<Exclude<Source, 'w'>, RawBuilder<unknown>>> = {
  i: sql`join issue i on i.site_id = w.site_id and i.id = w.issue_id`,
  p: sql`join project p on p.site_id = w.site_id and p.id = w.project_id`,
  a: sql`join person a on a.site_id = w.site_id and a.id = w.author_id`,
}

/** All matching rows in (day, id) order; COPY on a server, keyset batches on PGlite. */
export async function* scanWorklogs(
  engine: Engine,
  rowsOf: RowsOf,
  query: WorklogQuery,
  fields: readonly WorklogField[],
): AsyncGenerator<readonly (readonly ScanCell[])[]> {
  const placesOf = (some: readonly WorklogField[]) =>
    fields.flatMap((field, at) => (some.includes(field) ? [at] : []))
  const [instants, numbers] = [placesOf(instantFields), placesOf(numberFields)]
  const keyed: readonly WorklogField[] = [...fields, 'day', 'id']
  const behind = (last: TextRow) => ({ day: last[fields.length]!, id: last[fields.length + 1]! })
  for await (const batch of engine.copy
    ? engine.copy({
        first: statement(query, keyed, { limit: firstCount }).compile(engine.db),
        firstCount,
        rest: (last) => statement(query, fields, { after: behind(last) }).compile(engine.db),
      })
    : keysetBatches(rowsOf, query, keyed, behind)) {
    const rows = batch as ScanCell[][]
    for (const row of rows) row.length = fields.length
    for (const at of instants) for (const row of rows) row[at] = isoOfText(row[at] as string)
    for (const at of numbers) for (const row of rows) row[at] = Number(row[at])
    yield rows
  }
}

async function* keysetBatches(
  rowsOf: RowsOf,
  query: WorklogQuery,
  keyed: readonly WorklogField[],
  behind: (last: TextRow) => Bookmark,
): AsyncGenerator<readonly TextRow[]> {
  let after: Bookmark | undefined
  for (;;) {
    const rows = (await rowsOf(
      statement(query, keyed, { after, limit: batchSize }),
    )) as readonly TextRow[]
    const { length } = rows
    if (length > 0) {
      after = behind(rows.at(-1)!)
      yield rows
    }
    if (length < batchSize) return
  }
}

type RowsOf = (query: RawBuilder<unknown>) => Promise<readonly (readonly unknown[])[]>

type Bookmark = { readonly day: string; readonly id: string }

function statement(
  query: WorklogQuery,
  fields: readonly WorklogField[],
  { after, limit }: { after?: Bookmark | undefined; limit?: number },
) {
  const sources = new Set(fields.map((field) => fieldSources[field].from))
  const selected = fields.map(
    (field, at) => sql`${fieldSources[field].sql} as ${sql.ref(`c${at}`)}`,
  )
  const joined = (['i', 'p', 'a'] as const).filter((source) => sources.has(source))
  const where = after
    ? all([seen(query), sql`(w.day, w.id) > (${after.day}::date, ${after.id}::bigint)`])
    : seen(query)
  return sql`select ${sql.join(selected)} from worklog w
    ${sql.join(
      joined.map((source) => joins[source]),
      sql` `,
    )}
    where ${where} order by w.day, w.id ${limit === undefined ? sql`` : sql`limit ${limit}`}`
}

/** `2026-03-01 08:00:00.5+00` to `2026-03-01T08:00:00.500Z`. */
function isoOfText(text: string): string {
  const fraction = text[19] === '.' ? text.slice(20, text.indexOf('+', 20)).padEnd(3, '0') : '000'
  return `${text.slice(0, 10)}T${text.slice(11, 19)}.${fraction}Z`
}
