import { holdersOver } from '../../domain/permission-role.ts'
import type { ProgramId } from '../../domain/program.ts'
import type { Team, TeamId } from '../../domain/team.ts'
import type { TeamWish } from '../../domain/teams.ts'
import { type Fields, fieldsOf } from './body.ts'
import type { Call } from './call.ts'
import { inWords, notFound } from './errors.ts'
import { pagedOut, whole, wholeOrPaged } from './lists.ts'
import type { Operations } from './operations.ts'
import { personIn, readPeople } from './people.ts'
import { permissionKeys, rightOfKey } from './permission-roles-params.ts'
import { flagIn } from './query.ts'
import { renderLinks } from './team-links-render.ts'
import { findTeam, membersOn, todayOf, visibleTeams } from './teams-find.ts'
import { renderMembers, renderMemberships, renderTeams } from './teams-render.ts'
import { withMembers } from './teams-with-members.ts'
import { findAuthor } from './worklogs-body.ts'

/** Teams, who is in them, and what they work on: section 10 of the contract. */
export function teams(operations: Operations): void {
  const { face, get, post, put, delete: remove } = operations
  get('/teams', face.version === 3 ? listThird : listFourth)

  post('/teams', async (call) => {
    const { wish, name } = await toWish(call, fieldsOf(call.body), undefined)
    const team = await named(name, () => call.needs.teams.create(call.actor, wish))
    return (await renderTeams(call, [team]))[0]
  })

  get('/teams/:id', async (call) => (await renderTeams(call, [await findTeam(call)]))[0])

  put('/teams/:id', async (call) => {
    const before = await findTeam(call)
    const { wish, name } = await toWish(call, fieldsOf(call.body), before)
    const team = await named(name, () => call.needs.teams.change(call.actor, before.id, wish))
    return (await renderTeams(call, [team]))[0]
  })

  remove('/teams/:id', async (call) => {
    const { id } = await findTeam(call)
    await call.needs.teams.remove(call.actor, id)
    return undefined
  })

  get('/teams/:id/links', async (call) => {
    const { id } = await findTeam(call)
    const { store } = call.needs
    const links = await store.teamLinks.list(call.actor.siteId, { teamId: id, limit: 10_000 })
    const rows = await renderLinks(call, links, 'of-team')
    return wholeOrPaged(call, rows, (row) => row)
  })

  registerMembers(operations)
  if (face.version === 3) registerPermissions(operations)
}

function registerMembers({ get }: Operations): void {
  get('/teams/:id/members', async (call) => {
    const { id } = await findTeam(call)
    const active = await membersOn(call, id, await todayOf(call))
    const rows = active.map((one) => ({ personId: one.personId, active: one }))
    // Shown a page at a time where they are paged: names are read for those only.
    const shown = await renderMembers(call, id, rows)
    return wholeOrPaged(call, shown, (row) => row)
  })

  // Version 4 has the next two no more, yet one library still calls them there [C 1].
  get('/teams/:id/members/:accountId', async (call) => {
    const { id } = await findTeam(call)
    const places = await placesOf(call, id)
    const day = await todayOf(call)
    const [active] = await call.needs.store.memberships.list(call.actor.siteId, {
      teamIds: [id],
      personIds: [places[0]!.personId],
      during: { from: day, to: day },
      limit: 1,
    })
    const member = { personId: places[0]!.personId, ...(active ? { active } : {}) }
    return (await renderMembers(call, id, [member]))[0]
  })

  get('/teams/:id/members/:accountId/memberships', async (call) => {
    const { id } = await findTeam(call)
    const rows = await renderMemberships(call, await placesOf(call, id))
    return whole(call, rows, (row) => row)
  })
}

/** Who may do what in a team: its leads may all, others by permission roles. */
function registerPermissions({ get }: Operations): void {
  get('/teams/:id/permissions', async (call) => {
    const team = await findTeam(call)
    const rows = await renderPermissions(call, team, permissionKeys)
    return whole(call, rows, (row) => row)
  })

  get('/teams/:id/permissions/:key', async (call) => {
    const team = await findTeam(call)
    const key = call.param('key')
    if (rightOfKey(key) === undefined) throw notFound(`Permission ${key} not found`)
    return (await renderPermissions(call, team, [key]))[0]
  })
}

