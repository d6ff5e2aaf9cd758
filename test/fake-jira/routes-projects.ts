import { linkOf, userBean } from './beans.ts'
import { refusal } from './errors.ts'
import { projectBean } from './issue-bean.ts'
import { type Answer, type Call, ok, type Route } from './route.ts'
import { pageBean } from './routes-people.ts'
import { canBrowse, projectOf } from './world-state.ts'
import type { Project, SavedFilter } from './world-types.ts'

const cloud = ['cloud'] as const

/** Projects and saved filters. */
export const projectRoutes: readonly Route[] = [
  { method: 'GET', path: 'project', handle: (call) => ok(visible(call).map(beanIn(call))) },
  { method: 'GET', path: 'project/search', dialects: cloud, handle: searchProjects },
  { method: 'GET', path: 'project/*', handle: oneProject },
  { method: 'GET', path: 'filter/favourite', handle: favouriteFilters },
  { method: 'GET', path: 'filter/my', dialects: cloud, handle: myFilters },
  { method: 'GET', path: 'filter/search', dialects: cloud, handle: searchFilters },
  { method: 'GET', path: 'filter/*', handle: oneFilter },
]

function beanIn(call: Call) {
  return (project: Project) => projectBean(call, project)
}

function visible(call: Call): Project[] {
  const { state } = call.world
  return [...state.projects.values()]
    .filter(({ id }) => canBrowse(state, call.caller, id))
    .sort((a, b) => (a.key < b.key ? -1 : 1))
}

function searchProjects(call: Call): Answer {
  const ids = call.query.getAll('id')
  const keys = call.query.getAll('keys')
  const needle = (call.query.get('query') ?? '').toLowerCase()
  const found = visible(call).filter(
    ({ id, key, name }) =>
      (ids.length === 0 || ids.includes(id)) &&
      (keys.length === 0 || keys.includes(key)) &&
      `${key}\n${name}`.toLowerCase().includes(needle),
  )
  return ok(pageBean(call, 'project/search', found, beanIn(call), { most: 100 }))
}

function oneProject(call: Call): Answer {
  const idOrKey = call.params[0] ?? ''
  const project = projectOf(call.world.state, idOrKey)
  if (!project || !canBrowse(call.world.state, call.caller, project.id)) {
    const kind = /^\d+$/.test(idOrKey) ? 'id' : 'key'
    throw refusal(404, `No project could be found with ${kind} '${idOrKey}'.`)
  }
  const { leadId } = project
  const lead = leadId === undefined ? undefined : call.world.state.people.get(leadId)
  return ok({
    ...projectBean(call, project),
    ...(lead ? { lead: userBean(call, lead) } : {}),
    roles: Object.fromEntries(
      [...project.roles.keys()].map((role, at) => [
        role,
        linkOf(call, `project/${project.id}/role/${10_000 + at}`),
      ]),
    ),
  })
}

function filterBean(call: Call, filter: SavedFilter) {
  const owner = call.world.state.people.get(filter.ownerId)
  return {
    self: linkOf(call, `filter/${filter.id}`),
    id: filter.id,
    name: filter.name,
    ...(owner ? { owner: userBean(call, owner) } : {}),
    jql: filter.jql,
    viewUrl: `${call.base}/issues/?filter=${filter.id}`,
    searchUrl: linkOf(call, `search?jql=${encodeURIComponent(filter.jql)}`),
    favourite: call.caller !== undefined && filter.favouriteOf.has(call.caller.id),
    sharePermissions: [],
  }
}

function filters(call: Call, isWanted: (filter: SavedFilter) => boolean): SavedFilter[] {
  return [...call.world.state.filters.values()].filter(isWanted)
}

function favouriteFilters(call: Call): Answer {
  const mine = filters(call, ({ favouriteOf }) => favouriteOf.has(call.caller?.id ?? ''))
  return ok(mine.map((filter) => filterBean(call, filter)))
}

function myFilters(call: Call): Answer {
  const mine = filters(call, ({ ownerId }) => ownerId === call.caller?.id)
  return ok(mine.map((filter) => filterBean(call, filter)))
}

// `jql` comes only when it is asked for with expand, as in the real one.
function searchFilters(call: Call): Answer {
  const needle = (call.query.get('filterName') ?? '').toLowerCase()
  const expand = (call.query.get('expand') ?? '').split(',')
  const found = filters(call, ({ name }) => name.toLowerCase().includes(needle))
  const render = (filter: SavedFilter) => {
    const { jql, owner, viewUrl, searchUrl, favourite, sharePermissions, ...head } = filterBean(
      call,
      filter,
    )
    const extras = { jql, owner, viewUrl, searchUrl, favourite, sharePermissions }
    const asked = Object.entries(extras).filter(
      ([name, value]) => expand.includes(name) && value !== undefined,
    )
    return { ...head, ...Object.fromEntries(asked) }
  }
  return ok(pageBean(call, 'filter/search', found, render))
}

function oneFilter(call: Call): Answer {
  const filter = call.world.state.filters.get(call.params[0] ?? '')
  if (filter) return ok(filterBean(call, filter))
  throw refusal(
    call.dialect === 'cloud' ? 400 : 404,
    'The selected filter is not available to you, perhaps it has been deleted or had its ' +
      'permissions changed.',
  )
}
