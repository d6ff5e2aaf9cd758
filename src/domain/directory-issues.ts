import { parseDay } from './day.ts'
import {
  checkFresh,
  checkMay,
  type DirectoryWriting,
  noteChange,
  personIdFor,
  startChecks,
} from './directory-checks.ts'
import { checkOwn, findProjectNamed } from './directory-projects.ts'
import { DomainError } from './errors.ts'
import { bareIssue, type Issue, type IssueId, type NewIssue } from './issue.ts'
import type { Project } from './project.ts'
import { ownConnection } from './site.ts'

export const statusCategories = ['new', 'indeterminate', 'done'] as const

/** A new issue of our own: `project` by id, key or name, `assignee` by any name of a person. */
export type IssueWish = {
  readonly project: string
  readonly summary: string
  readonly issueType?: string | null
  readonly status?: string | null
  readonly statusCategory?: (typeof statusCategories)[number] | null
  readonly priority?: string | null
  readonly assignee?: string | null
  readonly labels?: readonly string[]
  readonly originalEstimateSeconds?: number | null
  readonly remainingEstimateSeconds?: number | null
  readonly dueDay?: string | null
}

/** What to change of an issue; it stays in its project. */
export type IssueChange = Partial<Omit<IssueWish, 'project'>>

export async function createIssue(writing: DirectoryWriting, wish: IssueWish): Promise<Issue> {
  const { tx, actor, now } = writing
  checkMay(actor, 'create', { type: 'issue' }, 'create issues')
  checkIssue(wish)
  const project = await findProjectNamed(writing, wish.project)
  await checkOwn(writing, project, `Project ${project.key}`)
  if (!project.isActive)
    throw new DomainError('conflict', `Project ${project.key} is not active any more`)
  const issue: NewIssue = {
    ...bareIssue,
    connectionId: ownConnection,
    jiraId: String(tx.takeJiraIds(1)),
    projectId: project.id,
    key: await nextKey(writing, project),
    ...(await issueValues(writing, wish, bareIssue)),
    summary: wish.summary,
    reporterId: actor.personId,
    creatorId: actor.personId,
    createdAt: now,
    updatedAt: now,
    version: tx.takeVersions(1),
  }
  const [id] = await tx.issues.insert(actor.siteId, [issue])
  const created = { ...issue, id: id! }
  noteChange(writing, 'issue.create', created.id, null, created)
  return created
}

export async function changeIssue(
  writing: DirectoryWriting,
  id: IssueId,
  change: IssueChange,
  ifVersion: number | undefined,
): Promise<Issue> {
  const { tx, actor, now } = writing
  checkMay(actor, 'change', { type: 'issue' }, 'change issues')
  checkIssue(change)
  const before = await tx.issues.get(actor.siteId, id)
  checkFresh(before, ifVersion)
  await checkOwn(writing, before, `Issue ${before.key}`)
  const after: Issue = {
    ...before,
    ...(await issueValues(writing, change, before)),
    summary: change.summary ?? before.summary,
    updatedAt: now,
    version: tx.takeVersions(1),
  }
  await tx.issues.update(actor.siteId, [after])
  noteChange(writing, 'issue.update', id, before, after)
  return after
}

/** Rows that came in with a key of their own did not count it, so a number may be in use. */
async function nextKey({ tx, actor }: DirectoryWriting, project: Project): Promise<string> {
  for (;;) {
    const number = await tx.projects.nextIssueNumber(actor.siteId, project.id)
    const key = `${project.key}-${number}`
    if (!(await tx.issues.findByNames(actor.siteId, [key])).has(key)) return key
  }
}

type IssueValues = Pick<
  Issue,
  | 'issueType'
  | 'status'
  | 'statusCategory'
  | 'priority'
  | 'assigneeId'
  | 'labels'
  | 'originalEstimateSeconds'
  | 'remainingEstimateSeconds'
  | 'dueDay'
  | 'resolvedAt'
>

async function issueValues(
  writing: DirectoryWriting,
  wish: IssueChange,
  before: IssueValues,
): Promise<IssueValues> {
  const keep = <T>(value: T | undefined, old: T): T => (value === undefined ? old : value)
  const statusCategory = keep<string | null>(wish.statusCategory, before.statusCategory)
  return {
    issueType: keep(wish.issueType, before.issueType),
    status: keep(wish.status, before.status),
    statusCategory,
    priority: keep(wish.priority, before.priority),
    assigneeId: await personIdFor(writing, 'assignee', wish.assignee, before.assigneeId),
    labels: keep(wish.labels, before.labels),
    originalEstimateSeconds: keep(wish.originalEstimateSeconds, before.originalEstimateSeconds),
    remainingEstimateSeconds: keep(wish.remainingEstimateSeconds, before.remainingEstimateSeconds),
    dueDay:
      typeof wish.dueDay === 'string'
        ? parseDay(wish.dueDay, 'dueDay')
        : keep(wish.dueDay, before.dueDay),
    resolvedAt: statusCategory === 'done' ? (before.resolvedAt ?? writing.now) : null,
  }
}

function checkIssue(wish: Partial<IssueWish>): void {
  const checks = startChecks()
  checks.line('project', wish.project, 255)
  checks.line('summary', wish.summary, 1_000)
  for (const field of ['issueType', 'status', 'priority', 'assignee'] as const)
    checks.line(field, wish[field], 255)
  checks.matches(
    'statusCategory',
    wish.statusCategory,
    (text) => (statusCategories as readonly string[]).includes(text),
    `must be one of ${statusCategories.join(', ')}`,
  )
  if (wish.labels && wish.labels.length > 100) checks.wrong('labels', 'at most 100')
  wish.labels?.slice(0, 100).forEach((label, at) => {
    checks.line(`labels.${at}`, label, 255)
  })
  checks.seconds('originalEstimateSeconds', wish.originalEstimateSeconds)
  checks.seconds('remainingEstimateSeconds', wish.remainingEstimateSeconds)
  checks.finish('The issue cannot be accepted')
  if (typeof wish.dueDay === 'string') parseDay(wish.dueDay, 'dueDay')
}
