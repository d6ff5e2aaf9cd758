import { describe, expect, it } from 'vitest'
import { describeStores } from '../../test/database.ts'
import { startFakeJira } from '../../test/fake-jira/fake-jira.ts'
import { aSyncedSite, trueRows } from '../../test/synced.ts'
import { killed } from './sync-runner.ts'

describeStores('the lease of a connection', (database) => {
  describe('of two processes', () => {
    async function aBusyJira() {
      const jira = await startFakeJira({ dialect: 'cloud', pageSize: 3 })
      const { world, clock } = jira
      const issue = world.addIssue({ project: world.addProject({ key: 'AA' }) })
      for (let at = 0; at < 30; at += 1) world.logWork({ issue, author: world.admin })
      clock.advance(61_000)
      const site = await aSyncedSite(database().store, jira)
      return { jira, clock, site }
    }

    it('keeps a second process out until the first one is dead for long enough', async () => {
      const { jira, clock, site } = await aBusyJira()
      const stop = new AbortController()
      let seen = 0
      jira.faults.onRequest(async () => {
        seen += 1
        if (seen === 5) {
          expect(await site.run({ owner: 'two' })).toEqual({ kind: 'busy', owner: 'one' })
          stop.abort(killed)
        }
      })
      await expect(site.run({ owner: 'one', signal: stop.signal })).rejects.toBeDefined()
      expect(await site.run({ owner: 'two' })).toMatchObject({ kind: 'busy' })
      clock.advance(121_000)
      expect(await site.run({ owner: 'two' })).toMatchObject({ kind: 'done' })
      expect(await site.rows()).toEqual(trueRows(jira))
      await jira.close()
    })

    it('lets a process that lost it write nothing more', async () => {
      const { jira, clock, site } = await aBusyJira()
      let seen = 0
      let takeover: ReturnType<typeof site.run> | undefined
      jira.faults.onRequest(async () => {
        seen += 1
        if (seen !== 8) return
        // The first process sleeps through its lease; another one takes over and finishes.
        clock.advance(121_000)
        takeover = site.run({ owner: 'two' })
        await takeover
      })
      await expect(site.run({ owner: 'one' })).rejects.toMatchObject({
        details: { reason: 'lease-lost' },
      })
      expect(await takeover).toMatchObject({ kind: 'done' })
      expect(await site.rows()).toEqual(trueRows(jira))
      await jira.close()
    })
  })
})
