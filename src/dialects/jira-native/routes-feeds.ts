import type { FastifyInstance } from 'fastify'
import { viewerOf } from '../../domain/permission.ts'
import { refusal, sendJson } from './errors.ts'
import { readBeside } from './find.ts'
import { type Flavour, lookOf } from './flavour.ts'
import { actorOf } from './identity.ts'
import type { JiraNativeNeeds } from './needs.ts'
import { type Loose, listOf, numberOf, objectOf } from './params.ts'
import { renderWorklog } from './render-worklog.ts'

const pageSize = 1_000
const mostIds = 1_000

/** All worklogs without their issues: what changed, what went, and the rows by id (contract B12). */
export function registerFeeds(
  scope: FastifyInstance,
  needs: JiraNativeNeeds,
  flavour: Flavour,
): void {
  const { store, now, settings } = needs
  for (const kind of ['updated', 'deleted'] as const)
    scope.get<{ Querystring: Loose }>(
      `/worklog/${kind}`,
      { config: { access: 'read' } },
      async (request, reply) => {
        const actor = actorOf(request)
        const since = numberOf(request.query.since, 'since', 404) ?? 0
        const lag = settings.feedLagSeconds * 1_000
        const found = await store.feeds.read({
          siteId: actor.siteId,
          viewer: viewerOf(actor),
          kind,
          since,
          limit: pageSize + 1,
          ...(lag > 0 ? { until: now() - lag } : {}),
        })
        const entries = found.slice(0, pageSize)
        const isLast = found.length <= pageSize
        const until = entries.at(-1)?.at ?? since
        const { api } = await lookOf(request, flavour, needs)
        const address = (from: number) => `${api}/worklog/${kind}?since=${from}`
        return sendJson(reply, {
          values: entries.map(({ jiraId, at }) => ({
            worklogId: Number(jiraId),
            updatedTime: at,
            properties: [],
          })),
          since,
          until,
          self: address(since),
          ...(isLast ? {} : { nextPage: address(until) }),
          lastPage: isLast,
          ...(flavour.isCloud ? {} : { isLastPage: isLast }),
        })
      },
    )

  scope.post<{ Body: unknown; Querystring: Loose }>(
    '/worklog/list',
    { config: { access: 'read' } },
    async (request, reply) => {
      const asked = listOf(objectOf(request.body).ids) ?? []
      const ids = [...new Set(asked.map((id) => id.replace(/^0+(?=\d)/, '')))]
      if (ids.length === 0) throw refusal(400, 'The list of worklog ids must not be empty.')
      if (ids.length > mostIds)
        throw refusal(400, `The list of worklog ids must hold at most ${mostIds} ids.`)
      if (!ids.every((id) => /^\d{1,18}$/.test(id)))
        throw refusal(400, 'The list of worklog ids must hold whole numbers only.')
      const actor = actorOf(request)
      const found = await store.issueWorklogs.findByJiraIds(actor.siteId, viewerOf(actor), ids)
      const place = new Map(ids.map((id, at) => [id, at]))
      // Of several Jiras that gave out one id the first is meant; the store lists it first.
      const first = new Map([...found].reverse().map((row) => [row.jiraId, row]))
      const rows = [...first.values()].sort((a, b) => place.get(a.jiraId)! - place.get(b.jiraId)!)
      const look = await lookOf(request, flavour, needs)
      const beside = await readBeside(store, request, look, rows)
      const withProperties = listOf(request.query.expand)?.includes('properties') ?? false
      return sendJson(
        reply,
        rows.map((row) => renderWorklog(look, row, beside, withProperties)),
      )
    },
  )
}
