import { viewerOf } from '../../domain/permission.ts'
import type { WorklogId } from '../../domain/worklog.ts'
import type { Instant } from '../../domain/zone.ts'
import type { Call } from './call.ts'
import { parseCursor, renderCursor } from './cursor.ts'
import { badRequest } from './errors.ts'
import type { Operations } from './operations.ts'
import { parseMoment, wholeIn } from './query.ts'
import { renderMoment } from './render.ts'

type Wish = {
  readonly from: Instant
  readonly after?: { readonly at: Instant; readonly id: string }
  readonly offset?: number
  readonly limit: number
}

type Deleted = { readonly at: Instant; readonly id: string; readonly shown: object }

/** What was deleted, under its old name and its new one: section 7.1 of the contract. */
export function deletions({ get }: Operations): void {
  get('/events/deleted/types/worklog', async (call) => {
    const { actor, needs } = call
    return feed(call, async ({ from, after, offset, limit }) => {
      const rows = await needs.store.worklogs.findDeleted(actor.siteId, viewerOf(actor), {
        from,
        limit,
        ...(after ? { after: { deletedAt: after.at, id: after.id as WorklogId } } : {}),
        ...(offset === undefined ? {} : { offset }),
      })
      return rows.map(({ id, jiraId, deletedAt }) => ({
        at: deletedAt,
        id,
        // Ids are texts here and nowhere else [S4].
        shown: { tempoWorklogId: id, jiraWorklogId: jiraId, deletedAt: renderMoment(deletedAt) },
      }))
    })
  })

  get('/events/deleted/types/allocation', async (call) =>
    feed(call, async ({ from, after, offset, limit }) => {
      const entries = await call.needs.store.audit.find(call.actor.siteId, {
        from,
        verbs: ['delete'],
        objectTypes: ['plan'],
        limit,
        ...(after ? { after: { at: after.at, seq: Number(after.id) } } : {}),
        ...(offset === undefined ? {} : { offset }),
      })
      return entries.map(({ at, seq, objectId }) => ({
        at,
        id: String(seq),
        shown: { id: objectId, deletedAt: renderMoment(at) },
      }))
    }),
  )
}

/**
 * A page, which ends with both ways on: `next` for clients that follow it, `lastEvaluatedKey` for
 * those that build their own [C 3]. Who came with an offset goes on with one [seed].
 */
async function feed(
  call: Call,
  read: (wish: Wish) => Promise<readonly Deleted[]>,
): Promise<object> {
  const { query, links } = call
  const from = parseMoment(query.one('updatedFrom') ?? '')
  if (from === undefined)
    throw badRequest("'updatedFrom' must be valid on the format: 'yyyy-MM-ddTHH:mm:ssZ'")
  const limit = Math.min(Math.max(wholeIn(query, 'limit', 1) ?? 50, 50), 1_000)
  const key = query.one('lastEvaluatedKey')
  const offset = key === undefined ? wholeIn(query, 'offset', 0) : undefined
  const rows = await read({
    from,
    limit: limit + 1,
    ...(key === undefined ? {} : { after: parseCursor('lastEvaluatedKey', key) }),
    ...(offset === undefined ? {} : { offset }),
  })
  const page = rows.slice(0, limit)
  const last = page.at(-1)
  const lastKey = rows.length > limit && last ? renderCursor(last.at, last.id) : undefined
  const way = offset === undefined ? `lastEvaluatedKey=${lastKey}` : `offset=${offset + limit}`
  return {
    self: links.self,
    metadata: {
      count: page.length,
      limit,
      ...(lastKey === undefined
        ? {}
        : { next: `${links.path}?${kept(links.query)}&${way}`, lastEvaluatedKey: lastKey }),
    },
    results: page.map(({ shown }) => shown),
  }
}

function kept(query: string): string {
  const parts = query.split('&').filter((part) => !/^(offset|lastEvaluatedKey)(=|$)/i.test(part))
  return parts.join('&')
}
