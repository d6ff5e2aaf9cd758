import type { Gone } from '../domain/ingest-gone.ts'
import { isChosen } from '../domain/jira-link.ts'
import { takeIssues } from './issue-mode.ts'
import { readIssues } from './jira-api.ts'
import { issueFields } from './jira-search.ts'
import type { Reading } from './reading.ts'
import { type VisibleProject, visibleProjects } from './visible-projects.ts'

const issuesPerPage = 100
const rowsPerCommit = 1_000

/** Makes what is held the choice as it is now: what was removed leaves, what was added is read. */
export async function followChoice(reading: Reading): Promise<void> {
  const { link } = reading
  const taken = reading.state().takenProjects
  const chosen = link.projects?.map(({ id }) => id) ?? null
  if (isSame(taken, chosen)) return
  await dropUnchosen(reading)
  // All were taken, or none yet: what is chosen is here, or comes with the feed.
  if (taken === null) return keep(reading, { takenProjects: chosen })
  let done = taken.filter((id) => isChosen(link, id))
  await keep(reading, { takenProjects: done })
  const visible = await visibleProjects(reading)
  for (const project of visible) {
    if (!isChosen(link, project.id) || done.includes(project.id)) continue
    await takeProject(reading, project)
    done = [...done, project.id]
    await keep(reading, { takenProjects: done })
  }
  // One that the account may not browse yet is read once it may, as any that was hidden.
  const shown = new Set(visible.map(({ id }) => id))
  await keep(reading, {
    takenProjects: chosen,
    visibleProjects: reading.state().visibleProjects.filter((id) => shown.has(id)),
  })
}

/** Takes out what is held of projects that are not chosen, as far as its days are open. */
export async function dropUnchosen(reading: Reading): Promise<void> {
  const { store, siteId, connection, link, now } = reading
  if (link.projects === null) return
  const chosen = link.projects.map(({ id }) => id)
  await store.sync.putUnchosen(siteId, connection.id, chosen)
  for (let after = '0'; ; ) {
    const ids = await store.sync.listUnchosen(siteId, connection.id, chosen, after, rowsPerCommit)
    const gone = ids.map((jiraId): Gone => ({ jiraId, at: now(), reason: 'not-chosen' }))
    await reading.commit({ step: 'reconciliation', sinceVersion: await reading.version(), gone })
    if (ids.length < rowsPerCommit) return
    after = ids.at(-1)!
  }
}

/** All rows of a project, by its issues: they are older than any cursor. */
async function takeProject(reading: Reading, { key }: VisibleProject): Promise<void> {
  const { api, store, siteId, connection } = reading
  const jql = `project = "${key}" ORDER BY id ASC`
  for await (const page of api.search(jql, [...issueFields, 'worklog'], issuesPerPage)) {
    const issues = readIssues(page)
    const ids = issues.map((issue) => issue.id)
    const marked = await store.sync.findOutside(siteId, connection.id, ids)
    await takeIssues(
      reading,
      issues.filter((one) => marked.has(one.id) || (one.worklogTotal ?? one.worklogs.length) > 0),
    )
  }
}

async function keep(
  reading: Reading,
  state: { takenProjects: readonly string[] | null; visibleProjects?: readonly string[] },
): Promise<void> {
  await reading.commit({ step: 'issues', sinceVersion: await reading.version(), state })
}

function isSame(a: readonly string[] | null, b: readonly string[] | null): boolean {
  if (a === null || b === null) return a === b
  return a.length === b.length && a.every((id) => b.includes(id))
}
