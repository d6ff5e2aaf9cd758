import { expect, it } from 'vitest'
import { aSite } from '../../test/builders.ts'
import type { TestDatabase } from '../../test/database.ts'
import type { SiteId } from '../domain/site.ts'
import { readMigrations } from './migrate.ts'
import { makeStore } from './store.ts'

export function writingContract(database: () => TestDatabase): void {
  it('gives out versions without a hole and in the order of commits to concurrent writers', async () => {
    const { store } = database()
    const { siteId } = await aSite(store)
    const taken: number[] = []
    await Promise.all(
      Array.from({ length: 50 }, (_, at) =>
        store.write(siteId, async (tx) => {
          const count = 1 + (at % 3)
          const first = tx.takeVersions(count)
          await tx.sites.get(siteId)
          for (let next = first; next < first + count; next += 1) taken.push(next)
        }),
      ),
    )
    expect(taken).toEqual(taken.map((_, at) => at + 1))
    expect((await store.sites.get(siteId)).version).toBe(taken.length)
  })

  it('gives out Jira ids of its own from 1,000,000,000 on', async () => {
    const { store } = database()
    const [{ siteId }, other] = [await aSite(store), await aSite(store)]
    const take = (id: SiteId, count: number) =>
      store.write(id, async (tx) => [tx.takeJiraIds(count), tx.takeJiraIds(1)])
    expect(await take(siteId, 3)).toEqual([1_000_000_000, 1_000_000_003])
    expect(await take(siteId, 1)).toEqual([1_000_000_004, 1_000_000_005])
    expect(await take(other.siteId, 1)).toEqual([1_000_000_000, 1_000_000_001])
  })

  it('leaves nothing of a write that throws', async () => {
    const { store } = database()
    const site = await aSite(store)
    const { siteId } = site
    const before = await site.aWorklog()
    const { version } = await store.sites.get(siteId)
    const broken = store.write(siteId, async (tx) => {
      tx.takeJiraIds(5)
      tx.note({ ...note, after: 1 })
      await tx.worklogs.update(siteId, [{ ...before, comment: 'no', version: tx.takeVersions(1) }])
      await tx.groups.create(siteId, ['no'])
      throw new Error('on purpose')
    })
    await expect(broken).rejects.toThrow('on purpose')
    expect((await store.worklogs.get(siteId, before.id)).comment).toBe('')
    expect(await store.groups.list(siteId, { limit: 9 })).toEqual([])
    expect(await store.audit.list(siteId, 1, 9)).toEqual([])
    expect((await store.sites.get(siteId)).version).toBe(version)
    expect(await store.write(siteId, async (tx) => tx.takeVersions(1))).toBe(version + 1)
  })

  it('writes no worklog of an issue, a project or a person that the site does not have', async () => {
    const { store } = database()
    const [site, other] = [await aSite(store), await aSite(store)]
    const { siteId } = site
    const own = await site.aWorklog()
    const { issueId, projectId, authorId } = await other.aWorklog()
    for (const foreign of [{ issueId }, { projectId }, { authorId }]) {
      const wish = { ...own, ...foreign, jiraId: '77' }
      const added = store.write(siteId, (tx) =>
        tx.worklogs.insert(
          siteId,
          [own, wish].map((row) => ({ ...row, version: tx.takeVersions(1) })),
        ),
      )
      await expect(added).rejects.toThrow('does not have')
      await expect(site.changeWorklog(own, foreign)).rejects.toThrow('does not have')
    }
    const [held] = await store.worklogs.getMany(siteId, [own.id])
    expect(held).toEqual(own)
    expect((await store.worklogs.tally({ siteId, viewer: { kind: 'all' } })).count).toBe(1)
  })

  it('stays usable after a statement fails inside a transaction', async () => {
    const { store } = database()
    const { siteId } = await aSite(store)
    await store.groups.create(siteId, ['same'])
    const failing = store.write(siteId, (tx) => tx.groups.create(siteId, ['other', 'same']))
    await expect(failing).rejects.toThrow(/duplicate key/)
    expect(await store.write(siteId, async (tx) => tx.takeVersions(1))).toBe(1)
    expect(await store.groups.list(siteId, { limit: 9 })).toHaveLength(1)
  })

  it('does not write to a site that is not there', async () => {
    const { store } = database()
    const write = store.write(999_999 as SiteId, async () => 'never')
    await expect(write).rejects.toMatchObject({ code: 'not-found' })
  })

  it('keeps what a transaction reads of its own writes from others until it commits', async () => {
    const { store, engine } = database()
    const { siteId } = await aSite(store)
    let outside: Promise<readonly unknown[]> | undefined
    await store.write(siteId, async (tx) => {
      await tx.groups.create(siteId, ['mine'])
      expect(await tx.groups.list(siteId, { limit: 9 })).toHaveLength(1)
      outside = store.groups.list(siteId, { limit: 9 })
      // PGlite has one connection: there the reader waits for the end of the transaction.
      if (engine.kind === 'postgres') expect(await outside).toEqual([])
    })
    if (engine.kind === 'pglite') expect(await outside).toHaveLength(1)
  })

  it('tells listeners the version of each committed write, and of no other', async () => {
    const { engine } = database()
    const store = makeStore(engine)
    const { siteId } = await aSite(store)
    const told: [SiteId, number][] = []
    const stop = store.onWrite((site, version) => told.push([site, version]))
    await store.write(siteId, async (tx) => tx.takeVersions(2))
    await store.write(siteId, () => Promise.reject(new Error('no'))).catch(() => undefined)
    await store.write(siteId, async (tx) => tx.takeVersions(1))
    stop()
    await store.write(siteId, async (tx) => tx.takeVersions(1))
    expect(told).toEqual([
      [siteId, 2],
      [siteId, 3],
    ])
  })

  it('does not report a committed write as failed because a listener throws', async () => {
    const { engine } = database()
    const store = makeStore(engine)
    const { siteId } = await aSite(store)
    const told: number[] = []
    store.onWrite(() => {
      throw new Error('a broken listener')
    })
    store.onWrite((_, version) => told.push(version))
    expect(await store.write(siteId, async (tx) => tx.takeVersions(1))).toBe(1)
    expect(told).toEqual([1])
  })

  it('answers pings, knows its schema and can be maintained while somebody writes', async () => {
    const { store } = database()
    const { siteId } = await aSite(store)
    await store.ping()
    expect(await store.schemaVersion()).toBe(readMigrations().length)
    const maintained: Promise<void>[] = []
    await store.write(siteId, async (tx) => {
      await tx.groups.create(siteId, ['before'])
      maintained.push(store.maintain())
      await tx.groups.list(siteId, { limit: 1 })
      await tx.groups.create(siteId, ['after'])
    })
    await Promise.all(maintained)
    expect(await store.groups.list(siteId, { limit: 9 })).toHaveLength(2)
  })
}

const note = {
  at: 0,
  actorId: null,
  via: 'test',
  action: 'a',
  objectType: 'o',
  objectId: '1',
  before: null,
  after: null,
}
