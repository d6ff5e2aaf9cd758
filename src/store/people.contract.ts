import { describe, expect, it } from 'vitest'
import { aSite, day } from '../../test/builders.ts'
import type { TestDatabase } from '../../test/database.ts'
import type { GroupId } from '../domain/group.ts'
import type { NewPerson, Person, PersonId } from '../domain/person.ts'
import { ownConnection } from '../domain/site.ts'

const ids = (people: Iterable<{ id: string }>) => [...people].map((person) => person.id)

export function peopleContract(database: () => TestDatabase): void {
  it('keeps every attribute, and the absence of each', async () => {
    const { store } = database()
    const site = await aSite(store)
    const full: NewPerson = {
      accountId: '557058:f58131cb-b67d-43c7-b30d-6b58d40bd077',
      username: 'o\'neil "x" \\',
      key: 'JIRAUSER10100',
      displayName: '山田 太郎 👩‍💻\u200b',
      email: 'Someone@Example.ORG',
      timeZone: 'Europe/Berlin',
      locale: 'de_DE',
      accountType: 'atlassian',
      isActive: false,
      isGhost: true,
      staffId: '0042',
      role: 'power-team-lead',
    }
    const bare: NewPerson = {
      accountId: 'bare',
      username: null,
      key: null,
      displayName: '',
      email: null,
      timeZone: null,
      locale: null,
      accountType: null,
      isActive: true,
      isGhost: false,
      staffId: null,
      role: 'limited-employee',
    }
    const people = await site.people([full, bare])
    expect(people).toMatchObject([full, bare])
    for (const person of people)
      expect(await store.people.get(site.siteId, person.id)).toEqual(person)
    const changed: Person = { ...people[1]!, ...full, accountId: 'bare', version: 900 }
    await store.people.update(site.siteId, [changed])
    expect(await store.people.get(site.siteId, changed.id)).toEqual(changed)
    expect(await store.people.get(site.siteId, people[0]!.id)).toEqual(people[0])
  })

  it('inserts 1,500 people at once and gives their ids in order', async () => {
    const { store } = database()
    const site = await aSite(store)
    const people = await site.people(
      Array.from({ length: 1_500 }, (_, at) => ({ accountId: `many-${at}` })),
    )
    const stored = await store.people.getMany(site.siteId, ids(people) as PersonId[])
    const byId = new Map(stored.map((person) => [person.id, person.accountId]))
    expect(people.map((person) => byId.get(person.id))).toEqual(
      people.map((person) => person.accountId),
    )
  })

  it('finds people by id, account id, username, key and e-mail in any case', async () => {
    const { store } = database()
    const site = await aSite(store)
    const ann = await site.aPerson({ username: 'ann', key: 'shared', email: 'Ann@Example.org' })
    const bob = await site.aPerson({ username: 'bob', key: 'old-bob', accountId: 'shared' })
    const asked = [
      ann.id,
      'bob',
      'old-bob',
      'ANN@example.ORG',
      'shared',
      'nobody',
      '',
      '\0',
      '\ud800',
    ]
    const found = await store.people.findByNames(site.siteId, asked)
    expect(Object.fromEntries([...found].map(([name, people]) => [name, ids(people)]))).toEqual({
      [ann.id]: [ann.id],
      bob: [bob.id],
      'old-bob': [bob.id],
      'ANN@example.ORG': [ann.id],
      shared: [ann.id, bob.id],
    })
    expect(await store.people.findByNames(site.siteId, [])).toEqual(new Map())
  })

  it('loses nobody to a name that many carry', async () => {
    const { store } = database()
    const site = await aSite(store)
    await site.people(Array.from({ length: 30 }, () => ({ username: 'admin' })))
    const rare = await site.aPerson({ username: 'rare' })
    const found = await store.people.findByNames(site.siteId, ['admin', 'rare'])
    expect(ids(found.get('rare') ?? [])).toEqual([rare.id])
    expect(found.get('admin')).toHaveLength(30)
  })

  describe('list', () => {
    it('pages by id and filters by text, activity, group and visibility', async () => {
      const { store } = database()
      const { siteId, ...site } = await aSite(store)
      const people = await site.people([
        { displayName: 'Ann 100%', username: 'u1', email: null },
        { displayName: 'Bob', username: 'under_score', email: null },
        { displayName: 'Cid', username: 'u3', email: 'back\\slash@example.org', isActive: false },
        { displayName: 'Underscore', username: 'u4', email: null },
      ])
      const [ann, bob, cid, last] = people as [Person, Person, Person, Person]
      const [group] = await store.groups.create(siteId, ['staff'])
      await store.groups.addMembers(siteId, [
        { groupId: group!.id, personId: ann.id },
        { groupId: group!.id, personId: cid.id },
      ])
      const list = async (query: object) =>
        ids(await store.people.list({ siteId, limit: 10, ...query }))
      expect(await list({})).toEqual(ids(people))
      expect(await list({ limit: 2 })).toEqual([ann.id, bob.id])
      expect(await list({ limit: 2, afterId: bob.id })).toEqual([cid.id, last.id])
      expect(await list({ text: '%' })).toEqual([ann.id])
      expect(await list({ text: 'UNDER_' })).toEqual([bob.id])
      expect(await list({ text: 'k\\s' })).toEqual([cid.id])
      expect(await list({ isActive: false })).toEqual([cid.id])
      expect(await list({ isActive: true, groupId: group!.id })).toEqual([ann.id])
      expect(await list({ groupId: 'no number' })).toEqual([])
      expect(await list({ visibleIds: [bob.id, last.id] })).toEqual([bob.id, last.id])
      expect(await list({ visibleIds: [] })).toEqual([])
    })
  })

  it('leads several identities to one person, per connection', async () => {
    const { store } = database()
    const { siteId, ...site } = await aSite(store)
    const person = await site.aPerson()
    const { id: jira } = await store.connections.create(siteId, { name: 'jira', baseUrl: null })
    await store.people.addIdentities(siteId, [
      { connectionId: ownConnection, kind: 'username', value: 'x', personId: person.id },
      { connectionId: jira, kind: 'key', value: 'x "{},\\', personId: person.id },
    ])
    await store.people.addIdentities(siteId, [])
    expect(
      await store.people.findIdentities(siteId, [
        { connectionId: jira, kind: 'key', value: 'x "{},\\' },
        { connectionId: jira, kind: 'username', value: 'x' },
      ]),
    ).toEqual([{ connectionId: jira, kind: 'key', value: 'x "{},\\', personId: person.id }])
    expect(await store.people.findIdentities(siteId, [])).toEqual([])
  })

  it('keeps groups and their members', async () => {
    const { store } = database()
    const { siteId, ...site } = await aSite(store)
    const people = await site.people([{}, {}, {}])
    const created = await store.groups.create(siteId, ['a {},"b\\', 'z', '開発'])
    expect(created.map((group) => group.name).sort()).toEqual(['a {},"b\\', 'z', '開発'])
    const [first, second] = await store.groups.findByNames(siteId, ['a {},"b\\', 'z', 'none'])
    const groups = await store.groups.list(siteId, { limit: 2 })
    expect(groups.map((group) => group.memberCount)).toEqual([0, 0])
    const rest = await store.groups.list(siteId, { limit: 2, afterId: groups[1]!.id })
    expect(rest).toHaveLength(1)

    const memberships = people.map((person) => ({ groupId: first!.id, personId: person.id }))
    expect(await store.groups.addMembers(siteId, memberships.slice(0, 2))).toBe(2)
    expect(await store.groups.addMembers(siteId, [...memberships, ...memberships])).toBe(1)
    await store.groups.addMembers(siteId, [{ groupId: second!.id, personId: people[0]!.id }])
    expect(await store.groups.get(siteId, first!.id)).toMatchObject({ memberCount: 3 })
    expect(await store.groups.members(siteId, first!.id, { limit: 2 })).toEqual(
      ids(people).slice(0, 2),
    )
    expect(
      await store.groups.members(siteId, first!.id, { limit: 2, afterId: people[1]!.id }),
    ).toEqual([people[2]!.id])
    expect(await store.groups.namesOf(siteId, people[0]!.id)).toEqual(
      [first!.name, second!.name].sort(),
    )
    await store.groups.removeMember(siteId, first!.id, people[0]!.id)
    expect(await store.groups.namesOf(siteId, people[0]!.id)).toEqual([second!.name])
    expect(await store.groups.create(siteId, [])).toEqual([])
    expect(await store.groups.findByNames(siteId, [])).toEqual([])
    expect(await store.groups.addMembers(siteId, [])).toBe(0)
  })

  it('keeps who says that somebody is in a group, and takes back one word at a time', async () => {
    const { store } = database()
    const { siteId, aPerson } = await aSite(store)
    const [ann, bob, cid] = [await aPerson(), await aPerson(), await aPerson()]
    const jira = await store.connections.create(siteId, { name: 'jira', baseUrl: null })
    const [group] = await store.groups.create(siteId, ['staff'])
    const replace = (people: readonly Person[]) =>
      store.groups.replaceMembers(
        siteId,
        group!.id,
        jira.id,
        people.map((person) => person.id),
      )
    await store.groups.addMembers(siteId, [{ groupId: group!.id, personId: ann.id }])
    expect(await replace([ann, bob])).toEqual({ added: [ann.id, bob.id], removed: [] })
    expect(await store.groups.sourcesOf(siteId, ann.id)).toEqual([
      { name: 'staff', connectionId: 0 },
      { name: 'staff', connectionId: jira.id },
    ])
    expect((await store.groups.get(siteId, group!.id)).memberCount).toBe(2)
    expect(await replace([cid])).toMatchObject({ added: [cid.id], removed: [ann.id, bob.id] })
    expect(await store.groups.members(siteId, group!.id, { limit: 9 })).toEqual([ann.id, cid.id])
    expect(await store.groups.namesOf(siteId, bob.id)).toEqual([])
    expect(await store.groups.namesBySource(siteId, jira.id)).toEqual(['staff'])
    await store.groups.removeMember(siteId, group!.id, cid.id)
    expect(await store.groups.namesOf(siteId, cid.id)).toEqual(['staff'])
    await store.groups.removeMember(siteId, group!.id, cid.id, [jira.id])
    expect(await store.groups.namesBySource(siteId, jira.id)).toEqual([])
    expect(await replace([])).toEqual({ added: [], removed: [] })
    expect(await store.groups.namesOf(siteId, ann.id)).toEqual(['staff'])
  })

  it('takes more memberships than one statement has parameters', async () => {
    const { store } = database()
    const { siteId, ...site } = await aSite(store)
    const people = await site.people(Array.from({ length: 250 }, () => ({})))
    const groups = await store.groups.create(
      siteId,
      Array.from({ length: 100 }, (_, at) => `group ${at}`),
    )
    const memberships = groups.flatMap(({ id }) =>
      people.map((person) => ({ groupId: id, personId: person.id })),
    )
    expect(await store.groups.addMembers(siteId, memberships)).toBe(25_000)
  })

  describe('colleagues', () => {
    it('are those who share or are led in a team on that day', async () => {
      const { store } = database()
      const { siteId, ...site } = await aSite(store)
      const [lead, ann, bob, cid, out] = (await site.people([{}, {}, {}, {}, {}])) as [
        Person,
        Person,
        Person,
        Person,
        Person,
      ]
      const blue = await store.teams.create(siteId, { name: 'blue', leadId: lead.id })
      const red = await store.teams.create(siteId, { name: 'red', leadId: null })
      const member = (teamId: typeof blue, person: Person, from?: string, to?: string) => ({
        teamId,
        personId: person.id,
        from: from === undefined ? null : day(from),
        to: to === undefined ? null : day(to),
        commitmentPercent: 100,
      })
      await store.teams.addMemberships(siteId, [
        member(blue, ann),
        member(blue, bob, '2026-03-01', '2026-03-31'),
        member(red, bob),
        member(red, cid, '2026-04-01'),
        member(red, out, undefined, '2026-02-28'),
      ])
      const colleagues = async (person: Person, on: string) => {
        const found = await store.teams.colleagues(siteId, person.id, day(on))
        return { mates: [...found.teammateIds].sort(), led: [...found.ledIds].sort() }
      }
      const sorted = (...people: Person[]) => ids(people).sort()
      expect(await colleagues(lead, '2026-03-31')).toEqual({
        mates: sorted(ann, bob),
        led: sorted(ann, bob),
      })
      expect(await colleagues(lead, '2026-04-01')).toEqual({ mates: sorted(ann), led: [ann.id] })
      expect(await colleagues(ann, '2026-03-01')).toEqual({ mates: sorted(ann, bob), led: [] })
      expect(await colleagues(ann, '2026-02-28')).toEqual({ mates: [ann.id], led: [] })
      expect(await colleagues(bob, '2026-04-01')).toEqual({ mates: sorted(bob, cid), led: [] })
      expect(await colleagues(out, '2026-02-28')).toEqual({ mates: sorted(bob, out), led: [] })
      expect(await colleagues(out, '2026-03-01')).toEqual({ mates: [], led: [] })
      expect(await store.teams.list(siteId)).toMatchObject([
        { id: blue, name: 'blue', leadId: lead.id },
        { id: red, name: 'red', leadId: null },
      ])
    })
  })

  it('never shows people, groups and teams of another site', async () => {
    const { store } = database()
    const [here, there] = [await aSite(store), await aSite(store)]
    const [mine, theirs] = [
      await here.aPerson({ username: 'same', email: 'same@example.org' }),
      await there.aPerson({ username: 'same', email: 'same@example.org' }),
    ]
    const groupOf = async (site: typeof here, person: Person): Promise<GroupId> => {
      const [group] = await store.groups.create(site.siteId, ['same'])
      await store.groups.addMembers(site.siteId, [{ groupId: group!.id, personId: person.id }])
      const teamId = await store.teams.create(site.siteId, { name: 'same', leadId: person.id })
      await store.teams.addMemberships(site.siteId, [
        { teamId, personId: person.id, from: null, to: null, commitmentPercent: 100 },
      ])
      await store.people.addIdentities(site.siteId, [
        { connectionId: ownConnection, kind: 'username', value: 'same', personId: person.id },
      ])
      return group!.id
    }
    const [myGroup, theirGroup] = [await groupOf(here, mine), await groupOf(there, theirs)]
    const { siteId } = here
    for (const id of [theirs.id, '0', '', 'x', '9223372036854775808'] as PersonId[])
      await expect(store.people.get(siteId, id)).rejects.toMatchObject({ code: 'not-found' })
    await expect(store.groups.get(siteId, theirGroup)).rejects.toMatchObject({ code: 'not-found' })
    expect(ids(await store.people.getMany(siteId, [mine.id, theirs.id]))).toEqual([mine.id])
    const named = await store.people.findByNames(siteId, ['same', 'same@example.org', theirs.id])
    expect([...named.values()].map(ids)).toEqual([[mine.id], [mine.id]])
    expect(ids(await store.people.list({ siteId, limit: 9, groupId: theirGroup }))).toEqual([])
    expect(ids(await store.people.list({ siteId, limit: 9 }))).toEqual([mine.id])
    expect(ids(await store.groups.findByNames(siteId, ['same']))).toEqual([myGroup])
    expect(ids(await store.groups.list(siteId, { limit: 9 }))).toEqual([myGroup])
    expect(await store.groups.members(siteId, theirGroup, { limit: 9 })).toEqual([])
    expect(await store.groups.namesOf(siteId, theirs.id)).toEqual([])
    const identity = { connectionId: ownConnection, kind: 'username', value: 'same' } as const
    expect(await store.people.findIdentities(siteId, [identity])).toMatchObject([
      { personId: mine.id },
    ])
    expect(await store.teams.colleagues(siteId, theirs.id, day('2026-03-02'))).toEqual({
      teammateIds: [],
      ledIds: [],
      teamIds: [],
      grants: {},
    })
    await store.people.update(siteId, [{ ...theirs, displayName: 'taken over' }])
    expect((await store.people.get(there.siteId, theirs.id)).displayName).toBe(theirs.displayName)
  })
}
