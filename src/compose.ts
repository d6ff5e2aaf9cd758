import { randomBytes, randomInt, randomUUID } from 'node:crypto'
import { hostname } from 'node:os'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Logger } from 'pino'
import { makePublicHolidays } from './calendars/public-holidays.ts'
import type { Config } from './config.ts'
import { makeAccounting } from './domain/accounting.ts'
import { administratorOf } from './domain/administrator.ts'
import { makeAllocations } from './domain/allocations.ts'
import { makeCalendar } from './domain/calendar.ts'
import { makeDirectory } from './domain/directory.ts'
import { makeFilters } from './domain/filters.ts'
import { makeFirstStart, type SampleCounts } from './domain/first-start.ts'
import { makeHandOvers } from './domain/hand-overs.ts'
import { makeIngest } from './domain/ingest.ts'
import { makeOAuthApps } from './domain/oauth-apps.ts'
import { makeOwnBook } from './domain/own-book.ts'
import { type Actor, scopes } from './domain/permission.ts'
import type { Person, PersonId } from './domain/person.ts'
import { makePlanDrafts } from './domain/plan-drafts.ts'
import { makePlanning } from './domain/planning.ts'
import { makePlanningCatalogue } from './domain/planning-catalogue.ts'
import { makeReports } from './domain/reports.ts'
import { makeSessions } from './domain/sessions.ts'
import type { Site } from './domain/site.ts'
import { makeStaffing } from './domain/staffing.ts'
import type { Store } from './domain/store.ts'
import { makeTeamHomes } from './domain/team-home.ts'
import { makeTeams } from './domain/teams.ts'
import { makeTimers } from './domain/timer.ts'
import { makeTimesheets } from './domain/timesheets.ts'
import { makeTokens } from './domain/tokens.ts'
import type { WorklogField, WorklogQuery } from './domain/worklog.ts'
import { makeWorklogApprovals } from './domain/worklog-approvals.ts'
import { type FormatName, type FormatOptions, formats } from './formats/formats.ts'
import { hashSecret, isNetwork, isSameSecret, makeIdentity } from './http/identity.ts'
import { makeLogger } from './http/log.ts'
import { hashPassword, verifyPassword } from './http/passwords.ts'
import { makeSessionIdentity } from './http/session-identity.ts'
import { makeSingleSignOn, type SingleSignOn } from './http/single-sign-on.ts'
import { renameGroupInJql } from './jira/jql/rename-group.ts'
import { makeJql } from './jira/jql/search.ts'
import { worklogTable } from './reports/worklog-table.ts'
import { type FolderLock, findHolder } from './store/folder-lock.ts'
import { openStore } from './store/open-store.ts'
import { makeConflicts } from './sync/conflicts.ts'
import { makeConnections } from './sync/connections.ts'
import { makeHooks } from './sync/hooks.ts'
import { makeFileImport } from './sync/import-files.ts'
import { makeJiraDoor } from './sync/jira-door.ts'
import { makeMirrorBook } from './sync/mirror-book.ts'
import { atlassian, makeOAuthConsent } from './sync/oauth-consent.ts'
import { makeIssueQueue } from './sync/pacer.ts'
import { makeSecretBox, readOrMakeKey } from './sync/secret-box.ts'
import { makeSyncDesk } from './sync/sync-desk.ts'
import { makeSyncRunner } from './sync/sync-runner.ts'
import { version } from './version.ts'

/** Everything wired together over one open store. */
export type App = ReturnType<typeof wireApp>

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
}: OpenOptions): Promise<App> {
  const { store, lock, migrations } = await openStore(config, now, (error) =>
    logger.warn({ err: error }, 'a database connection broke'),
  )
  const site = (await store.sites.findFirst()) ?? (await makeFirstSite(store, config))
  if (lock) {
    // Whoever held the folder before is dead, and with it whatever it was at.
    await store.sync.endLeases(site.id)
    await store.mirror.endLeases(site.id, now())
  }
  return wireApp({ config, logger, now, store, site, lock, migrations })
}

