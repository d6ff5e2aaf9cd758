import { addDays } from '../../domain/day.ts'
import type { Membership, MembershipId } from '../../domain/membership.ts'
import { can } from '../../domain/permission.ts'
import type { TeamId } from '../../domain/team.ts'
import type { TeamRoleId } from '../../domain/team-role.ts'
import type { MembershipChange } from '../../domain/teams.ts'
import { type Fields, fieldsOf } from './body.ts'
import type { Call } from './call.ts'
import { badRequest, inWords, notFound } from './errors.ts'
import { paged, rangeOf, whole } from './lists.ts'
import type { Operations } from './operations.ts'
import { peopleIn, personIn } from './people.ts'
import { findTeam } from './teams-find.ts'
import { renderMemberships } from './teams-render.ts'

/** Who is in which team when, ended ones included. */
export function teamMemberships(operations: Operations): void {
  const { face, get, post, put, search, delete: remove } = operations
  post('/team-memberships', async (call) => {
    const fields = fieldsOf(call.body)
    const teamId = fields.id('teamId')
    if (!fields.has('teamId')) fields.wrong("'teamId' is missing")
    const person = await personIn(call, fields, 'accountId')
    if (!fields.has('accountId')) fields.wrong("'accountId' is missing")
    const place = await placeIn(call, fields)
    fields.check()
    const team = await findTeam(call, teamId).catch(() => undefined)
    if (!team) throw badRequest('Team not found')
    return one(call, () =>
      call.needs.teams.addMembership(call.actor, team.id, { ...place, person: person! }),
    )
  })

  get('/team-memberships/team/:teamId', async (call) => {
    const { id } = await findTeam(call, call.param('teamId'))
    const rows = await call.needs.store.memberships.list(call.actor.siteId, {
      teamIds: [id],
      limit: 10_000,
    })
    return whole(call, await renderMemberships(call, rows), (row) => row)
  })

  get(
    '/team-memberships/:id',
    async (call) => (await renderMemberships(call, [await find(call)]))[0],
  )

  put('/team-memberships/:id', async (call) => {
    const { id } = await find(call)
    const fields = fieldsOf(call.body)
    const place = await placeIn(call, fields)
    fields.check()
    return one(call, () => call.needs.teams.changeMembership(call.actor, id, place))
  })

  remove('/team-memberships/:id', async (call) => {
    const { id } = await find(call)
    await call.needs.teams.removeMembership(call.actor, id)
    return undefined
  })

  if (face.version === 4) search('/team-memberships/search', searchMemberships)
}

async function searchMemberships(call: Call): Promise<object> {
  const { actor, needs } = call
  const fields = fieldsOf(call.body)
  const personIds = await peopleIn(call, fields, 'accountIds')
  const roleIds = fields.ids('roleIds') as TeamRoleId[] | undefined
  const teamIds = fields.ids('teamIds') as TeamId[] | undefined
  fields.check()
  const range = rangeOf(call)
  const seesAll = can(actor, 'read', {
    type: 'team',
    team: { id: '0' as TeamId, leadId: null, managerIds: [], isPublic: false },
  })
  const rows = await needs.store.memberships.list(actor.siteId, {
    ...(personIds && personIds.length > 0 ? { personIds } : {}),
    ...(roleIds && roleIds.length > 0 ? { roleIds } : {}),
    ...(teamIds && teamIds.length > 0 ? { teamIds } : {}),
    ...(seesAll ? {} : { visibleTeamIds: actor.teamIds ?? [] }),
    offset: range.offset,
    limit: range.limit + 1,
  })
  const page = await renderMemberships(call, rows.slice(0, range.limit))
  return paged(call, range, page, rows.length > range.limit)
}

/** Role, commitment and days: what is left out is the default role, all the time, and open. */
async function placeIn(call: Call, fields: Fields): Promise<MembershipChange> {
  const roleId = (fields.id('roleId') ?? null) as TeamRoleId | null
  if (roleId !== null) {
    const roles = await call.needs.store.teamRoles.list(call.actor.siteId)
    if (!roles.some((role) => role.id === roleId)) fields.wrong('Role not found')
  }
  const from = fields.day('from') ?? null
  const to = fields.day('to') ?? null
  const commitmentPercent = fields.whole('commitmentPercent') ?? 100
  // The day after the last one, unless version 4's switch says otherwise [S4].
  const isInclusive = call.face.version === 4 && fields.flag('useInclusiveEndDate') === true
  return {
    roleId,
    commitmentPercent,
    from,
    to: to === null || isInclusive ? to : addDays(to, -1),
  }
}

async function one(call: Call, work: () => Promise<Membership>): Promise<object | undefined> {
  const words = 'User is already a member of this team on this date.'
  return (await renderMemberships(call, [await inWords({ conflict: words }, work)]))[0]
}

async function find(call: Call): Promise<Membership> {
  const id = call.param('id')
  const words = `Membership with id '${id}' does not exist`
  const membership = await inWords({ 'not-found': words }, () =>
    call.needs.store.memberships.get(call.actor.siteId, id as MembershipId),
  )
  await findTeam(call, membership.teamId).catch(() => {
    throw notFound(words)
  })
  return membership
}
