import { createHash, randomBytes } from 'node:crypto'
import type { FastifyInstance } from 'fastify'
import type { Logger } from 'pino'
import { registerApi } from './api/api.ts'
import type { Config } from './config.ts'
import { makeDirectory } from './domain/directory.ts'
import { makeIngest } from './domain/ingest.ts'
import { makeOwnBook } from './domain/own-book.ts'
import { type Actor, scopes } from './domain/permission.ts'
import type { Person } from './domain/person.ts'
import { ownConnection, type Site } from './domain/site.ts'
import type { Store } from './domain/store.ts'
import { makeTimesheets } from './domain/timesheets.ts'
import { makeTokens } from './domain/tokens.ts'
import type { WorklogField, WorklogQuery } from './domain/worklog.ts'
import { type FormatName, type FormatOptions, formats } from './formats/formats.ts'
import { hashSecret, isNetwork, isSameSecret, makeIdentity } from './http/identity.ts'
import { makeLogger } from './http/log.ts'
import { makeMetrics } from './http/metrics.ts'
import { makeServer } from './http/server.ts'
import { registerStatus } from './http/status.ts'
import { worklogTable } from './reports/worklog-table.ts'
import { type FolderLock, findHolder, lockFolder } from './store/folder-lock.ts'
import { migrate } from './store/migrate.ts'
import { openPglite } from './store/pglite.ts'
import { openPostgres } from './store/postgres.ts'
import { makeStore } from './store/store.ts'
import { makeFileImport } from './sync/import-files.ts'
import { version } from './version.ts'

/** Everything wired together over one open store. */
export type App = Awaited<ReturnType<typeof openApp>>

export type OpenOptions = {
  readonly config: Config
  readonly logger?: Logger
  readonly now?: () => number
}

/**
 * Opens the store (taking the data folder, or connecting to PostgreSQL), brings its schema up to
 * date, makes the first site where there is none, and wires the use cases. Throws `unavailable`.
 */
export async function openApp({
  config,
  logger = makeLogger('silent'),
  now = Date.now,
}: OpenOptions) {
  const { store, lock, migrations } = await openStore(config, logger)
  const site = (await store.sites.findFirst()) ?? (await makeFirstSite(store, config))
  const identity = makeIdentity(store, now)
  const book = makeOwnBook({ store, now })
  const ingest = makeIngest({ store, now, accountIdFor })
  const app = {
    config,
    logger,
    now,
    store,
    site,
    identity,
    book,
    ingest,
    /** Which migrations this opening applied. */
    migrations,
    /** Whether this process holds a data folder, which only one may. */
    lock,
    timesheets: makeTimesheets({ book }),
    directory: makeDirectory({ store, now, newAccountId: () => randomBytes(12).toString('hex') }),
    tokens: makeTokens({ store, now, newSecret, hashSecret, isNetwork }),
    importFiles: makeFileImport({ ingest }),
    exportWorklogs: (
      query: WorklogQuery,
      fields: readonly WorklogField[],
      format: FormatName,
      options: FormatOptions = {},
    ) => ({
      contentType: formats[format].contentType,
      extension: formats[format].extension,
      chunks: formats[format].write(worklogTable(store.worklogs, query, fields), options),
    }),
    /** The command line of whoever may read the data folder: the administrator's own hand. */
    localActor: (): Promise<Actor> => localActor(store, site),
    async close() {
      await identity.flush()
      await store.close()
      lock?.release()
    },
  }
  return app
}

/** The HTTP server over an app, not yet listening. `register` adds surfaces of the caller's own. */
export async function makeHttpServer(
  app: App,
  register: (server: FastifyInstance) => void | Promise<void> = () => {},
): Promise<FastifyInstance> {
  const { config, store, identity, logger } = app
  const metrics = makeMetrics()
  const server = await makeServer({
    logger,
    metrics,
    trustedProxies: config.trustedProxies,
    requestsPerMinute: config.requestsPerMinute,
  })
  registerStatus(server, { readiness: () => readiness(app), metrics, identity, version })
  await register(server)
  await registerApi(server, {
    store,
    book: app.book,
    timesheets: app.timesheets,
    directory: app.directory,
    identity,
    now: app.now,
    version,
    publicUrl: config.publicUrl,
    exportWorklogs: app.exportWorklogs,
  })
  keepHouse(server, app)
  return server
}

