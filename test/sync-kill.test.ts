import pg from 'pg'
import { afterEach, describe, expect, it } from 'vitest'
import { type App, openApp } from '../src/compose.ts'
import { readConfig } from '../src/config.ts'
import { type FakeJira, startFakeJira } from './fake-jira/fake-jira.ts'
import type { Dialect } from './fake-jira/switches.ts'
import { wallClock } from './fake-jira/wall-clock.ts'
import { makeWorld } from './fake-jira/world.ts'
import { databasePlace, folderPlace, type Place } from './kill-places.ts'
import { type Environment, type ServerProcess, startHourbook } from './server-process.ts'

/** Times that a mirroring server is killed at some request. `npm run kill` takes 20. */
const rounds = Number(process.env.HOURBOOK_KILL_ROUNDS ?? 2)
const hasServer = process.env.TEST_DATABASE_URL !== undefined
const patienceMs = 240_000 + rounds * 60_000
const leaseSeconds = '2'

type Setting = {
  readonly jira: FakeJira
  readonly environment: Environment
  readonly token: string
}

const closers: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close()
}, 60_000)

/** A mirrored Jira with one issue; what is logged goes there as its service account. */
async function aSetting(place: Place, dialect: Dialect, more: Environment = {}): Promise<Setting> {
  closers.push(() => place.close())
  const clock = wallClock()
  const world = makeWorld({ clock })
  world.addIssue({ project: world.addProject({ key: 'AA' }) })
  clock.advance(61_000)
  clock.release()
  const jira = await startFakeJira({ dialect, world, contextPath: '/jira' })
  closers.push(() => jira.close())
  const environment = {
    HOURBOOK_SYNC_SECONDS: '0',
    HOURBOOK_LEASE_SECONDS: leaseSeconds,
    HOURBOOK_SECRET_KEY: 'a key for killing, long enough',
    ...place.environment,
    ...more,
  }
  const { email, apiToken, pat } = jira.credentials()
  const wish =
    dialect === 'cloud'
      ? { auth: 'basic', login: email, secret: apiToken }
      : { auth: 'pat', secret: pat }
  const token = await inProcess(environment, async (app) => {
    const actor = await app.localActor()
    const how = { url: jira.url, mode: 'mirror', writesAs: 'service', allowsPrivate: true }
    await app.connections.add(actor, { name: 'jira', ...how, ...wish })
    const made = await app.tokens.create(actor, {
      personId: actor.personId,
      name: 'kill',
      scopes: ['read', 'write', 'admin'],
      networks: [],
      expiresAt: null,
    })
    return made.secret
  })
  const setting = { jira, environment, token }
  if (environment.HOURBOOK_SYNC_SECONDS === '0') {
    jira.world.logWork({
      issue: [...world.state.issues.values()][0]!,
      author: world.admin,
      comment: 'there before',
      created: Date.now() - 3_600_000,
    })
    await readAll(setting)
  }
  return setting
}

/** Does something with everything wired over the same data, while no server holds it. */
async function inProcess<T>(environment: Environment, work: (app: App) => Promise<T>): Promise<T> {
  const app = await openApp({ config: readConfig({ ...environment }) })
  try {
    return await work(app)
  } finally {
    await app.close()
  }
}

function readAll({ environment }: Setting): Promise<void> {
  return inProcess(environment, async (app) => {
    const found = await app.connections.find(app.site.id, 'jira')
    const wish = { siteId: app.site.id, ...found, isFull: true, acceptsGone: false }
    expect(await app.syncNow(wish)).toMatchObject({ kind: 'done' })
  })
}

const call = ({ token }: Setting, server: ServerProcess, path: string, init: RequestInit = {}) =>
  fetch(server.address + path, {
    ...init,
    headers: { authorization: `Bearer ${token}`, ...init.headers },
  })

const log = (setting: Setting, server: ServerProcess, comment: string, key?: string) =>
  call(setting, server, '/api/v1/worklogs', {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      ...(key === undefined ? {} : { 'idempotency-key': key }),
    },
    body: JSON.stringify({
      issue: 'AA-1',
      day: '2026-03-02',
      timeSpentSeconds: 900,
      comment,
      category: 'Travel',
    }),
  })

/** Asks again, as a client does, until somebody says that it is written. */
async function logUntilDone(setting: Setting, server: ServerProcess, comment: string, key: string) {
  for (;;) {
    const answer = await log(setting, server, comment, key)
    if (answer.status === 201) return (await answer.json()) as { id: string; jiraId: string }
    expect([502, 503]).toContain(answer.status)
    await new Promise((resolve) => setTimeout(resolve, 200))
  }
}

/** Rows on both sides by comment: each must stand once here, once there, and be the same row. */
async function expectOnceEach(setting: Setting, comments: readonly string[]): Promise<void> {
  const there = setting.jira.world.visibleWorklogs().filter((row) => row.comment !== 'there before')
  expect(there.map((row) => row.comment).sort()).toEqual([...comments].sort())
  await inProcess(setting.environment, async ({ store, site }) => {
    const query = { siteId: site.id, viewer: { kind: 'all' } } as const
    const rows = await store.worklogs.find(query, { limit: 1_000 })
    const here = rows.filter((row) => row.comment !== 'there before')
    expect(here.map((row) => row.jiraId).sort()).toEqual(there.map((row) => row.id).sort())
    expect(here.every((row) => row.category === 'Travel')).toBe(true)
  })
}

