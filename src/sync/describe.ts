import type { SourceIssue, SourceProject } from '../domain/ingest-source.ts'
import { isChosen } from '../domain/jira-link.ts'
import type { IssueMark } from '../domain/sync-state.ts'
import type { Instant } from '../domain/zone.ts'
import { readIssues } from './jira-api.ts'
import { issueFields } from './jira-search.ts'
import type { Reading } from './reading.ts'

const staleMs = 86_400_000
const pageSize = 100
const mostWanted = 1_000

/** Projects as their issues show them: a renamed key is seen there first. */
export function projectsOf(issues: readonly SourceIssue[]): SourceProject[] {
  const projects = new Map<string, SourceProject>()
  for (const { project } of issues) if (project.id !== undefined) projects.set(project.id, project)
  return [...projects.values()]
}

export function describedMarks(issues: readonly SourceIssue[], at: Instant): IssueMark[] {
  return issues.map(({ id }) => ({
    jiraId: id,
    isWanted: false,
    describedAt: at,
    gapSeconds: null,
  }))
}

/** Issues that changed without their worklogs changing. Only those we hold are stored, and those that come into a chosen project. */
export async function refreshChangedIssues(reading: Reading): Promise<void> {
  const { api, store, siteId, connection, now } = reading
  const begun = now()
  // Relative minutes: a moment written out would be read in the zone of Jira's user.
  const minutes = Math.max(1, Math.ceil((begun - reading.state().issueCursor) / 60_000)) + 10
  const jql = `updated >= "-${minutes}m" ORDER BY updated ASC`
  for await (const page of api.search(jql, issueFields, pageSize)) {
    const issues = readIssues(page)
    const ids = issues.map((issue) => issue.id)
    const known = await store.issues.findByJiraIds(siteId, connection.id, ids)
    const held = new Set(known.map((issue) => issue.jiraId))
    const outside = await store.sync.findOutside(siteId, connection.id, ids)
    const comesIn = ({ id, project }: SourceIssue) =>
      outside.has(id) && isChosen(reading.link, project.id)
    await describeAll(
      reading,
      issues.filter((issue) => held.has(issue.id) || comesIn(issue)),
    )
  }
  await reading.commit({
    step: 'issues',
    sinceVersion: await reading.version(),
    state: { issueCursor: begun },
  })
}

/** Issues somebody asked to be described, and those nobody has described for a day. */
export async function describeWanted(reading: Reading): Promise<void> {
  const { api, store, siteId, connection } = reading
  for (;;) {
    const wanted = await store.sync.listWanted(siteId, connection.id, mostWanted)
    if (wanted.length === 0) return
    const issues = await api.describe(wanted)
    const found = new Set(issues.map((issue) => issue.id))
    await describeAll(
      reading,
      issues,
      wanted.filter((id) => !found.has(id)),
    )
  }
}

/** Has the issues of changed rows described anew where that is a day ago. */
export async function wantStale(reading: Reading, issueIds: readonly string[]): Promise<void> {
  const { store, siteId, connection, now } = reading
  const marks = new Map(
    (await store.sync.findMarks(siteId, connection.id, issueIds)).map((mark) => [
      mark.jiraId,
      mark,
    ]),
  )
  const stale = issueIds.filter((id) => {
    const describedAt = marks.get(id)?.describedAt ?? null
    return describedAt === null || describedAt < now() - staleMs
  })
  await store.sync.putMarks(
    siteId,
    connection.id,
    stale.map((jiraId) => ({ jiraId, isWanted: true, describedAt: null, gapSeconds: null })),
  )
}

async function describeAll(
  reading: Reading,
  issues: readonly SourceIssue[],
  notFound: readonly string[] = [],
): Promise<void> {
  if (issues.length + notFound.length === 0) return
  const { siteId, connection, now } = reading
  const bare = issues.map((issue) => ({ ...issue, worklogs: [] }))
  await reading.commit({
    step: 'issues',
    batch: { issues: bare, projects: projectsOf(bare) },
    sinceVersion: await reading.version(),
    alongside: (tx) =>
      tx.sync.putMarks(siteId, connection.id, [
        ...describedMarks(bare, now()),
        ...notFound.map((jiraId) => ({
          jiraId,
          isWanted: false,
          describedAt: now(),
          gapSeconds: null,
        })),
      ]),
  })
}
