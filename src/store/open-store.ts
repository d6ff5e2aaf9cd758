import type { Store } from '../domain/store.ts'
import { type FolderLock, lockFolder } from './folder-lock.ts'
import { migrate } from './migrate.ts'
import { openPostgres } from './postgres.ts'
import { makeStore } from './store.ts'

/** Where the data lies: on a server when there is an address of one, else in the folder. */
export type StorePlace = {
  readonly databaseUrl: string | undefined
  readonly databasePoolSize: number
  readonly dataFolder: string
}

/** A store whose schema is up to date. */
export type OpenedStore = {
  readonly store: Store
  /** Of the folder, which only one process may hold; nobody holds a server. */
  readonly lock: FolderLock | undefined
  /** Which migrations this opening applied. */
  readonly migrations: readonly string[]
}

/**
 * Opens the store and brings its schema up to date. Throws `unavailable`, also when another process
 * holds the folder. `onIdleError` hears of connections that broke while unused.
 */
export async function openStore(
  { databaseUrl: url, databasePoolSize: poolSize, dataFolder }: StorePlace,
  now: () => number,
  onIdleError: (error: Error) => void,
): Promise<OpenedStore> {
  if (url !== undefined) {
    const engine = await openPostgres({ url, poolSize, onIdleError })
    const migrations = await migrate(engine)
    return { store: makeStore(engine, now), lock: undefined, migrations }
  }
  const lock = lockFolder(dataFolder)
  try {
    // Read only where it is used: a server's process does without its memory.
    const { openPglite } = await import('./pglite.ts')
    const engine = await openPglite(dataFolder)
    const migrations = await migrate(engine)
    return { store: makeStore(engine, now), lock, migrations }
  } catch (error) {
    lock.release()
    throw error
  }
}