/** Resolves when the Jira has made a worklog. */
function created({ jira }: Setting): Promise<void> {
  return new Promise((resolve) => {
    const off = jira.world.onEvent(() => {
      off()
      resolve()
    })
  })
}

/** Every engine and every dialect once; a thorough run takes all pairs. */
const pairs = [
  { engine: 'PGlite', open: folderPlace, dialect: 'cloud', isRun: true },
  { engine: 'PostgreSQL', open: databasePlace, dialect: 'dc', isRun: hasServer },
  { engine: 'PGlite', open: folderPlace, dialect: 'dc', isRun: rounds > 2 },
  { engine: 'PostgreSQL', open: databasePlace, dialect: 'cloud', isRun: rounds > 2 && hasServer },
] as const

describe.each(pairs)('a server on $engine that mirrors $dialect', ({ open, dialect, isRun }) => {
  const why = isRun ? '' : ' (skipped: needs TEST_DATABASE_URL, or HOURBOOK_KILL_ROUNDS above 2)'
  describe.runIf(isRun)(`killed${why}`, () => {
    it(
      'between the POST and the store ends in one row, asked for again or not',
      async () => {
        const setting = await aSetting(await open(), dialect)
        const { jira, environment } = setting
        for (const key of ['a key', undefined]) {
          const fault = { kind: 'hang', afterCommit: true } as const
          jira.faults.next({ match: { route: 'POST issue/{id}/worklog' }, fault })
          const server = await startHourbook(environment)
          const isMade = created(setting)
          const lost = log(setting, server, `with ${key}`, key).catch(() => undefined)
          await isMade
          await server.kill()
          expect(await lost).toBeUndefined()
        }
        const server = await startHourbook(environment)
        await logUntilDone(setting, server, 'with a key', 'a key')
        const until = Date.now() + Number(leaseSeconds) * 1_000
        while (Date.now() <= until) await new Promise((resolve) => setTimeout(resolve, 100))
        await server.stop()
        await readAll(setting)
        await expectOnceEach(setting, ['with a key', 'with undefined'])
      },
      patienceMs,
    )

    it(
      `at any request of a write neither doubles nor loses one, ${rounds} times`,
      async () => {
        const setting = await aSetting(await open(), dialect)
        const { jira, environment } = setting
        const all: string[] = []
        for (let round = 0; round < rounds; round += 1) {
          const server = await startHourbook(environment)
          let left = 1 + ((round * 7 + (dialect === 'dc' ? 3 : 0)) % 11)
          const off = jira.faults.onRequest(() => {
            left -= 1
            if (left === 0) void server.kill()
          })
          const names = Array.from({ length: 6 }, (_, at) => `round ${round} write ${at}`)
          all.push(...names)
          for (const name of names) await log(setting, server, name, name).catch(() => undefined)
          off()
          await server.kill()
        }
        const server = await startHourbook(environment)
        for (const name of all) await logUntilDone(setting, server, name, name)
        await server.stop()
        await readAll(setting)
        await expectOnceEach(setting, all)
      },
      patienceMs,
    )
  })
})

describe.runIf(hasServer)('two servers on one PostgreSQL', () => {
  it(
    'share the work: when the one that reads is killed, the other goes on',
    async () => {
      const place = await databasePlace()
      const setting = await aSetting(place, 'dc', { HOURBOOK_SYNC_SECONDS: '1' })
      const { jira, environment } = setting
      const { world } = jira
      jira.switches.feedPageSize = 3
      const issue = [...world.state.issues.values()][0]!
      for (let at = 0; at < 60; at += 1)
        world.logWork({ issue, author: world.admin, created: Date.now() - 600_000 + at * 1_000 })
      const client = new pg.Client({ connectionString: environment.DATABASE_URL })
      await client.connect()
      closers.push(() => client.end())
      const reader = async () =>
        (await client.query('select lease_owner from sync_state')).rows[0]?.lease_owner as
          | string
          | null
      const killed = new Promise<string>((resolve) => {
        let seen = 0
        const off = jira.faults.onRequest(async ({ route }) => {
          if (route === 'GET worklog/updated') seen += 1
          if (seen !== 6) return
          off()
          const owner = (await reader())!
          const [dead] = servers.filter((one) => owner.split(' ').includes(String(one.process.pid)))
          await dead!.kill()
          resolve(owner)
        })
      })
      const servers = await Promise.all([startHourbook(environment), startHourbook(environment)])
      const first = await killed
      for (;;) {
        const { rows } = await client.query(
          "select state->>'lastCycleAt' as through from sync_state",
        )
        if (rows[0].through !== null) break
        await new Promise((resolve) => setTimeout(resolve, 100))
      }
      const held = await client.query(
        'select jira_id from worklog where deleted_at is null order by jira_id',
      )
      expect(held.rows.map((row) => row.jira_id)).toEqual(
        world.visibleWorklogs().map((row) => row.id),
      )
      expect(jira.requests.count('GET worklog/updated')).toBeGreaterThan(20)
      const later = await reader()
      expect(later).not.toBe(first)
      for (const server of servers) await server.stop()
    },
    patienceMs,
  )
})
