import { addDays } from '../domain/day.ts'
import type { Gone } from '../domain/ingest-gone.ts'
import type { IssueWindow } from '../domain/sync-state.ts'
import { localIn } from '../domain/zone.ts'
import { describeWanted } from './describe.ts'
import { dropUnchosen } from './follow-choice.ts'
import { chunksOf } from './jira-api.ts'
import type { Reading } from './reading.ts'
import { comparedFields, compareIssues, confirmMissing, type Findings } from './reconcile-issues.ts'
import { chosenOf, type VisibleProject, visibleProjects } from './visible-projects.ts'

export type ReconcileScope = {
  /** Every issue with rows, instead of the last two months and a twelfth of the others. */
  readonly isFull: boolean
  /** Ask Jira for the ids of all issues, to find those that are gone. */
  readonly withCensus: boolean
  /** An administrator has said that the rows found gone may go. */
  readonly acceptsGone: boolean
}

const windowDays = 62
const issuesPerPage = 100
const censusPage = 5_000
const parts = 12
/** What one run may take out of the totals without asking: more smells of a lost permission. */
const mostGone = 500
const mostGoneShare = 0.02
/** A small store may lose a handful: two percent of ten rows would forbid every deletion. */
const fewGone = 50

/** Compares what is held with what Jira says, issue by issue, and repairs what differs. */
export async function reconcile(reading: Reading, scope: ReconcileScope): Promise<void> {
  const { store, siteId, connection, now } = reading
  const visible = await visibleProjects(reading)
  const projects = chosenOf(reading, visible)
  const findings = noFindings(visible)
  if (scope.isFull) await compareAll(reading, projects, findings)
  else {
    await compareHeld(reading, scope.withCensus, findings)
    await compareNewProjects(reading, projects, findings)
    if (scope.withCensus) await takeCensus(reading, projects, findings)
  }
  await applyGone(reading, findings, scope.acceptsGone)
  await describeWanted(reading)
  await dropUnchosen(reading)
  await reading.commit({
    step: 'reconciliation',
    sinceVersion: await reading.version(),
    state: {
      reconciledAt: now(),
      visibleProjects: visible.map((project) => project.id),
      ...(scope.isFull ? { needsSweep: false } : {}),
      ...(scope.withCensus ? { censusAt: now(), part: (reading.state().part + 1) % parts } : {}),
    },
  })
  await store.connections.takeCensus(siteId, connection.id, now())
}

/** Looks at every issue of every project: rows of one millisecond can hide from the feeds. */
export async function sweep(reading: Reading): Promise<void> {
  const visible = await visibleProjects(reading)
  const findings = noFindings(visible)
  for (const project of chosenOf(reading, visible)) await compareProject(reading, project, findings)
  await applyGone(reading, findings, false)
  await reading.commit({
    step: 'reconciliation',
    sinceVersion: await reading.version(),
    state: { needsSweep: false },
  })
}

/** Looks for issues that somebody said were deleted. */
export async function confirmIssues(reading: Reading, issueIds: readonly string[]): Promise<void> {
  const findings = noFindings(await visibleProjects(reading))
  await confirmMissing(reading, issueIds, findings)
  await applyGone(reading, findings, false)
}

/** Every issue Jira shows, then every issue with rows that it did not show. */
async function compareAll(
  reading: Reading,
  projects: readonly VisibleProject[],
  findings: Findings,
): Promise<void> {
  const seen = new Set<string>()
  for (const project of projects)
    for (const id of await compareProject(reading, project, findings)) seen.add(id)
  for await (const ids of issuePages(reading, {})) {
    const unseen = ids.filter((id) => !seen.has(id))
    await confirmMissing(reading, unseen, findings)
  }
}

