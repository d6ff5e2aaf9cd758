import { randomBytes } from 'node:crypto'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openGoldenWorld, secrets } from '../conformance/world.ts'
import { type App, ensureAdministrator, wireApp } from '../src/compose.ts'
import { readConfig } from '../src/config.ts'
import type { WorklogView } from '../src/domain/worklog.ts'
import { openMemoryDatabase } from './database.ts'

/** What both must hold the same; ids of our own differ, and everything Jira tells does not. */
function told(row: WorklogView, type: string) {
  return {
    id: row.jiraId,
    issue: [row.issue.jiraId, row.issue.key, row.issue.summary],
    project: [row.project.key, row.project.name],
    author: [
      // Who left without a name is told by the id that never changes.
      type === 'Cloud'
        ? row.author.accountId
        : (row.author.username ?? row.author.key ?? row.author.accountId),
      row.author.displayName,
      row.author.email,
      // Whoever has no zone of their own has the site's, and that is what is told.
      row.author.timeZone ?? 'Europe/Berlin',
    ],
    startedAt: row.startedAt,
    day: row.day,
    seconds: row.timeSpentSeconds,
    comment: row.comment,
    visibility: row.visibility,
    createdAt: row.createdAt,
    updatedAt: row.updatedAt,
  }
}

const rowsOf = async ({ store, site }: App, type: string) =>
  (
    await store.worklogs.find(
      { siteId: site.id, viewer: { kind: 'all' }, order: 'id' },
      { limit: 1_000 },
    )
  )
    .map((row) => told(row, type))
    .sort((a, b) => Number(a.id) - Number(b.id))

describe.each(['Server', 'Cloud'])('a second Hourbook that takes the first for Jira %s', (type) => {
  let first: Awaited<ReturnType<typeof openGoldenWorld>>
  let second: App
  let sync: () => Promise<unknown>
  const everything = (app: App) => rowsOf(app, type)

  beforeAll(async () => {
    first = await openGoldenWorld({
      files: [],
      site: { name: 'First', timeZone: 'Europe/Berlin' },
      environment: { HOURBOOK_JIRA_DEPLOYMENT_TYPE: type },
    })
    await first.server.listen({ port: 0, host: '127.0.0.1' })
    const { port } = first.server.server.address() as AddressInfo
    const { store } = await openMemoryDatabase()
    const site = await store.sites.create({ name: 'Second', timeZone: 'UTC' })
    const config = readConfig({
      HOURBOOK_LOG: 'silent',
      HOURBOOK_ALLOW_PRIVATE_NETWORKS: '1',
      HOURBOOK_SECRET_KEY: randomBytes(24).toString('hex'),
    })
    second = wireApp({ config, store, site })
    await ensureAdministrator(second)
    const actor = await second.localActor()
    const { connection } = await second.connections.add(actor, {
      name: 'first',
      url: `http://127.0.0.1:${port}/jira`,
      auth: type === 'Cloud' ? 'basic' : 'pat',
      ...(type === 'Cloud' ? { login: 'admin@example.com' } : {}),
      secret: secrets.admin!,
    })
    sync = async () => {
      const found = await second.connections.find(site.id, connection.name)
      return second.syncNow({ siteId: site.id, ...found, isFull: false, acceptsGone: false })
    }
  }, 300_000)

  afterAll(async () => {
    await first?.close()
    await second?.close()
  })

  it('holds the same after a first sync', async () => {
    await sync()
    expect(await everything(second)).toEqual(await everything(first.app))
    expect((await everything(second)).length).toBeGreaterThan(3)
    const groups = await second.store.groups.list(second.site.id, { limit: 10 })
    expect(groups.map(({ name }) => name).sort()).toEqual(['developers', 'leads'])
  }, 300_000)

  it('follows what is written, changed and deleted', async () => {
    const say = async (method: 'POST' | 'PUT' | 'DELETE', path: string, payload?: object) => {
      const answer = await first.server.inject({
        method,
        url: `/rest/api/2/issue/GOLD-1/worklog${path}`,
        headers: { authorization: `Bearer ${secrets.admin}` },
        ...(payload ? { payload } : {}),
      })
      expect(answer.statusCode).toBeLessThan(300)
      return answer.body === '' ? '' : (answer.json() as { id: string }).id
    }
    // More than the 20 that an issue embeds.
    for (let at = 0; at < 30; at += 1)
      await say('POST', '', {
        timeSpent: '10m',
        comment: `row ${at}`,
        started: '2026-03-05T10:00:00.000+0100',
      })
    const kept = await say('POST', '', {
      timeSpent: '1h',
      visibility: { type: 'group', value: 'leads' },
    })
    const gone = await say('POST', '', { timeSpent: '2h' })
    await sync()
    expect(await everything(second)).toEqual(await everything(first.app))
    await say('PUT', `/${kept}`, { timeSpent: '3h', comment: 'more', visibility: null })
    await say('DELETE', `/${gone}`)
    await say('DELETE', '/501')
    await sync()
    const rows = await everything(second)
    expect(rows).toEqual(await everything(first.app))
    expect(rows.map(({ id }) => id)).toContain(kept)
    expect(rows.map(({ id }) => id)).not.toContain(gone)
  }, 300_000)
})
