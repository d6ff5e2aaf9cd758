import { describe, expect, it } from 'vitest'
import { openMemoryDatabase, withDatabase } from '../../test/database.ts'
import { anIngest, aSourceIssue, aSourcePerson, aSourceWorklog } from '../../test/sources.ts'
import type { SourcePerson } from './ingest-source.ts'
import type { Person } from './person.ts'
import { ownConnection, type SiteId } from './site.ts'
import type { Store } from './store.ts'

withDatabase(openMemoryDatabase, (database) => {
  async function aSiteWithTwoJiras() {
    const made = await anIngest(database())
    const second = await made.ingest.connect(made.siteId, 'second', null)
    const batchOf = (people: readonly SourcePerson[]) => ({
      issues: [],
      worklogs: [],
      projects: [],
      filters: [],
      fields: [],
      people,
    })
    return {
      ...made,
      people: () => made.store.people.list({ siteId: made.siteId, limit: 999 }),
      takeFromSecond: (people: readonly SourcePerson[]) =>
        made.ingest.take(made.siteId, second, batchOf(people)),
      logBy: (author: SourcePerson, id = '1') =>
        made.take({ issues: [aSourceIssue('1', [aSourceWorklog(id, { author })])] }),
    }
  }

  describe('taking in people', () => {
    it('keeps all that is told, once', async () => {
      const { take, people } = await aSiteWithTwoJiras()
      const source = aSourcePerson('山田 "x"', {
        key: 'JIRAUSER1',
        username: 'yamada',
        email: 'Yamada@Example.org',
        timeZone: 'Asia/Tokyo',
        locale: 'ja_JP',
        accountType: 'atlassian',
        isActive: false,
      })
      expect(await take({ people: [source] })).toMatchObject({ people: { new: 1, changed: 0 } })
      expect(await take({ people: [source] })).toMatchObject({ people: { new: 0, changed: 0 } })
      const { groups, ...told } = source
      expect(await people()).toMatchObject([{ ...told, isGhost: false, role: 'employee' }])
      expect(groups).toEqual([])
    })

    it('knows somebody again by any of the ways the source named them', async () => {
      const { logBy, people } = await aSiteWithTwoJiras()
      const base = { displayName: 'Ann', isActive: true, groups: [] }
      await logBy({ ...base, key: 'k', username: 'ann' }, '1')
      await logBy({ ...base, key: 'k' }, '2')
      await logBy({ ...base, username: 'ann' }, '3')
      await logBy({ ...base, accountId: 'a', key: 'k' }, '4')
      await logBy({ ...base, accountId: 'a' }, '5')
      expect(await people()).toHaveLength(1)
    })

    it('makes up a stable account id where the source has none', async () => {
      const { logBy, people } = await aSiteWithTwoJiras()
      await logBy({ displayName: 'Ann', username: 'ann', isActive: true, groups: [] })
      expect((await people())[0]?.accountId).toBe('made-up jira ann')
    })

    it('lets what stands beside a worklog only fill gaps, and what is listed change', async () => {
      const { take, logBy, people } = await aSiteWithTwoJiras()
      await logBy(aSourcePerson('Ann', { timeZone: 'Asia/Tokyo' }))
      await logBy(
        aSourcePerson('Ann', { displayName: 'Beside', timeZone: 'UTC', email: 'a@x.org' }),
      )
      expect(await people()).toMatchObject([
        { displayName: 'Ann', timeZone: 'Asia/Tokyo', email: 'a@x.org', isActive: true },
      ])
      const listed = aSourcePerson('Ann', {
        displayName: 'Listed',
        isActive: false,
        timeZone: 'UTC',
      })
      expect(await take({ people: [listed] })).toMatchObject({ people: { new: 0, changed: 1 } })
      expect(await people()).toMatchObject([
        { displayName: 'Listed', timeZone: 'UTC', email: 'a@x.org', isActive: false },
      ])
    })

    it('ends with the last of several spellings in one batch, and twice changes nothing', async () => {
      const { take, people } = await aSiteWithTwoJiras()
      const zones = ['Europe/Berlin', 'Europe/Moscow']
      const batch = { people: zones.map((timeZone) => aSourcePerson('Ann', { timeZone })) }
      await take(batch)
      expect(await take(batch)).toMatchObject({ people: { new: 0, changed: 0 } })
      expect(await people()).toMatchObject([{ timeZone: 'Europe/Moscow' }])
    })

    it('keeps a time zone only where it knows it', async () => {
      const { take, people } = await aSiteWithTwoJiras()
      await take({ people: [aSourcePerson('Ann', { timeZone: 'Mars/Olympus' })] })
      expect(await people()).toMatchObject([{ timeZone: null }])
    })
  })

  describe('ghosts', () => {
    it('stand in for an author nobody named, one for all', async () => {
      const { take, people, worklogs } = await aSiteWithTwoJiras()
      const nameless = [1, 2].map((id) => {
        const { author, ...rest } = aSourceWorklog(String(id))
        return { ...rest, issueId: '1' }
      })
      await take({ worklogs: nameless })
      await take({ worklogs: nameless })
      expect(await people()).toMatchObject([
        { displayName: 'Former user', isGhost: true, isActive: false },
      ])
      expect(await worklogs()).toHaveLength(2)
    })

    it('stand in for authors known by a display name alone', async () => {
      const { logBy, people } = await aSiteWithTwoJiras()
      const ghost = { displayName: 'Old Hand', isActive: false, groups: [] }
      await logBy(ghost, '1')
      await logBy(ghost, '2')
      await logBy({ ...ghost, displayName: 'Other' }, '3')
      expect((await people()).map((person) => [person.displayName, person.isGhost])).toEqual([
        ['Old Hand', true],
        ['Other', true],
      ])
    })
  })

  describe('somebody known from elsewhere', () => {
    it.each<[string, SourcePerson, SourcePerson, number]>([
      [
        'is joined by account id',
        aSourcePerson('Ann'),
        { ...aSourcePerson('Ann'), displayName: 'Ann B.' },
        1,
      ],
      [
        'is joined by e-mail in any case',
        aSourcePerson('Ann', { email: 'ann@example.org' }),
        aSourcePerson('Other', { email: 'ANN@Example.org' }),
        1,
      ],
      [
        'is not joined by a user name two Jiras may both use',
        aSourcePerson('Ann', { username: 'ann' }),
        { displayName: 'Another Ann', username: 'ann', isActive: true, groups: [] },
        2,
      ],
      [
        'is not joined by a display name',
        aSourcePerson('Ann'),
        { displayName: 'Ann', isActive: true, groups: [] },
        2,
      ],
    ])('%s', async (_, here, there, expected) => {
      const { take, takeFromSecond, people } = await aSiteWithTwoJiras()
      await take({ people: [here] })
      await takeFromSecond([there])
      expect(await people()).toHaveLength(expected)
      expect(await takeFromSecond([there])).toMatchObject({ people: { new: 0, changed: 0 } })
    })

    it.each(['administrator', 'employee'] as const)(
      'is not joined by user name, %s though they were entered here',
      async (role) => {
        const { take, people, store, siteId, aPerson } = await aSiteWithTwoJiras()
        const own = await aPerson({ username: 'admin', key: 'admin', role })
        await enterHere(store, siteId, own)
        const admin = { displayName: 'Root', username: 'admin', key: 'admin', isActive: false }
        await take({ people: [{ ...admin, groups: ['jira-administrators'] }] })
        await take({ people: [{ ...admin, groups: ['jira-administrators'] }] })
        const [first, second, ...others] = await people()
        expect(first).toEqual(own)
        expect(second).toMatchObject({ displayName: 'Root', role: 'employee', isActive: false })
        expect(others).toEqual([])
        expect(await store.groups.namesOf(siteId, own.id)).toEqual([])
      },
    )

    it('is joined by e-mail where they were entered here, and keeps the names given here', async () => {
      const { take, people, store, siteId, aPerson } = await aSiteWithTwoJiras()
      const own = await aPerson({ username: 'ann', email: 'ann@example.org', key: null })
      await enterHere(store, siteId, own)
      const ann = aSourcePerson('Root', { username: 'root', key: 'k', email: 'Ann@example.org' })
      await take({ people: [{ ...ann, isActive: false }] })
      const version = expect.any(Number)
      expect(await people()).toEqual([{ ...own, key: 'k', version }])
    })

    it('is not joined by e-mail to an administrator entered here', async () => {
      const { take, people, store, siteId, aPerson } = await aSiteWithTwoJiras()
      const own = await aPerson({ email: 'boss@example.org', role: 'administrator' })
      await enterHere(store, siteId, own)
      await take({ people: [aSourcePerson('Mallory', { email: 'boss@example.org' })] })
      expect(await people()).toHaveLength(2)
    })

    it('is joined once where one batch shows several spellings', async () => {
      const { take, takeFromSecond, people } = await aSiteWithTwoJiras()
      await take({ people: [aSourcePerson('Ann', { email: 'ann@example.org' })] })
      await takeFromSecond([
        aSourcePerson('Ann', { key: 'k' }),
        aSourcePerson('Ann', { key: 'k', displayName: 'Ann B.' }),
        aSourcePerson('Ann', { username: 'ann', email: 'ann@example.org' }),
      ])
      expect(await people()).toHaveLength(1)
    })
  })

  describe('groups', () => {
    it('are made and joined as listed, and kept', async () => {
      const { take, store, siteId, people } = await aSiteWithTwoJiras()
      const listed = [
        aSourcePerson('Ann', { groups: ['staff', 'board "x"'] }),
        aSourcePerson('Bob', { groups: ['staff'] }),
      ]
      await take({ people: listed })
      await take({ people: listed })
      const groups = await store.groups.list(siteId, { limit: 9 })
      expect(groups.map(({ name, memberCount }) => [name, memberCount]).sort()).toEqual([
        ['board "x"', 1],
        ['staff', 2],
      ])
      const [ann] = await people()
      expect(await store.groups.namesOf(siteId, ann!.id)).toEqual(['board "x"', 'staff'])
    })
  })
})

function enterHere(store: Store, siteId: SiteId, { id, username }: Person): Promise<void> {
  const identity = { connectionId: ownConnection, kind: 'username', value: username! } as const
  return store.people.addIdentities(siteId, [{ ...identity, personId: id }])
}
