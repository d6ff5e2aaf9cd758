import type { PositionId } from '../../domain/position.ts'
import type { SkillId, SkillLevelId } from '../../domain/skill.ts'
import type { FillContext, PersonOf } from './fill.ts'
import type { TeamOf } from './fill-teams.ts'
import { jobs, levels, resources } from './staff.ts'

/** Writes what people can do and are employed as, and the work still without a person. */
export async function fillStaff(
  context: FillContext,
  personOf: PersonOf,
  teamOf: TeamOf,
): Promise<void> {
  const { tx, siteId, company } = context
  const skillOf = await fillSkills(context)
  const levelIds = await fillLevels(context)
  await tx.skills.give(
    siteId,
    company.skills.map(({ username, skill, level }) => ({
      personId: personOf(username),
      skillId: skillOf(skill),
      levelId: levelIds[level]!,
    })),
  )
  await fillPositions(context, personOf)
  await fillResources(context, personOf, teamOf, skillOf)
}

async function fillSkills({ tx, siteId }: FillContext): Promise<(name: string) => SkillId> {
  const idOf = new Map<string, SkillId>()
  for (const name of new Set(Object.values(jobs).flatMap((job) => job.skills)))
    idOf.set(name, await tx.skills.insert(siteId, { name, version: tx.takeVersions(1) }))
  return (name) => idOf.get(name)!
}

async function fillLevels({ tx, siteId }: FillContext): Promise<readonly SkillLevelId[]> {
  const ids: SkillLevelId[] = []
  for (const [name, color] of levels)
    ids.push(
      await tx.skillLevels.insert(siteId, {
        name,
        color,
        isDefault: ids.length === 1,
        version: tx.takeVersions(1),
      }),
    )
  return ids
}

async function fillPositions(
  { tx, siteId, company }: FillContext,
  personOf: PersonOf,
): Promise<void> {
  const idOf = new Map<string, PositionId>()
  for (const { position: name } of Object.values(jobs))
    idOf.set(
      name,
      await tx.positions.insert(siteId, {
        name,
        description: null,
        version: tx.takeVersions(1),
      }),
    )
  for (const { username, job } of company.people)
    await tx.positions.setFor(siteId, personOf(username), idOf.get(jobs[job].position)!)
}

async function fillResources(
  { tx, siteId, now }: FillContext,
  personOf: PersonOf,
  teamOf: TeamOf,
  skillOf: (name: string) => SkillId,
): Promise<void> {
  const by = personOf('o.carrowell')
  for (const { name, team, skills } of resources) {
    const resourceId = await tx.resources.insert(siteId, {
      name,
      createdAt: now,
      createdBy: by,
      updatedAt: now,
      updatedBy: by,
      version: tx.takeVersions(1),
    })
    const place = { teamId: teamOf(team), resourceId, assignedAt: now, assignedBy: by }
    await tx.resources.place(siteId, place)
    await tx.skills.giveResource(siteId, resourceId, skills.map(skillOf))
  }
}
