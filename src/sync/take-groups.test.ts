import { describe, expect, it } from 'vitest'
import { anActor } from '../../test/builders.ts'
import { openMemoryDatabase, withDatabase } from '../../test/database.ts'
import { type FakeJira, startFakeJira } from '../../test/fake-jira/fake-jira.ts'
import type { Dialect } from '../../test/fake-jira/switches.ts'
import { aSyncedSite } from '../../test/synced.ts'
import { makeDirectory } from '../domain/directory.ts'
import { viewerOf } from '../domain/permission.ts'
import type { Person } from '../domain/person.ts'
import { renameGroupInJql } from '../jira/jql/rename-group.ts'

const hour = 3_600_000
const day = 24 * hour

withDatabase(openMemoryDatabase, (database) => {
  async function aSite(dialect: Dialect) {
    const jira = await startFakeJira({ dialect, contextPath: '/jira' })
    const { world, clock } = jira
    const [ann, bob] = ['ann', 'bob'].map((name) => world.addUser({ name }))
    world.addGroup('secret', [ann!, bob!])
    world.addGroup('others', [bob!])
    const issue = world.addIssue({ project: world.addProject({ key: 'AA' }) })
    world.addGroup('crew', [world.admin])
    world.joinGroup('secret', world.admin)
    world.logWork({
      issue,
      author: ann!,
      comment: 'kept from others',
      visibility: { type: 'group', value: 'secret' },
    })
    clock.advance(61_000)
    const { store } = database()
    const site = await aSyncedSite(store, jira)
    await site.run()
    const idOf = (person: typeof ann) => (dialect === 'cloud' ? person!.accountId : person!.name)
    const personOf = async (person: typeof ann): Promise<Person> =>
      (await store.people.findByNames(site.siteId, [idOf(person)])).get(idOf(person))![0]!
    /** What a manager, who sees everybody's time, is shown of the restricted row. */
    const sees = async (who: Person) => {
      const groupNames = await store.groups.namesOf(site.siteId, who.id)
      const viewer = viewerOf(anActor(site, who, 'manager', ['read'], { groupNames }))
      const rows = await store.worklogs.find({ siteId: site.siteId, viewer }, { limit: 10 })
      return rows.some((row) => row.comment === 'kept from others')
    }
    const groupsOf = (who: Person) => store.groups.namesOf(site.siteId, who.id)
    const next = async (ms: number) => {
      clock.advance(ms)
      return site.run()
    }
    const people = { ann: await personOf(ann), bob: await personOf(bob) }
    return { jira, world, clock, site, store, bob: bob!, people, sees, groupsOf, next }
  }

  describe.each(['cloud', 'dc'] as const)('groups of %s', (dialect) => {
    it('lose whom Jira took out, within the hour where they keep worklogs from others', async () => {
      const { jira, world, bob, people, sees, groupsOf, next, site, store } = await aSite(dialect)
      expect(await sees(people.bob)).toBe(true)
      world.leaveGroup('secret', bob)
      world.leaveGroup('others', bob)
      await next(hour)
      expect(await sees(people.bob)).toBe(false)
      expect(await groupsOf(people.bob)).toEqual(['others'])
      expect(await groupsOf(people.ann)).toEqual(['secret'])
      const notes = await store.audit.list(site.siteId, 0, 1_000)
      expect(notes.at(-1)).toMatchObject({
        action: 'group.members',
        after: { name: 'secret', added: [], removed: [people.bob.id] },
      })
      await next(day)
      expect(await groupsOf(people.bob)).toEqual([])
      world.joinGroup('secret', bob)
      await next(hour)
      expect(await sees(people.bob)).toBe(true)
      await jira.close()
    })

    it('that were deleted have no members', async () => {
      const { jira, world, people, groupsOf, next } = await aSite(dialect)
      world.state.groups.delete('secret')
      await next(hour)
      expect(await groupsOf(people.ann)).toEqual([])
      expect(await groupsOf(people.bob)).toEqual(['others'])
      await jira.close()
    })

    it('keep what an administrator entered here, and only its Jira takes back what it said', async () => {
      const { jira, world, bob, people, groupsOf, next, site, store, clock } = await aSite(dialect)
      const directory = makeDirectory({
        store,
        now: () => clock.now(),
        newAccountId: () => 'x',
        renameGroupInJql,
      })
      const [others] = await store.groups.findByNames(site.siteId, ['others'])
      await directory.addMember(site.actor, others!.id, people.ann.id)
      await directory.addMember(site.actor, others!.id, people.ann.id)
      await expect(
        directory.removeMember(site.actor, others!.id, people.bob.id),
      ).rejects.toMatchObject({ code: 'conflict', details: { reason: 'member-of-jira' } })
      world.leaveGroup('others', bob)
      await next(day)
      expect(await groupsOf(people.bob)).toEqual(['secret'])
      expect(await groupsOf(people.ann)).toEqual(['others', 'secret'])
      expect((await store.groups.findByNames(site.siteId, ['others']))[0]!.memberCount).toBe(1)
      await directory.removeMember(site.actor, others!.id, people.ann.id)
      expect(await groupsOf(people.ann)).toEqual(['secret'])
      await jira.close()
    })

    it('that nobody may ask for are believed for a week, then have no members', async () => {
      const { jira, people, sees, groupsOf, next, site, store } = await aSite(dialect)
      refuseGroups(jira)
      await next(day)
      expect(await sees(people.bob)).toBe(true)
      const incidents = async () =>
        (await store.sync.listIncidents(site.siteId, site.connection.id, 9)).map((one) => one.kind)
      expect(await incidents()).toEqual(['groups-unreadable'])
      await next(day)
      expect(await incidents()).toEqual(['groups-unreadable'])
      await next(6 * day)
      expect(await sees(people.bob)).toBe(false)
      expect(await groupsOf(people.ann)).toEqual([])
      expect(await incidents()).toHaveLength(2)
      jira.faults.stop()
      await next(day)
      expect(await sees(people.bob)).toBe(true)
      expect((await site.state()).groupsTrouble).toBeNull()
      await jira.close()
    })

    it('that change while they are read take nobody out', async () => {
      const { jira, world, next, site, store } = await aSite(dialect)
      const many = Array.from({ length: 60 }, (_, at) => world.addUser({ name: `extra${at}` }))
      for (const one of many) world.joinGroup('secret', one)
      await next(day)
      const countOf = async () =>
        (await store.groups.findByNames(site.siteId, ['secret']))[0]!.memberCount
      expect(await countOf()).toBe(63)
      let pages = 0
      const off = jira.faults.onRequest(({ route }) => {
        if (!route.startsWith('GET group/member')) return
        pages += 1
        // Between two pages one goes, and whoever stood on the border slips out of sight.
        if (pages % 2 === 0) world.leaveGroup('secret', many[pages]!)
      })
      await next(hour)
      expect(await countOf()).toBe(63)
      off()
      await next(hour)
      expect(await countOf()).toBe(61)
      await jira.close()
    })
  })

  function refuseGroups({ faults }: FakeJira): void {
    for (const route of ['GET group/member', 'GET group/bulk', 'GET groups/picker'])
      faults.next({ match: { route }, fault: { kind: 'status', status: 403 }, times: 1_000 })
  }
})
