import type { FastifyInstance } from 'fastify'
import type { Group } from '../../domain/group.ts'
import type { SiteId } from '../../domain/site.ts'
import { refusal, sendJson } from './errors.ts'
import { type Flavour, type Look, lookOf } from './flavour.ts'
import { highlighted } from './html.ts'
import { actorOf } from './identity.ts'
import { pageBean } from './list-answer.ts'
import type { JiraNativeNeeds } from './needs.ts'
import { isOn, type Loose, listOf, pageOf, textOf } from './params.ts'
import { pickedUser, renderPerson } from './people.ts'

const mostMembers = 50
const mostGroups = 10_000

/** Groups, and who is in them. */
export function registerGroups(
  scope: FastifyInstance,
  needs: JiraNativeNeeds,
  flavour: Flavour,
): void {
  const { store } = needs
  const config = { access: 'read' } as const
  const find = async (siteId: SiteId, query: Loose): Promise<Group> => {
    const name = textOf(query.groupname) ?? textOf(query.groupName)
    const id = textOf(query.groupId)
    const all = await store.groups.list(siteId, { limit: mostGroups })
    const found =
      all.find((group) => group.id === id) ??
      all.find((group) => group.name.toLowerCase() === name?.toLowerCase())
    if (!found) throw refusal(404, `The group named '${name ?? id ?? ''}' does not exist.`)
    return found
  }

  scope.get<{ Querystring: Loose }>('/group/member', { config }, async (request, reply) => {
    const actor = actorOf(request)
    const group = await find(actor.siteId, request.query)
    const page = pageOf(request.query, { size: mostMembers, most: mostMembers })
    const query = {
      siteId: actor.siteId,
      groupId: group.id,
      ...(isOn(request.query.includeInactiveUsers) ? {} : { isActive: true }),
    }
    const all = await store.people.list({ ...query, limit: mostGroups })
    const shown = all.slice(page.startAt, page.startAt + page.maxResults)
    const look = await lookOf(request, flavour, needs)
    const values = shown.map((person) => renderPerson(look, actor, person))
    const address = `${look.api}/group/member?groupname=${encodeURIComponent(group.name)}`
    return sendJson(reply, pageBean(address, page, all.length, values))
  })

  scope.get<{ Querystring: Loose }>('/group', { config }, async (request, reply) => {
    const actor = actorOf(request)
    const group = await find(actor.siteId, request.query)
    const look = await lookOf(request, flavour, needs)
    const span = spanOfUsers(request.query.expand)
    const members = span
      ? await store.people.list({
          siteId: actor.siteId,
          groupId: group.id,
          limit: span.limit,
          offset: span.from,
        })
      : []
    const from = span?.from ?? 0
    return sendJson(reply, {
      ...renderGroup(look, group),
      self: `${look.api}/group?groupname=${encodeURIComponent(group.name)}`,
      users: {
        size: group.memberCount,
        items: members.map((person) => renderPerson(look, actor, person)),
        'max-results': mostMembers,
        'start-index': from,
        // Readers go on until this is the last one.
        'end-index': Math.max(0, from + (span?.limit ?? 1) - 1),
      },
      expand: 'users',
    })
  })

  scope.get<{ Querystring: Loose }>('/groupuserpicker', { config }, async (request, reply) => {
    const actor = actorOf(request)
    const text = textOf(request.query.query)
    if (text === undefined) throw refusal(400, 'The query parameter is required.')
    const { maxResults } = pageOf(request.query, { size: 50, most: 1_000 })
    const look = await lookOf(request, flavour, needs)
    const people = await store.people.list({
      siteId: actor.siteId,
      isActive: true,
      limit: maxResults,
      ...(text === '' ? {} : { text }),
    })
    const groups = (await store.groups.list(actor.siteId, { limit: mostGroups })).filter(
      ({ name }) => name.toLowerCase().includes(text.toLowerCase()),
    )
    const shown = groups.slice(0, maxResults)
    return sendJson(reply, {
      users: {
        users: people.map((person) => pickedUser(look, person, text)),
        total: people.length,
        header: `Showing ${people.length} of ${people.length} matching users`,
      },
      groups: {
        header: `Showing ${shown.length} of ${groups.length} matching groups`,
        total: groups.length,
        groups: shown.map((group) => pickedGroup(look, group, text)),
      },
    })
  })

  scope.get<{ Querystring: Loose }>('/groups/picker', { config }, async (request, reply) => {
    const text = (textOf(request.query.query) ?? '').toLowerCase()
    const { maxResults } = pageOf(request.query, { size: 20, most: 1_000 })
    const look = await lookOf(request, flavour, needs)
    const all = (await store.groups.list(actorOf(request).siteId, { limit: mostGroups })).filter(
      ({ name }) => name.toLowerCase().includes(text),
    )
    const shown = all.slice(0, maxResults)
    return sendJson(reply, {
      header: `Showing ${shown.length} of ${all.length} matching groups`,
      total: all.length,
      groups: shown.map((group) => pickedGroup(look, group, '')),
    })
  })

  scope.get<{ Querystring: Loose }>('/group/bulk', { config }, async (request, reply) => {
    const page = pageOf(request.query, { size: 50, most: 1_000 })
    const names = listOf(request.query.groupName)
    const ids = listOf(request.query.groupId)
    const look = await lookOf(request, flavour, needs)
    const all = (await store.groups.list(actorOf(request).siteId, { limit: mostGroups })).filter(
      ({ id, name }) => (!names && !ids) || names?.includes(name) || ids?.includes(id),
    )
    const values = all
      .slice(page.startAt, page.startAt + page.maxResults)
      .map(({ id, name }) => ({ name, groupId: id }))
    return sendJson(reply, pageBean(`${look.api}/group/bulk`, page, all.length, values))
  })
}

/** `users` or `users[0:49]`: members from one place to another, both included. */
function spanOfUsers(expand: unknown): { readonly from: number; readonly limit: number } | null {
  const asked = /(?:^|,)\s*users(?:\[(\d{1,9}):(\d{1,9})\])?\s*(?:,|$)/.exec(textOf(expand) ?? '')
  if (!asked) return null
  const from = Number(asked[1] ?? 0)
  const to = Number(asked[2] ?? mostMembers - 1)
  return { from, limit: Math.max(0, Math.min(mostMembers, to - from + 1)) }
}

function pickedGroup(look: Look, group: Group, text: string) {
  const { name, groupId } = { groupId: undefined, ...renderGroup(look, group) }
  return { name, html: highlighted(name, text), labels: [], ...(groupId ? { groupId } : {}) }
}

/** A group; Cloud tells its id too. */
function renderGroup({ isCloud }: Look, { id, name }: Group) {
  return isCloud ? { name, groupId: id } : { name }
}
