import { type Static, Type } from '@sinclair/typebox'
import {
  Cursor,
  closed,
  DayText,
  Id,
  Limit,
  Moment,
  Next,
  name,
  nullable,
  ref,
  repeatable,
  text,
  Version,
} from './contract-common.ts'

const idText = text(20, { minLength: 1, pattern: '^[0-9]+$', examples: ['4711'] })
const label = text(255, { minLength: 1 })
const color = Type.String({ pattern: '^[0-9A-Fa-f]{6}$', examples: ['FCA800'] })

export const NamesQuery = closed({
  text: Type.Optional(text(255, { minLength: 1, description: 'Part of the name' })),
  limit: Type.Optional(Limit),
  cursor: Type.Optional(Cursor),
})
export type NamesQuery = Static<typeof NamesQuery>

export const NameChange = closed(
  { name: label },
  { $id: 'NameChange', examples: [{ name: 'Another name' }] },
)

export const Skill = closed(
  { id: Id, name: Type.String(), version: Version },
  { $id: 'Skill', description: 'Something people can do' },
)
export const NewSkill = closed({ name: label }, { $id: 'NewSkill', examples: [{ name: 'Kotlin' }] })
export const SkillsAnswer = closed(
  { skills: Type.Array(ref(Skill)), next: Next },
  { $id: 'SkillsAnswer' },
)

export const SkillLevel = closed(
  {
    id: Id,
    name: Type.String(),
    color,
    isDefault: nullable(Type.Boolean({ description: 'Null where it was never said' })),
    version: Version,
  },
  { $id: 'SkillLevel', description: 'How well somebody can do something' },
)
const isDefault = Type.Optional(
  nullable(Type.Boolean({ description: 'True takes the place of the default before' })),
)
export const NewSkillLevel = closed(
  { name: label, color, isDefault },
  { $id: 'NewSkillLevel', examples: [{ name: 'Expert', color: 'FCA800' }] },
)
export const SkillLevelChange = closed(
  { name: Type.Optional(label), color: Type.Optional(color), isDefault },
  { $id: 'SkillLevelChange', minProperties: 1, examples: [{ isDefault: true }] },
)
export const SkillLevelsAnswer = closed(
  { skillLevels: Type.Array(ref(SkillLevel)), next: Next },
  { $id: 'SkillLevelsAnswer' },
)

export const Position = closed(
  {
    id: Id,
    name: Type.String(),
    description: nullable(Type.String()),
    version: Version,
  },
  { $id: 'Position', description: 'What somebody is employed as' },
)
export const NewPosition = closed(
  { name: label, description: Type.Optional(nullable(text(10_000))) },
  { $id: 'NewPosition', examples: [{ name: 'Consultant' }] },
)
export const PositionChange = closed(
  { name: Type.Optional(label), description: Type.Optional(nullable(text(10_000))) },
  { $id: 'PositionChange', minProperties: 1, examples: [{ description: 'With customers' }] },
)
export const PositionsAnswer = closed(
  { positions: Type.Array(ref(Position)), next: Next },
  { $id: 'PositionsAnswer' },
)

export const GenericResource = closed(
  {
    id: Id,
    name: Type.String(),
    skillIds: Type.Array(Id),
    createdAt: Moment,
    createdBy: Id,
    updatedAt: Moment,
    updatedBy: Id,
    version: Version,
  },
  { $id: 'GenericResource', description: 'Somebody still to be found: planned for like a person' },
)
export type GenericResourceBody = Static<typeof GenericResource>
export const NewGenericResource = closed(
  { name: label },
  { $id: 'NewGenericResource', examples: [{ name: 'A tester' }] },
)
export const GenericResourcesAnswer = closed(
  { genericResources: Type.Array(ref(GenericResource)), next: Next },
  { $id: 'GenericResourcesAnswer' },
)
export const SkillIds = closed(
  { skillIds: Type.Array(idText, { maxItems: 1_000 }) },
  { $id: 'SkillIds', examples: [{ skillIds: ['3', '4'] }] },
)

/** A person's skills and position. */
export const Profile = closed(
  {
    personId: Id,
    skills: Type.Array(closed({ skillId: Id, name: Type.String(), levelId: nullable(Id) })),
    positionId: nullable(Id),
    mayChange: Type.Boolean(),
  },
  { $id: 'Profile', description: 'What somebody can do and is employed as' },
)
export type ProfileBody = Static<typeof Profile>

export const ProfilesQuery = closed({
  team: repeatable(name('A team by id or name', ['Platform']), 'Members of these teams'),
  from: DayText,
  to: DayText,
})
export type ProfilesQuery = Static<typeof ProfilesQuery>

export const ProfilesAnswer = closed(
  { profiles: Type.Array(ref(Profile)) },
  { $id: 'ProfilesAnswer' },
)

export const ProfileChange = closed(
  {
    skills: Type.Optional(
      Type.Array(
        closed({
          skillId: idText,
          levelId: Type.Optional(
            nullable(
              text(20, {
                minLength: 1,
                pattern: '^[0-9]+$',
                description: 'The default level when left out; null is no level',
              }),
            ),
          ),
        }),
        { maxItems: 1_000, description: 'All skills from now on; left out, they stay' },
      ),
    ),
    positionId: Type.Optional(nullable(idText)),
  },
  { $id: 'ProfileChange', minProperties: 1, examples: [{ skills: [{ skillId: '3' }] }] },
)
