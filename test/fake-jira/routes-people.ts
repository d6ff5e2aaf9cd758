import { groupBean, linkOf, userBean } from './beans.ts'
import { fieldRefusal, refusal } from './errors.ts'
import { type Answer, type Call, numberIn, ok, type Route } from './route.ts'
import { groupOf } from './world-state.ts'
import type { Person } from './world-types.ts'

const cloud = ['cloud'] as const
const dc = ['dc'] as const
const readUsers = 'read:jira-user'

/** People and groups. */
export const peopleRoutes: readonly Route[] = [
  { method: 'GET', path: 'myself', scope: readUsers, handle: myself },
  { method: 'GET', path: 'users/search', dialects: cloud, scope: readUsers, handle: allUsers },
  { method: 'GET', path: 'users', dialects: cloud, scope: readUsers, handle: allUsers },
  { method: 'GET', path: 'user/search', scope: readUsers, handle: searchUsers },
  { method: 'GET', path: 'user/bulk', dialects: cloud, scope: readUsers, handle: someUsers },
  { method: 'GET', path: 'user', scope: readUsers, handle: oneUser },
  { method: 'GET', path: 'group/bulk', dialects: cloud, scope: readUsers, handle: allGroups },
  { method: 'GET', path: 'groups/picker', dialects: dc, handle: pickGroups },
  {
    method: 'GET',
    path: 'group/member',
    scope: 'manage:jira-configuration',
    handle: groupMembers,
  },
]

/** Slices a list into the page the query asks for, in the form Jira calls a page bean. */
export function pageBean<T>(
  call: Call,
  path: string,
  list: readonly T[],
  render: (item: T) => unknown,
  { instead = 50, most = 50 }: { instead?: number; most?: number } = {},
) {
  const startAt = numberIn(call.query, 'startAt', 0)
  const asked = numberIn(call.query, 'maxResults', instead)
  if (startAt === undefined || asked === undefined || startAt < 0) throw refusal(400, 'Bad page.')
  const maxResults = Math.max(1, Math.min(asked, most))
  const values = list.slice(startAt, startAt + maxResults).map(render)
  const isLast = startAt + values.length >= list.length
  const link = (from: number) => `${linkOf(call, path)}?startAt=${from}&maxResults=${maxResults}`
  return {
    self: link(startAt),
    ...(isLast ? {} : { nextPage: link(startAt + maxResults) }),
    maxResults,
    startAt,
    total: list.length,
    isLast,
    values,
  }
}

function myself(call: Call): Answer {
  const caller = call.caller!
  const groups = [...call.world.state.groups.values()].filter(({ members }) =>
    members.has(caller.id),
  )
  const expand = (call.query.get('expand') ?? '').split(',')
  return ok({
    ...userBean(call, caller),
    ...(caller.locale === undefined ? {} : { locale: caller.locale }),
    groups: {
      size: groups.length,
      items: expand.includes('groups') ? groups.map((group) => groupBean(call, group)) : [],
    },
    applicationRoles: { size: 1, items: [] },
    expand: 'groups,applicationRoles',
  })
}

function known(call: Call): Person[] {
  return [...call.world.state.people.values()].filter(({ isGhost }) => !isGhost)
}

function slice(call: Call, people: readonly Person[]): unknown[] {
  const startAt = numberIn(call.query, 'startAt', 0) ?? 0
  const maxResults = Math.min(numberIn(call.query, 'maxResults', 50) ?? 50, 1000)
  return people.slice(startAt, startAt + maxResults).map((person) => userBean(call, person))
}

// Everybody: also apps and inactive people, whom the client must sort out itself.
function allUsers(call: Call): Answer {
  return ok(slice(call, known(call)))
}

