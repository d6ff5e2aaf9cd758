import { expect, it } from 'vitest'
import { openMemoryDatabase, withDatabase } from '../../test/database.ts'
import { startFakeJira } from '../../test/fake-jira/fake-jira.ts'
import { aSyncedSite, trueRows } from '../../test/synced.ts'

withDatabase(openMemoryDatabase, (database) => {
  it('stops at once at a CAPTCHA, tells what to do, and asks nothing more until somebody acted', async () => {
    const jira = await startFakeJira({ dialect: 'dc', switches: { captchaAfter: 0 } })
    const site = await aSyncedSite(database().store, jira)
    const { username, password } = jira.credentials()
    const wish = { name: 'by password', auth: 'password', login: username, secret: password }
    await site.connections.remove(site.actor, 'jira')
    await expect(
      site.connections.add(site.actor, { ...wish, url: jira.url }),
    ).rejects.toMatchObject({ details: { reason: 'captcha' } })
    jira.switches.captchaAfter = 3
    await site.connections.add(site.actor, { ...wish, name: 'jira', url: jira.url })
    await site.run()
    jira.switches.captchaAfter = 0
    jira.clock.advance(300_000)
    jira.requests.clear()
    await expect(site.run()).rejects.toMatchObject({ details: { reason: 'captcha' } })
    expect(jira.requests.all).toHaveLength(1)
    expect((await site.state()).stoppedReason).toMatch(/CAPTCHA.*browser/)
    jira.requests.clear()
    expect(await site.run()).toMatchObject({ kind: 'stopped' })
    expect(jira.requests.all).toEqual([])
    jira.switches.captchaAfter = 3
    await site.connections.test(site.actor, 'jira')
    expect(await site.run()).toMatchObject({ kind: 'done' })
    await jira.close()
  })

  it.each(['cloud', 'dc'] as const)(
    'never calls the host that a page of %s names',
    async (dialect) => {
      const decoy = await startFakeJira({ dialect })
      const jira = await startFakeJira({ dialect, contextPath: '/jira', pageSize: 3 })
      jira.switches.foreignHost = new URL(decoy.url).host
      const issue = jira.world.addIssue({ project: jira.world.addProject({ key: 'AA' }) })
      for (let at = 0; at < 10; at += 1) jira.world.logWork({ issue, author: jira.world.admin })
      jira.clock.advance(61_000)
      const site = await aSyncedSite(database().store, jira)
      await site.run()
      expect(await site.rows()).toEqual(trueRows(jira))
      expect(jira.requests.count('GET worklog/updated')).toBeGreaterThan(3)
      const headers = { location: `${decoy.url}/rest/api/2/worklog/updated` }
      const fault = { kind: 'status', status: 302, headers } as const
      jira.clock.advance(300_000)
      jira.faults.next({ match: { route: 'GET worklog/updated' }, fault })
      await expect(site.run()).rejects.toMatchObject({ details: { status: 302 } })
      expect(decoy.requests.all).toEqual([])
      await Promise.all([jira.close(), decoy.close()])
    },
  )
})
