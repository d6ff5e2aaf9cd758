import type { FastifyInstance } from 'fastify'
import { Refusal, sendRefusal } from './errors.ts'
import { identifyToken } from './identity.ts'
import type { ActivityTimelineNeeds } from './needs.ts'
import { readForm } from './params.ts'
import { registerEvents } from './routes-events.ts'
import { registerLoad } from './routes-load.ts'
import { registerProjects } from './routes-projects.ts'
import { registerSkills } from './routes-skills.ts'
import { registerTeams } from './routes-teams.ts'
import { registerTimeline } from './routes-timeline.ts'
import { registerUsers } from './routes-users.ts'
import { registerWorklogs } from './routes-worklogs.ts'

export type { ActivityTimelineNeeds } from './needs.ts'

const prefix = '/rest/api/1'

/** ActivityTimeline's REST API: seed 004, contract `activitytimeline`. Off until switched on. */
export async function registerActivityTimeline(
  server: FastifyInstance,
  needs: ActivityTimelineNeeds,
): Promise<void> {
  await server.register(async (scope) => registerRoutes(scope, needs), { prefix })
}

function registerRoutes(scope: FastifyInstance, needs: ActivityTimelineNeeds): void {
  acceptForms(scope)
  scope.addHook('onRequest', identifyToken(needs))
  scope.setErrorHandler((error, request, reply) => sendRefusal(request, reply, error))
  refuseUnknown(scope)
  registerTimeline(scope, needs)
  registerLoad(scope, needs)
  registerEvents(scope, needs)
  registerTeams(scope, needs)
  registerProjects(scope, needs)
  registerUsers(scope, needs)
  registerSkills(scope, needs)
  registerWorklogs(scope, needs)
}

/** Parameters ride in the query string or in a form; what else a client sends as a body is nothing. */
function acceptForms(scope: FastifyInstance): void {
  scope.removeAllContentTypeParsers()
  scope.addContentTypeParser(
    'application/x-www-form-urlencoded',
    { parseAs: 'string' },
    (_request, text, done) => done(null, readForm(String(text))),
  )
  scope.addContentTypeParser('*', { parseAs: 'string' }, (_request, _text, done) =>
    done(null, undefined),
  )
}

/** A path that is known by other methods is 405, every other one 404. */
function refuseUnknown(scope: FastifyInstance): void {
  const known: { readonly pattern: RegExp; readonly method: string }[] = []
  scope.addHook('onRoute', ({ url, method }) => {
    const pattern = new RegExp(`^${url.replace(/:[A-Za-z]+/g, '[^/]+')}/?$`)
    for (const one of [method].flat()) known.push({ pattern, method: one })
  })
  scope.setNotFoundHandler(async (request, reply) => {
    const path = request.url.split('?', 1)[0] ?? ''
    request.log.debug({ method: request.method, url: path }, 'no such route of this API')
    const methods = known.filter(({ pattern }) => pattern.test(path)).map((one) => one.method)
    if (methods.length === 0)
      return sendRefusal(request, reply, new Refusal(404, `There is nothing at ${path}`))
    void reply.header('allow', [...new Set(methods)].sort().join(', '))
    return sendRefusal(request, reply, new Refusal(405, `${request.method} is not offered here`))
  })
}
