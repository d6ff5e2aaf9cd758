import { applyRequests } from './own-book-writing.ts'
import type { SiteId } from './site.ts'
import type { Store } from './store.ts'
import type { WorklogBook, WriteOutcome, WriteRequest } from './worklog-book.ts'
import type { Instant } from './zone.ts'

type Waiting = {
  readonly request: WriteRequest
  readonly resolve: (outcomes: readonly WriteOutcome[]) => void
  readonly reject: (error: unknown) => void
}

/** Commands written in one transaction at most: bounds how long the site's row is held. */
const mostCommands = 1_000

/**
 * The book kept by Hourbook itself. Requests that arrive while a transaction runs share the next
 * one, so that many writers wait for one flush to disk instead of one each.
 */
export function makeOwnBook({ store, now }: { store: Store; now: () => Instant }): WorklogBook {
  const queues = new Map<SiteId, Waiting[]>()

  async function drain(siteId: SiteId, queue: Waiting[]): Promise<void> {
    while (queue.length > 0) {
      const batch = takeBatch(queue)
      try {
        await commit(siteId, batch)
      } catch (error) {
        // One request that breaks the transaction must not take its neighbours along.
        if (batch.length === 1) batch[0]?.reject(error)
        else
          for (const waiting of batch)
            await commit(siteId, [waiting]).catch((reason) => waiting.reject(reason))
      }
    }
    queues.delete(siteId)
  }

  async function commit(siteId: SiteId, batch: readonly Waiting[]): Promise<void> {
    const requests = batch.map((waiting) => waiting.request)
    const outcomes = await store.write(siteId, (tx) => applyRequests(tx, siteId, requests, now()))
    batch.forEach((waiting, at) => {
      waiting.resolve(outcomes[at] ?? [])
    })
  }

  return {
    write(request) {
      const { siteId } = request.actor
      return new Promise((resolve, reject) => {
        const running = queues.get(siteId)
        const queue = running ?? []
        queue.push({ request, resolve, reject })
        if (running) return
        queues.set(siteId, queue)
        void drain(siteId, queue)
      })
    },
  }
}

function takeBatch(queue: Waiting[]): Waiting[] {
  const batch: Waiting[] = []
  let commands = 0
  for (let next = queue[0]; next; next = queue[0]) {
    commands += next.request.commands.length
    if (batch.length > 0 && commands > mostCommands) break
    batch.push(next)
    queue.shift()
  }
  return batch
}