async function openStore(config: Config, logger: Logger) {
  if (config.databaseUrl !== undefined) {
    const engine = await openPostgres({
      url: config.databaseUrl,
      poolSize: config.databasePoolSize,
      onIdleError: (error) => logger.warn({ err: error }, 'a database connection broke'),
    })
    const migrations = await migrate(engine)
    return { store: makeStore(engine), lock: undefined, migrations }
  }
  const lock: FolderLock = lockFolder(config.dataFolder)
  try {
    const engine = await openPglite(config.dataFolder)
    const migrations = await migrate(engine)
    return { store: makeStore(engine), lock, migrations }
  } catch (error) {
    lock.release()
    throw error
  }
}

async function makeFirstSite(store: Store, config: Config): Promise<Site> {
  return store.sites.create({ name: config.siteName, timeZone: config.siteTimeZone })
}

/** The site's administrator, made when somebody first needs one: a fresh folder may become a demo. */
export async function ensureAdministrator(app: Pick<App, 'store' | 'site'>): Promise<Person> {
  const { store, site } = app
  const found = await findAdministrator(store, site)
  if (found) return found
  await store.write(site.id, async (tx) => {
    const [id] = await tx.people.insert(site.id, [
      {
        accountId: accountIdFor(`hourbook admin of site ${site.id}`),
        username: 'admin',
        key: 'admin',
        displayName: 'Administrator',
        email: null,
        timeZone: null,
        locale: null,
        accountType: 'atlassian',
        isActive: true,
        isGhost: false,
        staffId: null,
        role: 'administrator',
        version: tx.takeVersions(1),
      },
    ])
    await tx.people.addIdentities(site.id, [
      { connectionId: ownConnection, kind: 'username', value: 'admin', personId: id! },
    ])
  })
  return (await findAdministrator(store, site))!
}

async function findAdministrator(store: Store, site: Site): Promise<Person | undefined> {
  const found = await store.people.findByNames(site.id, ['admin'])
  return found
    .get('admin')
    ?.find((person) => person.username === 'admin' && person.role === 'administrator')
}

async function localActor(store: Store, site: Site): Promise<Actor> {
  const administrator = await ensureAdministrator({ store, site })
  return {
    siteId: site.id,
    personId: administrator.id,
    role: 'administrator',
    scopes,
    groupNames: [],
    teammateIds: [],
    ledIds: [],
    via: 'cli',
  }
}

async function readiness({ store, site, now }: App) {
  try {
    await store.ping()
    const connections = await store.connections.list(site.id)
    return {
      isReady: true,
      database: 'ok',
      schemaVersion: await store.schemaVersion(),
      syncAgeSeconds: Object.fromEntries(
        connections
          .filter((one) => one.id !== ownConnection)
          .map((one) => [
            one.name,
            one.syncedAt === null ? null : Math.floor((now() - one.syncedAt) / 1_000),
          ]),
      ),
    }
  } catch {
    return { isReady: false, database: 'does not answer', schemaVersion: null, syncAgeSeconds: {} }
  }
}

/** Small chores while the server runs: who used which token, and outcomes nobody asks for again. */
function keepHouse(server: FastifyInstance, app: App): void {
  const everyMinute = setInterval(() => {
    const dayAgo = app.now() - 86_400_000
    app.identity
      .flush()
      .then(() => app.store.idempotency.forgetBefore(app.site.id, dayAgo))
      .catch((error: unknown) => app.logger.warn({ err: error }, 'housekeeping failed'))
  }, 60_000)
  everyMinute.unref()
  server.addHook('onClose', async () => clearInterval(everyMinute))
}

/** An id in Atlassian's look that always is the same for the same person of the same source. */
function accountIdFor(seed: string): string {
  return createHash('sha256').update(seed).digest('hex').slice(0, 24)
}

function newSecret(): string {
  return `hb_${randomBytes(32).toString('base64url')}`
}

export { findHolder, isSameSecret, makeLogger }

/** SHA-256 of a text, lower-case hex. */
export function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}
