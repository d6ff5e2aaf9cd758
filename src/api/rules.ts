import type { FastifyInstance } from 'fastify'
import type { RulesChange as Change } from '../domain/time-rules.ts'
import { expectedVersion, setVersionTag } from './conditions.ts'
import { MatchHeaders, RulesChange, ref, SiteRules } from './contract.ts'
import { type ApiNeeds, actorOf } from './needs.ts'
import { answer, operation, versionTag } from './operation.ts'

export function registerRules(scope: FastifyInstance, { calendar }: ApiNeeds): void {
  scope.get(
    '/rules',
    {
      config: { access: 'read' },
      schema: operation({
        id: 'getRules',
        tag: 'Closing',
        summary: 'The rules of the site',
        description:
          'They hold for every way of logging time by hand; what a Jira keeps is its own.',
        answers: { 200: answer('The rules', ref(SiteRules), versionTag) },
      }),
    },
    async (request, reply) => {
      const rules = await calendar.rules.get(actorOf(request))
      setVersionTag(reply, rules)
      return rules
    },
  )

  scope.patch<{ Body: Change }>(
    '/rules',
    {
      config: { access: 'admin' },
      schema: operation({
        id: 'changeRules',
        tag: 'Closing',
        summary: 'Change the rules of the site',
        description: 'Whatever is left out stays. Timesheets that were handed in keep their days.',
        headers: MatchHeaders,
        body: ref(RulesChange),
        answers: { 200: answer('As they are now', ref(SiteRules), versionTag) },
      }),
    },
    async (request, reply) => {
      const version = expectedVersion(request)
      const rules = await calendar.rules.change(actorOf(request), request.body, version)
      setVersionTag(reply, rules)
      return rules
    },
  )
}
