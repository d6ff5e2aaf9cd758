import { randomBytes, createHash } from 'node:crypto'
import { expect, it, describe } from 'vitest'
import { openMemoryDatabase, openServerDatabase } from './database.ts'
import { aClock } from './clock.ts'
import { aSite, anActor } from './builders.ts'
import { makeWorld, startScratch } from './scratch-jira.ts'
import { makeIngest } from '../src/domain/ingest.ts'
import { makeJiraDoor } from '../src/sync/jira-door.ts'
import { makeSecretBox } from '../src/sync/secret-box.ts'
import { makeConnections } from '../src/sync/connections.ts'
import { makeSyncRunner } from '../src/sync/sync-runner.ts'

for (const kind of ['cloud', 'dc'] as const) for (const engine of ['pglite', 'pg']) it(`${kind} ${engine}`, async () => {
  const clock = aClock()
  const db = engine === 'pg' ? await openServerDatabase() : await openMemoryDatabase()
  const b = await aSite(db.store)
  const me = await b.aPerson({ role: 'administrator' })
  const actor = anActor(b, me, 'administrator', ['read', 'write', 'admin'])
  const world = makeWorld(clock.now)
  const N = Number(process.env.N ?? 3000)
  for (const p of ['AA', 'BB']) world.projects.set(p, { id: p === 'AA' ? '1' : '2', key: p, hidden: false })
  for (let i = 1; i <= N / 4; i++) world.issues.set(i, { id: i, key: `${i % 2 ? 'AA' : 'BB'}-${i}`, project: i % 2 ? 'AA' : 'BB' })
  for (let i = 1; i <= N; i++) { const t = clock.now() - (N - i) * 1000 - 3600_000; world.worklogs.set(i, { id: i, issueId: 1 + Math.floor((i - 1) / 4) % (N / 4), author: `u${i % 30}`, started: t, seconds: 60 * (1 + i % 100), comment: `c ${i}`, created: t, updated: t, feedAt: t }) }
  const jira = await startScratch(world, kind)
  const ingest = makeIngest({ store: db.store, now: clock.now, accountIdFor: (s) => createHash('sha256').update(s).digest('hex').slice(0, 24) })
  const door = makeJiraDoor({ store: db.store, now: clock.now, wait: async (ms) => clock.advance(ms), random: () => 0.5, box: () => makeSecretBox('k'.repeat(32)), allowsPrivate: true, userAgent: 'test' })
  const connections = makeConnections({ store: db.store, ingest, door, now: clock.now })
  const { connection, probe } = await connections.add(actor, { name: 'main', url: jira.url, auth: kind === 'cloud' ? 'basic' : 'pat', login: 'me@x', secret: 's3' })
  expect(probe.server.kind).toBe(kind)
  const run = makeSyncRunner({ store: db.store, ingest, door, now: clock.now, owner: 'a' })
  const go = async (isFull = false) => { const f = await connections.find(b.siteId, 'main'); return run({ siteId: b.siteId, ...f, isFull, acceptsGone: false }) }
  const t0 = performance.now(); const r0 = jira.requests()
  const out = await go()
  const dt = performance.now() - t0
  console.log(kind, engine, out, `requests ${jira.requests() - r0} per 1000: ${(jira.requests() - r0) / (N / 1000)}`, `${Math.round(N / dt * 1000)} rows/s`)
  expect(await db.store.sync.countLive(b.siteId, connection.id)).toBe(N)
  const r1 = jira.requests(); clock.advance(400_000); console.log('quiet', await go(), jira.requests() - r1)
  // delete, move, hide
  world.worklogs.delete(5); world.deleted.set(5, clock.now())
  const w = world.worklogs.get(6)!; w.issueId = 3
  clock.advance(400_000); await go()
  world.projects.get('BB')!.hidden = true
  console.log('full', await go(true))
  console.log(await db.store.sync.listIncidents(b.siteId, connection.id, 5))
  world.projects.get('BB')!.hidden = false
  console.log('full2', await go(true), await db.store.sync.countLive(b.siteId, connection.id))
  await jira.close(); await db.close()
})
