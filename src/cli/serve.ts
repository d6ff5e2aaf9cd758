import { setFlagsFromString } from 'node:v8'
import type { Command } from 'commander'
import type { App } from '../compose.ts'
import { ensureAdministrator, makeLogger, openApp } from '../compose.ts'
import { makeHttpServer, startSync } from '../compose-server.ts'
import type { Config } from '../config.ts'
import { scopes } from '../domain/permission.ts'
import type { CommandContext } from './command.ts'
import { fillDemo } from './demo/fill.ts'
import { sampleCompany } from './demo/sample.ts'
import type { Io } from './io.ts'
import { registerLocalDoor } from './local-door.ts'

type Options = {
  readonly host?: string
  readonly port?: string
  readonly data?: string
  readonly demo?: boolean
}

/** Runs a command inside this server, for the command line of the same machine. */
export type RunInside = (app: App, argv: readonly string[], io: Io) => Promise<number>

/**
 * Long answers leave garbage that V8 would let grow to three times what lives before it looks: a year
 * of worklogs took 171 MB that way, and takes 34 MB so, in the same time.
 */
const steadyHeap = '--heap-growing-percent=50'

export function addServe(program: Command, context: CommandContext, runInside: RunInside): void {
  program
    .command('serve')
    .description('start the server')
    .option('--host <address>', 'address to listen on')
    .option('--port <number>', 'port to listen on; 0 takes a free one')
    .option('--data <folder>', 'data folder')
    .option('--demo', 'fill a fresh data folder with the sample company')
    .action(async (options: Options) => {
      const { io } = context
      setFlagsFromString(steadyHeap)
      const config = context.config(options)
      const app = await openApp({ config, logger: makeLogger(config.logLevel) })
      try {
        await serve(app, config, options.demo === true, io, runInside)
      } finally {
        await app.close()
      }
    })
}

async function serve(
  app: App,
  config: Config,
  isDemo: boolean,
  io: Io,
  runInside: RunInside,
): Promise<void> {
  const demoToken = isDemo ? await prepareDemo(app, io) : undefined
  const administrator = await ensureAdministrator(app)
  const server = await makeHttpServer(app, (fastify) => {
    if (!app.lock) return
    registerLocalDoor(fastify, {
      secret: app.lock.holder.secret,
      run: (argv, itsIo) => runInside(app, argv, itsIo),
    })
  })
  const listened = await server.listen({ host: config.host, port: config.port })
  const address =
    config.port === 0 || config.host.includes(':')
      ? listened
      : `http://${config.host}:${config.port}`
  // Whoever asks through the lock file sits on this machine, whatever we listen on.
  app.lock?.announce(address.replace('//0.0.0.0', '//127.0.0.1').replace('//[::]', '//[::1]'))
  await io.out(`listening on ${address}\n`)
  io.err(demoToken === undefined ? firstSteps(address) : demoSteps(address, demoToken))
  const link = await app.entering.sessions.makeFirstLink(app.site.id, administrator)
  if (link !== undefined) io.err(firstLink(config.publicUrl ?? address, link))
  const sync = startSync(app)
  await new Promise<void>((resolve) => {
    // Told to stop while it still started: the event has passed, and will not come again.
    if (io.signal.aborted) resolve()
    else io.signal.addEventListener('abort', () => resolve(), { once: true })
  })
  await sync.stop()
  await closeInTime(() => server.close(), config.shutdownSeconds)
  // Whoever is still connected after that would keep the process alive.
  server.server.closeAllConnections()
}

/** Requests in flight get their time; after that the store is closed regardless. */
async function closeInTime(close: () => Promise<unknown>, seconds: number): Promise<void> {
  let timer: NodeJS.Timeout | undefined
  const patience = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, seconds * 1_000)
  })
  await Promise.race([close(), patience])
  clearTimeout(timer)
}

async function prepareDemo(app: App, io: Io): Promise<string> {
  const { store, site } = app
  const [somebody] = await store.people.list({ siteId: site.id, limit: 1 })
  if (somebody)
    io.err('the data folder already holds data; the sample company fills only a fresh one\n')
  else {
    const company = sampleCompany(site, app.now())
    const filled = await fillDemo({ store, siteId: site.id, company, now: app.now() })
    await store.maintain()
    io.err(
      `sample company: ${filled.people} people, ${filled.issues} issues, ${filled.worklogs} worklogs\n`,
    )
  }
  const administrator = await ensureAdministrator(app)
  const { secret } = await app.tokens.create(await app.localActor(), {
    personId: administrator.id,
    name: 'demo',
    scopes,
    networks: [],
    expiresAt: null,
  })
  return secret
}

function demoSteps(address: string, token: string): string {
  const curl = (rest: string) => `  curl -H 'Authorization: Bearer ${token}' ${rest}\n`
  const plain = (rest: string) => `  curl ${rest}\n`
  return `
try it (the token is the administrator's):
${curl(`'${address}/api/v1/worklogs?limit=3'`)}${curl(`'${address}/api/v1/changes?since=0&limit=3'`)}${curl(
  `-o worklogs.csv '${address}/api/v1/worklogs/export?format=csv'`,
)}${curl(`-o worklogs.xlsx '${address}/api/v1/worklogs/export?format=xlsx'`)}${curl(
  `-H 'Content-Type: application/json' \\
    -d '{"issue":"PLAT-1","day":"${new Date().toISOString().slice(0, 10)}","startTime":"09:00","timeSpentSeconds":5400,"comment":"First hour"}' \\
    ${address}/api/v1/worklogs`,
)}  node bin/hourbook.js report --rows person --columns month

the same hours by the APIs that scripts already speak:
${curl(`'${address}/rest/api/2/search?jql=worklogDate%3E%3DstartOfMonth()&maxResults=3'`)}${curl(
  `'${address}/core/3/worklogs?limit=3'`,
)}${curl(`'${address}/4/worklogs?limit=3'`)}${curl(
  `'${address}/rest/timesheet-gadget/1.0/raw-timesheet.json'`,
)}${plain(`-H 'Authorization: Apikey ${token}' '${address}/api/1/exportData.csv'`)}${plain(
  `'${address}/plugins/servlet/tempo-getWorklog/?tempoApiToken=${token}'`,
)}${plain(`-H 'auth-token: ${token}' '${address}/rest/api/1/team/list'`)}
reference: ${address}/api/reference
`
}

/** The secret stands behind the #: browsers send that nowhere, so it stays out of every log. */
function firstLink(address: string, secret: string): string {
  return `
open this once, within a week, to choose the administrator's password:
  ${address}/welcome#${secret}
`
}

function firstSteps(address: string): string {
  return `
next steps, in another terminal:
  node bin/hourbook.js import jira export.ndjson.gz                  worklogs out of a Jira export
  node bin/hourbook.js project add APP --name 'My app'               or start without a Jira
  node bin/hourbook.js token create --user admin --scopes read,write a token for curl and scripts
  curl -H 'Authorization: Bearer TOKEN' ${address}/api/v1/worklogs

reference: ${address}/api/reference
`
}
