import type { PersonSkill, Skill, SkillLevel } from '../../domain/skill.ts'
import { idNumber, type Wire } from './wire-json.ts'

type Named<T> = ReadonlyMap<string, T>

/** In a team: the skill before the level, whose id is a string there. */
export function teamSkill(
  { skillId, levelId }: PersonSkill,
  skills: Named<Skill>,
  levels: Named<SkillLevel>,
): Wire {
  const level = levelOf(levelId, levels)
  return {
    skill: skillRef(skillId, skills),
    level: {
      id: level.id,
      levelName: level.name,
      levelColor: `#${level.color}`,
      defaultLevel: level.isDefault,
    },
  }
}

/** Of a user: the level before the skill, its id a number and its keys in alphabetical order. */
export function userSkill(
  { skillId, levelId }: PersonSkill,
  skills: Named<Skill>,
  levels: Named<SkillLevel>,
): Wire {
  return { level: levelObject(levelOf(levelId, levels)), skill: skillRef(skillId, skills) }
}

export function levelObject({ id, name, color, isDefault }: Omit<SkillLevel, 'version'>): Wire {
  return {
    defaultLevel: isDefault,
    id: idNumber(id),
    levelColor: `#${color}`,
    levelName: name,
  }
}

export function skillRef(id: string, skills: Named<Skill>): Wire {
  return { id, skillName: skills.get(id)?.name ?? '' }
}

/** A skill that came in without a level is at the usual one; where there is none, at a nameless one. */
export function levelOf(id: string | null, levels: Named<SkillLevel>): Omit<SkillLevel, 'version'> {
  const usual = [...levels.values()].find(({ isDefault }) => isDefault === true)
  const nameless = { id: '1' as SkillLevel['id'], name: '', color: '000000', isDefault: null }
  return levels.get(id ?? '') ?? usual ?? nameless
}
