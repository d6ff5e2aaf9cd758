import type { FastifyInstance } from 'fastify'
import { DomainError } from '../../domain/errors.ts'
import type { Project, ProjectId } from '../../domain/project.ts'
import { badRequest, send } from './errors.ts'
import { pathParam } from './find.ts'
import { actorOf } from './identity.ts'
import type { ActivityTimelineNeeds } from './needs.ts'
import { idOf, paramsOf, startOffsetOf } from './params.ts'
import { idNumber, type Wire } from './wire-json.ts'

const pageSize = 100

/** Contract 1, endpoints 23 and 24. */
export function registerProjects(
  scope: FastifyInstance,
  { store, planningCatalogue }: ActivityTimelineNeeds,
): void {
  scope.get('/project/list', { config: { access: 'read' } }, async (request, reply) => {
    const { siteId } = actorOf(request)
    const state = paramsOf(request).find('state')
    const projects = await store.projects.list(siteId, {
      limit: pageSize,
      offset: startOffsetOf(request),
      isGhost: false,
      ...(state === undefined ? {} : { isActive: isActiveIn(state) }),
    })
    return send(reply, projects.map(renderProject))
  })

  scope.post('/project/:id/state', { config: { access: 'write' } }, async (request, reply) => {
    const state = paramsOf(request).need('state')
    const id = idOf('id', pathParam(request, 'id'))
    const isActive = isActiveIn(state)
    try {
      await planningCatalogue.setProjectActive(actorOf(request), id as ProjectId, isActive)
    } catch (error) {
      if (error instanceof DomainError && error.code === 'not-found')
        throw badRequest(`Project with id ${id} does not exist`)
      throw error
    }
    return send(reply, {
      message: 'Project successfully updated',
      projectId: id,
      state: isActive ? 'active' : 'inactive',
    })
  })
}

function isActiveIn(state: string): boolean {
  if (state !== 'active' && state !== 'inactive')
    throw badRequest("Parameter 'state' must be active or inactive")
  return state === 'active'
}

function renderProject({ id, name, key, isActive }: Project): Wire {
  return { id: idNumber(id), name, projectKey: key, state: isActive ? 'active' : 'inactive' }
}
