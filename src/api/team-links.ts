import type { FastifyInstance } from 'fastify'
import { DomainError, invalidField } from '../domain/errors.ts'
import type { GenericResourceId } from '../domain/generic-resource.ts'
import type { SiteId } from '../domain/site.ts'
import type { TeamId } from '../domain/team.ts'
import type { TeamLink, TeamLinkId, TeamScope } from '../domain/team-link.ts'
import { formatInstant } from '../domain/zone.ts'
import * as contract from './contract.ts'
import { type ApiNeeds, actorOf } from './needs.ts'
import { answer, location, nothing, operation } from './operation.ts'
import { cutPage, limitOf, parseIdCursor, renderIdCursor } from './paging.ts'
import { getVisibleTeam } from './team-visibility.ts'

const { ref } = contract

/** What teams work on, and the generic resources in them. */
export function registerTeamLinks(scope: FastifyInstance, needs: ApiNeeds): void {
  const { store, teams } = needs
  scope.get<{ Params: { id: TeamId }; Querystring: contract.PageQuery }>(
    '/teams/:id/links',
    {
      config: { access: 'read' },
      schema: operation({
        id: 'listTeamLinks',
        tag: 'Teams',
        summary: 'What a team works on',
        description: 'Projects, and boards by their number in Jira.',
        params: contract.IdParams,
        querystring: contract.PageQuery,
        answers: { 200: answer('A page', ref(contract.TeamLinksAnswer)) },
      }),
    },
    async (request) => {
      const actor = actorOf(request)
      const team = await getVisibleTeam(needs, actor, request.params.id)
      const limit = limitOf(request.query)
      const rows = await store.teamLinks.list(actor.siteId, {
        teamId: team.id,
        limit: limit + 1,
        ...parseIdCursor<TeamLinkId>(request.query.cursor),
      })
      const { page, next } = cutPage(rows, limit, ({ id }) => renderIdCursor(id))
      return { links: page.map(renderLink), next }
    },
  )

  scope.post<{ Params: { id: TeamId }; Body: { project?: string; boardId?: string } }>(
    '/teams/:id/links',
    {
      config: { access: 'write' },
      schema: operation({
        id: 'linkTeam',
        tag: 'Teams',
        summary: 'Link a team to what it works on',
        description: 'Either a project or a board.',
        params: contract.IdParams,
        body: ref(contract.NewTeamLink),
        answers: { 201: answer('Linked', ref(contract.TeamLink), location) },
      }),
    },
    async (request, reply) => {
      const actor = actorOf(request)
      const scopeOfLink = await scopeFor(needs, actor.siteId, request.body)
      const link = await teams.link(actor, request.params.id, scopeOfLink)
      void reply.code(201).header('location', `${scope.prefix}/team-links/${link.id}`)
      return renderLink(link)
    },
  )

  scope.delete<{ Params: { id: TeamLinkId } }>(
    '/team-links/:id',
    {
      config: { access: 'write' },
      schema: operation({
        id: 'unlinkTeam',
        tag: 'Teams',
        summary: 'Remove a link of a team',
        description: 'The team no longer counts as working on it.',
        params: contract.IdParams,
        answers: { 204: nothing('Removed') },
      }),
    },
    async (request, reply) => {
      await teams.unlink(actorOf(request), request.params.id)
      return reply.code(204).send()
    },
  )
  registerPlaces(scope, needs)
}

function registerPlaces(scope: FastifyInstance, needs: ApiNeeds): void {
  const { store, teams } = needs
  scope.get<{ Params: { id: TeamId } }>(
    '/teams/:id/resources',
    {
      config: { access: 'read' },
      schema: operation({
        id: 'listTeamResources',
        tag: 'Teams',
        summary: 'Generic resources in a team',
        description: 'All of them, in id order.',
        params: contract.IdParams,
        answers: { 200: answer('All of them', ref(contract.TeamResources)) },
      }),
    },
    async (request) => {
      const actor = actorOf(request)
      const team = await getVisibleTeam(needs, actor, request.params.id)
      const places = await store.resources.placesIn(actor.siteId, [team.id])
      return {
        resources: places.map((place) => ({
          resourceId: place.resourceId,
          assignedAt: formatInstant(place.assignedAt),
          assignedBy: place.assignedBy,
        })),
      }
    },
  )
  for (const [method, isPlaced] of [
    ['PUT', true],
    ['DELETE', false],
  ] as const)
    scope.route<{ Params: { id: TeamId; resourceId: GenericResourceId } }>({
      method,
      url: '/teams/:id/resources/:resourceId',
      config: { access: 'write' },
      schema: operation({
        id: isPlaced ? 'addTeamResource' : 'removeTeamResource',
        tag: 'Teams',
        summary: isPlaced
          ? 'Put a generic resource into a team'
          : 'Take a generic resource out of a team',
        description: 'Does nothing where it is so already.',
        params: contract.TeamResourceParams,
        answers: { 204: nothing('Done') },
      }),
      handler: async (request, reply) => {
        const { id, resourceId } = request.params
        const act = isPlaced ? teams.addResource : teams.removeResource
        await act(actorOf(request), id, resourceId)
        return reply.code(204).send()
      },
    })
}

async function scopeFor(
  { store }: ApiNeeds,
  siteId: SiteId,
  { project: name, boardId }: { project?: string; boardId?: string },
): Promise<TeamScope> {
  if (name === undefined) {
    if (boardId === undefined) throw new DomainError('invalid', 'A project or a board is needed')
    return { type: 'board', boardId }
  }
  const [project, second] = (await store.projects.findByNames(siteId, [name])).get(name) ?? []
  if (!project) throw invalidField('project', `no project is known under "${name}"`)
  if (second) throw invalidField('project', `"${name}" means more than one`)
  return { type: 'project', projectId: project.id }
}

function renderLink({ id, teamId, scope, version }: TeamLink): contract.TeamLinkBody {
  return {
    id,
    teamId,
    projectId: scope.type === 'project' ? scope.projectId : null,
    boardId: scope.type === 'board' ? scope.boardId : null,
    version,
  }
}
