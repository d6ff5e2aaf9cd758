import type { IssueId } from '../../domain/issue.ts'
import type { ProjectId } from '../../domain/project.ts'
import { ownConnection } from '../../domain/site.ts'
import type { FillContext, PersonOf } from './fill.ts'

/** Finds the stored project behind a key of the company. */
export type ProjectOf = (key: string) => ProjectId

/** Finds the stored issue behind a key of the company. */
export type IssueOf = (key: string) => { readonly id: IssueId; readonly projectId: ProjectId }

/** Writes the projects as if made here. */
export async function fillProjects(
  { tx, siteId, company }: FillContext,
  personOf: PersonOf,
): Promise<ProjectOf> {
  const { projects } = company
  let version = tx.takeVersions(projects.length)
  let jiraId = tx.takeJiraIds(projects.length)
  const ids = await tx.projects.insert(
    siteId,
    projects.map((project) => ({
      connectionId: ownConnection,
      jiraId: String(jiraId++),
      key: project.key,
      name: project.name,
      category: project.category,
      leadId: personOf(project.lead),
      isActive: true,
      isGhost: false,
      version: version++,
    })),
  )
  const idOf = new Map(projects.map((project, at) => [project.key, ids[at]!]))
  return (key) => idOf.get(key)!
}

/** Writes the issues; a parent is named by the id its child's row needs. */
export async function fillIssues(
  { tx, siteId, company, now }: FillContext,
  personOf: PersonOf,
  projectOf: ProjectOf,
): Promise<IssueOf> {
  const { issues } = company
  // Takes the numbers as every new issue does, or the first one made by hand would be a second ORCA-1.
  for (const { projectKey } of issues)
    await tx.projects.nextIssueNumber(siteId, projectOf(projectKey))
  const firstJiraId = tx.takeJiraIds(issues.length)
  const jiraIds = new Map(issues.map(({ key }, at) => [key, String(firstJiraId + at)]))
  let version = tx.takeVersions(issues.length)
  const ids = await tx.issues.insert(
    siteId,
    issues.map(({ projectKey, parentKey, assignee, reporter, ...issue }) => ({
      ...issue,
      connectionId: ownConnection,
      jiraId: jiraIds.get(issue.key)!,
      projectId: projectOf(projectKey),
      isSubtask: issue.issueType === 'Sub-task',
      assigneeId: assignee === null ? null : personOf(assignee),
      reporterId: personOf(reporter),
      creatorId: personOf(reporter),
      parentJiraId: parentKey === null ? null : jiraIds.get(parentKey)!,
      reportedTimeSpentSeconds: null,
      reportedWorklogCount: null,
      updatedAt: Math.min(issue.updatedAt, now),
      isGhost: false,
      version: version++,
    })),
  )
  const stored = new Map(
    issues.map(({ key, projectKey }, at) => [
      key,
      { id: ids[at]!, projectId: projectOf(projectKey) },
    ]),
  )
  return (key) => stored.get(key)!
}
