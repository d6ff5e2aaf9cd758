import { spawn } from 'node:child_process'
import { existsSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { PGlite } from '@electric-sql/pglite'
import { DomainError } from '../domain/errors.ts'
import { packageFolder } from '../package-folder.ts'
import type { Engine } from './engine.ts'
import { startDatabaseThread } from './pglite-thread.ts'
import { poolOver } from './pglite-wire.ts'
import { makeEngine } from './pool-engine.ts'
import { syncPath, syncTree } from './sync-path.ts'

const settings = [
  ...['-c', 'wal_sync_method=fsync'],
  ...['-c', 'shared_buffers=24MB'],
  ...['-c', 'work_mem=16MB'],
  ...['-c', 'max_wal_size=256MB'],
  ...['-c', 'random_page_cost=1.1'],
  ...['-c', 'jit=off'],
  ...['-c', 'TimeZone=UTC'],
  ...['-c', 'DateStyle=ISO'],
  ...['-c', 'client_min_messages=warning'],
]

/** The major version of PostgreSQL inside PGlite; folders of another one cannot be opened. */
const clusterVersion = '18'

export type PgliteEngine = Engine & { readonly fsyncCount: () => number }

export type PgliteOptions = {
  /** How its test opens a folder on a file system that forgets to sync. */
  readonly syncsDisk?: boolean
}

/**
 * Opens the embedded database in `folder`, creating it at first. The caller holds the folder's
 * lock. Refuses (`unavailable`) when writes would not reach the disk.
 */
export async function openPglite(
  folder: string,
  { syncsDisk = true }: PgliteOptions = {},
): Promise<PgliteEngine> {
  const cluster = join(folder, 'db')
  await createCluster(folder, cluster)
  const found = readFileSync(join(cluster, 'PG_VERSION'), 'utf8').trim()
  if (found !== clusterVersion)
    throw new DomainError(
      'unavailable',
      `${cluster} was written by PostgreSQL ${found}, this Hourbook embeds ${clusterVersion}: back it up with the Hourbook that wrote it and restore it with this one`,
    )
  const thread = await startDatabaseThread({ cluster, settings, syncsDisk })
  const engine = {
    ...makeEngine('pglite', poolOver(thread.transport), thread.close),
    fsyncCount: thread.fsyncCount,
  }
  await proveDurable(engine)
  return engine
}

/** A database in memory, for tests: from a dump of a migrated one, or empty. */
export async function openMemoryPglite(dump?: Blob): Promise<Engine & { dump(): Promise<Blob> }> {
  const pglite = await PGlite.create({
    startParams: [...PGlite.defaultStartParams, ...settings],
    ...(dump ? { loadDataDir: dump } : {}),
  })
  const pool = poolOver((request, receive) =>
    pglite.execProtocolRawStream(request, {
      // PGlite reuses the memory behind what it answers.
      onRawData: (bytes) => receive(Buffer.from(bytes)),
    }),
  )
  const engine = makeEngine('pglite', pool, () => pglite.close())
  return { ...engine, dump: () => pglite.dumpDataDir('none') }
}

/** One committed write must make at least one fsync, or the folder is not safe to keep books in. */
async function proveDurable(engine: PgliteEngine): Promise<void> {
  const before = engine.fsyncCount()
  await engine.execute(
    'create table if not exists durability_probe (at timestamptz); delete from durability_probe; insert into durability_probe values (now())',
  )
  if (engine.fsyncCount() > before) return
  await engine.close()
  throw new DomainError(
    'unavailable',
    'The embedded database does not sync its writes to disk, so a power cut could lose hours; refusing to start',
  )
}

/** Creates aside and renames, so that a creation cut short leaves nothing that looks finished. */
async function createCluster(folder: string, cluster: string): Promise<void> {
  for (const name of readdirSync(folder)) if (name.startsWith('db.new-')) removeDraft(folder, name)
  if (existsSync(join(cluster, 'PG_VERSION'))) return
  const draft = `${cluster}.new-${process.pid}`
  const script = join(packageFolder, 'bin/create-cluster.js')
  await new Promise<void>((resolve, reject) => {
    const child = spawn(process.execPath, [script, draft], { stdio: ['ignore', 'ignore', 'pipe'] })
    let complaint = ''
    child.stderr.on('data', (chunk: Buffer) => {
      complaint = (complaint + chunk.toString()).slice(-2_000)
    })
    child.on('error', reject)
    child.on('close', (code) => {
      if (code === 0) resolve()
      else reject(new DomainError('unavailable', `Cannot create the database: ${complaint}`))
    })
  })
  // The creation itself syncs nothing, and a finished name must not outlive its contents.
  syncTree(draft)
  renameSync(draft, cluster)
  syncPath(folder)
}

/** A creation whose server was killed may still be writing: under a new name it finds no folder. */
function removeDraft(folder: string, name: string): void {
  const aside = join(folder, `db.new-aside-${process.pid}`)
  rmSync(aside, { recursive: true, force: true })
  renameSync(join(folder, name), aside)
  rmSync(aside, { recursive: true, force: true })
}
