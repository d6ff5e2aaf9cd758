import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { refuseBadAddresses } from '../../http/bad-address.ts'
import { baseUrlOf } from '../../http/context-path.ts'
import { acceptJson } from './body.ts'
import { refusal, sendEnvelope } from './errors.ts'
import type { Flavour } from './flavour.ts'
import { identifyJira } from './identity.ts'
import type { JiraNativeNeeds } from './needs.ts'
import { type Gate, makeGate } from './password-login.ts'
import { registerAvatars } from './routes-avatars.ts'
import { registerCatalogue } from './routes-catalogue.ts'
import { registerFeeds } from './routes-feeds.ts'
import { registerFilters } from './routes-filters.ts'
import { registerGroups } from './routes-groups.ts'
import { registerIssues } from './routes-issues.ts'
import { registerJql } from './routes-jql.ts'
import { registerPickers } from './routes-pickers.ts'
import { registerProjects } from './routes-projects.ts'
import { registerSearch } from './routes-search.ts'
import { registerSelf } from './routes-self.ts'
import { registerSession } from './routes-session.ts'
import { registerUsers } from './routes-users.ts'
import { registerValues } from './routes-values.ts'
import { registerWorklogProperties } from './routes-worklog-properties.ts'
import { registerWorklogWrites } from './routes-worklog-writes.ts'
import { registerWorklogs } from './routes-worklogs.ts'

export type { JiraNativeNeeds, JiraNativeSettings } from './needs.ts'

type Register = (
  scope: FastifyInstance,
  needs: JiraNativeNeeds,
  flavour: Flavour,
  gate: Gate,
) => void

/**
 * Jira's own REST API: seed 001 and contract `jira-native`. Version 2 (also `latest`) speaks Data
 * Center, version 3 speaks Cloud; each is a scope with its own identity, errors and 404.
 */
export async function registerJiraNative(
  server: FastifyInstance,
  needs: JiraNativeNeeds,
): Promise<void> {
  const isCloud = needs.settings.deploymentType === 'Cloud'
  const mounts: readonly (readonly [string, Flavour])[] = [
    ['/rest/api/2', { version: 2, isCloud }],
    ['/rest/api/latest', { version: 2, isCloud }],
    ['/rest/api/3', { version: 3, isCloud: true }],
  ]
  // One for all mounts, so that a login counts once.
  const gate = makeGate(needs)
  const mount = async (prefix: string, flavour: Flavour, register: Register) => {
    await server.register(
      async (scope) => {
        prepare(scope, needs, flavour, gate)
        register(scope, needs, flavour, gate)
      },
      { prefix },
    )
  }
  for (const [prefix, flavour] of mounts) await mount(prefix, flavour, registerVersion)
  for (const prefix of ['/rest/auth/1', '/rest/auth/latest'])
    await mount(prefix, { version: 2, isCloud }, registerSession)
  await server.register(async (scope) => registerAvatars(scope))
}

function registerVersion(scope: FastifyInstance, needs: JiraNativeNeeds, flavour: Flavour): void {
  registerSelf(scope, needs, flavour)
  registerWorklogs(scope, needs, flavour)
  registerWorklogWrites(scope, needs, flavour)
  registerWorklogProperties(scope, needs, flavour)
  registerFeeds(scope, needs, flavour)
  registerIssues(scope, needs, flavour)
  registerPickers(scope, needs, flavour)
  registerSearch(scope, needs, flavour)
  registerUsers(scope, needs, flavour)
  registerGroups(scope, needs, flavour)
  registerProjects(scope, needs, flavour)
  registerCatalogue(scope, needs, flavour)
  registerValues(scope, needs, flavour)
  registerFilters(scope, needs, flavour)
  registerJql(scope, needs, flavour)
}

function prepare(
  scope: FastifyInstance,
  needs: JiraNativeNeeds,
  flavour: Flavour,
  gate: Gate,
): void {
  acceptJson(scope)
  scope.decorateRequest('jiraCaller', null)
  scope.addHook('onRequest', identifyJira(needs, gate))
  scope.setErrorHandler((error, request, reply) => sendEnvelope(request, reply, error, flavour))
  refuseBadAddresses(scope, (request, reply, error) => sendEnvelope(request, reply, error, flavour))
  scope.setNotFoundHandler(async (request: FastifyRequest, reply: FastifyReply) => {
    request.log.debug({ method: request.method, url: request.url }, 'no such route of Jira')
    const url = `${baseUrlOf(request, needs.publicUrl)}${request.url.split('?', 1)[0]}`
    return sendEnvelope(request, reply, refusal(404, `null for uri: ${url}`), flavour)
  })
}
