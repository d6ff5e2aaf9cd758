import type { Ingest } from '../domain/ingest.ts'
import type { JiraLink } from '../domain/jira-link.ts'
import type { Connection, SiteId } from '../domain/site.ts'
import type { Store } from '../domain/store.ts'
import type { SyncCounters, SyncState } from '../domain/sync-state.ts'
import type { Instant } from '../domain/zone.ts'
import { type RunScope, runCycle, stopReason } from './cycle.ts'
import type { JiraDoor } from './jira-door.ts'
import { isOtherChoice, makeReading, type ReadingProgress } from './reading.ts'

export type SyncOutcome =
  | { readonly kind: 'done'; readonly counters: SyncCounters }
  /** Another process reads the connection, or an administrator must act first. */
  | { readonly kind: 'busy'; readonly owner: string }
  | { readonly kind: 'stopped'; readonly reason: string }

export type RunRequest = RunScope & {
  readonly siteId: SiteId
  readonly connection: Connection
  readonly link: JiraLink
  /** Try although it was stopped: an administrator asks. */
  readonly isForced?: boolean
  readonly signal?: AbortSignal
  readonly onPage?: (progress: ReadingProgress) => void
}

export type RunnerNeeds = {
  readonly store: Store
  readonly ingest: Ingest
  readonly door: JiraDoor
  readonly now: () => Instant
  /** Names this process among those that may read. */
  readonly owner: string
  readonly leaseMs?: number
}

const usualLeaseMs = 120_000

export type SyncRunner = (request: RunRequest) => Promise<SyncOutcome>

/** Reads one connection once, if nobody else does. Errors are kept in its state, then thrown. */
export function makeSyncRunner(needs: RunnerNeeds): SyncRunner {
  const { store, now, owner, leaseMs = usualLeaseMs } = needs
  return async (request) => {
    const { siteId, connection, signal } = request
    let { link } = request
    const { id } = connection
    const lease = () => ({ owner, until: now() + leaseMs })
    if (!(await store.sync.takeLease(siteId, id, lease(), now())))
      return { kind: 'busy', owner: (await store.sync.findLease(siteId, id))?.owner ?? 'somebody' }
    const state = await store.sync.get(siteId, id)
    if (state.stoppedReason !== null && !request.isForced) {
      await store.sync.releaseLease(siteId, id, owner)
      return { kind: 'stopped', reason: state.stoppedReason }
    }
    // Pages renew the lease; this does while a server makes us wait between two of them.
    const heartbeat = setInterval(() => {
      store.sync.takeLease(siteId, id, lease(), now()).catch(() => {})
    }, leaseMs / 4)
    heartbeat.unref()
    const api = await needs.door.open(siteId, link, signal)
    try {
      for (;;) {
        const latest = await store.sync.get(siteId, id)
        const start: SyncState = request.isFull
          ? { ...latest, mode: 'feed', feedFailures: 0 }
          : latest
        const reading = makeReading({ ...needs, ...request, link, api, leaseMs }, start)
        try {
          return { kind: 'done', counters: await runCycle(reading, request) }
        } catch (error) {
          if (!isOtherChoice(error)) throw error
          link = (await store.links.find(siteId, id)) ?? link
        }
      }
    } catch (error) {
      if (!signal?.aborted) await noteFailure(error)
      throw error
    } finally {
      clearInterval(heartbeat)
      await api.client.close()
      if (!signal?.aborted || signal.reason !== killed)
        await store.sync.releaseLease(siteId, id, owner)
    }

    async function noteFailure(error: unknown): Promise<void> {
      const latest = await store.sync.get(siteId, id)
      const failed = {
        ...latest,
        lastError: error instanceof Error ? error.message : String(error),
        lastErrorAt: now(),
        stoppedReason: stopReason(error) ?? null,
      }
      await store.sync.put(siteId, id, failed, lease())
    }
  }
}

/** Aborting with this leaves everything as a process does that is killed: tests die this way. */
export const killed = Symbol('killed')