export type Parts = {
  readonly config: Config
  readonly store: Store
  readonly site: Site
  readonly logger?: Logger
  readonly now?: () => number
  readonly lock?: FolderLock | undefined
  readonly migrations?: readonly string[]
  /** Ids and UUIDs of what is planned; random where left out. */
  readonly newId?: () => string
  readonly newUid?: () => string
}

/** Wires the use cases over a store that is open and up to date. */
export function wireApp({
  config,
  store,
  site,
  logger = makeLogger('silent'),
  now = Date.now,
  lock,
  migrations = [],
  newId = randomId,
  newUid = randomUUID,
}: Parts) {
  const identity = makeIdentity(store, now)
  const sessionIdentity = makeSessionIdentity(store, now)
  const own = makeOwnBook({ store, now })
  const ingest = makeIngest({ store, now, accountIdFor })
  const box = lazily(() => makeSecretBox(config.secretKey ?? readOrMakeKey(config.dataFolder)))
  const jql = makeJql({ store, now, worklogDateZone: config.jira.worklogDateZone })
  const door = makeJiraDoor({
    store,
    now,
    wait: waitFor,
    random: Math.random,
    box,
    allowsPrivate: config.allowsPrivateNetworks,
    userAgent: `hourbook/${version}`,
  })
  const book = makeMirrorBook({
    store,
    own,
    door,
    now,
    wait: waitFor,
    newUid: randomUUID,
    leaseMs: config.leaseSeconds * 1_000,
    inLine: makeIssueQueue({ now, wait: waitFor, random: Math.random }),
  })
  const timesheets = makeTimesheets({ book })
  const connections = makeConnections({ store, ingest, door, now })
  const desk = makeSyncDesk({
    store,
    connections,
    door,
    now,
    run: makeSyncRunner({
      store,
      ingest,
      door,
      now,
      leaseMs: config.leaseSeconds * 1_000,
      owner: `${hostname()} ${process.pid} ${randomBytes(4).toString('hex')}`,
    }),
    onError: (connection, error) => logger.error({ connection, err: error }, 'sync failed'),
  })
  let onHint: (connection: string) => void = () => {}
  const app = {
    config,
    logger,
    now,
    store,
    site,
    identity,
    timers: makeTimers({ store, timesheets, now }),
    /** How browsers enter. */
    entering: {
      siteId: site.id,
      identity: sessionIdentity,
      singleSignOn: singleSignOnOf(config),
      sessions: makeSessions({
        store,
        now,
        newSecret: () => randomBytes(32).toString('base64url'),
        hashSecret,
        passwords: { hash: hashPassword, verify: verifyPassword },
      }),
    },
    book,
    box,
    jql,
    filters: makeFilters({ store, now }),
    /** The issues a query finds, as reports and exports filter by. */
    findIssues: async (actor: Actor, text: string) =>
      (await jql.understand(actor, text)).search.condition,
    ingest,
    /** Which migrations this opening applied. */
    migrations,
    /** Whether this process holds a data folder, which only one may. */
    lock,
    timesheets,
    planning: makePlanning({ store, now, newId, newUid }),
    drafts: makePlanDrafts({ store, now, newId, newUid }),
    planningCatalogue: makePlanningCatalogue({ store, now, newId }),
    worklogApprovals: makeWorklogApprovals({ store, now }),
    conflicts: makeConflicts({ store, timesheets, now }),
    directory: makeDirectory({
      store,
      now,
      newAccountId: () => randomBytes(12).toString('hex'),
      renameGroupInJql,
    }),
    calendar: makeCalendar({
      store,
      now,
      sha256: hashSecret,
      publicHolidays: makePublicHolidays(),
    }),
    accounting: makeAccounting({ store, now }),
    teams: makeTeams({ store, now, onChange: identity.forget }),
    teamHomes: makeTeamHomes({ store, now }),
    staffing: makeStaffing({ store, now, onChange: identity.forget }),
    handOvers: makeHandOvers({ store, book, now }),
    allocations: makeAllocations({ store, now }),
    tokens: makeTokens({ store, now, newSecret, hashSecret, isNetwork }),
    oauth: makeOAuthApps({
      store,
      now,
      newSecret,
      hashSecret,
      isSameSecret,
      onChange: identity.forget,
    }),
    reports: makeReports({ store, now, newSecret, hashSecret }),
    importFiles: makeFileImport({ ingest }),
    connections,
    consent: makeOAuthConsent({
      store,
      door,
      now,
      siteId: site.id,
      addLink: connections.add,
      places:
        config.atlassianUrl === undefined
          ? atlassian
          : { authUrl: config.atlassianUrl, apiUrl: config.atlassianUrl },
      allowsPrivate: config.allowsPrivateNetworks,
      callbackUrl: `${config.publicUrl ?? `http://${config.host}:${config.port}`}/oauth/jira/callback`,
    }),
    hooks: makeHooks({
      store,
      connections,
      door,
      now,
      siteId: site.id,
      onHint: (connection) => onHint(connection),
    }),
    /** Who reads a connection sooner when its Jira has told of something. */
    listenForHints(listener: (connection: string) => void) {
      onHint = listener
    },
    syncNow: desk.run,
    syncDesk: desk,
    firstStart: makeFirstStart({
      store,
      now,
      fill: (administratorId) => fillSample({ store, site, now }, administratorId),
    }),
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
      await desk.stop()
      await identity.flush()
      await sessionIdentity.flush()
      await store.close()
      lock?.release()
    },
  }
  return app
}

