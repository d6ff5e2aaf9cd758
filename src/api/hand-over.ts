import type { FastifyInstance } from 'fastify'
import type { HandOverSettingsChange as Change, HandOvers } from '../domain/hand-overs.ts'
import { expectedVersion, setVersionTag } from './conditions.ts'
import { HandOverSettings, HandOverSettingsChange, MatchHeaders, ref } from './contract.ts'
import { actorOf } from './needs.ts'
import { answer, operation, versionTag } from './operation.ts'

/** How worklogs are handed to systems that pay or bill; the handing over itself is a dialect's. */
export function registerHandOver(scope: FastifyInstance, handOvers: HandOvers): void {
  scope.get(
    '/hand-over/settings',
    {
      config: { access: 'admin' },
      schema: operation({
        id: 'getHandOverSettings',
        tag: 'Site',
        summary: 'How worklogs are handed to ERP systems',
        description: 'What `/plugins/servlet/tempo-getWorklog` adds to every worklog.',
        answers: { 200: answer('The settings', ref(HandOverSettings), versionTag) },
      }),
    },
    async (request, reply) => {
      const settings = await handOvers.settings(actorOf(request))
      setVersionTag(reply, settings)
      return settings
    },
  )

  scope.patch<{ Body: Change }>(
    '/hand-over/settings',
    {
      config: { access: 'admin' },
      schema: operation({
        id: 'changeHandOverSettings',
        tag: 'Site',
        summary: 'Change how worklogs are handed to ERP systems',
        description: 'For administrators.',
        headers: MatchHeaders,
        body: ref(HandOverSettingsChange),
        answers: { 200: answer('As they are now', ref(HandOverSettings), versionTag) },
      }),
    },
    async (request, reply) => {
      const version = expectedVersion(request)
      const settings = await handOvers.changeSettings(actorOf(request), request.body, version)
      setVersionTag(reply, settings)
      return settings
    },
  )
}
