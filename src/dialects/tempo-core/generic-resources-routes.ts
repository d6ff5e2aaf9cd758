import type {
  GenericResource,
  GenericResourceId,
  ResourcePlace,
} from '../../domain/generic-resource.ts'
import type { PersonId } from '../../domain/person.ts'
import { fieldsOf } from './body.ts'
import type { Call } from './call.ts'
import { badRequest, inWords, notFound } from './errors.ts'
import type { Operations } from './operations.ts'
import { findPeople } from './people.ts'
import { renderMoment } from './render.ts'
import { findTeam } from './teams-find.ts'

const taken = { conflict: 'A generic resource already exists with this name.' }
const absent = 'Generic resource was not found.'

/** Work without a person yet, and the teams it is in: section 11 of the contract. */
export function genericResources(operations: Operations): void {
  const { get, post, put, search, delete: remove } = operations
  post('/generic-resources', async (call) => {
    const name = nameIn(call)
    const { resources } = call.needs.staffing
    return renderOne(call, await inWords(taken, () => resources.create(call.actor, { name })))
  })

  search('/generic-resources/search', searchResources)

  get('/generic-resources/:id', async (call) => renderOne(call, await find(call)))

  put('/generic-resources/:id', async (call) => {
    const { id } = await find(call)
    const name = nameIn(call)
    const { resources } = call.needs.staffing
    return renderOne(call, await inWords(taken, () => resources.change(call.actor, id, { name })))
  })

  remove('/generic-resources/:id', async (call) => {
    const { id } = await find(call)
    await call.needs.staffing.resources.remove(call.actor, id)
    return undefined
  })

  registerPlaces(operations)
}

function registerPlaces({ get, post, delete: remove }: Operations): void {
  get('/teams/:id/generic-resources', async (call) => {
    const team = await findTeam(call)
    const { store } = call.needs
    const places = await store.resources.placesIn(call.actor.siteId, [team.id])
    const resources = await store.resources.getMany(
      call.actor.siteId,
      places.map((place) => place.resourceId),
    )
    const self = call.to(`/teams/${team.id}`)
    return {
      self: call.links.self,
      team: { self, id: Number(team.id) },
      count: resources.length,
      members: resources.map((resource) => renderRef(call, resource)),
    }
  })

  post('/teams/:id/generic-resources', async (call) => {
    const team = await findTeam(call)
    const fields = fieldsOf(call.body)
    const id = fields.id('genericResourceId') as GenericResourceId | undefined
    if (!fields.has('genericResourceId')) fields.wrong("'genericResourceId' is missing")
    fields.check()
    const resource = await inWords({ 'not-found': absent }, () =>
      call.needs.store.resources.get(call.actor.siteId, id!),
    )
    if (await placeOf(call, team.id, resource.id))
      throw badRequest('This generic resource is already a member of this team.')
    await call.needs.teams.addResource(call.actor, team.id, resource.id)
    return renderPlace(call, (await placeOf(call, team.id, resource.id))!, resource)
  })

  get('/teams/:id/generic-resources/:resourceId', async (call) => {
    const { place, resource } = await findPlace(call)
    return renderPlace(call, place, resource)
  })

  remove('/teams/:id/generic-resources/:resourceId', async (call) => {
    const { place } = await findPlace(call)
    await call.needs.teams.removeResource(call.actor, place.teamId, place.resourceId)
    return undefined
  })
}

/** Offset and limit come in the body; version 3 says again what was searched for [S3][S4]. */
async function searchResources(call: Call): Promise<object> {
  const fields = fieldsOf(call.body)
  const offset = fields.whole('offset') ?? 0
  const asked = fields.whole('limit') ?? 50
  const ids = fields.ids('ids') as GenericResourceId[] | undefined
  const text = fields.text('query')
  if (offset < 0 || offset > 2_000_000_000)
    fields.wrong("'offset' must be a whole number of at least 0")
  if (asked < 1) fields.wrong("'limit' must be a whole number of at least 1")
  fields.check()
  const limit = Math.min(asked, call.face.mostRows)
  const rows = await call.needs.store.resources.list(call.actor.siteId, {
    ...(ids && ids.length > 0 ? { ids } : {}),
    ...(text === undefined || text === '' ? {} : { text }),
    offset,
    limit,
  })
  const results = await renderAll(call, rows)
  if (call.face.version === 4)
    return { metadata: { count: results.length, offset, limit }, results }
  const searchBody = {
    offset,
    limit,
    ...(ids ? { ids: ids.map(Number) } : {}),
    ...(text === undefined ? {} : { query: text }),
  }
  return { self: call.links.self, metadata: { count: results.length, searchBody }, results }
}

function nameIn(call: Call): string {
  const fields = fieldsOf(call.body)
  const name = fields.text('name')?.trim() ?? ''
  if (name === '') fields.wrong('Generic resource name is required')
  fields.check()
  return name
}

function find(call: Call, id = call.param('id')): Promise<GenericResource> {
  return inWords({ 'not-found': absent }, () =>
    call.needs.store.resources.get(call.actor.siteId, id as GenericResourceId),
  )
}

async function placeOf(
  { actor, needs }: Call,
  teamId: ResourcePlace['teamId'],
  id: GenericResourceId,
): Promise<ResourcePlace | undefined> {
  const places = await needs.store.resources.placesIn(actor.siteId, [teamId])
  return places.find((place) => place.resourceId === id)
}

async function findPlace(call: Call): Promise<{ place: ResourcePlace; resource: GenericResource }> {
  const team = await findTeam(call)
  const id = call.param('resourceId') as GenericResourceId
  const place = await placeOf(call, team.id, id)
  if (!place)
    throw notFound(
      `Generic resource with id ${id} is not a member of team with id ${call.param('id')}.`,
    )
  return { place, resource: await find(call, id) }
}

async function renderOne(call: Call, resource: GenericResource): Promise<object> {
  return (await renderAll(call, [resource]))[0]!
}

async function renderAll(call: Call, rows: readonly GenericResource[]): Promise<object[]> {
  const show = await showAccount(
    call,
    rows.flatMap((row) => [row.createdBy, row.updatedBy]),
  )
  return rows.map((row) => ({
    ...renderRef(call, row),
    createdAt: renderMoment(row.createdAt),
    createdBy: show(row.createdBy),
    updatedAt: renderMoment(row.updatedAt),
    updatedBy: show(row.updatedBy),
  }))
}

async function renderPlace(
  call: Call,
  place: ResourcePlace,
  resource: GenericResource,
): Promise<object> {
  const team = call.to(`/teams/${place.teamId}`)
  const show = await showAccount(call, [place.assignedBy])
  return {
    self: `${team}/generic-resources/${resource.id}`,
    team: { self: team, id: Number(place.teamId) },
    member: renderRef(call, resource),
    assignedToTeamAt: renderMoment(place.assignedAt),
    assignedToTeamBy: show(place.assignedBy),
  }
}

function renderRef({ to }: Call, resource: GenericResource): object {
  return {
    self: to(`/generic-resources/${resource.id}`),
    id: Number(resource.id),
    name: resource.name,
  }
}

/** Here people have no names in either version [S3][S4]. */
async function showAccount(
  call: Call,
  ids: readonly PersonId[],
): Promise<(id: PersonId) => object> {
  const people = await findPeople(call, ids)
  return (id) => {
    const person = people.get(id)!
    return { self: call.jira.person(person), accountId: person.accountId }
  }
}
