import { createHash } from 'node:crypto'
import { makeIngest } from '../src/domain/ingest.ts'
import type { ConnectionId } from '../src/domain/site.ts'
import type { Store } from '../src/domain/store.ts'
import { makeConnections } from '../src/sync/connections.ts'
import { makeJiraDoor } from '../src/sync/jira-door.ts'
import type { TimeOuts } from '../src/sync/jira-http.ts'
import { makeSecretBox } from '../src/sync/secret-box.ts'
import { makeSyncRunner, type SyncOutcome } from '../src/sync/sync-runner.ts'
import { anActor, aSite } from './builders.ts'
import type { FakeJira } from './fake-jira/fake-jira.ts'

/** A row as both sides can tell it. */
export type ComparedRow = {
  readonly id: string
  readonly issueId: string
  readonly issueKey: string
  readonly projectKey: string
  readonly author: string | undefined
  readonly comment: string
  readonly startedAt: number
  readonly createdAt: number
  readonly updatedAt: number
  readonly timeSpentSeconds: number
  readonly visibility: string | undefined
}

export type RunWish = {
  readonly isFull?: boolean
  readonly acceptsGone?: boolean
  readonly owner?: string
  readonly signal?: AbortSignal
}

export type SiteWish = {
  readonly mode?: string
  readonly writesAs?: string
  readonly estimates?: string
  readonly horizon?: string
  readonly projects?: readonly string[]
  readonly timeOuts?: TimeOuts
}

const key = 'a key for tests, long enough to be one'
const patient: TimeOuts = { connectMs: 5_000, headersMs: 10_000, bodyMs: 10_000 }

/** For tests in which servers hang: long enough for an answer, short enough to be waited for. */
export const quick: TimeOuts = { connectMs: 1_000, headersMs: 200, bodyMs: 200 }

/** A site with a connection to a fake Jira, on the fake's own clock: waiting moves it. */
export async function aSyncedSite(
  store: Store,
  jira: FakeJira,
  { mode = 'read', writesAs = 'person', timeOuts = patient, ...more }: SiteWish = {},
) {
  const site = await aSite(store)
  const admin = await site.aPerson({ role: 'administrator', username: 'boss' })
  const actor = anActor(site, admin, 'administrator', ['read', 'write', 'admin'])
  const { clock } = jira
  const now = () => clock.now()
  const accountIdFor = (seed: string) =>
    createHash('sha256').update(seed).digest('hex').slice(0, 24)
  const wait = async (ms: number, signal?: AbortSignal) => {
    signal?.throwIfAborted()
    clock.advance(Math.ceil(ms))
  }
  const ingest = makeIngest({ store, now, accountIdFor })
  const box = makeSecretBox(key)
  const door = makeJiraDoor({
    store,
    now,
    wait,
    random: () => 0.5,
    box: () => box,
    allowsPrivate: true,
    userAgent: 'hourbook/test',
    timeOuts,
  })
  const connections = makeConnections({ store, ingest, door, now })
  const { email, apiToken, pat } = jira.credentials()
  const { connection } = await connections.add(actor, {
    name: 'jira',
    url: jira.url,
    mode,
    writesAs,
    ...more,
    ...(jira.dialect === 'cloud'
      ? { auth: 'basic', login: email, secret: apiToken }
      : { auth: 'pat', secret: pat }),
  })
  const { siteId } = site
  return {
    ...site,
    actor,
    admin,
    connection,
    connections,
    door,
    ingest,
    wait,
    async run({ owner = 'one', isFull = false, acceptsGone = false, signal }: RunWish = {}) {
      const run = makeSyncRunner({ store, ingest, door, now, owner })
      const found = await connections.find(siteId, 'jira')
      const wish = { siteId, ...found, isFull, acceptsGone, ...(signal ? { signal } : {}) }
      return run(wish) as Promise<SyncOutcome>
    },
    state: () => store.sync.get(siteId, connection.id),
    /** What should be held: the Jira's own truth, as far as its project is chosen. */
    async truth() {
      const { link } = await connections.find(siteId, 'jira')
      const ids = new Set(link.projects?.map((project) => project.id))
      const { projects } = jira.world.state
      const keys = new Set(
        [...projects.values()].flatMap(({ id, key }) => (ids.has(id) ? key : [])),
      )
      return trueRows(jira).filter((row) => link.projects === null || keys.has(row.projectKey))
    },
    rows: () => storedRows(store, siteId, connection.id, jira),
  }
}

/** What a synced store should hold: the fake's own truth. */
export function trueRows(jira: FakeJira): ComparedRow[] {
  const isCloud = jira.dialect === 'cloud'
  return jira.world.visibleWorklogs().map((row) => ({
    ...row,
    author: isCloud ? row.author?.accountId : row.author?.key,
    visibility: row.visibility && `${row.visibility.type} ${row.visibility.value}`,
  }))
}

async function storedRows(
  store: Store,
  siteId: Parameters<Store['sync']['countLive']>[0],
  connectionId: ConnectionId,
  { dialect, world }: FakeJira,
): Promise<ComparedRow[]> {
  const rows: ComparedRow[] = []
  const query = { siteId, viewer: { kind: 'all' }, order: 'id' } as const
  let after: { day: never; id: never } | undefined
  for (;;) {
    const page = await store.worklogs.find(query, { limit: 1_000, ...(after ? { after } : {}) })
    for (const row of page) {
      if (row.connectionId !== connectionId) continue
      const isKnown = dialect === 'dc' || world.state.people.has(row.author.accountId)
      rows.push({
        id: row.jiraId,
        issueId: row.issue.jiraId,
        issueKey: row.issue.key,
        projectKey: row.project.key,
        author: dialect === 'cloud' ? row.author.accountId : (row.author.key ?? undefined),
        comment: row.comment,
        startedAt: row.startedAt,
        createdAt: row.createdAt,
        updatedAt: row.updatedAt,
        timeSpentSeconds: row.timeSpentSeconds,
        visibility: row.visibility ? `${row.visibility.type} ${row.visibility.value}` : undefined,
        ...(isKnown ? {} : { author: undefined }),
      })
    }
    const last = page.at(-1)
    if (page.length < 1_000 || !last) break
    after = { day: last.day as never, id: last.id as never }
  }
  return rows.sort((a, b) => Number(a.id) - Number(b.id))
}
