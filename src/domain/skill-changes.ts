import {
  checkFresh,
  checkMay,
  type DirectoryWriting,
  noteChange,
  startChecks,
  taken,
} from './directory-checks.ts'
import { invalidField } from './errors.ts'
import type { GenericResourceId } from './generic-resource.ts'
import type { PersonId } from './person.ts'
import type { PersonSkill, Skill, SkillId, SkillLevelId } from './skill.ts'

export async function createSkill(
  writing: DirectoryWriting,
  { name }: { name: string },
): Promise<Skill> {
  const { tx, actor } = writing
  checkMay(actor, 'create', { type: 'staffing' }, 'create skills')
  await checkName(writing, name, undefined)
  const skill = { name, version: tx.takeVersions(1) }
  const created: Skill = { ...skill, id: await tx.skills.insert(actor.siteId, skill) }
  noteChange(writing, 'skill.create', created.id, null, created)
  return created
}

export async function changeSkill(
  writing: DirectoryWriting,
  id: SkillId,
  change: { name?: string },
  ifVersion: number | undefined,
): Promise<Skill> {
  const { tx, actor } = writing
  checkMay(actor, 'change', { type: 'staffing' }, 'change skills')
  const before = await tx.skills.get(actor.siteId, id)
  checkFresh(before, ifVersion)
  const name = change.name ?? before.name
  await checkName(writing, name, id)
  const after: Skill = { ...before, name, version: tx.takeVersions(1) }
  await tx.skills.update(actor.siteId, after)
  noteChange(writing, 'skill.update', id, before, after)
  return after
}

/** Takes it from everybody who has it. */
export async function removeSkill(
  writing: DirectoryWriting,
  id: SkillId,
  ifVersion: number | undefined,
): Promise<void> {
  const { tx, actor } = writing
  checkMay(actor, 'remove', { type: 'staffing' }, 'remove skills')
  const before = await tx.skills.get(actor.siteId, id)
  checkFresh(before, ifVersion)
  await tx.skills.remove(actor.siteId, id)
  tx.takeVersions(1)
  noteChange(writing, 'skill.delete', id, before, null)
}

/** Skills and their levels somebody shall have; `isAll` takes every other one away. */
export type SkillsWish = {
  /** The site's default level where `levelId` is left out; null is no level. */
  readonly skills: readonly { readonly skillId: SkillId; readonly levelId?: SkillLevelId | null }[]
  readonly isAll?: boolean
}

/** Gives somebody skills; one they have already only changes its level, where one is named. */
export async function giveSkills(
  writing: DirectoryWriting,
  personId: PersonId,
  { skills, isAll = false }: SkillsWish,
): Promise<readonly PersonSkill[]> {
  const { tx, actor } = writing
  const before = await skillsToChange(writing, personId)
  const given = new Map(skills.map((skill) => [skill.skillId, skill.levelId]))
  await checkSkills(writing, [...given.keys()])
  await checkLevels(writing, [...given.values()])
  const usual = (await tx.skillLevels.findDefault(actor.siteId))?.id ?? null
  const known = new Map(before.map((one) => [one.skillId, one.levelId]))
  const after = [...given].map(([skillId, levelId]): PersonSkill => {
    const kept = known.get(skillId)
    return { personId, skillId, levelId: levelId === undefined ? (kept ?? usual) : levelId }
  })
  const gone = isAll ? before.filter((one) => !given.has(one.skillId)) : []
  await tx.skills.give(actor.siteId, after)
  await tx.skills.take(
    actor.siteId,
    personId,
    gone.map((one) => one.skillId),
  )
  return noteSkills(writing, personId, before)
}

/** Takes skills from somebody, all of them where none is named. */
export async function takeSkills(
  writing: DirectoryWriting,
  personId: PersonId,
  skillIds: readonly SkillId[] | undefined,
): Promise<readonly PersonSkill[]> {
  const { tx, actor } = writing
  const before = await skillsToChange(writing, personId)
  const gone = before.map((one) => one.skillId).filter((id) => skillIds?.includes(id) ?? true)
  await tx.skills.take(actor.siteId, personId, gone)
  return noteSkills(writing, personId, before)
}

/** Makes these the skills of a generic resource, or adds them to what it has. */
export async function setResourceSkills(
  writing: DirectoryWriting,
  resourceId: GenericResourceId,
  { give = [], take = [] }: { give?: readonly SkillId[]; take?: readonly SkillId[] | 'others' },
): Promise<readonly SkillId[]> {
  const { tx, actor } = writing
  checkMay(actor, 'change', { type: 'staffing' }, 'change generic resources')
  const resource = await tx.resources.get(actor.siteId, resourceId)
  await checkSkills(writing, give)
  const skillsOf = async () =>
    (await tx.skills.ofResources(actor.siteId, [resource.id])).map((one) => one.skillId)
  const before = await skillsOf()
  const gone = take === 'others' ? before.filter((id) => !give.includes(id)) : take
  await tx.skills.takeFromResource(actor.siteId, resource.id, gone)
  await tx.skills.giveResource(actor.siteId, resource.id, give)
  const after = await skillsOf()
  if (before.join() !== after.join()) {
    tx.takeVersions(1)
    const [was, is] = [before, after].map((skillIds) => ({ skillIds }))
    noteChange(writing, 'generic-resource.update', resource.id, was, is)
  }
  return after
}

async function skillsToChange(
  { tx, actor }: DirectoryWriting,
  personId: PersonId,
): Promise<readonly PersonSkill[]> {
  const person = await tx.people.get(actor.siteId, personId)
  checkMay(actor, 'change', { type: 'profile', personId: person.id }, 'change what others can do')
  return tx.skills.ofPeople(actor.siteId, [person.id])
}

async function noteSkills(
  writing: DirectoryWriting,
  personId: PersonId,
  before: readonly PersonSkill[],
): Promise<readonly PersonSkill[]> {
  const { tx, actor } = writing
  const after = await tx.skills.ofPeople(actor.siteId, [personId])
  const text = (skills: readonly PersonSkill[]) =>
    skills.map(({ skillId, levelId }) => `${skillId} ${levelId}`).join()
  if (text(before) === text(after)) return after
  tx.takeVersions(1)
  noteChange(writing, 'profile.update', personId, { skills: before }, { skills: after })
  return after
}

async function checkSkills(
  { tx, actor }: DirectoryWriting,
  ids: readonly SkillId[],
): Promise<void> {
  const known = await tx.skills.getMany(actor.siteId, ids)
  const missing = ids.find((id) => !known.some((skill) => skill.id === id))
  if (missing !== undefined) throw invalidField('skillId', `there is no skill ${missing}`)
}

async function checkLevels(
  { tx, actor }: DirectoryWriting,
  ids: readonly (SkillLevelId | null | undefined)[],
): Promise<void> {
  const known = await tx.skillLevels.list(actor.siteId, { limit: 10_000 })
  const missing = ids.find(
    (id) => id !== null && id !== undefined && !known.some((level) => level.id === id),
  )
  if (missing) throw invalidField('levelId', `there is no skill level ${missing}`)
}

async function checkName(
  { tx, actor }: DirectoryWriting,
  name: string,
  id: SkillId | undefined,
): Promise<void> {
  const checks = startChecks()
  checks.line('name', name, 255)
  checks.finish('The skill cannot be accepted')
  const known = await tx.skills.findByName(actor.siteId, name)
  if (known && known.id !== id) throw taken('name', `there is a skill ${known.name} already`)
}
