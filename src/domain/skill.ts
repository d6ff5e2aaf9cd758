import type { Brand } from './brand.ts'
import type { GenericResourceId } from './generic-resource.ts'
import type { PersonId } from './person.ts'
import type { SiteId } from './site.ts'

export type SkillId = Brand<string, 'SkillId'>
export type SkillLevelId = Brand<string, 'SkillLevelId'>

/** Something people can do. Names are unique in a site, without regard to case. */
export type Skill = { readonly id: SkillId; readonly name: string; readonly version: number }

/** How well: names are unique in a site, without regard to case. */
export type SkillLevel = {
  readonly id: SkillLevelId
  readonly name: string
  /** Six hexadecimal digits as they were typed. */
  readonly color: string
  /** The level taken where none is named; one at most. Null where it was never said. */
  readonly isDefault: boolean | null
  readonly version: number
}

/** What somebody can do, and how well where that is known. */
export type PersonSkill = {
  readonly personId: PersonId
  readonly skillId: SkillId
  readonly levelId: SkillLevelId | null
}

export type SkillQuery = {
  readonly ids?: readonly SkillId[]
  /** Part of the name. */
  readonly text?: string
  readonly limit: number
  readonly afterId?: SkillId
  readonly offset?: number
}

export interface SkillStore {
  get(siteId: SiteId, id: SkillId): Promise<Skill>
  getMany(siteId: SiteId, ids: readonly SkillId[]): Promise<readonly Skill[]>
  findByName(siteId: SiteId, name: string): Promise<Skill | undefined>
  /** In id order. */
  list(siteId: SiteId, query: SkillQuery): Promise<readonly Skill[]>
  insert(siteId: SiteId, skill: Omit<Skill, 'id'>): Promise<SkillId>
  update(siteId: SiteId, skill: Skill): Promise<void>
  /** Takes it from everybody who has it. */
  remove(siteId: SiteId, id: SkillId): Promise<void>

  /** By skill, in id order. */
  ofPeople(siteId: SiteId, personIds: readonly PersonId[]): Promise<readonly PersonSkill[]>
  /** Who has the skill, in id order. */
  peopleWith(siteId: SiteId, id: SkillId, limit: number): Promise<readonly PersonSkill[]>
  /** Gives them, or changes their levels. */
  give(siteId: SiteId, skills: readonly PersonSkill[]): Promise<void>
  take(siteId: SiteId, personId: PersonId, skillIds: readonly SkillId[]): Promise<void>

  ofResources(
    siteId: SiteId,
    resourceIds: readonly GenericResourceId[],
  ): Promise<readonly { resourceId: GenericResourceId; skillId: SkillId }[]>
  giveResource(
    siteId: SiteId,
    resourceId: GenericResourceId,
    skillIds: readonly SkillId[],
  ): Promise<void>
  takeFromResource(
    siteId: SiteId,
    resourceId: GenericResourceId,
    skillIds: readonly SkillId[],
  ): Promise<void>
}

export interface SkillLevelStore {
  get(siteId: SiteId, id: SkillLevelId): Promise<SkillLevel>
  findByName(siteId: SiteId, name: string): Promise<SkillLevel | undefined>
  findDefault(siteId: SiteId): Promise<SkillLevel | undefined>
  /** In id order. */
  list(
    siteId: SiteId,
    page: { limit: number; afterId?: SkillLevelId; offset?: number },
  ): Promise<readonly SkillLevel[]>
  insert(siteId: SiteId, level: Omit<SkillLevel, 'id'>): Promise<SkillLevelId>
  update(siteId: SiteId, level: SkillLevel): Promise<void>
  /** Skills at that level stay, at no level. */
  remove(siteId: SiteId, id: SkillLevelId): Promise<void>
}
