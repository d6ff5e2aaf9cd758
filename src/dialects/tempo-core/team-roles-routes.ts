import type { TeamRole, TeamRoleId } from '../../domain/team-role.ts'
import { fieldsOf } from './body.ts'
import type { Call } from './call.ts'
import { inWords } from './errors.ts'
import { whole } from './lists.ts'
import type { Operations } from './operations.ts'
import { renderRoleRef } from './teams-render.ts'

const taken = { conflict: 'Role with that name already exists' }

/** What people are in teams. */
export function teamRoles({ get, post, put, delete: remove }: Operations): void {
  get('/roles', async (call) => {
    const roles = await call.needs.store.teamRoles.list(call.actor.siteId)
    return whole(call, roles, (role) => renderRole(call, role))
  })

  post('/roles', async (call) => {
    const name = nameIn(call)
    const { teamRoles: roles } = call.needs.staffing
    return renderRole(call, await inWords(taken, () => roles.create(call.actor, { name })))
  })

  get('/roles/default', async (call) =>
    renderRole(call, await call.needs.store.teamRoles.getDefault(call.actor.siteId)),
  )

  get('/roles/:id', async (call) => renderRole(call, await find(call)))

  put('/roles/:id', async (call) => {
    const { id } = await find(call)
    const name = nameIn(call)
    const { teamRoles: roles } = call.needs.staffing
    return renderRole(call, await inWords(taken, () => roles.change(call.actor, id, { name })))
  })

  remove('/roles/:id', async (call) => {
    const { id } = await find(call)
    await call.needs.staffing.teamRoles.remove(call.actor, id)
    return undefined
  })
}

function nameIn(call: Call): string {
  const fields = fieldsOf(call.body)
  const name = fields.text('name')?.trim() ?? ''
  if (name === '') fields.wrong('Role name cannot be blank')
  fields.check()
  return name
}

function find(call: Call): Promise<TeamRole> {
  return inWords({ 'not-found': 'Role not found' }, () =>
    call.needs.store.teamRoles.get(call.actor.siteId, call.param('id') as TeamRoleId),
  )
}

function renderRole(call: Call, role: TeamRole): object {
  return { ...renderRoleRef(call, role), default: role.isDefault }
}
