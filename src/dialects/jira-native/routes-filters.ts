import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { FilterQuery } from '../../domain/filter.ts'
import type { FilterWish } from '../../domain/filters.ts'
import type { SavedFilter } from '../../domain/issue.ts'
import type { Person, PersonId } from '../../domain/person.ts'
import { fieldRefusal, JiraRefusal, refusal, sendJson } from './errors.ts'
import { type Flavour, type Look, lookOf } from './flavour.ts'
import { actorOf } from './identity.ts'
import { pageBean } from './list-answer.ts'
import type { JiraNativeNeeds } from './needs.ts'
import { type Loose, objectOf, pageOf, textOf } from './params.ts'
import { findPerson, renderPerson } from './people.ts'
import { noContent } from './routes-worklog-writes.ts'

type IdParams = { readonly id: string }
const mostFilters = 1_000

/** Saved filters: those of connected Jiras, and people's own, which can be kept here too. */
export function registerFilters(
  scope: FastifyInstance,
  needs: JiraNativeNeeds,
  flavour: Flavour,
): void {
  const { store, filters, jql } = needs
  const read = { config: { access: 'read' } } as const
  const write = { config: { access: 'write' } } as const

  const show = async (request: FastifyRequest, found: readonly SavedFilter[]) => {
    const actor = actorOf(request)
    const look = await lookOf(request, flavour, needs)
    const owners = found.flatMap(({ ownerId }) => ownerId ?? [])
    const people = await store.people.getMany(actor.siteId, [...new Set(owners)])
    const byId = new Map(people.map((person) => [person.id, person]))
    return found.map((filter) =>
      renderFilter(look, filter, byId, (owner) => renderPerson(look, actor, owner)),
    )
  }
  const list = async (request: FastifyRequest, query: Partial<FilterQuery>) => {
    const { siteId, personId, jira } = actorOf(request)
    const some = await store.filters.find({ siteId, personId, jira, limit: mostFilters, ...query })
    return { total: some.total, shown: await show(request, some.filters) }
  }

  scope.get('/filter/favourite', read, async (request, reply) =>
    sendJson(reply, (await list(request, { onlyFavourites: true })).shown),
  )
  scope.get('/filter/my', read, async (request, reply) =>
    sendJson(reply, (await list(request, { ownerId: actorOf(request).personId })).shown),
  )
  scope.get<{ Querystring: Loose }>('/filter/search', read, async (request, reply) => {
    const page = pageOf(request.query, { size: 50, most: 100 })
    const { filterName, accountId, owner } = request.query
    const text = textOf(filterName)
    const asked = [textOf(accountId), textOf(owner)].filter((one) => one !== undefined)
    const person = asked.length === 0 ? undefined : await findPerson(store, actorOf(request), asked)
    if (asked.length > 0 && !person) throw refusal(400, `The user '${asked[0]}' does not exist.`)
    const { total, shown } = await list(request, {
      offset: page.startAt,
      limit: page.maxResults,
      ...(text === undefined ? {} : { text }),
      ...(person ? { ownerId: person.id } : {}),
    })
    const { api } = await lookOf(request, flavour, needs)
    return sendJson(reply, pageBean(`${api}/filter/search`, page, total, shown))
  })
  scope.get<{ Params: IdParams }>('/filter/:id', read, async (request, reply) => {
    const found = await filters.find(actorOf(request), request.params.id)
    if (!found) throw noFilter(flavour)
    return sendJson(reply, (await show(request, [found]))[0])
  })

  const wishOf = async (request: FastifyRequest): Promise<Partial<FilterWish>> => {
    const body = objectOf(request.body)
    const [name, query, description] = [
      textOf(body.name),
      textOf(body.jql),
      textOf(body.description),
    ]
    if (query !== undefined) {
      const problems = await jql.validate(actorOf(request), jql.parse(query))
      if (problems.length > 0) throw new JiraRefusal(400, problems)
    }
    return {
      ...(name === undefined ? {} : { name }),
      ...(query === undefined ? {} : { jql: query }),
      ...(description === undefined ? {} : { description }),
      ...(Array.isArray(body.sharePermissions)
        ? { isShared: body.sharePermissions.length > 0 }
        : {}),
    }
  }
  scope.post('/filter', write, async (request, reply) => {
    const { name, jql: query = '', ...rest } = await wishOf(request)
    if (name === undefined)
      throw fieldRefusal('filterName', 'You must specify a name to save this filter as.')
    const created = await filters.create(actorOf(request), { name, jql: query, ...rest })
    return sendJson(reply, (await show(request, [created]))[0])
  })
  scope.put<{ Params: IdParams }>('/filter/:id', write, async (request, reply) => {
    const actor = actorOf(request)
    if (!(await filters.find(actor, request.params.id))) throw noFilter(flavour)
    const changed = await filters.change(actor, request.params.id, await wishOf(request))
    return sendJson(reply, (await show(request, [changed]))[0])
  })
  scope.delete<{ Params: IdParams }>('/filter/:id', write, async (request, reply) => {
    const actor = actorOf(request)
    if (!(await filters.find(actor, request.params.id))) throw noFilter(flavour)
    await filters.remove(actor, request.params.id)
    return noContent(reply)
  })
  for (const [method, isFavourite] of [
    ['PUT', true],
    ['DELETE', false],
  ] as const)
    scope.route<{ Params: IdParams }>({
      ...write,
      method,
      url: '/filter/:id/favourite',
      handler: async (request, reply) => {
        const actor = actorOf(request)
        if (!(await filters.find(actor, request.params.id))) throw noFilter(flavour)
        const favoured = await filters.favour(actor, request.params.id, isFavourite)
        return sendJson(reply, (await show(request, [favoured]))[0])
      },
    })
}

/** Cloud answers 400 where Data Center says 404 (contract B13). */
function noFilter({ isCloud }: Flavour): JiraRefusal {
  return refusal(
    isCloud ? 400 : 404,
    'The selected filter is not available to you, perhaps it has been deleted or had its permissions changed.',
  )
}

function renderFilter(
  look: Look,
  filter: SavedFilter,
  people: ReadonlyMap<PersonId, Person>,
  renderOwner: (owner: Person) => unknown,
) {
  const { jiraId, name, jql, description, ownerId, isFavourite, isShared } = filter
  const owner = ownerId === null ? undefined : people.get(ownerId)
  return {
    self: `${look.api}/filter/${jiraId}`,
    id: jiraId,
    name,
    description: description ?? '',
    ...(owner ? { owner: renderOwner(owner) } : {}),
    jql,
    viewUrl: `${look.base}/issues/?filter=${jiraId}`,
    searchUrl: `${look.api}/search${look.isCloud ? '/jql' : ''}?jql=${encodeURIComponent(jql)}`,
    favourite: isFavourite,
    sharePermissions: isShared ? [{ id: Number(jiraId), type: 'loggedin' }] : [],
  }
}
