import type { Connections } from './connections.ts'
import { ownConnection, type SiteId } from './site.ts'
import type { Store } from './store.ts'
import type { Instant } from './zone.ts'

/** Whether the server can serve. */
export type Readiness = {
  readonly isReady: boolean
  readonly database: string
  readonly schemaVersion: number | null
  /** Seconds since rows last arrived, by connection; null where none ever did. */
  readonly syncAgeSeconds: Readonly<Record<string, number | null>>
}

/** How a connected Jira stands, for Prometheus. */
export type SyncFigures = {
  readonly connection: string
  readonly ageSeconds: number
  readonly isWell: boolean
  /** What the last cycle did, by name. */
  readonly counters: Readonly<Record<string, number>>
}

type Served = {
  readonly store: Store
  readonly siteId: SiteId
  readonly now: () => Instant
}

/** Asks the database; one that does not answer makes the server not ready, and nothing more. */
export async function readReadiness({ store, siteId, now }: Served): Promise<Readiness> {
  try {
    await store.ping()
    const connections = await store.connections.list(siteId)
    return {
      isReady: true,
      database: 'ok',
      schemaVersion: await store.schemaVersion(),
      syncAgeSeconds: Object.fromEntries(
        connections
          .filter(({ id }) => id !== ownConnection)
          .map(({ name, syncedAt }) => [name, syncedAt === null ? null : ageOf(syncedAt, now())]),
      ),
    }
  } catch {
    return { isReady: false, database: 'does not answer', schemaVersion: null, syncAgeSeconds: {} }
  }
}

/** Every connected Jira; the age of one that was never read is -1. */
export async function readSyncFigures(
  { store, siteId, now }: Served,
  connections: Pick<Connections, 'linked'>,
): Promise<SyncFigures[]> {
  const linked = await connections.linked(siteId)
  return Promise.all(
    linked.map(async ({ connection }) => {
      const state = await store.sync.get(siteId, connection.id)
      const { lastCycleAt, stoppedReason, lastError, counters } = state
      return {
        connection: connection.name,
        ageSeconds: lastCycleAt === null ? -1 : ageOf(lastCycleAt, now()),
        isWell: stoppedReason === null && lastError === null,
        counters: { ...counters },
      }
    }),
  )
}

function ageOf(at: Instant, now: Instant): number {
  return Math.floor((now - at) / 1_000)
}
