import type { FastifyInstance } from 'fastify'
import { DomainError } from '../domain/errors.ts'
import { type Actor, can } from '../domain/permission.ts'
import type { Program } from '../domain/program.ts'
import type { TeamId } from '../domain/team.ts'
import { registerCatalogue } from './catalogue.ts'
import * as contract from './contract.ts'
import type { ApiNeeds } from './needs.ts'
import { visibleTo } from './team-visibility.ts'

/** What people are in teams. */
export function registerTeamRoles(scope: FastifyInstance, { store, staffing }: ApiNeeds): void {
  registerCatalogue(scope, {
    ...{ path: '/team-roles', tag: 'Teams', one: 'team role', id: 'TeamRole' },
    ...{ key: 'teamRoles', access: 'write' },
    description: 'What people are in teams; says nothing of what they may do.',
    schemas: {
      row: contract.TeamRole,
      list: contract.TeamRolesAnswer,
      wish: contract.NewTeamRole,
      change: contract.NameChange,
      query: contract.PageQuery,
    },
    cases: staffing.teamRoles,
    list: async ({ siteId }, { limit, afterId = '0' }) =>
      (await store.teamRoles.list(siteId))
        .filter((role) => BigInt(role.id) > BigInt(afterId))
        .slice(0, limit),
    get: ({ siteId }, id) => store.teamRoles.get(siteId, id),
    render: (_, rows) => rows,
  })
}

/** Teams that pursue one goal. */
export function registerPrograms(scope: FastifyInstance, { store, staffing }: ApiNeeds): void {
  const render = async (actor: Actor, rows: readonly Program[]) => {
    const programIds = rows.map((program) => program.id)
    const teams = await store.teams.list(actor.siteId, { programIds, ...visibleTo(actor) })
    return rows.map(
      (program): contract.ProgramBody => ({
        id: program.id,
        name: program.name,
        managerId: program.managerId,
        teamIds: teams.filter((team) => team.programId === program.id).map((team) => team.id),
        version: program.version,
      }),
    )
  }
  registerCatalogue(scope, {
    ...{ path: '/programs', tag: 'Teams', one: 'program', id: 'Program', key: 'programs' },
    access: 'write',
    description: 'Teams that pursue one goal. A team belongs to one program at most.',
    schemas: {
      row: contract.Program,
      list: contract.ProgramsAnswer,
      wish: contract.NewProgram,
      change: contract.ProgramChange,
      query: contract.PageQuery,
    },
    cases: staffing.programs,
    list: ({ siteId }, page) => store.programs.list(siteId, page),
    get: ({ siteId }, id) => store.programs.get(siteId, id),
    render,
  })
}

/** Rights of some people over other people's time, beyond their roles. */
export function registerPermissionRoles(
  scope: FastifyInstance,
  { store, staffing }: ApiNeeds,
): void {
  registerCatalogue(scope, {
    ...{ path: '/permission-roles', tag: 'Teams', one: 'permission role', id: 'PermissionRole' },
    ...{ key: 'permissionRoles', access: 'admin' },
    description:
      "Rights of some people over other people's time, beyond their roles. Managers may read them, administrators change them.",
    schemas: {
      row: contract.PermissionRole,
      list: contract.PermissionRolesAnswer,
      wish: contract.NewPermissionRole,
      change: contract.PermissionRoleChange,
      query: contract.PermissionRolesQuery,
    },
    cases: staffing.permissionRoles,
    list: async (actor, page, { team, global }: contract.PermissionRolesQuery) => {
      checkMayRead(actor)
      return store.permissionRoles.list(actor.siteId, {
        ...page,
        ...(team === undefined ? {} : { teamId: team as TeamId }),
        ...(global === undefined ? {} : { isGlobal: global === 'true' }),
      })
    },
    get: async (actor, id) => {
      checkMayRead(actor)
      return store.permissionRoles.get(actor.siteId, id)
    },
    render: (_, rows) => rows,
  })
}

function checkMayRead(actor: Actor): void {
  if (can(actor, 'read', { type: 'permission-role' })) return
  throw new DomainError('forbidden', 'Permission roles are shown to managers only')
}
