import type { SiteId } from '../../domain/site.ts'
import type { Skill, SkillLevel } from '../../domain/skill.ts'
import type { Store } from '../../domain/store.ts'

const most = 10_000

/** Skills and levels of a site by id: their names are needed wherever somebody's skills are shown. */
export async function readSkills(store: Store, siteId: SiteId) {
  const skills = await store.skills.list(siteId, { limit: most })
  const levels = await store.skillLevels.list(siteId, { limit: most })
  return {
    skills: new Map<string, Skill>(skills.map((skill) => [skill.id, skill])),
    levels: new Map<string, SkillLevel>(levels.map((level) => [level.id, level])),
  }
}
