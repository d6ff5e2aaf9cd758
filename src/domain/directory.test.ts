import { beforeAll, describe, expect, it } from 'vitest'
import { anActor, aSite, type SiteBuilder } from '../../test/builders.ts'
import { aClock } from '../../test/clock.ts'
import { openMemoryDatabase, withDatabase } from '../../test/database.ts'
import { type Directory, makeDirectory } from './directory.ts'
import type { Actor } from './permission.ts'
import { ownConnection } from './site.ts'
import type { Store } from './store.ts'

withDatabase(openMemoryDatabase, (database) => {
  let store: Store
  let site: SiteBuilder
  let directory: Directory
  let admin: Actor
  beforeAll(async () => {
    store = database().store
    site = await aSite(store)
    let made = 0
    directory = makeDirectory({
      store,
      now: aClock().now,
      newAccountId: () => {
        made += 1
        return `new-${made}`
      },
      renameGroupInJql: (jql) => jql,
    })
    const person = await site.aPerson({ username: 'boss', role: 'administrator' })
    admin = anActor(site, person, 'administrator', ['read', 'write', 'admin'])
  })

  const version = async () => (await store.sites.get(site.siteId)).version
  const lastNote = async () => (await store.audit.list(site.siteId, 1, 1_000)).at(-1)
  const identitiesOf = (value: string, kind: 'username' | 'accountId' = 'username') =>
    store.people.findIdentities(site.siteId, [{ connectionId: ownConnection, kind, value }])

  describe('people', () => {
    it('born here are recognised by their username, and by earlier ones', async () => {
      const before = await version()
      const person = await directory.createPerson(admin, { displayName: 'Ann', username: 'ann' })
      expect(await version()).toBe(before + 1)
      expect(await lastNote()).toMatchObject({
        action: 'person.create',
        objectType: 'person',
        objectId: person.id,
        actorId: admin.personId,
        before: null,
        after: { username: 'ann' },
      })
      expect(await identitiesOf('ann')).toMatchObject([{ personId: person.id }])
      await directory.changePerson(admin, person.id, { username: 'anna' })
      expect(await identitiesOf('anna')).toMatchObject([{ personId: person.id }])
      expect(await identitiesOf('ann')).toMatchObject([{ personId: person.id }])
      const taken = directory.createPerson(admin, { displayName: 'Other', username: 'ann' })
      await expect(taken).rejects.toMatchObject({ code: 'conflict' })
      await directory.changePerson(admin, person.id, { username: 'ann' })
    })

    it('without a username are recognised by their account id', async () => {
      const person = await directory.createPerson(admin, { displayName: 'Nameless' })
      expect(await identitiesOf(person.accountId, 'accountId')).toMatchObject([
        { personId: person.id },
      ])
    })

    it('keep their names to themselves, whatever kind of name', async () => {
      await directory.createPerson(admin, { displayName: 'Bob', username: 'bob', key: 'bob-key' })
      const before = await version()
      for (const wish of [{ username: 'bob' }, { username: 'bob-key' }, { accountId: 'bob' }])
        await expect(
          directory.createPerson(admin, { displayName: 'Twin', ...wish }),
        ).rejects.toMatchObject({ code: 'conflict', details: { problems: [{}] } })
      expect(await version()).toBe(before)
    })

    it('cannot be changed by others, nor lose their last administrator', async () => {
      const employee = anActor(site, await site.aPerson(), 'employee', ['read', 'write', 'admin'])
      const refused = directory.createPerson(employee, { displayName: 'x' })
      await expect(refused).rejects.toMatchObject({ code: 'forbidden' })
      const noScope = { ...admin, scopes: ['read', 'write'] as const }
      await expect(directory.createGroup(noScope, 'x')).rejects.toMatchObject({ code: 'forbidden' })
      for (const change of [{ isActive: false }, { role: 'manager' as const }])
        await expect(directory.changePerson(admin, admin.personId, change)).rejects.toMatchObject({
          code: 'conflict',
        })
      await directory.changePerson(admin, admin.personId, { displayName: 'The boss' })
    })

    it('are not overwritten by somebody who saw an older version', async () => {
      const person = await directory.createPerson(admin, { displayName: 'Carl' })
      const stale = directory.changePerson(admin, person.id, { locale: 'en' }, person.version - 1)
      await expect(stale).rejects.toMatchObject({ details: { reason: 'stale-version' } })
    })
  })

  it('groups note who came and went, and nothing where nothing changed', async () => {
    const person = await site.aPerson()
    const group = await directory.createGroup(admin, 'crew')
    await directory.addMember(admin, group.id, person.id)
    expect(await lastNote()).toMatchObject({
      action: 'group.add-member',
      objectId: group.id,
      after: { group: 'crew', personId: person.id },
    })
    const before = await version()
    await directory.addMember(admin, group.id, person.id)
    expect(await version()).toBe(before)
    await directory.removeMember(admin, group.id, person.id)
    expect(await lastNote()).toMatchObject({ action: 'group.remove-member', after: null })
  })

  describe('projects and issues', () => {
    it('take the next free key, also past keys that came in by themselves', async () => {
      const project = await directory.createProject(admin, { key: 'ABC', name: 'Alphabet' })
      expect(Number(project.jiraId)).toBeGreaterThanOrEqual(1_000_000_000)
      await site.anIssue({ project, key: 'ABC-2' })
      const keys: string[] = []
      for (const summary of ['one', 'two', 'three'])
        keys.push((await directory.createIssue(admin, { project: 'ABC', summary })).key)
      expect(keys).toEqual(['ABC-1', 'ABC-3', 'ABC-4'])
    })

    it('are resolved while they are done', async () => {
      const project = await directory.createProject(admin, { key: 'DONE', name: 'Done' })
      const issue = await directory.createIssue(admin, { project: project.id, summary: 'x' })
      const done = await directory.changeIssue(admin, issue.id, { statusCategory: 'done' })
      expect(done.resolvedAt).toBe(aClock().now())
      const open = await directory.changeIssue(admin, issue.id, { statusCategory: null })
      expect(open.resolvedAt).toBeNull()
    })

    it('name every field that is wrong at once', async () => {
      const wish = { key: 'no', name: '', category: 'a\0', lead: '\ud800' }
      await expect(directory.createProject(admin, wish)).rejects.toMatchObject({
        code: 'invalid',
        details: {
          problems: [{ field: 'key' }, { field: 'name' }, { field: 'category' }, { field: 'lead' }],
        },
      })
    })
  })
})
