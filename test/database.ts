import { createHash, randomBytes } from 'node:crypto'
import { openAsBlob } from 'node:fs'
import { mkdir, rename, stat, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { tmpdir, userInfo } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { afterAll, beforeAll, describe } from 'vitest'
import type { Store } from '../src/domain/store.ts'
import type { Engine } from '../src/store/engine.ts'
import { migrate, readMigrations } from '../src/store/migrate.ts'
import { openMemoryPglite } from '../src/store/pglite.ts'
import { openPostgres } from '../src/store/postgres.ts'
import { makeStore } from '../src/store/store.ts'

/** Any database of a PostgreSQL server on which tests may create their own. */
export const serverUrl = process.env.TEST_DATABASE_URL

/** A migrated database of its own; `close` also removes it. */
export type TestDatabase = {
  readonly engine: Engine
  readonly store: Store
  close(): Promise<void>
}

/**
 * Runs a suite on PGlite in memory and, where `TEST_DATABASE_URL` is set, on that server. The suite
 * shares one database, so its tests keep apart by making a site each (`aSite`).
 */
export function describeStores(name: string, suite: (database: () => TestDatabase) => void): void {
  describe(`${name}, on PGlite`, () => withDatabase(() => openMemoryDatabase(), suite))
  const skipped = serverUrl ? '' : ' (skipped: TEST_DATABASE_URL is not set)'
  describe.skipIf(!serverUrl)(`${name}, on PostgreSQL${skipped}`, () =>
    withDatabase(openServerDatabase, suite),
  )
}

/** Opens a database before the tests of the enclosing suite and closes it after them. */
export function withDatabase(
  open: () => Promise<TestDatabase>,
  suite: (database: () => TestDatabase) => void,
): void {
  let database: TestDatabase | undefined
  beforeAll(async () => {
    database = await open()
  })
  afterAll(() => database?.close())
  suite(() => database!)
}

/** A migrated PGlite in memory; `now` is the clock that the feeds of changes follow. */
export async function openMemoryDatabase(now?: () => number): Promise<TestDatabase> {
  const engine = await openMemoryPglite(await openAsBlob(await migratedDump()))
  return { engine, store: makeStore(engine, now), close: () => engine.close() }
}

/** A fresh database on the server, copied from the migrated template. */
export async function openServerDatabase(): Promise<TestDatabase> {
  const template = await migratedTemplate()
  const name = `hourbook_test_${randomBytes(6).toString('hex')}`
  await onServer((client) => client.query(`create database ${name} template ${template}`))
  const engine = await openPostgres({ url: urlOf(name) })
  return {
    engine,
    store: makeStore(engine),
    async close() {
      await engine.close()
      await onServer((client) => client.query(`drop database ${name} with (force)`))
    },
  }
}

/** A database on the server without any table, for tests of the migrations themselves. */
export async function openEmptyServerDatabase(): Promise<Engine> {
  const name = `hourbook_test_${randomBytes(6).toString('hex')}`
  await onServer((client) => client.query(`create database ${name}`))
  const engine = await openPostgres({ url: urlOf(name) })
  return {
    ...engine,
    async close() {
      await engine.close()
      await onServer((client) => client.query(`drop database ${name} with (force)`))
    },
  }
}

/** The migrated cluster as a file, made once per set of migrations and version of PGlite. */
async function migratedDump(): Promise<string> {
  const folder = join(tmpdir(), `hourbook-tests-${userInfo().uid}`)
  const path = join(folder, `cluster-${schemaName()}.tar`)
  if (await exists(path)) return path
  await mkdir(folder, { recursive: true, mode: 0o700 })
  const engine = await openMemoryPglite()
  await migrate(engine)
  const dump = Buffer.from(await (await engine.dump()).arrayBuffer())
  await engine.close()
  // Two test workers may get here at once: each renames a whole file into place.
  const draft = `${path}.${process.pid}`
  await writeFile(draft, dump)
  await rename(draft, path)
  return path
}

/** The migrated template on the server; it bears its name only once it is finished. */
async function migratedTemplate(): Promise<string> {
  const template = `hourbook_template_${schemaName()}`
  await onServer(async (client) => {
    await client.query('select pg_advisory_lock(817254)')
    const found = await client.query('select 1 from pg_database where datname = $1', [template])
    if (found.rowCount) return
    const draft = `hourbook_draft_${randomBytes(6).toString('hex')}`
    await client.query(`create database ${draft}`)
    const engine = await openPostgres({ url: urlOf(draft) })
    await migrate(engine).finally(() => engine.close())
    await client.query(`alter database ${draft} rename to ${template}`)
  })
  return template
}

function schemaName(): string {
  const { version } = createRequire(import.meta.url)(
    '../node_modules/@electric-sql/pglite/package.json',
  ) as { version: string }
  const hash = createHash('sha256').update(version)
  for (const { name, checksum } of readMigrations()) hash.update(`${name} ${checksum}\n`)
  return hash.digest('hex').slice(0, 16)
}

async function onServer(work: (client: pg.Client) => Promise<unknown>): Promise<void> {
  const client = new pg.Client({ connectionString: serverUrl })
  await client.connect()
  try {
    await work(client)
  } finally {
    // Ending the session also releases the advisory lock.
    await client.end()
  }
}

function urlOf(database: string): string {
  const url = new URL(serverUrl!)
  url.pathname = `/${database}`
  return url.href
}

async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  )
}
