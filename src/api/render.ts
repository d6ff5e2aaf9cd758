import type { Issue } from '../domain/issue.ts'
import { type Actor, can } from '../domain/permission.ts'
import type { Person } from '../domain/person.ts'
import type { Project } from '../domain/project.ts'
import type { WorklogView } from '../domain/worklog.ts'
import { formatInstant, type Instant } from '../domain/zone.ts'
import type { IssueBody, PersonBody, ProjectBody, WorklogBody } from './contract.ts'

export function renderWorklog(worklog: WorklogView): WorklogBody {
  const { issue, project, author } = worklog
  return {
    id: worklog.id,
    jiraId: worklog.jiraId,
    issue: { id: issue.id, jiraId: issue.jiraId, key: issue.key, summary: issue.summary },
    project: { id: project.id, key: project.key, name: project.name },
    author: { id: author.id, accountId: author.accountId, displayName: author.displayName },
    updateAuthorId: worklog.updateAuthorId,
    day: worklog.day,
    startTime: worklog.startTime,
    startedAt: formatInstant(worklog.startedAt, worklog.offsetSeconds),
    timeSpentSeconds: worklog.timeSpentSeconds,
    billableSeconds: worklog.billableSeconds,
    comment: worklog.comment,
    category: worklog.category,
    visibility: worklog.visibility,
    attributes: { ...worklog.attributes },
    createdAt: formatInstant(worklog.createdAt),
    updatedAt: formatInstant(worklog.updatedAt),
    version: worklog.version,
  }
}

/** A person as this actor may know them: everybody's name, the rest of those they may read. */
export function renderPerson(actor: Actor, person: Person): PersonBody {
  const { id, accountId, displayName } = person
  if (!canRead(actor, person)) return { id, accountId, displayName, isNameOnly: true }
  return {
    id,
    accountId,
    displayName,
    isNameOnly: false,
    username: person.username,
    key: person.key,
    email: person.email,
    timeZone: person.timeZone,
    locale: person.locale,
    staffId: person.staffId,
    role: person.role,
    isActive: person.isActive,
    isGhost: person.isGhost,
    version: person.version,
  }
}

export function canRead(actor: Actor, person: Person): boolean {
  return can(actor, 'read', { type: 'person', personId: person.id })
}

export function renderProject(project: Project): ProjectBody {
  return {
    id: project.id,
    connectionId: project.connectionId,
    jiraId: project.jiraId,
    key: project.key,
    name: project.name,
    category: project.category,
    leadId: project.leadId,
    isActive: project.isActive,
    isGhost: project.isGhost,
    version: project.version,
  }
}

export function renderIssue(issue: Issue): IssueBody {
  return {
    id: issue.id,
    connectionId: issue.connectionId,
    jiraId: issue.jiraId,
    key: issue.key,
    projectId: issue.projectId,
    summary: issue.summary,
    issueType: issue.issueType,
    isSubtask: issue.isSubtask,
    status: issue.status,
    statusCategory: issue.statusCategory,
    priority: issue.priority,
    resolution: issue.resolution,
    assigneeId: issue.assigneeId,
    reporterId: issue.reporterId,
    parentJiraId: issue.parentJiraId,
    labels: [...issue.labels],
    components: [...issue.components],
    fixVersions: [...issue.fixVersions],
    originalEstimateSeconds: issue.originalEstimateSeconds,
    remainingEstimateSeconds: issue.remainingEstimateSeconds,
    dueDay: issue.dueDay,
    createdAt: momentOrNull(issue.createdAt),
    updatedAt: momentOrNull(issue.updatedAt),
    resolvedAt: momentOrNull(issue.resolvedAt),
    isGhost: issue.isGhost,
    version: issue.version,
  }
}

export function momentOrNull(instant: Instant | null): string | null {
  return instant === null ? null : formatInstant(instant)
}

/** Whole seconds since then; never negative, whatever two clocks say. */
export function ageSeconds(now: number, then: number | null): number | null {
  return then === null ? null : Math.max(0, Math.floor((now - then) / 1_000))
}
