import { stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { FastifyInstance } from 'fastify'
import type { Registry } from 'prom-client'
import { registerApi } from './api/api.ts'
import { registerHooks } from './api/hooks.ts'
import { registerOAuthCallback } from './api/oauth-callback.ts'
import type { App } from './compose.ts'
import type { Config } from './config.ts'
import { settings } from './config-settings.ts'
import { registerActivityTimeline } from './dialects/activity-timeline/index.ts'
import { registerJiraNative } from './dialects/jira-native/index.ts'
import { registerOAuth, registerTempoCore } from './dialects/tempo-core/index.ts'
import { registerTempoServlet } from './dialects/tempo-servlet/index.ts'
import { registerTimeTracker, usualExportColumns } from './dialects/time-tracker-cloud/index.ts'
import { registerTimesheetGadget } from './dialects/timesheet-gadget/index.ts'
import type { Health } from './domain/health.ts'
import { readReadiness, readSyncFigures } from './domain/readiness.ts'
import { everyMinute } from './http/every-minute.ts'
import { makeMetrics, measureSync, requestFigures } from './http/metrics.ts'
import { makeServer } from './http/server.ts'
import { registerStatus } from './http/status.ts'
import { registerWeb } from './http/web.ts'
import { packageFolder } from './package-folder.ts'
import { startScheduler } from './sync/scheduler.ts'
import { version } from './version.ts'

/** The built web application lies beside our own code, whether that is built or not. */
const webFolder = join(packageFolder, 'web/dist')

/** The HTTP server over an app, not yet listening. `register` adds surfaces of the caller's own. */
export async function makeHttpServer(
  app: App,
  register: (server: FastifyInstance) => void | Promise<void> = () => {},
): Promise<FastifyInstance> {
  const { config, store, identity, logger } = app
  const { publicUrl, contextPath } = config
  const metrics = makeMetrics()
  const startedAt = app.now()
  const server = await makeServer({
    logger,
    metrics,
    trustedProxies: config.trustedProxies,
    requestsPerMinute: config.requestsPerMinute,
    contextPath,
  })
  const served = { store, siteId: app.site.id, now: app.now }
  measureSync(metrics, () => readSyncFigures(served, app.connections))
  registerStatus(server, { readiness: () => readReadiness(served), metrics, identity, version })
  await register(server)
  await registerHooks(server, app.hooks.receive)
  registerOAuthCallback(server, app.consent)
  await registerApi(server, {
    ...app,
    readHealth: () => readHealth(app, metrics, startedAt),
    version,
    publicUrl,
  })
  await registerTempoCore(server, { ...app, publicUrl })
  await registerOAuth(server, app)
  await registerTempoServlet(server, app)
  await registerJiraNative(server, { ...app, publicUrl, contextPath, settings: config.jira })
  await registerTimeTracker(server, { ...app, publicUrl, settings: trackerSettings(config) })
  await registerTimesheetGadget(server, { ...app, publicUrl, contextPath, unit: config.gadgetUnit })
  await registerWeb(server, webFolder)
  await registerActivityTimeline(server, { ...app, switched: config.activityTimeline })
  everyMinute(server, () => keepHouse(app))
  return server
}

/** Reads the connected Jiras again and again while the server runs. */
export function startSync(app: App): { stop(): Promise<void> } {
  const { config, logger, site } = app
  if (config.syncSeconds === 0) return { stop: async () => {} }
  const scheduler = startScheduler({
    siteId: site.id,
    connections: app.connections,
    run: app.syncNow,
    everyMs: config.syncSeconds * 1_000,
    random: Math.random,
    onOutcome: (connection, outcome) => logger.info({ connection, ...outcome }, 'sync'),
    onError: (connection, error) => logger.error({ connection, err: error }, 'sync failed'),
  })
  app.listenForHints(scheduler.hurry)
  return scheduler
}

function trackerSettings({ tracker }: Config) {
  const { exportColumns, guardsFormulas, allowsForcing, unit, numbers: example, digits } = tracker
  return {
    patience: {
      afterMs: tracker.longPollAfterSeconds * 1_000,
      everyMs: tracker.longPollEverySeconds * 1_000,
    },
    exportColumns: exportColumns.length > 0 ? exportColumns : usualExportColumns,
    hours: { unit, example, digits },
    language: tracker.language,
    guardsFormulas,
    allowsForcing,
  }
}

async function readHealth(app: App, metrics: Registry, startedAt: number): Promise<Health> {
  const { config, store, site } = app
  const mark = config.backupMark ?? null
  return {
    version,
    nodeVersion: process.versions.node,
    startedAt,
    memoryBytes: process.memoryUsage.rss(),
    requests: await requestFigures(metrics),
    database: await store.describe(site.id),
    backup: { mark, lastAt: mark === null ? null : await timeOf(mark) },
    syncSeconds: config.syncSeconds,
    settings: settings.map(({ variable, meaning, show }) => ({
      name: variable,
      value: show(config),
      meaning,
    })),
  }
}

/** When a file was last written; null where there is none. */
async function timeOf(path: string): Promise<number | null> {
  return stat(path).then(
    ({ mtimeMs }) => Math.floor(mtimeMs),
    () => null,
  )
}

/** Who used which token, and outcomes nobody asks for again. */
async function keepHouse({ store, site, now, identity, entering }: App): Promise<void> {
  await identity.flush()
  await entering.identity.flush()
  await store.sessions.endBefore(site.id, now())
  await store.idempotency.forgetBefore(site.id, now() - 86_400_000)
}
