import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { Actor } from '../../domain/permission.ts'
import type { Project } from '../../domain/project.ts'
import { valueIdOf } from '../../jira/value-id.ts'
import { refusal, sendJson } from './errors.ts'
import { type Flavour, type Look, lookOf } from './flavour.ts'
import { actorOf } from './identity.ts'
import { pageBean } from './list-answer.ts'
import type { JiraNativeNeeds } from './needs.ts'
import { type Loose, listOf, pageOf, textOf } from './params.ts'
import { renderPerson } from './people.ts'
import { renderProject } from './render-project.ts'
import { renderComponent, renderVersion } from './render-project-values.ts'
import { renderIssueType, renderStatus } from './render-values.ts'

const mostProjects = 10_000
const mostPerPage = 100
const mostRecent = 20

type ProjectParams = { readonly project: string }

/** Projects: all at once as Data Center lists them, in pages as Cloud does, and one. */
export function registerProjects(
  scope: FastifyInstance,
  needs: JiraNativeNeeds,
  flavour: Flavour,
): void {
  const { store } = needs
  const config = { access: 'read' } as const
  const all = async ({ siteId, jira }: Actor): Promise<readonly Project[]> => {
    const projects = await store.projects.list(siteId, { limit: mostProjects, jira })
    return projects
      .filter(({ isGhost }) => !isGhost)
      .sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0))
  }

  /** By key in any case, or by Jira's id; a name is no address. */
  const find = async ({ siteId, jira }: Actor, name: string): Promise<Project> => {
    const ids = (await store.names.projects(siteId, [name], jira)).get(name) ?? []
    const found = (await store.projects.getMany(siteId, ids)).find(
      ({ key, jiraId }) => jiraId === name || key.toLowerCase() === name.toLowerCase(),
    )
    if (!found) throw refusal(404, `No project could be found with key '${name}'.`)
    return found
  }

  scope.get('/project', { config }, async (request, reply) => {
    const look = await lookOf(request, flavour, needs)
    const projects = await all(actorOf(request))
    return sendJson(
      reply,
      projects.map((project) => renderProject(look, project)),
    )
  })

  scope.get<{ Querystring: Loose }>('/project/search', { config }, async (request, reply) => {
    const page = pageOf(request.query, { size: 50, most: mostPerPage })
    const look = await lookOf(request, flavour, needs)
    const text = textOf(request.query.query)?.toLowerCase() ?? ''
    const keys = listOf(request.query.keys)
    const ids = listOf(request.query.id)
    const found = (await all(actorOf(request))).filter(
      ({ jiraId, key, name }) =>
        (key.toLowerCase().includes(text) || name.toLowerCase().includes(text)) &&
        (keys === undefined || keys.includes(key)) &&
        (ids === undefined || ids.includes(jiraId)),
    )
    const values = found
      .slice(page.startAt, page.startAt + page.maxResults)
      .map((project) => renderProject(look, project))
    return sendJson(reply, pageBean(`${look.api}/project/search`, page, found.length, values))
  })

  scope.get<{ Querystring: Loose }>('/project/recent', { config }, async (request, reply) => {
    const look = await lookOf(request, flavour, needs)
    const projects = (await all(actorOf(request))).slice(0, mostRecent)
    return sendJson(
      reply,
      projects.map((project) => renderProject(look, project)),
    )
  })

  const versionsOf = async ({ siteId }: Actor, look: Look, project: Project) =>
    (await store.names.ofProject(siteId, project.id, 'versions')).map((value) =>
      renderVersion(look, project, value),
    )
  const componentsOf = async ({ siteId }: Actor, look: Look, project: Project) =>
    (await store.names.ofProject(siteId, project.id, 'components')).map((value) =>
      renderComponent(look, project, value),
    )
  for (const [path, valuesOf] of [
    ['version', versionsOf],
    ['component', componentsOf],
  ] as const) {
    const read = async (request: FastifyRequest<{ Params: ProjectParams }>) => {
      const look = await lookOf(request, flavour, needs)
      const project = await find(actorOf(request), request.params.project)
      return { look, project, values: await valuesOf(actorOf(request), look, project) }
    }
    scope.get<{ Params: ProjectParams }>(
      `/project/:project/${path}s`,
      { config },
      async (request, reply) => sendJson(reply, (await read(request)).values),
    )
    scope.get<{ Params: ProjectParams; Querystring: Loose }>(
      `/project/:project/${path}`,
      { config },
      async (request, reply) => {
        const page = pageOf(request.query, { size: 50, most: 1_000 })
        const { look, project, values } = await read(request)
        const text = textOf(request.query.query)?.toLowerCase() ?? ''
        const found = values.filter(({ name }) => name.toLowerCase().includes(text))
        const shown = found.slice(page.startAt, page.startAt + page.maxResults)
        const address = `${look.api}/project/${project.jiraId}/${path}`
        return sendJson(reply, pageBean(address, page, found.length, shown))
      },
    )
  }

  // Project roles are not known here; a project without any is what clients expect at least.
  scope.get<{ Params: ProjectParams }>(
    '/project/:project/role',
    { config },
    async (request, reply) => {
      await find(actorOf(request), request.params.project)
      return sendJson(reply, {})
    },
  )

  scope.get<{ Params: ProjectParams }>(
    '/project/:project/statuses',
    { config },
    async (request, reply) => {
      const actor = actorOf(request)
      const { siteId, jira } = actor
      await find(actor, request.params.project)
      const look = await lookOf(request, flavour, needs)
      const [types, statuses] = [
        await needs.jql.values.all(actor, 'issueType'),
        await needs.jql.values.all(actor, 'status'),
      ]
      const subtasks = await store.names.subtaskTypes(siteId, jira)
      const categories = await store.names.statusCategories(siteId, jira)
      const shown = statuses.map(({ name, jiraId }) =>
        renderStatus(look, name, jiraId ?? valueIdOf(name), categories.get(name) ?? null),
      )
      return sendJson(
        reply,
        types.map(({ name, jiraId }) => {
          const id = jiraId ?? valueIdOf(name)
          const { self, subtask } = renderIssueType(look, name, id, subtasks.has(name))
          return { self, id, name, subtask, statuses: shown }
        }),
      )
    },
  )

  scope.get<{ Params: ProjectParams }>('/project/:project', { config }, async (request, reply) => {
    const actor = actorOf(request)
    const found = await find(actor, request.params.project)
    const look = await lookOf(request, flavour, needs)
    const lead =
      found.leadId === null ? undefined : await store.people.get(actor.siteId, found.leadId)
    const types = await needs.jql.values.all(actor, 'issueType')
    const subtasks = await store.names.subtaskTypes(actor.siteId, actor.jira)
    const { expand, self, id, key, name: title, ...rest } = renderProject(look, found)
    return sendJson(reply, {
      ...{ expand, self, id, key },
      description: '',
      ...(lead ? { lead: renderPerson(look, actor, lead) } : {}),
      components: await componentsOf(actor, look, found),
      issueTypes: types.map((type) =>
        renderIssueType(
          look,
          type.name,
          type.jiraId ?? valueIdOf(type.name),
          subtasks.has(type.name),
        ),
      ),
      assigneeType: 'UNASSIGNED',
      versions: await versionsOf(actor, look, found),
      name: title,
      roles: {},
      ...rest,
    })
  })
}
