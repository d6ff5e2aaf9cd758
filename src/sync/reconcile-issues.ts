import type { Day } from '../domain/day.ts'
import type { SourceWorklog } from '../domain/ingest-source.ts'
import { isChosen } from '../domain/jira-link.ts'
import type { IssueMark } from '../domain/sync-state.ts'
import type { GoneReason, Worklog } from '../domain/worklog.ts'
import { readWorklog } from '../jira/read.ts'
import { idOf, listOf, recordOf, secondsOf, textOf } from '../jira/read-json.ts'
import { dayOf, withinHorizon } from './horizon.ts'
import type { Reading } from './reading.ts'
import { askWhereTheyWere } from './suspects.ts'

/** What a reconciliation has found so far: rows that are gone, and the projects still shown. */
export type Findings = {
  readonly gone: Map<string, GoneReason>
  readonly visible: Set<string>
}

type Shown = {
  readonly id: string
  readonly key: string
  /** Its project, where that was asked for. */
  readonly projectId: string | undefined
  readonly total: number
  readonly timeSpentSeconds: number
  /** When each row inside was changed, and its day, by its id, where all of them are. */
  readonly rows: ReadonlyMap<string, { updatedAt: number; day: Day }> | undefined
}

/** What is asked of an issue to compare it: its project only where some are chosen. */
export function comparedFields({ link }: Pick<Reading, 'link'>): readonly string[] {
  return ['worklog', 'timespent', ...(link.projects === null ? [] : ['project'])]
}

/** Compares the issues of one page of a search; returns their ids. */
export async function compareIssues(
  reading: Reading,
  page: readonly unknown[],
  findings: Findings,
): Promise<readonly string[]> {
  const { store, siteId, connection } = reading
  const all = page.flatMap((one) => readShown(one) ?? [])
  await wantRenamed(reading, all)
  const shown = await insideOf(reading, all)
  const ids = shown.map((issue) => issue.id)
  const held = groupedBy(
    await store.sync.liveOfIssues(siteId, connection.id, ids),
    (row) => row.issueJiraId,
  )
  const gaps = new Map(
    (await store.sync.findMarks(siteId, connection.id, ids)).map((one) => [
      one.jiraId,
      one.gapSeconds,
    ]),
  )
  const settled: IssueMark[] = []
  for (const issue of shown) {
    const rows = held.get(issue.id) ?? []
    const gap = issue.timeSpentSeconds - sumOf(rows)
    if (issue.total === 0 && rows.length === 0) continue
    const known = gaps.get(issue.id) ?? null
    if (
      !isSame(issue, rows, reading.link.horizon) ||
      (known !== gap && (known !== null || gap !== 0))
    )
      await refetchIssue(reading, issue, findings)
    // The very rows that are held, and nothing beside them: as good as a complete reading.
    else if (known === null && issue.rows) settled.push(markOf(issue.id, gap))
    else if (known === null) await refetchIssue(reading, issue, findings)
  }
  await store.sync.putMarks(siteId, connection.id, settled)
  return all.map((issue) => issue.id)
}

/** Those of chosen projects; one that came in or went out since is described anew instead. */
async function insideOf(reading: Reading, shown: readonly Shown[]): Promise<readonly Shown[]> {
  const { store, siteId, connection, link } = reading
  if (link.projects === null) return shown
  const ids = shown.map((issue) => issue.id)
  const outside = await store.sync.findOutside(siteId, connection.id, ids)
  const isIn = ({ projectId }: Shown) => isChosen(link, projectId)
  await want(
    reading,
    shown.filter((issue) => isIn(issue) === outside.has(issue.id)).map((issue) => issue.id),
  )
  return shown.filter((issue) => isIn(issue) && !outside.has(issue.id))
}

/** Reads all rows of an issue and settles every difference. */
export async function refetchIssue(
  reading: Reading,
  issue: { readonly id: string; readonly timeSpentSeconds: number },
  findings: Findings,
): Promise<void> {
  const { api, store, siteId, connection } = reading
  const sinceVersion = await reading.version()
  const listed = await api.issueWorklogs(issue.id)
  if (listed === undefined) return confirmMissing(reading, [issue.id], findings)
  const ids = new Set(listed.map((row) => row.id))
  const held = await store.sync.liveOfIssues(siteId, connection.id, [issue.id])
  const missing = held.filter((row) => !ids.has(row.jiraId)).map((row) => row.jiraId)
  const moved = await lookFor(reading, missing, findings)
  const inside = await withinHorizon(reading, { worklogs: listed })
  await reading.commit({
    step: 'reconciliation',
    batch: { worklogs: [...listed, ...moved] },
    sinceVersion,
    alongside: (tx) =>
      tx.sync.putMarks(siteId, connection.id, [
        markOf(issue.id, issue.timeSpentSeconds - sumOf(inside.worklogs ?? [])),
      ]),
  })
}

/** Rows that their issue no longer lists: moved, or really gone, and then why. Absence proves nothing. */
async function lookFor(
  reading: Reading,
  jiraIds: readonly string[],
  findings: Findings,
): Promise<readonly SourceWorklog[]> {
  if (jiraIds.length === 0) return []
  const moved = await reading.api.worklogs(jiraIds)
  const found = new Set(moved.map((row) => row.id))
  const asked = await askWhereTheyWere(
    reading,
    jiraIds.filter((id) => !found.has(id)),
  )
  for (const jiraId of asked.gone) findings.gone.set(jiraId, 'missing')
  return [...moved, ...asked.found]
}

