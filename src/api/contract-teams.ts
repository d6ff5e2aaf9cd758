import { type Static, Type } from '@sinclair/typebox'
import { rights } from '../domain/permission-role.ts'
import {
  Cursor,
  closed,
  DayText,
  Flag,
  Id,
  Limit,
  Moment,
  Next,
  name,
  nullable,
  oneOf,
  ref,
  repeatable,
  text,
  Version,
} from './contract-common.ts'

const anyName = (description: string) => name(description, ['jane'])
const idText = text(20, { minLength: 1, pattern: '^[0-9]+$', examples: ['4711'] })
const label = text(255, { minLength: 1 })

export const Team = closed(
  {
    id: Id,
    name: Type.String(),
    summary: nullable(Type.String()),
    leadId: nullable(Id),
    managerIds: Type.Array(Id, { description: 'Further leads' }),
    programId: nullable(Id),
    isAdministrative: Type.Boolean({ description: 'Left out by planners' }),
    isPublic: Type.Boolean({
      description: 'Else known to its people, its leads and those who see all',
    }),
    mayChange: Type.Boolean({ description: 'Whether you may change it and who is in it' }),
    maySeeHome: Type.Boolean({ description: 'Whether you may see the reports pinned to its home' }),
    version: Version,
  },
  { $id: 'Team', description: 'People who work together' },
)
export type TeamBody = Static<typeof Team>

const teamFields = {
  summary: Type.Optional(nullable(text(10_000))),
  lead: Type.Optional(nullable(anyName('Any name of a person'))),
  managers: Type.Optional(Type.Array(anyName(''), { maxItems: 200 })),
  programId: Type.Optional(nullable(idText)),
  isAdministrative: Type.Optional(Type.Boolean()),
  isPublic: Type.Optional(Type.Boolean({ description: 'True when left out' })),
}

export const NewTeam = closed(
  { name: label, ...teamFields },
  { $id: 'NewTeam', examples: [{ name: 'Mobile', lead: 'jane' }] },
)

export const TeamChange = closed(
  { name: Type.Optional(label), ...teamFields },
  { $id: 'TeamChange', minProperties: 1, examples: [{ summary: 'Phones and tablets' }] },
)

export const TeamsQuery = closed({
  text: Type.Optional(text(255, { minLength: 1, description: 'Part of the name' })),
  member: Type.Optional(repeatable(Id, 'Ids of people: teams some of them were ever in')),
  program: Type.Optional(idText),
  limit: Type.Optional(Limit),
  cursor: Type.Optional(Cursor),
})
export type TeamsQuery = Static<typeof TeamsQuery>

export const TeamsAnswer = closed(
  { teams: Type.Array(ref(Team)), next: Next },
  { $id: 'TeamsAnswer' },
)

export const Membership = closed(
  {
    id: Id,
    teamId: Id,
    person: closed({ id: Id, accountId: Type.String(), displayName: Type.String() }),
    roleId: Id,
    from: nullable(DayText),
    to: nullable(DayText),
    commitmentPercent: Type.Integer({ description: 'How much of the working time, 0 to 100' }),
    version: Version,
  },
  {
    $id: 'Membership',
    description: "A person's place in a team; open ends are null, both ends are included",
  },
)
export type MembershipBody = Static<typeof Membership>

const placeFields = {
  roleId: Type.Optional(nullable(idText)),
  commitmentPercent: Type.Optional(Type.Integer({ minimum: 0, maximum: 100 })),
  from: Type.Optional(nullable(DayText)),
  to: Type.Optional(nullable(DayText)),
}

export const NewMembership = closed(
  { person: anyName('Any name of a person'), ...placeFields },
  {
    $id: 'NewMembership',
    examples: [{ person: 'jane', commitmentPercent: 50, from: '2026-03-02' }],
  },
)

export const MembershipChange = closed(placeFields, {
  $id: 'MembershipChange',
  minProperties: 1,
  examples: [{ to: '2026-12-31' }],
})

export const GroupPlaces = closed(
  { group: name('Id or name of a group', ['developers']), ...placeFields },
  {
    $id: 'GroupPlaces',
    description: 'Everybody of a group becomes a member who is none on these days',
    examples: [{ group: 'developers', from: '2026-03-02' }],
  },
)

export const MembershipsQuery = closed({
  team: Type.Optional(repeatable(Id, 'Ids of teams')),
  person: Type.Optional(repeatable(Id, 'Ids of people')),
  role: Type.Optional(repeatable(Id, 'Ids of team roles')),
  from: Type.Optional(DayText),
  to: Type.Optional(DayText),
  limit: Type.Optional(Limit),
  cursor: Type.Optional(Cursor),
})
export type MembershipsQuery = Static<typeof MembershipsQuery>

export const MembershipsAnswer = closed(
  { memberships: Type.Array(ref(Membership)), next: Next },
  { $id: 'MembershipsAnswer' },
)

