import type { FastifyInstance } from 'fastify'
import type { ProjectChange as Change, ProjectWish } from '../domain/directory.ts'
import type { Project, ProjectId } from '../domain/project.ts'
import type { SiteId } from '../domain/site.ts'
import { expectedVersion, setVersionTag } from './conditions.ts'
import {
  MatchHeaders,
  NameParams,
  NewProject,
  ProjectChange,
  Project as ProjectSchema,
  ProjectsAnswer,
  ProjectsQuery,
  ref,
} from './contract.ts'
import { single } from './filters.ts'
import { type ApiNeeds, actorOf } from './needs.ts'
import { answer, location, operation, versionTag } from './operation.ts'
import { cutPage, limitOf, parseIdCursor, renderIdCursor } from './paging.ts'
import { renderProject } from './render.ts'

export function registerProjects(scope: FastifyInstance, needs: ApiNeeds): void {
  const { store, directory } = needs
  scope.get<{ Querystring: ProjectsQuery }>(
    '/projects',
    {
      config: { access: 'read' },
      schema: operation({
        id: 'listProjects',
        tag: 'Projects and issues',
        summary: 'List projects',
        description: 'Our own and those of every connected Jira, told apart by `connectionId`.',
        querystring: ProjectsQuery,
        answers: { 200: answer('A page', ref(ProjectsAnswer)) },
      }),
    },
    async (request) => {
      const { text, cursor } = request.query
      const limit = limitOf(request.query)
      const rows = await store.projects.list(actorOf(request).siteId, {
        limit: limit + 1,
        ...parseIdCursor<ProjectId>(cursor),
        ...(text === undefined ? {} : { text }),
      })
      const { page, next } = cutPage(rows, limit, ({ id }) => renderIdCursor(id))
      return { projects: page.map(renderProject), next }
    },
  )

  scope.get<{ Params: { idOrKey: string } }>(
    '/projects/:idOrKey',
    {
      config: { access: 'read' },
      schema: operation({
        id: 'getProject',
        tag: 'Projects and issues',
        summary: 'One project',
        description: 'By our id or by its key.',
        params: NameParams,
        answers: { 200: answer('The project', ref(ProjectSchema), versionTag) },
      }),
    },
    async (request, reply) => {
      const project = await findProject(needs, actorOf(request).siteId, request.params.idOrKey)
      setVersionTag(reply, project)
      return renderProject(project)
    },
  )

  scope.post<{ Body: ProjectWish }>(
    '/projects',
    {
      config: { access: 'write' },
      schema: operation({
        id: 'createProject',
        tag: 'Projects and issues',
        summary: 'Create a project of our own',
        description: 'Needs the right to manage accounts. Keys are unique over all connections.',
        body: ref(NewProject),
        answers: { 201: answer('Created', ref(ProjectSchema), { ...versionTag, ...location }) },
      }),
    },
    async (request, reply) => {
      const project = await directory.createProject(actorOf(request), request.body)
      setVersionTag(reply, project)
      void reply.code(201).header('location', `${scope.prefix}/projects/${project.id}`)
      return renderProject(project)
    },
  )

  scope.patch<{ Params: { idOrKey: string }; Body: Change }>(
    '/projects/:idOrKey',
    {
      config: { access: 'write' },
      schema: operation({
        id: 'changeProject',
        tag: 'Projects and issues',
        summary: 'Change a project of our own',
        description: 'Projects of a Jira change there: 409.',
        params: NameParams,
        headers: MatchHeaders,
        body: ref(ProjectChange),
        answers: { 200: answer('As it is now', ref(ProjectSchema), versionTag) },
      }),
    },
    async (request, reply) => {
      const actor = actorOf(request)
      const { id } = await findProject(needs, actor.siteId, request.params.idOrKey)
      const version = expectedVersion(request)
      const project = await directory.changeProject(actor, id, request.body, version)
      setVersionTag(reply, project)
      return renderProject(project)
    },
  )
}

async function findProject({ store }: ApiNeeds, siteId: SiteId, idOrKey: string): Promise<Project> {
  const found = (await store.projects.findByNames(siteId, [idOrKey])).get(idOrKey) ?? []
  const named = found.filter(({ id, key }) => id === idOrKey || key === idOrKey)
  return single('project', idOrKey, named)
}
