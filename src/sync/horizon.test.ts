import { describe, expect, it } from 'vitest'
import { openMemoryDatabase, withDatabase } from '../../test/database.ts'
import { startFakeJira } from '../../test/fake-jira/fake-jira.ts'
import { aSyncedSite, trueRows } from '../../test/synced.ts'

const day = 86_400_000

withDatabase(openMemoryDatabase, (database) => {
  describe.each(['cloud', 'dc'] as const)('a horizon over %s', (dialect) => {
    it('leaves out earlier days, by the author own day, and goes on doing so', async () => {
      const jira = await startFakeJira({ dialect, pageSize: 3 })
      const { world, clock, requests } = jira
      const horizon = Date.UTC(2026, 1, 10)
      clock.set(Math.max(clock.now(), horizon + 20 * day))
      const ann = world.addUser({ name: 'ann', timeZone: 'Asia/Tokyo' })
      const issue = world.addIssue({ project: world.addProject({ key: 'AA' }) })
      const many = world.addIssue({ project: world.addProject({ key: 'BB' }) })
      const log = (at: typeof issue, started: number, comment: string) =>
        world.logWork({ issue: at, author: ann, started, comment })
      const old = log(issue, horizon - 30 * day, 'long before')
      // 20:00 UTC the day before is 05:00 of the first day in Tokyo.
      log(issue, horizon - 4 * 3_600_000, 'the first morning')
      const kept = log(issue, horizon + day, 'after')
      for (let at = 0; at < 25; at += 1) log(many, horizon + (at - 12) * day, `day ${at}`)
      clock.advance(61_000)
      const site = await aSyncedSite(database().store, jira, { horizon: '2026-02-10' })
      const wanted = () => trueRows(jira).filter((row) => row.startedAt >= horizon - 9 * 3_600_000)
      await site.run()
      expect(await site.rows()).toEqual(wanted())
      expect(wanted().length).toBeLessThan(trueRows(jira).length)
      clock.advance(2 * day)
      expect(await site.run({ isFull: true })).toMatchObject({ kind: 'done' })
      expect(await site.rows()).toEqual(wanted())
      clock.advance(2 * day)
      requests.clear()
      await site.run({ isFull: true })
      // What lies outside is known by now: no issue is read whole again for it.
      expect(requests.count('GET issue/{idOrKey}/worklog')).toBe(0)
      world.editWorklog(old.id, { started: horizon + 2 * day })
      world.editWorklog(kept.id, { started: horizon - 2 * day, comment: 'moved back' })
      clock.advance(61_000)
      await site.run()
      const rows = await site.rows()
      expect(rows.map((row) => row.comment)).toEqual(
        expect.arrayContaining(['long before', 'moved back']),
      )
      expect(rows).toHaveLength(wanted().length + 1)
      await jira.close()
    })
  })
})
