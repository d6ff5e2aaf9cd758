import type { Connections } from '../domain/connections.ts'
import { checkMay } from '../domain/directory-checks.ts'
import { DomainError } from '../domain/errors.ts'
import type { Actor } from '../domain/permission.ts'
import type { ConnectionId } from '../domain/site.ts'
import type { Store } from '../domain/store.ts'
import type { SyncDesk, SyncProgress } from '../domain/sync-state.ts'
import type { Instant } from '../domain/zone.ts'
import { dryRun } from './dry-run.ts'
import type { JiraDoor } from './jira-door.ts'
import type { ReadingProgress } from './reading.ts'
import type { SyncRunner } from './sync-runner.ts'

export type SyncDeskNeeds = {
  readonly store: Store
  readonly connections: Connections
  readonly door: JiraDoor
  readonly run: SyncRunner
  readonly now: () => Instant
  readonly onError: (connection: string, error: unknown) => void
}

type Watched = {
  readonly startedAt: Instant
  readonly firstCursor: number
  readonly last: ReadingProgress
  readonly at: Instant
}

/** The runner with its progress kept for whoever asks, and readings begun by hand. */
export function makeSyncDesk(needs: SyncDeskNeeds): SyncDesk & {
  readonly run: SyncRunner
  stop(): Promise<void>
} {
  const { store, connections, now } = needs
  const watched = new Map<ConnectionId, Watched | null>()
  const begun = new Set<Promise<unknown>>()
  const stopped = new AbortController()

  const run: SyncRunner = async (request) => {
    const { id } = request.connection
    // A second call while one runs finds the lease taken, and must not end what it did not begin.
    if (watched.has(id)) return needs.run(request)
    const startedAt = now()
    watched.set(id, null)
    try {
      return await needs.run({
        ...request,
        onPage(last) {
          const firstCursor = watched.get(id)?.firstCursor ?? last.cursor
          watched.set(id, { startedAt, firstCursor, last, at: now() })
          request.onPage?.(last)
        },
      })
    } finally {
      watched.delete(id)
    }
  }

  const check = (actor: Actor) =>
    checkMay(actor, 'administer', { type: 'site' }, 'administer connections')

  return {
    run,
    progress: (id) => {
      const known = watched.get(id)
      return known ? progressOf(known) : null
    },
    async start(actor, name, isFull) {
      check(actor)
      const found = await connections.find(actor.siteId, name)
      const { id } = found.connection
      const lease = await store.sync.findLease(actor.siteId, id)
      if (watched.has(id) || (lease && lease.until > now()))
        throw new DomainError('conflict', `${found.connection.name} is being read already`)
      const { siteId } = actor
      const scope = { isFull, acceptsGone: false, isForced: true, signal: stopped.signal }
      const reading = run({ siteId, ...found, ...scope }).catch((error: unknown) => {
        // What went wrong stands in the state of the connection as well.
        if (!stopped.signal.aborted) needs.onError(found.connection.name, error)
      })
      begun.add(reading)
      void reading.finally(() => begun.delete(reading))
    },
    async dryRun(actor, name) {
      check(actor)
      const { connection, link } = await connections.find(actor.siteId, name)
      return dryRun(needs, actor.siteId, connection.id, link)
    },
    async stop() {
      stopped.abort()
      await Promise.allSettled(begun)
    },
  }
}

/** How fast it goes, and how long it will take if what is left is like what was read. */
export function progressOf({ startedAt, firstCursor, last, at }: Watched): SyncProgress {
  const { worklogs } = last.counts
  const rows = worklogs.new + worklogs.changed + worklogs.unchanged
  const elapsedMs = Math.max(1, at - startedAt)
  const readMs = last.cursor - firstCursor
  const isGuessable = last.step === 'worklogs' && readMs > 0
  return {
    step: last.step,
    startedAt,
    rows,
    rowsPerSecond: Math.round(rows / (elapsedMs / 1_000)),
    requests: last.requests,
    readUpTo: last.cursor > 0 ? last.cursor : null,
    secondsLeft: isGuessable
      ? Math.max(0, Math.round(((at - last.cursor) / readMs) * (elapsedMs / 1_000)))
      : null,
  }
}
