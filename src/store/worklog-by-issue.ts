import { type RawBuilder, sql } from 'kysely'
import type { IssueId } from '../domain/issue.ts'
import type {
  ByIssueOptions,
  WorklogQuery,
  WorklogsOfIssue,
  WorklogView,
} from '../domain/worklog.ts'
import { linkedAbove, parentOf } from './issue-links.ts'
import { compileIssueCondition } from './issue-search-condition.ts'
import { idList, textOfInstant } from './rows.ts'
import { all } from './worklog-filter.ts'
import { seen } from './worklog-matching.ts'
import { toView, viewColumns, viewJoins } from './worklog-rows.ts'

/**
 * Worklogs held at a time; issues with more come in parts. Few, so that most are forgotten while they
 * are young: what outlives two small collections waits for a great one, and the process grows till then.
 */
const batchSize = 500

type Read = (query: RawBuilder<unknown>) => Promise<readonly (readonly unknown[])[]>
type Order = NonNullable<ByIssueOptions['order']>
type Counted = { readonly issueId: IssueId; readonly under: IssueId; readonly count: number }

/**
 * Issues in the order of their keys, each with its worklogs by id. What is held grows with the
 * number of issues, never with that of worklogs: the issues are counted first, then read in runs
 * of whole issues through the index on theirs.
 */
export async function* worklogsByIssue(
  read: Read,
  query: WorklogQuery,
  options: ByIssueOptions,
): AsyncGenerator<readonly WorklogsOfIssue[]> {
  const { order = 'id' } = options
  const counted = await countByIssue(read, query, options)
  for (const run of inRuns(counted)) {
    if (run.reduce((sum, { count }) => sum + count, 0) > batchSize)
      yield* parts(read, query, run, order)
    else yield whole(run, await readRun(read, query, run, order))
  }
}

async function countByIssue(
  read: Read,
  query: WorklogQuery,
  { underParent = false, underLinks = [], withEmpty = false }: ByIssueOptions,
): Promise<readonly Counted[]> {
  const ways = [
    ...(underParent ? [parentOf] : []),
    ...(underLinks.length > 0 ? [linkedAbove(underLinks)] : []),
  ]
  const isUnder = ways.length > 0
  const parent = isUnder
    ? sql`left join issue t on t.site_id = i.site_id and t.id = coalesce(${sql.join(ways)})`
    : sql``
  const key = isUnder ? sql`coalesce(t.key, i.key)` : sql`i.key`
  const under = isUnder ? sql`coalesce(t.id, i.id)` : sql`i.id`
  const worked = sql`(select w.issue_id, count(*) as n from worklog w where ${seen(query)}
    group by w.issue_id) c`
  const chosen = withEmpty ? choosing(query) : undefined
  const source = chosen
    ? sql`issue i left join ${worked} on c.issue_id = i.id ${parent}
      where i.site_id = ${query.siteId} and (c.n is not null or (${chosen}))`
    : sql`${worked} join issue i on i.site_id = ${query.siteId} and i.id = c.issue_id ${parent}`
  const rows = await read(sql`select i.id, ${under} as under, coalesce(c.n, 0)
    from ${source}
    order by regexp_replace(${key}, '-[0-9]+$', ''), substring(${key} from '[0-9]+$')::numeric,
      ${under}, i.id`)
  return rows.map(([issueId, issueUnder, count]) => ({
    issueId: issueId as IssueId,
    under: issueUnder as IssueId,
    count: Number(count),
  }))
}

/** Which issues a query means, as its projects and its condition say; undefined where neither does. */
function choosing({
  siteId,
  viewer,
  projectIds,
  issueCondition,
}: WorklogQuery): RawBuilder<unknown> | undefined {
  const conditions: RawBuilder<unknown>[] = []
  if (projectIds) conditions.push(sql`i.project_id = any(${idList(projectIds)})`)
  if (issueCondition) conditions.push(compileIssueCondition(issueCondition, siteId, viewer))
  return conditions.length === 0 ? undefined : all(conditions)
}

/** Runs of issues that are shown together and have no more worklogs than are held at a time. */
function* inRuns(counted: readonly Counted[]): Iterable<Counted[]> {
  let run: Counted[] = []
  let size = 0
  for (const [at, one] of counted.entries()) {
    const isNew = counted[at - 1]?.under !== one.under
    if (run.length > 0 && isNew && size + familySize(counted, at) > batchSize) {
      yield run
      run = []
      size = 0
    }
    run.push(one)
    size += weight(one)
  }
  if (run.length > 0) yield run
}

/** Worklogs of the issue at `at` and of those shown with it. */
function familySize(counted: readonly Counted[], at: number): number {
  let size = 0
  for (let i = at; i < counted.length && counted[i]!.under === counted[at]!.under; i += 1)
    size += weight(counted[i]!)
  return size
}

/** Issues nobody worked on are held as well. */
function weight({ count }: Counted): number {
  return Math.max(1, count)
}

async function readRun(
  read: Read,
  query: WorklogQuery,
  run: readonly Counted[],
  order: Order,
  page?: { readonly after: WorklogView | undefined },
): Promise<WorklogView[]> {
  const by = order === 'id' ? sql`w.id` : sql`w.started_at, w.id`
  const conditions = [seen(query), sql`w.issue_id = any(${idList(run.map((one) => one.issueId))})`]
  if (page?.after) conditions.push(behind(page.after, order))
  const limit = page ? sql`limit ${batchSize}` : sql``
  const rows = await read(sql`select ${viewColumns} from
    (select w.* from worklog w where ${all(conditions)} order by ${by} ${limit}) w
    ${viewJoins} order by ${by}`)
  return rows.map(toView)
}

function behind({ id, startedAt }: WorklogView, order: Order): RawBuilder<unknown> {
  return order === 'id'
    ? sql`w.id > ${id}::bigint`
    : sql`(w.started_at, w.id) > (${textOfInstant(startedAt)}::timestamptz, ${id}::bigint)`
}

function whole(run: readonly Counted[], worklogs: readonly WorklogView[]): WorklogsOfIssue[] {
  const underOf = new Map(run.map(({ issueId, under }) => [issueId, under]))
  const found = new Map<IssueId, WorklogView[]>(run.map(({ under }) => [under, []]))
  for (const worklog of worklogs) found.get(underOf.get(worklog.issueId)!)!.push(worklog)
  return [...found].map(([issueId, rows]) => ({ issueId, worklogs: rows, isLast: true }))
}

/** One issue (with what is shown under it) that has more worklogs than are held at a time. */
async function* parts(
  read: Read,
  query: WorklogQuery,
  run: readonly Counted[],
  order: Order,
): AsyncGenerator<readonly WorklogsOfIssue[]> {
  const issueId = run[0]!.under
  let after: WorklogView | undefined
  for (;;) {
    const worklogs = await readRun(read, query, run, order, { after })
    const isLast = worklogs.length < batchSize
    yield [{ issueId, worklogs, isLast }]
    if (isLast) return
    after = worklogs.at(-1)
  }
}
