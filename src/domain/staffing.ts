import type { DirectoryWriting } from './directory-checks.ts'
import type { GenericResource, GenericResourceId } from './generic-resource.ts'
import { changeResource, createResource, removeResource } from './generic-resource-changes.ts'
import type { Actor } from './permission.ts'
import type { PermissionRole, PermissionRoleId } from './permission-role.ts'
import {
  changePermissionRole,
  createPermissionRole,
  type PermissionRoleWish,
  removePermissionRole,
} from './permission-role-changes.ts'
import type { PersonId } from './person.ts'
import type { Position, PositionId } from './position.ts'
import {
  changePosition,
  createPosition,
  type PositionWish,
  removePosition,
  setPosition,
} from './position-changes.ts'
import type { Program, ProgramId } from './program.ts'
import { changeProgram, createProgram, type ProgramWish, removeProgram } from './program-changes.ts'
import type { PersonSkill, Skill, SkillId, SkillLevel, SkillLevelId } from './skill.ts'
import {
  changeSkill,
  createSkill,
  giveSkills,
  removeSkill,
  type SkillsWish,
  setResourceSkills,
  takeSkills,
} from './skill-changes.ts'
import {
  changeSkillLevel,
  createSkillLevel,
  removeSkillLevel,
  type SkillLevelWish,
} from './skill-level-changes.ts'
import type { TeamRole, TeamRoleId } from './team-role.ts'
import { changeTeamRole, createTeamRole, removeTeamRole } from './team-role-changes.ts'
import { makeWriter, type TeamsNeeds } from './teams.ts'

export type { PermissionRoleWish } from './permission-role-changes.ts'
export type { PositionWish } from './position-changes.ts'
export type { ProgramWish } from './program-changes.ts'
export type { SkillsWish } from './skill-changes.ts'
export type { SkillLevelWish } from './skill-level-changes.ts'

/** Use cases every list of names has; `ifVersion` refuses a row that changed meanwhile. */
export type Catalogue<Row, Id, Wish> = {
  create(actor: Actor, wish: Wish): Promise<Row>
  change(actor: Actor, id: Id, change: Partial<Wish>, ifVersion?: number): Promise<Row>
  remove(actor: Actor, id: Id, ifVersion?: number): Promise<void>
}

type Named = { readonly name: string }

/**
 * Use cases on what people are and can do: roles in teams, programs, permission roles, skills and
 * their levels, positions, generic resources. Each call is one transaction with its audit entry.
 */
export type Staffing = {
  readonly teamRoles: Catalogue<TeamRole, TeamRoleId, Named>
  readonly programs: Catalogue<Program, ProgramId, ProgramWish>
  readonly permissionRoles: Catalogue<PermissionRole, PermissionRoleId, PermissionRoleWish>
  readonly skills: Catalogue<Skill, SkillId, Named>
  readonly skillLevels: Catalogue<SkillLevel, SkillLevelId, SkillLevelWish>
  readonly positions: Catalogue<Position, PositionId, PositionWish>
  readonly resources: Catalogue<GenericResource, GenericResourceId, Named>
  /** All skills the person has afterwards. */
  giveSkills(actor: Actor, personId: PersonId, wish: SkillsWish): Promise<readonly PersonSkill[]>
  /** Takes all where none is named. */
  takeSkills(
    actor: Actor,
    personId: PersonId,
    skillIds?: readonly SkillId[],
  ): Promise<readonly PersonSkill[]>
  /** Exactly these skills from now on, and this position; what is left out stays. */
  changeProfile(
    actor: Actor,
    personId: PersonId,
    change: { skills?: SkillsWish['skills']; positionId?: PositionId | null },
  ): Promise<void>
  setPosition(actor: Actor, personId: PersonId, id: PositionId | null): Promise<void>
  /** All skills the generic resource has afterwards. */
  setResourceSkills(
    actor: Actor,
    id: GenericResourceId,
    change: { give?: readonly SkillId[]; take?: readonly SkillId[] | 'others' },
  ): Promise<readonly SkillId[]>
}

export function makeStaffing(needs: TeamsNeeds): Staffing {
  const write = makeWriter(needs)
  const catalogue = <Row, Id, Wish>(
    create: (writing: DirectoryWriting, wish: Wish) => Promise<Row>,
    change: (
      writing: DirectoryWriting,
      id: Id,
      change: Partial<Wish>,
      ifVersion: number | undefined,
    ) => Promise<Row>,
    remove: (writing: DirectoryWriting, id: Id, ifVersion: number | undefined) => Promise<void>,
  ): Catalogue<Row, Id, Wish> => ({
    create: (actor, wish) => write(actor, (writing) => create(writing, wish)),
    change: (actor, id, wish, ifVersion) =>
      write(actor, (writing) => change(writing, id, wish, ifVersion)),
    remove: (actor, id, ifVersion) => write(actor, (writing) => remove(writing, id, ifVersion)),
  })
  return {
    teamRoles: catalogue(createTeamRole, changeTeamRole, removeTeamRole),
    programs: catalogue(createProgram, changeProgram, removeProgram),
    permissionRoles: catalogue(createPermissionRole, changePermissionRole, removePermissionRole),
    skills: catalogue(createSkill, changeSkill, removeSkill),
    skillLevels: catalogue(createSkillLevel, changeSkillLevel, removeSkillLevel),
    positions: catalogue(createPosition, changePosition, removePosition),
    resources: catalogue(createResource, changeResource, removeResource),
    giveSkills: (actor, personId, wish) =>
      write(actor, (writing) => giveSkills(writing, personId, wish)),
    takeSkills: (actor, personId, skillIds) =>
      write(actor, (writing) => takeSkills(writing, personId, skillIds)),
    changeProfile: (actor, personId, { skills, positionId }) =>
      write(actor, async (writing) => {
        if (skills) await giveSkills(writing, personId, { skills, isAll: true })
        if (positionId !== undefined) await setPosition(writing, personId, positionId)
      }),
    setPosition: (actor, personId, id) =>
      write(actor, (writing) => setPosition(writing, personId, id)),
    setResourceSkills: (actor, id, change) =>
      write(actor, (writing) => setResourceSkills(writing, id, change)),
  }
}
