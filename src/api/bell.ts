import type { SiteId } from '../domain/site.ts'
import type { Store } from '../domain/store.ts'

type Waiter = { readonly siteId: SiteId; readonly head: number; readonly wake: () => void }

/** Other processes may write to the same database: their writes are noticed by asking. */
const pollMs = 1_000

/** Wakes those who wait for a site to change. */
export type Bell = {
  /** Resolves when the site's version passes `head`, the time is over, or `signal` aborts. */
  wait(siteId: SiteId, head: number, ms: number, signal: AbortSignal): Promise<void>
  /** Wakes everybody, for good. */
  close(): void
  isClosed(): boolean
}

export function makeBell(store: Store): Bell {
  const waiters = new Set<Waiter>()
  let hasClosed = false
  let poll: NodeJS.Timeout | undefined
  let forgetWrites: (() => void) | undefined

  function ring(siteId: SiteId, version: number): void {
    for (const waiter of waiters)
      if (waiter.siteId === siteId && version > waiter.head) waiter.wake()
  }

  async function ask(): Promise<void> {
    for (const siteId of new Set([...waiters].map((waiter) => waiter.siteId))) {
      // A database that is away for a moment is no reason to wake anybody.
      const site = await store.sites.get(siteId).catch(() => undefined)
      if (site) ring(siteId, site.version)
    }
    if (waiters.size > 0) poll = setTimeout(ask, pollMs)
  }

  function start(): void {
    forgetWrites = store.onWrite(ring)
    poll = setTimeout(ask, pollMs)
  }

  function stop(): void {
    forgetWrites?.()
    clearTimeout(poll)
  }

  return {
    async wait(siteId, head, ms, signal) {
      if (hasClosed || signal.aborted) return
      await new Promise<void>((resolve) => {
        const waiter: Waiter = { siteId, head, wake }
        const timer = setTimeout(wake, ms)
        signal.addEventListener('abort', wake)
        waiters.add(waiter)
        if (waiters.size === 1) start()
        // Whatever was written between reading and waiting rings nobody any more.
        void store.sites.get(siteId).then((site) => ring(siteId, site.version), wake)

        function wake(): void {
          clearTimeout(timer)
          signal.removeEventListener('abort', wake)
          if (waiters.delete(waiter) && waiters.size === 0) stop()
          resolve()
        }
      })
    },
    close() {
      hasClosed = true
      for (const waiter of waiters) waiter.wake()
    },
    isClosed: () => hasClosed,
  }
}
