import { expect, it } from 'vitest'
import { openMemoryDatabase, withDatabase } from '../../test/database.ts'
import { startFakeJira } from '../../test/fake-jira/fake-jira.ts'
import { aSyncedSite, trueRows } from '../../test/synced.ts'

withDatabase(openMemoryDatabase, (database) => {
  async function aJira(
    switches: Parameters<typeof startFakeJira>[0]['switches'] = {},
    dialect: 'cloud' | 'dc' = 'cloud',
  ) {
    const jira = await startFakeJira({ dialect, ...(switches ? { switches } : {}) })
    const project = jira.world.addProject({ key: 'AA' })
    for (let at = 0; at < 25; at += 1)
      jira.world.logWork({ issue: jira.world.addIssue({ project }), author: jira.world.admin })
    jira.clock.advance(61_000)
    const site = await aSyncedSite(database().store, jira)
    await site.run()
    return { jira, site }
  }

  it('fails on a token that comes again, instead of asking for ever', async () => {
    const { jira, site } = await aJira({ searchMax: 5 })
    jira.switches.repeatNextPageToken = true
    await expect(site.run({ isFull: true })).rejects.toMatchObject({
      details: { reason: 'endless-search' },
    })
    await jira.close()
  })

  it.each(['cloud', 'dc'] as const)(
    'reads on where %s lowers the size of a page without a word',
    async (dialect) => {
      const { jira, site } = await aJira({ searchMax: 4 }, dialect)
      expect(await site.rows()).toEqual(trueRows(jira))
      const done = { kind: 'done', counters: { gone: 0 } }
      expect(await site.run({ isFull: true })).toMatchObject(done)
      expect(await site.rows()).toEqual(trueRows(jira))
      const searches = jira.requests.all.filter(({ route }) => /search/.test(route))
      expect(searches.length).toBeGreaterThan(6)
      await jira.close()
    },
  )

  it('does not take a short page for the last', async () => {
    const { jira, site } = await aJira({ searchMax: 5, shortPages: true })
    expect(await site.run({ isFull: true })).toMatchObject({ kind: 'done', counters: { gone: 0 } })
    expect(await site.rows()).toEqual(trueRows(jira))
    await jira.close()
  })
})
