import { can } from '../../domain/permission.ts'
import type {
  PermissionRole,
  PermissionRoleId,
  PermissionRoleQuery,
} from '../../domain/permission-role.ts'
import type { PermissionRoleWish } from '../../domain/staffing.ts'
import type { TeamId } from '../../domain/team.ts'
import { fieldsOf } from './body.ts'
import type { Call } from './call.ts'
import { badRequest, forbiddenMessage, inWords, TempoError } from './errors.ts'
import { wholeOrPaged } from './lists.ts'
import type { Operations } from './operations.ts'
import { peopleIn, readPeople } from './people.ts'
import { keyOfRight, rightOfKey } from './permission-roles-params.ts'

/** Rights of some people over others, for teams or for everybody: section 11 of the contract. */
export function permissionRoles({ get, post, put, delete: remove }: Operations): void {
  get('/permission-roles', async (call) => {
    const teamId = call.query.one('teamId')
    if (teamId !== undefined && !/^\d{1,18}$/.test(teamId))
      throw badRequest("'teamId' must be an id")
    return list(call, teamId === undefined ? {} : { teamId: teamId as TeamId })
  })

  get('/permission-roles/global', async (call) => list(call, { isGlobal: true }))

  post('/permission-roles', async (call) => {
    const wish = await toWish(call)
    const role = await call.needs.staffing.permissionRoles.create(call.actor, wish)
    return (await renderRoles(call, [role]))[0]
  })

  get('/permission-roles/:id', async (call) => (await renderRoles(call, [await find(call)]))[0])

  put('/permission-roles/:id', async (call) => {
    const { id } = await find(call)
    const wish = await toWish(call)
    const role = await call.needs.staffing.permissionRoles.change(call.actor, id, wish)
    return (await renderRoles(call, [role]))[0]
  })

  remove('/permission-roles/:id', async (call) => {
    const { id } = await find(call)
    await call.needs.staffing.permissionRoles.remove(call.actor, id)
    return undefined
  })
}

async function list(
  call: Call,
  query: Pick<PermissionRoleQuery, 'teamId' | 'isGlobal'>,
): Promise<object> {
  checkMayRead(call)
  const { store } = call.needs
  const roles = await store.permissionRoles.list(call.actor.siteId, { ...query, limit: 10_000 })
  return wholeOrPaged(call, await renderRoles(call, roles), (row) => row)
}

async function find(call: Call): Promise<PermissionRole> {
  checkMayRead(call)
  return inWords({ 'not-found': 'Permission role not found' }, () =>
    call.needs.store.permissionRoles.get(call.actor.siteId, call.param('id') as PermissionRoleId),
  )
}

function checkMayRead({ actor }: Call): void {
  if (!can(actor, 'read', { type: 'permission-role' })) throw new TempoError(403, forbiddenMessage)
}

/** The reference says `permissionsKeys`, its examples and version 4 `permissionKeys`: both are read. */
async function toWish(call: Call): Promise<PermissionRoleWish> {
  const fields = fieldsOf(call.body)
  const name = fields.text('name')?.trim() ?? ''
  if (name === '') fields.wrong('Permission role name is required')
  const keys = fields.texts('permissionKeys') ?? fields.texts('permissionsKeys') ?? []
  const rights = keys.map(rightOfKey)
  for (const [at, key] of keys.entries())
    if (rights[at] === undefined) fields.wrong(`Permission ${key} not found`)
  const people = await peopleIn(call, fields, 'permittedAccountIds')
  if (!fields.has('accessType')) fields.wrong("'accessType' is missing")
  const isGlobal = fields.oneOf('accessType', ['TEAM', 'GLOBAL']) === 'GLOBAL'
  const teamIds = (fields.ids('accessEntityIds') ?? []) as TeamId[]
  const known =
    teamIds.length > 0 ? await call.needs.store.teams.list(call.actor.siteId, { ids: teamIds }) : []
  if (known.length < new Set(teamIds).size) fields.wrong('Team with specified id does not exist.')
  fields.check()
  return {
    name,
    rights: rights.flatMap((right) => right ?? []),
    people: people ?? [],
    isGlobal,
    // A global role has no entities [S4].
    teamIds: isGlobal ? [] : teamIds,
  }
}

async function renderRoles(call: Call, roles: readonly PermissionRole[]): Promise<object[]> {
  const show = await readPeople(
    call,
    roles.flatMap((role) => role.personIds),
  )
  return roles.map((role) => ({
    self: call.to(`/permission-roles/${role.id}`),
    id: Number(role.id),
    name: role.name,
    permissions: role.rights.map((right) => ({ key: keyOfRight(right) })),
    permittedUsers: role.personIds.flatMap((id) => show(id) ?? []),
    accessType: role.isGlobal ? 'GLOBAL' : 'TEAM',
    accessEntities: role.teamIds.map((id) => ({ self: call.to(`/teams/${id}`), id: Number(id) })),
    editable: true,
  }))
}
