import type { Gone } from '../domain/ingest-gone.ts'
import type { SourceBatch, SourceIssue, SourceWorklog } from '../domain/ingest-source.ts'
import { isChosen } from '../domain/jira-link.ts'
import type { ReadingNeeds } from './reading.ts'

type ChoiceNeeds = Pick<ReadingNeeds, 'store' | 'siteId' | 'link' | 'api' | 'now'> & {
  readonly connection: Pick<ReadingNeeds['connection'], 'id'>
}

/** What of a batch lies in chosen projects, and what follows for what is held. */
export type Inside = {
  readonly batch: Partial<SourceBatch>
  /** Held rows that lie outside now: not gone from Jira, only no longer held here. */
  readonly leaving: readonly Gone[]
  /** Issues whose rows are left out from now on, and those whose rows are back. */
  readonly outside: readonly string[]
  readonly inside: readonly string[]
}

/**
 * Leaves out what lies outside the chosen projects. No row is taken in before it is known where its
 * issue lies; an issue that was outside and is not any more comes with all of its rows.
 */
export async function withinChoice(
  needs: ChoiceNeeds,
  batch: Partial<SourceBatch>,
  isWhole: boolean,
): Promise<Inside> {
  const { store, siteId, connection, link, api } = needs
  const { worklogs = [], issues: shown = [] } = batch
  const ids = new Set(shown.map((issue) => issue.id))
  const alone = [...new Set(worklogs.flatMap((row) => row.issueId ?? []))].filter(
    (id) => !ids.has(id),
  )
  const marked = await store.sync.findOutside(siteId, connection.id, [...ids, ...alone])
  const isAll = link.projects === null
  if (isAll && marked.size === 0) return { batch, leaving: [], outside: [], inside: [] }

  const known = await projectsOfIssues(needs, [...ids, ...alone])
  const unsure = alone.filter((id) => (isAll ? marked.has(id) : !marked.has(id) && !known.has(id)))
  const described = (await api.describe(unsure)).map((issue) => ({ ...issue, worklogs: [] }))
  const issues: SourceIssue[] = [...shown, ...described]
  const projectOf = new Map([
    ...known,
    ...issues.map((issue) => [issue.id, issue.project.id] as const),
  ])
  const told = new Set(issues.map((issue) => issue.id))
  const isInside = (id: string) =>
    isChosen(link, projectOf.get(id)) && (isAll || told.has(id) || !marked.has(id))

  const entering = issues.filter((issue) => marked.has(issue.id) && isInside(issue.id))
  const entered: string[] = []
  const brought: SourceWorklog[] = []
  for (const issue of entering) {
    const rows = isWhole ? issue.worklogs : await api.issueWorklogs(issue.id)
    if (rows === undefined) continue
    entered.push(issue.id)
    if (!isWhole) brought.push(...rows)
  }
  const out = issues.filter((issue) => !isInside(issue.id))
  const dropped = [
    ...worklogs.filter((row) => row.issueId !== undefined && !isInside(row.issueId)),
    ...out.flatMap((issue) => issue.worklogs.map((row) => ({ ...row, issueId: issue.id }))),
  ]
  const left = [
    ...new Set([...out.map(({ id }) => id), ...dropped.flatMap((row) => row.issueId ?? [])]),
  ]
  const outside = left.filter((id) => !marked.has(id))
  return {
    batch: {
      ...batch,
      projects: await projectsInside(needs, batch.projects ?? []),
      // One that is held is kept up to date: where it lies now is known by that.
      issues: issues.flatMap((issue) => {
        if (isInside(issue.id)) return [issue]
        return known.has(issue.id) ? [{ ...issue, worklogs: [] }] : []
      }),
      worklogs: [
        ...worklogs.filter((row) => row.issueId === undefined || isInside(row.issueId)),
        ...brought,
      ],
    },
    leaving: await heldOf(needs, outside, dropped),
    outside,
    inside: entered,
  }
}

async function heldOf(
  { store, siteId, connection, now }: ChoiceNeeds,
  outside: readonly string[],
  dropped: readonly SourceWorklog[],
): Promise<readonly Gone[]> {
  const rows = [
    ...(await store.sync.liveOfIssues(siteId, connection.id, outside)),
    ...(await store.worklogs.findByJiraIds(
      siteId,
      connection.id,
      dropped.map((row) => row.id),
    )),
  ]
  const live = new Set(rows.flatMap((row) => (row.deletedAt === null ? [row.jiraId] : [])))
  return [...live].map((jiraId): Gone => ({ jiraId, at: now(), reason: 'not-chosen' }))
}

/** Jira ids of the projects of issues that are held and have been described. */
async function projectsOfIssues(
  { store, siteId, connection }: ChoiceNeeds,
  issueIds: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const found = await store.issues.findByJiraIds(siteId, connection.id, issueIds)
  const issues = found.filter((issue) => !issue.isGhost)
  const ids = [...new Set(issues.map((issue) => issue.projectId))]
  const projects = await store.projects.getMany(siteId, ids)
  const jiraIds = new Map(projects.map(({ id, jiraId }) => [id, jiraId]))
  return new Map(issues.map((issue) => [issue.jiraId, jiraIds.get(issue.projectId)!]))
}

async function projectsInside(
  { store, siteId, connection, link }: ChoiceNeeds,
  projects: SourceBatch['projects'],
): Promise<SourceBatch['projects']> {
  const out = projects.filter((project) => !isChosen(link, project.id))
  if (out.length === 0) return projects
  const ids = out.flatMap((project) => project.id ?? [])
  const held = await store.projects.findByJiraIds(siteId, connection.id, ids)
  const known = new Set(held.map((project) => project.jiraId))
  return projects.filter(
    (project) => isChosen(link, project.id) || (project.id !== undefined && known.has(project.id)),
  )
}
