import type { FastifyInstance } from 'fastify'
import { parsePeriod } from '../domain/day.ts'
import { DomainError } from '../domain/errors.ts'
import type { Manifest } from '../domain/manifest.ts'
import { can } from '../domain/permission.ts'
import { formatInstant } from '../domain/zone.ts'
import {
  Manifest as ManifestSchema,
  ManifestsAnswer,
  PageOnlyQuery,
  PeriodStep,
  PeriodsAnswer,
  RangeQuery,
  ref,
  VerificationAnswer,
} from './contract.ts'
import { type ApiNeeds, actorOf } from './needs.ts'
import { answer, operation } from './operation.ts'
import { cutPage, limitOf, parseIdCursor, renderIdCursor } from './paging.ts'
import { momentOrNull } from './render.ts'

export function registerPeriods(scope: FastifyInstance, { store, calendar }: ApiNeeds): void {
  const { periods } = calendar
  scope.get<{ Querystring: RangeQuery }>(
    '/periods',
    {
      config: { access: 'read' },
      schema: operation({
        id: 'listPeriods',
        tag: 'Closing',
        summary: 'Periods of the site',
        description: 'Whole periods that share a day with the range, and which days are closed.',
        querystring: RangeQuery,
        answers: { 200: answer('In order', ref(PeriodsAnswer)) },
      }),
    },
    async (request) => {
      const actor = actorOf(request)
      const range = parsePeriod(request.query.from, request.query.to)
      const listed = await periods.list(actor, range)
      const closed = await periods.closed(actor, range)
      return {
        periods: listed,
        closed: closed.map(({ from, to, closedAt }) => ({
          from,
          to,
          closedAt: momentOrNull(closedAt),
        })),
      }
    },
  )

  for (const step of ['close', 'reopen'] as const)
    scope.post<{ Body: PeriodStep }>(
      `/periods/${step}`,
      {
        config: { access: 'admin' },
        schema: operation({
          id: step === 'close' ? 'closePeriod' : 'reopenPeriod',
          tag: 'Closing',
          summary: step === 'close' ? 'Close days for everybody' : 'Open closed days again',
          description:
            step === 'close'
              ? 'Locks them, keeps a snapshot of their worklogs, and adds a manifest to the chain. Days that are closed already: 409.'
              : 'Needs a comment that says why, and the days exactly as they were closed. What Jira changed meanwhile is taken over.',
          body: ref(PeriodStep),
          answers: { 200: answer('The new link of the chain', ref(ManifestSchema)) },
        }),
      },
      async (request) => {
        const { from, to, comment = '' } = request.body
        return renderManifest(await periods[step](actorOf(request), parsePeriod(from, to), comment))
      },
    )

  scope.get<{ Querystring: PageOnlyQuery }>(
    '/manifests',
    {
      config: { access: 'admin' },
      schema: operation({
        id: 'listManifests',
        tag: 'Closing',
        summary: 'The chain of closed periods',
        description: 'For administrators, oldest first.',
        querystring: PageOnlyQuery,
        answers: { 200: answer('A page', ref(ManifestsAnswer)) },
      }),
    },
    async (request) => {
      const actor = actorOf(request)
      if (!can(actor, 'administer', { type: 'calendar' }))
        throw new DomainError('forbidden', 'You may not see the chain of closed periods')
      const limit = limitOf(request.query)
      const { afterId = '0' } = parseIdCursor(request.query.cursor)
      const rows = await store.manifests.list(actor.siteId, Number(afterId) + 1, limit + 1)
      const { page, next } = cutPage(rows, limit, ({ seq }) => renderIdCursor(String(seq)))
      return { manifests: page.map(renderManifest), next }
    },
  )

  scope.get(
    '/verify',
    {
      config: { access: 'admin' },
      schema: operation({
        id: 'verifyBooks',
        tag: 'Closing',
        summary: 'Verify the books',
        description:
          'Walks the audit and the chain of closed periods, counts every snapshot again, and compares it with what is held now. Names the first broken link of each.',
        answers: { 200: answer('What was found', ref(VerificationAnswer)) },
      }),
    },
    async (request) => calendar.verify(actorOf(request)),
  )
}

function renderManifest(manifest: Manifest) {
  return { ...manifest, at: formatInstant(manifest.at) }
}
