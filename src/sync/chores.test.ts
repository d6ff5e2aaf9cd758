import { describe, expect, it } from 'vitest'
import { openMemoryDatabase, withDatabase } from '../../test/database.ts'
import { startFakeJira } from '../../test/fake-jira/fake-jira.ts'
import type { Dialect } from '../../test/fake-jira/switches.ts'
import { aSyncedSite, trueRows } from '../../test/synced.ts'

const hour = 3_600_000
const day = 24 * hour

withDatabase(openMemoryDatabase, (database) => {
  async function aJira(dialect: Dialect) {
    const jira = await startFakeJira({ dialect })
    const { world, clock } = jira
    const now = clock.now()
    const author = world.addUser({ name: 'ann' })
    const project = world.addProject({ key: 'AA' })
    const [fresh, other, old] = [1, 2, 3].map(() => world.addIssue({ project }))
    const recent = world.logWork({ issue: fresh!, author, started: now - 10 * day })
    world.logWork({ issue: other!, author, started: now - 10 * day })
    const ancient = world.logWork({ issue: old!, author, started: now - 200 * day })
    clock.advance(61_000)
    const site = await aSyncedSite(database().store, jira)
    await site.run()
    const next = async (ms: number) => {
      clock.advance(ms)
      jira.requests.clear()
      await site.run()
    }
    const reasonOf = async (id: number) =>
      (await site.store.worklogs.findByJiraIds(site.siteId, site.connection.id, [String(id)]))[0]!
        .deletedReason
    return {
      jira,
      world,
      site,
      next,
      reasonOf,
      fresh: fresh!,
      other: other!,
      old: old!,
      recent,
      ancient,
    }
  }

  describe.each(['cloud', 'dc'] as const)('by the clock, %s', (dialect) => {
    it('compares the last two months once a day, and finds what left no trace', async () => {
      const { jira, world, site, next, other, recent } = await aJira(dialect)
      world.moveWorklog(recent.id, other, { touch: false })
      await next(23 * hour)
      expect((await site.rows())[0]!.issueId).not.toBe(String(other.id))
      await next(2 * hour)
      expect(await site.rows()).toEqual(trueRows(jira))
      const { reconciledAt } = await site.state()
      await next(hour)
      expect((await site.state()).reconciledAt).toBe(reconciledAt)
      await jira.close()
    })

    it('takes the census once a week, and gives up rows of an issue that is gone', async () => {
      const { jira, world, site, next, reasonOf, old, ancient } = await aJira(dialect)
      world.deleteIssue(old, { listWorklogs: false })
      for (let days = 1; days <= 6; days += 1) await next(day)
      expect(await reasonOf(ancient.id)).toBeNull()
      expect(await site.rows()).toHaveLength(3)
      await next(day + hour)
      expect(await reasonOf(ancient.id)).toBe('issue-deleted')
      expect(await site.rows()).toEqual(trueRows(jira))
      await jira.close()
    })

    it('takes no hidden project for deleted issues', async () => {
      const { jira, world, site, next, reasonOf, old, ancient } = await aJira(dialect)
      const project = world.state.projects.get(old.projectId)!
      world.hideProject(project)
      for (let days = 1; days <= 8; days += 1) await next(day)
      expect(await reasonOf(ancient.id)).toBe('no-access')
      world.showProject(project)
      await next(day)
      expect(await site.rows()).toEqual(trueRows(jira))
      await jira.close()
    })
  })
})
