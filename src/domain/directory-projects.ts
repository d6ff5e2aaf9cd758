import {
  checkFresh,
  checkMay,
  type DirectoryWriting,
  noteChange,
  personIdFor,
  startChecks,
  taken,
} from './directory-checks.ts'
import { DomainError } from './errors.ts'
import { type NewProject, type Project, type ProjectId, projectKeyPattern } from './project.ts'
import { type ConnectionId, ownConnection } from './site.ts'

/** A new project of our own; `lead` is any name of a person. */
export type ProjectWish = {
  readonly key: string
  readonly name: string
  readonly category?: string | null
  readonly lead?: string | null
  readonly isActive?: boolean
}

/** What to change of a project; the key never changes. */
export type ProjectChange = Partial<Omit<ProjectWish, 'key'>>

export async function createProject(
  writing: DirectoryWriting,
  wish: ProjectWish,
): Promise<Project> {
  const { tx, actor } = writing
  checkMay(actor, 'create', { type: 'project' }, 'create projects')
  checkProject(wish)
  const found = (await tx.projects.findByNames(actor.siteId, [wish.key])).get(wish.key)
  if (found?.some((project) => project.key === wish.key))
    throw taken('key', `there is a project ${wish.key} already`)
  const project: NewProject = {
    connectionId: ownConnection,
    jiraId: String(tx.takeJiraIds(1)),
    key: wish.key,
    name: wish.name,
    category: wish.category ?? null,
    leadId: await personIdFor(writing, 'lead', wish.lead, null),
    isActive: wish.isActive ?? true,
    isGhost: false,
    version: tx.takeVersions(1),
  }
  const [id] = await tx.projects.insert(actor.siteId, [project])
  const created = { ...project, id: id! }
  noteChange(writing, 'project.create', created.id, null, created)
  return created
}

export async function changeProject(
  writing: DirectoryWriting,
  id: ProjectId,
  change: ProjectChange,
  ifVersion: number | undefined,
): Promise<Project> {
  const { tx, actor } = writing
  checkMay(actor, 'change', { type: 'project' }, 'change projects')
  checkProject(change)
  const before = await tx.projects.get(actor.siteId, id)
  checkFresh(before, ifVersion)
  await checkOwn(writing, before, `Project ${before.key}`)
  const after: Project = {
    ...before,
    name: change.name ?? before.name,
    category: change.category === undefined ? before.category : change.category,
    leadId: await personIdFor(writing, 'lead', change.lead, before.leadId),
    isActive: change.isActive ?? before.isActive,
    version: tx.takeVersions(1),
  }
  await tx.projects.update(actor.siteId, [after])
  noteChange(writing, 'project.update', id, before, after)
  return after
}

function checkProject(wish: Partial<ProjectWish>): void {
  const checks = startChecks()
  const pattern = 'must be 2 to 10 capitals, digits and underscores, beginning with a capital'
  checks.matches('key', wish.key, projectKeyPattern, pattern)
  checks.line('name', wish.name, 255)
  checks.line('category', wish.category, 255)
  checks.line('lead', wish.lead, 255)
  checks.finish('The project cannot be accepted')
}

/** The one project a name means, by id first; throws `invalid`. */
export async function findProjectNamed(
  { tx, actor }: DirectoryWriting,
  name: string,
): Promise<Project> {
  const found = (await tx.projects.findByNames(actor.siteId, [name])).get(name) ?? []
  const [first, second] = found
  const byId = found.find((project) => project.id === name)
  if (byId) return byId
  const message =
    first === undefined ? `no project is known under "${name}"` : `"${name}" means more than one`
  if (first === undefined || second !== undefined)
    throw new DomainError('invalid', `project: ${message}`, {
      problems: [{ field: 'project', message }],
    })
  return first
}

/** What Jira owns changes in Jira: the next sync would undo anything written here. */
export async function checkOwn(
  { tx, actor }: DirectoryWriting,
  row: { readonly connectionId: ConnectionId },
  what: string,
): Promise<void> {
  if (row.connectionId === ownConnection) return
  const connections = await tx.connections.list(actor.siteId)
  const name = connections.find((one) => one.id === row.connectionId)?.name ?? row.connectionId
  throw new DomainError(
    'conflict',
    `${what} belongs to the Jira connection "${name}": change it there, the next sync brings it here`,
    { reason: 'owned-by-jira' },
  )
}
