import { canonicalJson } from './audit.ts'
import type { Day } from './day.ts'
import { isDay } from './day.ts'
import type { PersonIdOf } from './ingest-people.ts'
import type { IngestContext, SourceBatch, SourceIssue, SourceProject } from './ingest-source.ts'
import { bareIssue, type Issue, type IssueId, type NewIssue } from './issue.ts'
import type { NewProject, Project, ProjectId } from './project.ts'

/** Finds the stored issue by the id its source gives it. */
export type IssueOf = (jiraId: string) => { readonly id: IssueId; readonly projectId: ProjectId }

const ghostProjectKey = 'UNKNOWN'

/** Stores the projects and issues of a batch; issues only heard of through worklogs become ghosts. */
export async function ingestIssues(
  context: IngestContext,
  batch: SourceBatch,
  personIdOf: PersonIdOf,
): Promise<IssueOf> {
  const { tx, siteId, connection, counts } = context
  const sources = new Map(batch.issues.map((issue) => [issue.id, issue]))
  const heardOf = batch.worklogs.flatMap((worklog) =>
    worklog.issueId === undefined || sources.has(worklog.issueId) ? [] : [worklog.issueId],
  )
  const known = new Map(
    (
      await tx.issues.findByJiraIds(siteId, connection.id, [
        ...new Set([...sources.keys(), ...heardOf]),
      ])
    ).map((issue) => [issue.jiraId, issue]),
  )
  const ghostIds = [...new Set(heardOf)].filter((jiraId) => !known.has(jiraId))
  const projects = await ingestProjects(context, batch, personIdOf, ghostIds.length > 0)

  const added: NewIssue[] = []
  const changed: Issue[] = []
  for (const source of sources.values()) {
    const before = known.get(source.id)
    const issue = fromSource(source, context, projects(source.project), personIdOf)
    if (!before) {
      added.push({ ...issue, version: tx.takeVersions(1) })
      continue
    }
    const after = { ...issue, id: before.id, version: before.version }
    if (
      (!context.live && isOlder(issue, before)) ||
      canonicalJson(after) === canonicalJson(before)
    ) {
      counts.issues.unchanged += 1
      continue
    }
    changed.push({ ...after, version: tx.takeVersions(1) })
  }
  counts.issues.new += added.length
  counts.issues.changed += changed.length
  for (const jiraId of ghostIds)
    added.push(ghostIssue(jiraId, context, projects(undefined), tx.takeVersions(1)))

  const ids = await tx.issues.insert(siteId, added)
  await tx.issues.update(siteId, changed)
  const byJiraId = new Map<string, { id: IssueId; projectId: ProjectId; key: string }>(known)
  added.forEach((issue, at) => {
    byJiraId.set(issue.jiraId, { id: ids[at]!, projectId: issue.projectId, key: issue.key })
  })
  for (const issue of changed) byJiraId.set(issue.jiraId, issue)
  await tx.issues.addOldKeys(siteId, oldKeys(sources, known, byJiraId))
  return (jiraId) => byJiraId.get(jiraId)!
}

/** An export taken earlier than what we hold never overwrites it. */
function isOlder(issue: NewIssue, before: Issue): boolean {
  return (
    !before.isGhost &&
    issue.updatedAt !== null &&
    before.updatedAt !== null &&
    issue.updatedAt < before.updatedAt
  )
}

function oldKeys(
  sources: ReadonlyMap<string, SourceIssue>,
  known: ReadonlyMap<string, Issue>,
  now: ReadonlyMap<string, { id: IssueId; key: string }>,
): { key: string; issueId: IssueId }[] {
  return [...sources.values()].flatMap((source) => {
    const issue = now.get(source.id)!
    const before = known.get(source.id)
    const keys = new Set(source.oldKeys)
    if (before && !before.isGhost) keys.add(before.key)
    if (source.key !== issue.key) keys.add(source.key)
    keys.delete(issue.key)
    return [...keys].map((key) => ({ key, issueId: issue.id }))
  })
}

