import { describe, expect, it } from 'vitest'
import { openMemoryDatabase, withDatabase } from '../../test/database.ts'
import { startFakeJira } from '../../test/fake-jira/fake-jira.ts'
import { aGoldenWorld } from '../../test/fake-jira/golden-world.ts'
import { aSyncedSite, trueRows } from '../../test/synced.ts'

withDatabase(openMemoryDatabase, (database) => {
  describe.each(['cloud', 'dc'] as const)('where the feed always fails, %s', (dialect) => {
    it('reads by issues after the second failure, tells so, and follows edits and deletions', async () => {
      const jira = await startFakeJira({ dialect, world: aGoldenWorld() })
      const { world, faults, clock } = jira
      const fault = { kind: 'status', status: 500 } as const
      faults.next({ match: { route: 'GET worklog/updated' }, fault, times: 1_000 })
      const site = await aSyncedSite(database().store, jira)
      await expect(site.run()).rejects.toMatchObject({ details: { status: 500 } })
      clock.advance(300_000)
      expect(await site.run()).toMatchObject({ kind: 'done' })
      expect((await site.state()).mode).toBe('issue')
      const { store, siteId, connection } = site
      expect(await store.sync.listIncidents(siteId, connection.id, 1)).toMatchObject([
        { kind: 'feed-fails' },
      ])
      expect(await site.rows()).toEqual(trueRows(jira))
      const [first, second] = world.visibleWorklogs()
      world.editWorklog(Number(first!.id), { comment: 'edited', timeSpentSeconds: 120 })
      world.deleteWorklog(Number(second!.id))
      clock.advance(300_000)
      await site.run()
      expect(await site.rows()).toEqual(trueRows(jira))
      await jira.close()
    })
  })
})
