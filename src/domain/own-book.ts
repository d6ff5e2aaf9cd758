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
      if (await commit(siteId, batch)) continue
      // One request that breaks the transaction must not take its neighbours along.
      for (const waiting of batch) await commit(siteId, [waiting])
    }
    queues.delete(siteId)
  }

  /** Whether every request of the batch has its answer; if not, nothing of it was written. */
  async function commit(siteId: SiteId, batch: readonly Waiting[]): Promise<boolean> {
    const requests = batch.map((waiting) => waiting.request)
    let isApplied = false
    try {
      const outcomes = await store.write(siteId, async (tx) => {
        const applied = await applyRequests(tx, siteId, requests, now())
        isApplied = true
        return applied
      })
      batch.forEach((waiting, at) => {
        waiting.resolve(outcomes[at] ?? [])
      })
    } catch (error) {
      // Past that point the transaction may have been committed before the connection broke:
      // trying again could write everything twice.
      if (batch.length > 1 && !isApplied) return false
      for (const waiting of batch) waiting.reject(error)
    }
    return true
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