function fromSource(
  source: SourceIssue,
  { connection }: IngestContext,
  projectId: ProjectId,
  personIdOf: PersonIdOf,
): NewIssue {
  return {
    connectionId: connection.id,
    jiraId: source.id,
    projectId,
    key: source.key,
    summary: source.summary,
    issueType: source.issueType?.name ?? null,
    isSubtask: source.issueType?.isSubtask ?? false,
    status: source.status?.name ?? null,
    statusCategory: source.status?.category ?? null,
    priority: source.priority ?? null,
    resolution: source.resolution ?? null,
    assigneeId: source.assignee ? personIdOf(source.assignee) : null,
    reporterId: source.reporter ? personIdOf(source.reporter) : null,
    creatorId: source.creator ? personIdOf(source.creator) : null,
    parentJiraId: source.parent?.id ?? null,
    labels: source.labels,
    components: source.components,
    fixVersions: source.fixVersions,
    affectedVersions: source.affectedVersions,
    sprints: source.sprints,
    originalEstimateSeconds: source.originalEstimateSeconds ?? null,
    remainingEstimateSeconds: source.remainingEstimateSeconds ?? null,
    reportedTimeSpentSeconds: source.timeSpentSeconds ?? null,
    reportedWorklogCount: source.worklogTotal ?? null,
    dueDay: source.dueDay !== undefined && isDay(source.dueDay) ? (source.dueDay as Day) : null,
    createdAt: source.createdAt ?? null,
    updatedAt: source.updatedAt ?? null,
    resolvedAt: source.resolvedAt ?? null,
    fields: source.fields,
    isGhost: false,
    version: 0,
  }
}

function ghostIssue(
  jiraId: string,
  { connection }: IngestContext,
  projectId: ProjectId,
  version: number,
): NewIssue {
  return {
    ...bareIssue,
    connectionId: connection.id,
    jiraId,
    projectId,
    key: `${ghostProjectKey}-${jiraId}`,
    summary: '',
    isGhost: true,
    version,
  }
}

/** Projects listed as such may change what is stored; those beside an issue only fill gaps. */
async function ingestProjects(
  { tx, siteId, connection, counts }: IngestContext,
  batch: SourceBatch,
  personIdOf: PersonIdOf,
  needsGhost: boolean,
): Promise<(source: SourceProject | undefined) => ProjectId> {
  const sources = new Map<string, { source: SourceProject; isListed: boolean }>()
  for (const issue of batch.issues)
    sources.set(nameOf(issue.project), { source: issue.project, isListed: false })
  for (const project of batch.projects)
    sources.set(nameOf(project), { source: project, isListed: true })
  if (needsGhost) sources.set(nameOf(ghostProject), { source: ghostProject, isListed: false })

  const wanted = [...sources.values()].map(({ source }) => source)
  const byId = await tx.projects.findByJiraIds(
    siteId,
    connection.id,
    wanted.flatMap((source) => source.id ?? []),
  )
  const byKey = await tx.projects.findByKeys(
    siteId,
    connection.id,
    wanted.flatMap((source) => (source.id === undefined ? [source.key] : [])),
  )
  const idOf = new Map<string, ProjectId>()
  const added: { name: string; project: NewProject }[] = []
  const changed: Project[] = []
  for (const [name, { source, isListed }] of sources) {
    const before =
      source.id === undefined
        ? byKey.find((project) => project.key === source.key)
        : byId.find((project) => project.jiraId === source.id)
    if (before) {
      idOf.set(name, before.id)
      const after = isListed ? { ...before, ...attributes(source, before, personIdOf) } : before
      if (canonicalJson(after) !== canonicalJson(before))
        changed.push({ ...after, version: tx.takeVersions(1) })
      continue
    }
    const project: NewProject = {
      connectionId: connection.id,
      jiraId: source.id ?? String(tx.takeJiraIds(1)),
      isActive: true,
      isGhost: source === ghostProject,
      ...attributes(source, undefined, personIdOf),
      version: tx.takeVersions(1),
    }
    added.push({ name, project })
  }
  const ids = await tx.projects.insert(
    siteId,
    added.map(({ project }) => project),
  )
  added.forEach(({ name }, at) => {
    idOf.set(name, ids[at]!)
  })
  await tx.projects.update(siteId, changed)
  counts.projects.new += added.filter(({ project }) => !project.isGhost).length
  counts.projects.changed += changed.length
  return (source) => idOf.get(nameOf(source ?? ghostProject))!
}

const ghostProject: SourceProject = { key: ghostProjectKey, name: 'Unknown project' }

function attributes(
  source: SourceProject,
  before: Project | undefined,
  personIdOf: PersonIdOf,
): Pick<Project, 'key' | 'name' | 'category' | 'leadId'> {
  return {
    key: source.key,
    name: source.name,
    category: source.category ?? before?.category ?? null,
    leadId: source.lead ? personIdOf(source.lead) : (before?.leadId ?? null),
  }
}

function nameOf(source: SourceProject): string {
  return source.id === undefined ? `key ${source.key}` : `id ${source.id}`
}
