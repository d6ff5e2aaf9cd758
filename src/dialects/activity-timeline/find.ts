import type { FastifyRequest } from 'fastify'
import { DomainError } from '../../domain/errors.ts'
import type { Person } from '../../domain/person.ts'
import type { Project } from '../../domain/project.ts'
import type { SiteId } from '../../domain/site.ts'
import type { Store } from '../../domain/store.ts'
import type { Team, TeamId } from '../../domain/team.ts'
import type { WorklogView } from '../../domain/worklog.ts'
import { badRequest } from './errors.ts'
import { idOf } from './params.ts'

/** The user behind a username, whatever its capitals, or an account id. */
export async function findUser(store: Store, siteId: SiteId, name: string): Promise<Person> {
  const [first, second] = await store.people.findByLogin(siteId, name)
  if (first === undefined) throw badRequest(`User '${name.slice(0, 200)}' does not exist`)
  const isExact = first.accountId === name || first.username === name
  if (second !== undefined && !isExact)
    throw badRequest(`User '${name.slice(0, 200)}' is more than one`)
  return first
}

/** How this API names a user: the username, or the account id where there is none. */
export function usernameOf(person: Pick<Person, 'username' | 'accountId'>): string {
  return person.username ?? person.accountId
}

/** The team with this id. */
export async function findTeam(store: Store, siteId: SiteId, id: string): Promise<Team> {
  try {
    return await store.teams.get(siteId, idOf('teamId', id) as TeamId)
  } catch (error) {
    if (error instanceof DomainError && error.code === 'not-found')
      throw badRequest('Team with this ID does not exist')
    throw error
  }
}

/** The project with this key. */
export async function findProject(store: Store, siteId: SiteId, key: string): Promise<Project> {
  const found = (await store.projects.findByNames(siteId, [key])).get(key) ?? []
  const project = found.find((one) => one.key === key)
  if (!project) throw badRequest(`Project '${key.slice(0, 100)}' does not exist`)
  return project
}

/** The worklog with this id of Jira's, whichever connection it came by. */
export async function findWorklog(
  store: Store,
  siteId: SiteId,
  id: string,
): Promise<WorklogView | undefined> {
  for (const { id: connectionId } of await store.connections.list(siteId)) {
    const [row] = await store.worklogs.findByJiraIds(siteId, connectionId, [idOf('id', id)])
    if (row && row.deletedAt === null) return store.worklogs.get(siteId, row.id)
  }
  return undefined
}

/** A parameter of the path. */
export function pathParam(request: FastifyRequest, name: string): string {
  return (request.params as Readonly<Record<string, string>>)[name] ?? ''
}
