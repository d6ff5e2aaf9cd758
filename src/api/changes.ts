import type { FastifyInstance } from 'fastify'
import { DomainError } from '../domain/errors.ts'
import { makeBell } from './bell.ts'
import { ChangesAnswer, ChangesQuery, ref } from './contract.ts'
import { readFeed } from './feed.ts'
import { type ApiNeeds, actorOf } from './needs.ts'
import { answer, longLists, operation } from './operation.ts'
import { limitOf } from './paging.ts'

export function registerChanges(scope: FastifyInstance, { store }: ApiNeeds): void {
  const bell = makeBell(store)
  // Those who wait must not hold up a server that closes.
  scope.addHook('preClose', async () => bell.close())

  scope.get<{ Querystring: ChangesQuery }>(
    '/changes',
    {
      config: { access: 'read' },
      ...longLists,
      schema: operation({
        id: 'listChanges',
        tag: 'Changes',
        summary: 'What changed since',
        description:
          'The change feed of worklogs, deletions included. Begin with since=0, keep `next`, ask again with it; `wait` holds the answer until there is something new. A page may be short, even empty, without being the last: `isCaughtUp` says whether it was.',
        querystring: ChangesQuery,
        answers: { 200: answer('A page of the feed', ref(ChangesAnswer)) },
      }),
    },
    async (request, reply) => {
      const actor = actorOf(request)
      const since = Number(request.query.since ?? 0)
      const limit = limitOf(request.query)
      const wait = request.method === 'HEAD' ? 0 : Number(request.query.wait ?? 0)
      const deadline = performance.now() + wait * 1_000
      const gone = new AbortController()
      const leave = () => gone.abort()
      reply.raw.once('close', leave)
      try {
        for (let from = since; ; ) {
          const { head, ...page } = await readFeed(store, actor, { since, from, limit })
          if (since > head) throw unknownVersion(head)
          const left = deadline - performance.now()
          const isOver = left <= 0 || gone.signal.aborted || bell.isClosed()
          if (page.changes.length > 0 || !page.isCaughtUp || isOver) return page
          from = page.next
          await bell.wait(actor.siteId, from, left, gone.signal)
        }
      } finally {
        reply.raw.off('close', leave)
      }
    },
  )
}

/** A version from the future was given by another database: its reader would miss everything. */
function unknownVersion(head: number): DomainError {
  const message = `this feed is at version ${head} only; begin again with 0`
  return new DomainError('invalid', `since: ${message}`, {
    problems: [{ field: 'since', message }],
    currentVersion: head,
  })
}