/** The issues with rows of the last two months, weekly also a twelfth of all others. */
async function compareHeld(
  reading: Reading,
  withOthers: boolean,
  findings: Findings,
): Promise<void> {
  const before = addDays(localIn('UTC', reading.now()).day, -windowDays)
  const { part } = reading.state()
  const windows: IssueWindow[] = [{ since: before }, ...(withOthers ? [{ before, part }] : [])]
  for (const window of windows)
    for await (const ids of issuePages(reading, window)) {
      const shown = await reading.api.issuesById(ids, comparedFields(reading))
      const seen = new Set(await compareIssues(reading, shown, findings))
      const unseen = ids.filter((id) => !seen.has(id))
      await confirmMissing(reading, unseen, findings)
    }
}

/** Rows of a project that was hidden until now are older than any cursor. */
async function compareNewProjects(
  reading: Reading,
  projects: readonly VisibleProject[],
  findings: Findings,
): Promise<void> {
  const before = new Set(reading.state().visibleProjects)
  for (const project of projects)
    if (!before.has(project.id)) await compareProject(reading, project, findings)
}

async function compareProject(
  reading: Reading,
  { key }: VisibleProject,
  findings: Findings,
): Promise<readonly string[]> {
  const seen: string[] = []
  const jql = `project = "${key}" ORDER BY id ASC`
  for await (const page of reading.api.search(jql, comparedFields(reading), issuesPerPage))
    seen.push(...(await compareIssues(reading, page, findings)))
  return seen
}

/** Asks for the ids of all issues; those with rows that are not among them are looked for. */
async function takeCensus(
  reading: Reading,
  projects: readonly VisibleProject[],
  findings: Findings,
): Promise<void> {
  const unseen = new Set<string>()
  for await (const ids of issuePages(reading, {})) for (const id of ids) unseen.add(id)
  for (const { key } of projects) {
    if (unseen.size === 0) return
    const jql = `project = "${key}" ORDER BY id ASC`
    for await (const page of reading.api.search(jql, ['id'], censusPage))
      for (const issue of page) unseen.delete(String((issue as { id?: unknown }).id))
  }
  for (const chunk of chunksOf([...unseen], issuesPerPage))
    await confirmMissing(reading, chunk, findings)
}

/** Takes rows out of the totals; asks first where so many are gone that something else is likelier. */
async function applyGone(
  reading: Reading,
  { gone }: Findings,
  acceptsGone: boolean,
): Promise<void> {
  const { api, store, siteId, connection, now } = reading
  const held = await store.sync.countLive(siteId, connection.id)
  const isMuch = gone.size > mostGone || (gone.size > fewGone && gone.size > held * mostGoneShare)
  if (isMuch && !acceptsGone) {
    await store.sync.noteIncident(siteId, {
      connectionId: connection.id,
      kind: 'many-gone',
      message: `${gone.size} of ${held} worklogs are no longer shown: check that the account may still browse all projects, then run "hourbook sync --full --accept-gone"`,
      details: { gone: gone.size, held },
      at: now(),
    })
    return
  }
  for (const chunk of chunksOf([...gone], 1_000)) {
    const sinceVersion = await reading.version()
    // Once more by id, just before: what a long run saw at its beginning may have come back.
    const shown = await api.worklogs(chunk.map(([jiraId]) => jiraId))
    const alive = new Set(shown.map((row) => row.id))
    await reading.commit({
      step: 'reconciliation',
      batch: { worklogs: shown },
      sinceVersion,
      gone: chunk
        .filter(([jiraId]) => !alive.has(jiraId))
        .map(([jiraId, reason]): Gone => ({ jiraId, at: now(), reason })),
    })
  }
}

async function* issuePages(
  { store, siteId, connection }: Reading,
  window: IssueWindow,
): AsyncGenerator<readonly string[]> {
  for (let after = '0'; ; ) {
    const ids = await store.sync.listIssues(siteId, connection.id, window, after, issuesPerPage)
    if (ids.length > 0) yield ids
    if (ids.length < issuesPerPage) return
    after = ids.at(-1)!
  }
}

function noFindings(projects: readonly VisibleProject[]): Findings {
  return { gone: new Map(), visible: new Set(projects.map((project) => project.id)) }
}