function searchUsers(call: Call): Answer {
  const param = call.dialect === 'cloud' ? 'query' : 'username'
  refuseNames(call)
  const text = call.query.get(param)
  if (text === null) throw refusal(400, `The ${param} query parameter was not provided.`)
  const needle = text.toLowerCase()
  const isEverybody = ['.', '%', ''].includes(needle) && call.dialect === 'dc'
  const withInactive = call.query.get('includeInactive') === 'true'
  const found = known(call).filter((person) => {
    if (!person.active && !withInactive && call.dialect === 'dc') return false
    const texts = [person.name, person.displayName, person.emailAddress ?? '']
    return isEverybody || texts.some((part) => part.toLowerCase().includes(needle))
  })
  return ok(slice(call, found))
}

// Cloud has forgotten names and keys for the sake of privacy, and says so.
function refuseNames(call: Call): void {
  const hasNames = call.query.has('username') || call.query.has('key')
  if (call.dialect === 'cloud' && hasNames) {
    throw refusal(
      400,
      "'accountId' must be the only user identifying query parameter in GDPR strict mode.",
    )
  }
}

function someUsers(call: Call): Answer {
  refuseNames(call)
  const ids = call.query.getAll('accountId')
  if (ids.length === 0) throw refusal(400, 'The accountId query parameter is required.')
  const wanted = known(call).filter(({ accountId }) => ids.includes(accountId))
  const render = (person: Person) => userBean(call, person)
  return ok(pageBean(call, 'user/bulk', wanted, render, { instead: 10, most: 200 }))
}

function oneUser(call: Call): Answer {
  refuseNames(call)
  const { query } = call
  const accountId = query.get('accountId')
  const [key, name] = [query.get('key'), query.get('username')]
  if (call.dialect === 'cloud' ? accountId === null : (key ?? name) === null) {
    throw refusal(400, 'Either the accountId, the key or the username must be provided.')
  }
  const person = known(call).find((candidate) =>
    call.dialect === 'cloud'
      ? candidate.accountId === accountId
      : key === null
        ? candidate.name === name
        : candidate.key === key,
  )
  if (person) return ok(userBean(call, person))
  throw refusal(404, userMissing(call, accountId ?? key ?? name ?? ''))
}

function userMissing({ dialect }: Call, id: string): string {
  return dialect === 'cloud'
    ? `Specified user does not exist or you do not have required permissions`
    : `The user with the key '${id}' does not exist`
}

function allGroups(call: Call): Answer {
  const groups = [...call.world.state.groups.values()]
  const [names, ids] = [call.query.getAll('groupName'), call.query.getAll('groupId')]
  const wanted = groups.filter(
    ({ name, id }) => names.length + ids.length === 0 || names.includes(name) || ids.includes(id),
  )
  const render = (group: (typeof groups)[number]) => groupBean(call, group)
  return ok(pageBean(call, 'group/bulk', wanted, render))
}

function pickGroups(call: Call): Answer {
  const needle = (call.query.get('query') ?? '').toLowerCase()
  const all = [...call.world.state.groups.values()].filter(({ name }) =>
    name.toLowerCase().includes(needle),
  )
  const shown = all.slice(0, numberIn(call.query, 'maxResults', 20) ?? 20)
  const header = `Showing ${shown.length} of ${all.length} matching groups`
  const groups = shown.map(({ name }) => ({ name, html: name, labels: [] }))
  return ok({ header, total: all.length, groups })
}

function groupMembers(call: Call): Answer {
  if (!call.caller?.isAdmin) {
    throw refusal(403, 'You do not have permission to view the members of this group.')
  }
  const { state } = call.world
  const groupId = call.dialect === 'cloud' ? call.query.get('groupId') : null
  const name = groupId ?? call.query.get('groupname')
  if (!name) throw fieldRefusal('groupname', 'The group name is required.')
  const group = groupOf(state, name)
  if (!group) throw refusal(404, `The group named '${name}' does not exist.`)
  const withInactive = call.query.get('includeInactiveUsers') === 'true'
  const members = [...group.members]
    .map((id) => state.people.get(id))
    .filter((person): person is Person => person !== undefined)
    .filter(({ active }) => active || withInactive)
  return ok(pageBean(call, 'group/member', members, (person) => userBean(call, person)))
}