async function renderPermissions(
  call: Call,
  team: Team,
  keys: readonly string[],
): Promise<object[]> {
  const { siteId } = call.actor
  const roles = await call.needs.store.permissionRoles.list(siteId, { limit: 10_000 })
  const held = keys.map((key) => ({ key, ids: holdersOver(team, rightOfKey(key)!, roles) }))
  const show = await readPeople(
    call,
    held.flatMap(({ ids }) => ids),
  )
  return held.map(({ key, ids }) => {
    const self = call.to(`/teams/${team.id}/permissions/${key}`)
    return { self, key, users: { values: ids.flatMap((id) => show(id) ?? []) } }
  })
}

async function listThird(call: Call): Promise<object> {
  const shown = await renderTeams(call, await visibleTeams(call))
  return whole(call, shown, (row) => row)
}

/** By name, ids, and who is in them today. */
async function listFourth(call: Call): Promise<object> {
  const { query } = call
  const name = query.one('name')
  const ids = query.all('teamIds') as TeamId[]
  const members = query.all('teamMembers')
  let teams = await visibleTeams(call, {
    ...(name === undefined ? {} : { name }),
    ...(ids.length > 0 ? { ids } : {}),
  })
  if (members.length > 0) {
    const with_ = await teamsOf(call, members)
    teams = teams.filter((team) => with_.has(team.id))
  }
  const shown = await renderTeams(call, teams)
  const rows = flagIn(query, 'includeMemberships') ? await withMembers(call, teams, shown) : shown
  return pagedOut(call, rows, (row) => row)
}

async function teamsOf(call: Call, accountIds: readonly string[]): Promise<Set<TeamId>> {
  const day = await todayOf(call)
  const people = await Promise.all(accountIds.map((id) => findAuthor(call, id)))
  const memberships = await call.needs.store.memberships.list(call.actor.siteId, {
    personIds: people.flatMap((person) => person?.id ?? []),
    during: { from: day, to: day },
    limit: 10_000,
  })
  return new Set(memberships.map((one) => one.teamId))
}

/** All places of the person of the path in a team; whoever never had one is not found. */
async function placesOf(call: Call, teamId: TeamId) {
  const person = await findAuthor(call, call.param('accountId'))
  const places = person
    ? await call.needs.store.memberships.list(call.actor.siteId, {
        teamIds: [teamId],
        personIds: [person.id],
        limit: 10_000,
      })
    : []
  if (places.length === 0) throw notFound('Team member not found')
  return places
}

/** What a body wishes; what it leaves out is empty, and further leads stay as they are. */
async function toWish(
  call: Call,
  fields: Fields,
  before: Team | undefined,
): Promise<{ wish: TeamWish; name: string }> {
  const name = fields.text('name')?.trim() ?? ''
  if (name === '') fields.wrong('Team name is required')
  const lead = await personIn(call, fields, 'leadAccountId')
  const programId = fields.id('programId') as ProgramId | undefined
  const isFourth = call.face.version === 4
  const administrative = isFourth ? (fields.flag('administrative') ?? false) : undefined
  const isPublic = isFourth ? fields.flag('public') : undefined
  if (programId !== undefined) {
    const [program] = await call.needs.store.programs.getMany(call.actor.siteId, [programId])
    if (!program) fields.wrong('Program not found')
  }
  const summary = fields.text('summary')
  fields.check()
  return {
    name,
    wish: {
      name,
      summary: summary ?? null,
      lead: lead ?? null,
      programId: programId ?? null,
      isAdministrative: administrative ?? before?.isAdministrative ?? false,
      isPublic: isPublic ?? before?.isPublic ?? true,
    },
  }
}

function named<T>(name: string, work: () => Promise<T>): Promise<T> {
  return inWords({ conflict: `Team with that name ('${name}') already exists` }, work)
}
