import { describe, expect, it } from 'vitest'
import {
  openMemoryDatabase,
  openServerDatabase,
  serverUrl,
  withDatabase,
} from '../../test/database.ts'
import { startFakeJira } from '../../test/fake-jira/fake-jira.ts'
import type { Dialect } from '../../test/fake-jira/switches.ts'
import { aMirror } from '../../test/mirrored.ts'
import { aSyncedSite, type SiteWish } from '../../test/synced.ts'
import type { SiteId } from '../domain/site.ts'

const day = 86_400_000

withDatabase(openMemoryDatabase, (database) => suite('embedded', () => database().store))
if (serverUrl)
  withDatabase(openServerDatabase, (database) => suite('PostgreSQL', () => database().store))

function suite(engine: string, store: () => Parameters<typeof aSyncedSite>[0]): void {
  /** Three projects with an issue each, of twenty-five rows, two rows, and one. */
  async function aWorld(dialect: Dialect, wish: SiteWish = {}) {
    const jira = await startFakeJira({ dialect, pageSize: 7 })
    const { world, clock } = jira
    const ann = world.addUser({ name: 'ann' })
    const [a, b, c] = ['AA', 'BB', 'CC'].map((key) => world.addProject({ key }))
    const [inA, inB, inC] = [a, b, c].map((project) => world.addIssue({ project: project! }))
    const log = (issue: typeof inA, comment: string) =>
      world.logWork({ issue: issue!, author: ann, comment })
    for (let row = 0; row < 25; row += 1) log(inB, `b ${row}`)
    const first = log(inA, 'a 0')
    log(inA, 'a 1')
    log(inC, 'c 0')
    clock.advance(61_000)
    const site = await aSyncedSite(store(), jira, wish)
    const choose = (projects: readonly string[] | null, acceptsHidden = true) =>
      site.connections.choose(site.actor, 'jira', { projects, acceptsHidden })
    /** A cycle a while later, after which what is held must be what is chosen there. */
    const isHeld = async (isFull = false) => {
      clock.advance(400_000)
      expect(await site.run({ isFull })).toMatchObject({ kind: 'done' })
      expect(await site.rows()).toEqual(await site.truth())
      return (await site.rows()).length
    }
    const stored = async (jiraId: number | string) =>
      (await store().worklogs.findByJiraIds(site.siteId, site.connection.id, [String(jiraId)]))[0]
    return {
      jira,
      world,
      clock,
      ann,
      site,
      choose,
      isHeld,
      stored,
      log,
      first,
      a: a!,
      b: b!,
      inA: inA!,
      inB: inB!,
      inC: inC!,
    }
  }

  describe.each(['cloud', 'dc'] as const)(`chosen projects of %s, ${engine}`, (dialect) => {
    it('are all that is held: rows, issues, projects, and what a census expects', async () => {
      const { jira, site, isHeld, log, inB, clock } = await aWorld(dialect, { projects: ['AA'] })
      expect(await isHeld()).toBe(2)
      log(inB, 'left out as well')
      expect(await isHeld()).toBe(2)
      expect(await isHeld(true)).toBe(2)
      const { siteId, connection } = site
      const issues = await store().issues.findByJiraIds(siteId, connection.id, [inB.id])
      expect(issues).toEqual([])
      const projects = await store().projects.list(siteId, { limit: 100 })
      expect(projects.map((project) => project.key)).toEqual(['AA'])
      const view = (await site.connections.list(site.actor)).find(({ name }) => name === 'jira')
      expect(view).toMatchObject({ worklogsAnnounced: 2, worklogsHeld: 2 })
      clock.advance(2 * day)
      jira.requests.clear()
      expect(await isHeld()).toBe(2)
      // Nothing of what lies outside is asked for one by one, night after night.
      expect(jira.requests.count('GET issue/{idOrKey}/worklog')).toBeLessThanOrEqual(1)
      await jira.close()
    })

    it('may be added, and bring all of their past; and removed, which Jira is not blamed for', async () => {
      const { jira, choose, isHeld, stored, first, log, inB, inA } = await aWorld(dialect, {
        projects: ['AA'],
      })
      expect(await isHeld()).toBe(2)
      await choose(['AA', 'BB'])
      expect(await isHeld()).toBe(27)
      log(inB, 'later')
      expect(await isHeld()).toBe(28)
      await expect(choose(['BB'], false)).rejects.toMatchObject({
        code: 'conflict',
        details: { reason: 'hides-worklogs', worklogs: 2 },
      })
      expect(await isHeld()).toBe(28)
      await choose(['BB'])
      expect(await isHeld()).toBe(26)
      expect(await stored(first.id)).toMatchObject({ deletedReason: 'not-chosen' })
      log(inA, 'while it was not chosen')
      jira.world.deleteWorklog(first.id)
      await choose(null)
      expect(await isHeld()).toBe(29)
      await choose(['CC'])
      expect(await isHeld(true)).toBe(1)
      await jira.close()
    })

    it('follow an issue that moves out of them and into them', async () => {
      const { jira, world, isHeld, stored, first, inA, inB, inC, a, b, log } = await aWorld(
        dialect,
        { projects: ['AA'] },
      )
      expect(await isHeld()).toBe(2)
      world.moveIssue(inA, b)
      expect(await isHeld()).toBe(0)
      expect(await stored(first.id)).toMatchObject({ deletedReason: 'not-chosen' })
      log(inA, 'logged outside')
      expect(await isHeld()).toBe(0)
      world.moveIssue(inB, a)
      expect(await isHeld()).toBe(25)
      // A row alone is moved without a trace: it is found out at night.
      world.moveWorklog(
        [...world.state.worklogs.values()].find((row) => row.issueId === inB.id)!.id,
        inC,
      )
      expect(await isHeld(true)).toBe(24)
      world.moveIssue(inA, a)
      expect(await isHeld()).toBe(27)
      log(inA, 'logged inside')
      expect(await isHeld()).toBe(28)
      await jira.close()
    })

    it('leave closed days as they are', async () => {
      const { jira, site, choose, isHeld, clock } = await aWorld(dialect)
      expect(await isHeld()).toBe(28)
      const days = [...new Set(await daysOf(site))].sort()
      await store().locks.closePeriod(site.siteId, days[0]!, days.at(-1)!, clock.now())
      await choose(['AA'])
      clock.advance(400_000)
      expect(await site.run()).toMatchObject({ kind: 'done' })
      expect(await site.rows()).toHaveLength(28)
      expect(await store().locks.listDrift(site.siteId, 10)).toEqual([])
      await jira.close()
    })

    it('end a reading that began with others, so that nothing unchosen comes in after', async () => {
      const { jira, site, choose, isHeld } = await aWorld(dialect)
      let isChosen = false
      const off = jira.faults.onRequest(({ route }) => {
        if (isChosen || route !== 'POST worklog/list') return
        isChosen = true
        const keys = [{ id: jira.world.state.projects.values().next().value!.id, key: 'AA' }]
        void store().links.putProjects(site.siteId, site.connection.id, keys)
      })
      expect(await site.run()).toMatchObject({ kind: 'done' })
      off()
      expect(isChosen).toBe(true)
      expect(await site.rows()).toEqual(await site.truth())
      expect((await site.state()).lastError).toBeNull()
      await choose(null)
      expect(await isHeld()).toBe(28)
      await jira.close()
    })

    it('are read by searching issues as well, where the feeds fail', async () => {
      const { jira, world, site, isHeld, inB, a, choose, log, inA } = await aWorld(dialect, {
        projects: ['AA'],
      })
      await store().sync.override(site.siteId, site.connection.id, { mode: 'issue' })
      expect(await isHeld()).toBe(2)
      world.moveIssue(inB, a)
      log(inA, 'one more')
      expect(await isHeld()).toBe(28)
      await choose(['CC'])
      expect(await isHeld()).toBe(1)
      await jira.close()
    })

    it('are the only ones that can be written to', async () => {
      const { jira, world, site, book, actor, entry, clock } = await aMirror(store(), dialect)
      world.addProject({ key: 'BB' })
      const log = async (isAtomic: boolean) => {
        const commands = [{ kind: 'log', entry: entry('by hand') }] as never
        return (await book.write({ actor, commands, isAtomic }))[0]
      }
      await site.connections.choose(site.actor, 'jira', { projects: ['BB'], acceptsHidden: true })
      const before = world.state.worklogs.size
      for (const isAtomic of [true, false])
        expect(await log(isAtomic)).toMatchObject({
          ok: false,
          refusal: { code: 'invalid', details: { reason: 'not-chosen' } },
        })
      clock.advance(400_000)
      await site.run()
      expect(world.state.worklogs.size).toBe(before)
      await site.connections.choose(site.actor, 'jira', { projects: null })
      expect(await log(false)).toMatchObject({ ok: true })
      await jira.close()
    })
  })

  async function daysOf({ siteId }: { readonly siteId: SiteId }) {
    const query = { siteId, viewer: { kind: 'all' }, order: 'id' } as const
    return (await store().worklogs.find(query, { limit: 100 })).map((row) => row.day)
  }
}
