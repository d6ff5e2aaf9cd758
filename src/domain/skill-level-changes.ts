import {
  checkFresh,
  checkMay,
  type DirectoryWriting,
  noteChange,
  startChecks,
  taken,
} from './directory-checks.ts'
import type { SkillLevel, SkillLevelId } from './skill.ts'

/** `color` is six hexadecimal digits; `isDefault` true takes the place of the default before. */
export type SkillLevelWish = {
  readonly name: string
  readonly color: string
  readonly isDefault?: boolean | null
}

export async function createSkillLevel(
  writing: DirectoryWriting,
  wish: SkillLevelWish,
): Promise<SkillLevel> {
  const { tx, actor } = writing
  checkMay(actor, 'create', { type: 'staffing' }, 'create skill levels')
  await checkLevel(writing, wish, undefined)
  if (wish.isDefault === true) await clearDefault(writing)
  const level = {
    name: wish.name,
    color: wish.color,
    isDefault: wish.isDefault ?? null,
    version: tx.takeVersions(1),
  }
  const created: SkillLevel = { ...level, id: await tx.skillLevels.insert(actor.siteId, level) }
  noteChange(writing, 'skill-level.create', created.id, null, created)
  return created
}

export async function changeSkillLevel(
  writing: DirectoryWriting,
  id: SkillLevelId,
  change: Partial<SkillLevelWish>,
  ifVersion: number | undefined,
): Promise<SkillLevel> {
  const { tx, actor } = writing
  checkMay(actor, 'change', { type: 'staffing' }, 'change skill levels')
  const before = await tx.skillLevels.get(actor.siteId, id)
  checkFresh(before, ifVersion)
  await checkLevel(writing, change, id)
  if (change.isDefault === true && !before.isDefault) await clearDefault(writing)
  const after: SkillLevel = {
    ...before,
    name: change.name ?? before.name,
    color: change.color ?? before.color,
    isDefault: change.isDefault === undefined ? before.isDefault : change.isDefault,
    version: tx.takeVersions(1),
  }
  await tx.skillLevels.update(actor.siteId, after)
  noteChange(writing, 'skill-level.update', id, before, after)
  return after
}

/** Skills at that level stay, at no level. */
export async function removeSkillLevel(
  writing: DirectoryWriting,
  id: SkillLevelId,
  ifVersion: number | undefined,
): Promise<void> {
  const { tx, actor } = writing
  checkMay(actor, 'remove', { type: 'staffing' }, 'remove skill levels')
  const before = await tx.skillLevels.get(actor.siteId, id)
  checkFresh(before, ifVersion)
  await tx.skillLevels.remove(actor.siteId, id)
  tx.takeVersions(1)
  noteChange(writing, 'skill-level.delete', id, before, null)
}

/** The level that was the default is not any more. */
async function clearDefault(writing: DirectoryWriting): Promise<void> {
  const { tx, actor } = writing
  const before = await tx.skillLevels.findDefault(actor.siteId)
  if (!before) return
  const after: SkillLevel = { ...before, isDefault: false, version: tx.takeVersions(1) }
  await tx.skillLevels.update(actor.siteId, after)
  noteChange(writing, 'skill-level.update', before.id, before, after)
}

async function checkLevel(
  { tx, actor }: DirectoryWriting,
  { name, color }: Partial<SkillLevelWish>,
  id: SkillLevelId | undefined,
): Promise<void> {
  const checks = startChecks()
  checks.line('name', name, 255)
  checks.matches('color', color, /^[0-9A-Fa-f]{6}$/, 'must be six hexadecimal digits')
  checks.finish('The skill level cannot be accepted')
  if (name === undefined) return
  const known = await tx.skillLevels.findByName(actor.siteId, name)
  if (known && known.id !== id) throw taken('name', `there is a level ${known.name} already`)
}
