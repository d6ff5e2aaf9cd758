import { expect, it } from 'vitest'
import { aSite } from '../../test/builders.ts'
import type { TestDatabase } from '../../test/database.ts'
import type { Person } from '../domain/person.ts'
import type { SkillId } from '../domain/skill.ts'

export function staffingContract(database: () => TestDatabase): void {
  const aStaff = async () => {
    const { store } = database()
    const site = await aSite(store)
    const [ann, bob] = (await site.people([{}, {}])) as [Person, Person]
    return { ...site, ann, bob }
  }

  it('keeps skills and finds them by id, part of the name, and name without case', async () => {
    const { store, siteId } = await aStaff()
    const names = ['Kotlin', 'java', 'JavaScript']
    const ids: SkillId[] = []
    for (const name of names) ids.push(await store.skills.insert(siteId, { name, version: 3 }))
    const list = async (query = {}) =>
      (await store.skills.list(siteId, { limit: 9, ...query })).map((skill) => skill.name)
    expect(await list()).toEqual(names)
    expect(await list({ text: 'JAVA' })).toEqual(['java', 'JavaScript'])
    expect(await list({ ids: [ids[2]!] })).toEqual(['JavaScript'])
    expect(await list({ limit: 1, afterId: ids[0] })).toEqual(['java'])
    expect(await list({ limit: 1, offset: 2 })).toEqual(['JavaScript'])
    expect(await store.skills.findByName(siteId, 'JAVA')).toMatchObject({ id: ids[1] })
    expect(await store.skills.findByName((await aSite(store)).siteId, 'JAVA')).toBeUndefined()
    await expect(store.skills.insert(siteId, { name: 'KOTLIN', version: 1 })).rejects.toThrow()
    await store.skills.update(siteId, { id: ids[1]!, name: 'Java 25', version: 9 })
    expect(await store.skills.get(siteId, ids[1]!)).toEqual({
      ...{ id: ids[1], name: 'Java 25', version: 9 },
    })
  })

  it('keeps what people and resources can do, and how well', async () => {
    const { store, siteId, ann, bob } = await aStaff()
    const [kotlin, java] = [
      await store.skills.insert(siteId, { name: 'Kotlin', version: 1 }),
      await store.skills.insert(siteId, { name: 'Java', version: 1 }),
    ]
    const levelId = await store.skillLevels.insert(siteId, {
      ...{ name: 'Expert', color: 'FCA800', isDefault: true, version: 1 },
    })
    const has = (person: Person, skillId: SkillId, level: typeof levelId | null) => ({
      ...{ personId: person.id, skillId, levelId: level },
    })
    await store.skills.give(siteId, [has(ann, java, null), has(bob, java, levelId)])
    await store.skills.give(siteId, [has(ann, java, levelId), has(ann, kotlin, null)])
    const resourceId = await store.resources.insert(siteId, {
      ...{ name: 'A tester', createdAt: 1, createdBy: ann.id, updatedAt: 2, updatedBy: bob.id },
      version: 4,
    })
    expect(await store.resources.get(siteId, resourceId)).toEqual({
      ...{ name: 'A tester', createdAt: 1, createdBy: ann.id, updatedAt: 2, updatedBy: bob.id },
      ...{ id: resourceId, version: 4 },
    })
    await store.skills.giveResource(siteId, resourceId, [java, kotlin])
    await store.skills.giveResource(siteId, resourceId, [java])
    await store.skills.takeFromResource(siteId, resourceId, [kotlin])
    expect(await store.skills.ofResources(siteId, [resourceId])).toEqual([
      { resourceId, skillId: java },
    ])
    expect(await store.skills.ofPeople(siteId, [ann.id])).toEqual([
      has(ann, kotlin, null),
      has(ann, java, levelId),
    ])
    expect(await store.skills.peopleWith(siteId, java, 9)).toEqual([
      has(ann, java, levelId),
      has(bob, java, levelId),
    ])
    await store.skillLevels.remove(siteId, levelId)
    await store.skills.take(siteId, ann.id, [kotlin])
    expect(await store.skills.ofPeople(siteId, [ann.id])).toEqual([has(ann, java, null)])
    await store.skills.remove(siteId, java)
    expect(await store.skills.ofPeople(siteId, [ann.id, bob.id])).toEqual([])
    expect(await store.skills.ofResources(siteId, [resourceId])).toEqual([])
    await store.resources.remove(siteId, resourceId)
    expect(await store.resources.list(siteId, { limit: 9 })).toEqual([])
  })

  it('keeps levels and which one is the default', async () => {
    const { store, siteId } = await aStaff()
    const level = { name: 'Junior', color: '0abcDE', isDefault: null, version: 1 }
    const id = await store.skillLevels.insert(siteId, level)
    expect(await store.skillLevels.get(siteId, id)).toEqual({ ...level, id })
    expect(await store.skillLevels.findDefault(siteId)).toBeUndefined()
    await store.skillLevels.update(siteId, { ...level, id, isDefault: true })
    expect(await store.skillLevels.findDefault(siteId)).toEqual({ ...level, id, isDefault: true })
    expect(await store.skillLevels.findByName(siteId, 'JUNIOR')).toMatchObject({ id })
    expect(await store.skillLevels.list(siteId, { limit: 9, offset: 1 })).toEqual([])
  })

  it('keeps positions, and one for each person', async () => {
    const { store, siteId, ann, bob } = await aStaff()
    const insert = (name: string) =>
      store.positions.insert(siteId, { name, description: '', version: 1 })
    const [developer, manager] = [await insert('Developer'), await insert('Manager')]
    await store.positions.setFor(siteId, ann.id, developer)
    await store.positions.setFor(siteId, ann.id, manager)
    await store.positions.setFor(siteId, bob.id, manager)
    expect(await store.positions.holders(siteId, manager, 9)).toEqual([ann.id, bob.id])
    await store.positions.setFor(siteId, bob.id, null)
    expect([...(await store.positions.ofPeople(siteId, [ann.id, bob.id]))]).toEqual([
      [ann.id, { id: manager, name: 'Manager', description: '', version: 1 }],
    ])
    await store.positions.update(siteId, {
      ...{ id: developer, name: 'Dev', description: null, version: 2 },
    })
    expect(await store.positions.findByName(siteId, 'dEV')).toMatchObject({ description: null })
    await store.positions.remove(siteId, manager)
    expect(await store.positions.holders(siteId, manager, 9)).toEqual([])
    expect(await store.positions.list(siteId, { limit: 9 })).toHaveLength(1)
  })
}
