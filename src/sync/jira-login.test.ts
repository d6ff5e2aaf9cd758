import { describe, expect, it } from 'vitest'
import { openMemoryDatabase, withDatabase } from '../../test/database.ts'
import { startFakeJira } from '../../test/fake-jira/fake-jira.ts'
import { aSyncedSite, trueRows } from '../../test/synced.ts'
import { isPrivateAddress } from './addresses.ts'

withDatabase(openMemoryDatabase, (database) => {
  describe('logging in to a Jira', () => {
    it.each(['refuse', 'view', 'empty'] as const)(
      'sees a bad token behind every disguise: %s',
      async (anonymous) => {
        const jira = await startFakeJira({ dialect: 'dc', switches: { anonymous } })
        const site = await aSyncedSite(database().store, jira)
        await site.run()
        jira.world.revokeCredentials(jira.world.admin)
        await expect(site.run()).rejects.toMatchObject({ code: 'upstream' })
        expect((await site.state()).stoppedReason).toMatch(/login/)
        jira.requests.clear()
        expect(await site.run()).toMatchObject({ kind: 'stopped' })
        expect(jira.requests.all).toEqual([])
        jira.world.restoreCredentials(jira.world.admin)
        await site.connections.test(site.actor, 'jira')
        expect(await site.run()).toMatchObject({ kind: 'done' })
        await jira.close()
      },
    )

    it('refreshes an OAuth token, and keeps the rotated one before it is used', async () => {
      const jira = await startFakeJira({ dialect: 'cloud' })
      const { world, oauth, clock } = jira
      const issue = world.addIssue({ project: world.addProject({ key: 'AA' }) })
      world.logWork({ issue, author: world.admin })
      clock.advance(61_000)
      const site = await aSyncedSite(database().store, jira)
      const code = oauth.authorize(world.admin)
      const answer = await fetch(`${jira.authUrl}/oauth/token`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({
          grant_type: 'authorization_code',
          client_id: oauth.client.id,
          client_secret: oauth.client.secret,
          code,
          redirect_uri: 'http://localhost',
        }),
      })
      const tokens = (await answer.json()) as { refresh_token: string; access_token: string }
      await site.connections.add(site.actor, {
        name: 'by oauth',
        url: jira.gatewayUrl,
        auth: 'oauth',
        secret: JSON.stringify({
          clientId: oauth.client.id,
          clientSecret: oauth.client.secret,
          refreshToken: tokens.refresh_token,
          tokenUrl: `${jira.authUrl}/oauth/token`,
        }),
      })
      const { connection, link } = await site.connections.find(site.siteId, 'by oauth')
      for (let hours = 0; hours < 3; hours += 1) {
        const before = (await site.store.links.find(site.siteId, connection.id))!.secret
        clock.advance(4_000_000)
        const api = await site.door.open(site.siteId, link)
        expect((await api.worklogs(trueRows(jira).map((row) => row.id))).length).toBe(1)
        await api.client.close()
        expect((await site.store.links.find(site.siteId, connection.id))!.secret).not.toBe(before)
      }
      await jira.close()
    })
  })
})

describe('addresses that are not to be called', () => {
  it.each([
    '127.0.0.1',
    '10.1.2.3',
    '192.168.1.1',
    '169.254.169.254',
    '::1',
    'fd00::1',
    '::ffff:10.0.0.1',
    '0.0.0.0',
    '100.64.1.1',
    'nonsense',
  ])('%s', (address) => expect(isPrivateAddress(address)).toBe(true))

  it.each(['93.184.216.34', '2606:2800:220:1::1', '172.32.0.1'])('%s is public', (address) =>
    expect(isPrivateAddress(address)).toBe(false),
  )
})