/** Issues that a search did not show: asked for directly, their rows too, before any are given up. */
export async function confirmMissing(
  reading: Reading,
  issueIds: readonly string[],
  findings: Findings,
): Promise<void> {
  if (issueIds.length === 0) return
  const { api, store, siteId, connection } = reading
  const rows = await store.sync.liveOfIssues(siteId, connection.id, issueIds)
  const sinceVersion = await reading.version()
  const shown = await api.worklogs(rows.map((row) => row.jiraId))
  if (shown.length > 0)
    await reading.commit({ step: 'reconciliation', batch: { worklogs: shown }, sinceVersion })
  // There, but not where it was looked for: in a project that is not chosen, perhaps.
  if (reading.link.projects !== null)
    await want(reading, [...new Set(shown.flatMap((row) => row.issueId ?? []))])
  const found = new Set(shown.map((row) => row.id))
  const left = groupedBy(
    rows.filter((row) => !found.has(row.jiraId)),
    (row) => row.issueJiraId,
  )
  const projectOf = await projectsOfIssues(reading, [...left.keys()])
  for (const [issueId, lost] of left) {
    const isVisible = findings.visible.has(projectOf.get(issueId) ?? '')
    if (isVisible && (await api.seesIssue(issueId))) {
      const asked = await askWhereTheyWere(
        reading,
        lost.map((row) => row.jiraId),
      )
      for (const jiraId of asked.gone) findings.gone.set(jiraId, 'missing')
      continue
    }
    for (const row of lost) findings.gone.set(row.jiraId, isVisible ? 'issue-deleted' : 'no-access')
  }
}

/** A key that differs tells of a rename or a move: the issue is described anew. */
async function wantRenamed(reading: Reading, shown: readonly Shown[]): Promise<void> {
  const { store, siteId, connection } = reading
  const known = await store.issues.findByJiraIds(
    siteId,
    connection.id,
    shown.map((issue) => issue.id),
  )
  const keys = new Map(known.map((issue) => [issue.jiraId, issue.key]))
  await want(
    reading,
    shown.filter(({ id, key }) => keys.has(id) && keys.get(id) !== key).map(({ id }) => id),
  )
}

async function want({ store, siteId, connection }: Reading, ids: readonly string[]): Promise<void> {
  const marks = ids.map((id) => ({ ...markOf(id, null), isWanted: true }))
  await store.sync.putMarks(siteId, connection.id, marks)
}

async function projectsOfIssues(
  { store, siteId, connection }: Reading,
  issueIds: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const issues = await store.issues.findByJiraIds(siteId, connection.id, issueIds)
  const projects = await store.projects.getMany(siteId, [
    ...new Set(issues.map((issue) => issue.projectId)),
  ])
  const jiraIds = new Map(projects.map((project) => [project.id, project.jiraId]))
  return new Map(issues.map((issue) => [issue.jiraId, jiraIds.get(issue.projectId) ?? '']))
}

/** Whether Jira shows as many rows as are held, and the same ones where it shows them all. */
function isSame({ total, rows }: Shown, held: readonly Worklog[], horizon: Day | null): boolean {
  // Behind a horizon a count says nothing; the gap in the hours, remembered, tells of a change.
  if (!rows) return horizon !== null || total === held.length
  const ids = new Set(held.map((row) => row.jiraId))
  return (
    held.every((row) => rows.get(row.jiraId)?.updatedAt === row.updatedAt) &&
    [...rows].every(([id, { day }]) => ids.has(id) || (horizon !== null && day < horizon))
  )
}

function readShown(json: unknown): Shown | undefined {
  const issue = recordOf(json)
  const [id, key] = [idOf(issue.id), textOf(issue.key)]
  if (id === undefined || key === undefined) return undefined
  const fields = recordOf(issue.fields)
  const worklog = recordOf(fields.worklog)
  const rows = new Map(
    listOf(worklog.worklogs).flatMap((one) => {
      const row = readWorklog(one, [])
      return row ? [[row.id, { updatedAt: row.updatedAt, day: dayOf(row) }] as const] : []
    }),
  )
  const total = secondsOf(worklog.total) ?? rows.size
  return {
    id,
    key,
    projectId: idOf(recordOf(fields.project).id),
    total,
    timeSpentSeconds: secondsOf(fields.timespent) ?? 0,
    rows: rows.size >= total ? rows : undefined,
  }
}

function markOf(jiraId: string, gapSeconds: number | null): IssueMark {
  return { jiraId, isWanted: false, describedAt: null, gapSeconds }
}

function sumOf(rows: readonly Pick<Worklog, 'timeSpentSeconds'>[]): number {
  return rows.reduce((sum, row) => sum + row.timeSpentSeconds, 0)
}

function groupedBy<T>(values: readonly T[], keyOf: (value: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>()
  for (const value of values) {
    const group = groups.get(keyOf(value))
    if (group) group.push(value)
    else groups.set(keyOf(value), [value])
  }
  return groups
}