export const GroupPlacesAnswer = closed(
  { added: Type.Array(ref(Membership)), alreadyMembers: Type.Integer() },
  { $id: 'GroupPlacesAnswer' },
)

export const TeamLink = closed(
  {
    id: Id,
    teamId: Id,
    projectId: nullable(Id),
    boardId: nullable(Type.String({ description: "A board's number in Jira" })),
    version: Version,
  },
  { $id: 'TeamLink', description: 'What a team works on: a project or a board' },
)
export type TeamLinkBody = Static<typeof TeamLink>

export const NewTeamLink = closed(
  {
    project: Type.Optional(name('Id, key or name of a project', ['OPS'])),
    boardId: Type.Optional(idText),
  },
  { $id: 'NewTeamLink', minProperties: 1, maxProperties: 1, examples: [{ project: 'OPS' }] },
)

export const TeamLinksAnswer = closed(
  { links: Type.Array(ref(TeamLink)), next: Next },
  { $id: 'TeamLinksAnswer' },
)

export const TeamPersonParams = Type.Object({
  id: Type.String({ description: 'Id of the team', examples: ['3'] }),
  personId: Type.String({ description: 'Id of the person', examples: ['7'] }),
})

export const TeamResourceParams = Type.Object({
  id: Type.String({ description: 'Id of the team', examples: ['3'] }),
  resourceId: Type.String({ description: 'Id of the generic resource', examples: ['7'] }),
})

export const TeamRole = closed(
  { id: Id, name: Type.String(), isDefault: Type.Boolean(), version: Version },
  { $id: 'TeamRole', description: 'What somebody is in a team' },
)
export const NewTeamRole = closed(
  { name: label },
  { $id: 'NewTeamRole', examples: [{ name: 'Tester' }] },
)
export const TeamRolesAnswer = closed(
  { teamRoles: Type.Array(ref(TeamRole)), next: Next },
  { $id: 'TeamRolesAnswer' },
)

export const Program = closed(
  {
    id: Id,
    name: Type.String(),
    managerId: nullable(Id),
    teamIds: Type.Array(Id, { description: 'Those you may know of' }),
    version: Version,
  },
  { $id: 'Program', description: 'Teams that pursue one goal' },
)
export type ProgramBody = Static<typeof Program>

const programFields = {
  manager: Type.Optional(nullable(anyName('Any name of a person'))),
  teamIds: Type.Optional(Type.Array(idText, { maxItems: 1_000 })),
}
export const NewProgram = closed(
  { name: label, ...programFields },
  { $id: 'NewProgram', examples: [{ name: 'Orca', manager: 'jane' }] },
)
export const ProgramChange = closed(
  { name: Type.Optional(label), ...programFields },
  { $id: 'ProgramChange', minProperties: 1, examples: [{ teamIds: ['3', '4'] }] },
)
export const ProgramsAnswer = closed(
  { programs: Type.Array(ref(Program)), next: Next },
  { $id: 'ProgramsAnswer' },
)

export const PermissionRole = closed(
  {
    id: Id,
    name: Type.String(),
    rights: Type.Array(oneOf(rights)),
    personIds: Type.Array(Id),
    isGlobal: Type.Boolean({ description: 'Over everybody; else over the members of `teamIds`' }),
    teamIds: Type.Array(Id),
    version: Version,
  },
  { $id: 'PermissionRole', description: "Rights of some people over other people's time" },
)
const permissionRoleFields = {
  rights: Type.Optional(Type.Array(oneOf(rights), { maxItems: 20 })),
  people: Type.Optional(Type.Array(anyName(''), { maxItems: 1_000 })),
  teamIds: Type.Optional(Type.Array(idText, { maxItems: 1_000 })),
}
export const NewPermissionRole = closed(
  { name: label, isGlobal: Type.Boolean(), ...permissionRoleFields },
  {
    $id: 'NewPermissionRole',
    examples: [{ name: 'Payroll', isGlobal: true, rights: ['view-time'], people: ['jane'] }],
  },
)
export const PermissionRoleChange = closed(
  {
    name: Type.Optional(label),
    isGlobal: Type.Optional(Type.Boolean()),
    ...permissionRoleFields,
  },
  { $id: 'PermissionRoleChange', minProperties: 1, examples: [{ people: ['jane'] }] },
)
export const PermissionRolesQuery = closed({
  team: Type.Optional(idText),
  global: Type.Optional(Flag),
  limit: Type.Optional(Limit),
  cursor: Type.Optional(Cursor),
})
export type PermissionRolesQuery = Static<typeof PermissionRolesQuery>
export const PermissionRolesAnswer = closed(
  { permissionRoles: Type.Array(ref(PermissionRole)), next: Next },
  { $id: 'PermissionRolesAnswer' },
)

export const TeamResources = closed(
  {
    resources: Type.Array(closed({ resourceId: Id, assignedAt: Moment, assignedBy: Id })),
  },
  { $id: 'TeamResources' },
)