function singleSignOnOf(config: Config): SingleSignOn | undefined {
  const { oidcIssuer: issuer, oidcClientId: clientId } = config
  if (issuer === undefined || clientId === undefined) return undefined
  const { oidcClientSecret: clientSecret, oidcName: name } = config
  return makeSingleSignOn({ issuer, clientId, clientSecret, name })
}

async function makeFirstSite(store: Store, config: Config): Promise<Site> {
  return store.sites.create({ name: config.siteName, timeZone: config.siteTimeZone })
}

/** The site's administrator, made when somebody first needs one: a fresh folder may become a demo. */
export function ensureAdministrator({ store, site }: Pick<App, 'store' | 'site'>): Promise<Person> {
  return administratorOf(store, site.id, accountIdFor)
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

/** The sample company, loaded only when somebody wants it. */
async function fillSample(
  { store, site, now }: { store: Store; site: Site; now: () => number },
  administratorId: PersonId,
): Promise<SampleCounts> {
  const { sampleCompany } = await import('./cli/demo/sample.ts')
  const { fillDemo } = await import('./cli/demo/fill.ts')
  const company = sampleCompany(site, now())
  return fillDemo({ store, siteId: site.id, company, now: now(), administratorId })
}

async function waitFor(ms: number, signal: AbortSignal | undefined): Promise<void> {
  await sleep(ms, undefined, signal ? { signal } : {})
}

function lazily<T>(make: () => T): () => T {
  let made: T | undefined
  return () => {
    made ??= make()
    return made
  }
}

/** An id in Atlassian's look that always is the same for the same person of the same source. */
function accountIdFor(seed: string): string {
  return hashSecret(seed).slice(0, 24)
}

/** Below 2^53, so that clients that read ids as numbers keep every digit. */
function randomId(): string {
  return String(randomInt(1, 2 ** 24) * 2 ** 28 + randomInt(2 ** 28))
}

function newSecret(): string {
  return `hb_${randomBytes(32).toString('base64url')}`
}

export { type ExtractedWorklog, type ExtractProgress, type ExtractWish, extract } from './index.ts'
export { findHolder, hashSecret as sha256, isSameSecret, makeLogger }
