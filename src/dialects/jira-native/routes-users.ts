import type { FastifyInstance, FastifyRequest } from 'fastify'
import { refusal, sendJson } from './errors.ts'
import { type Flavour, lookOf } from './flavour.ts'
import { actorOf } from './identity.ts'
import { pageBean } from './list-answer.ts'
import type { JiraNativeNeeds } from './needs.ts'
import { isOn, type Loose, objectOf, pageOf, textOf } from './params.ts'
import { findPerson, renderPerson } from './people.ts'

const mostUsers = 1_000

/** People: one, some by id, all, and those whose name holds a text. */
export function registerUsers(
  scope: FastifyInstance,
  needs: JiraNativeNeeds,
  flavour: Flavour,
): void {
  const { store } = needs
  const config = { access: 'read' } as const

  scope.get<{ Querystring: Loose }>('/user', { config }, async (request, reply) => {
    const actor = actorOf(request)
    const look = await lookOf(request, flavour, needs)
    const { accountId, username, key } = request.query
    const names = [textOf(accountId), textOf(username), textOf(key)]
    const person = await findPerson(store, actor, names)
    if (!person) {
      const asked = names.find((name) => name !== undefined) ?? ''
      throw refusal(404, `The user named '${asked}' does not exist`)
    }
    const groups = await store.groups.namesOf(actor.siteId, person.id)
    return sendJson(reply, {
      ...renderPerson(look, actor, person),
      groups: { size: groups.length, items: [] },
      applicationRoles: { size: 0, items: [] },
      expand: 'groups,applicationRoles',
    })
  })

  const list = async (request: FastifyRequest, text: string | undefined, isActive: boolean) => {
    const actor = actorOf(request)
    const page = pageOf(objectOf(request.query), { size: 50, most: mostUsers })
    const people = await store.people.list({
      siteId: actor.siteId,
      limit: page.maxResults,
      offset: page.startAt,
      ...(isActive ? { isActive } : {}),
      ...(text === undefined ? {} : { text }),
    })
    const look = await lookOf(request, flavour, needs)
    return people.map((person) => renderPerson(look, actor, person))
  }

  scope.get<{ Querystring: Loose }>('/user/search', { config }, async (request, reply) => {
    const { query, username, accountId, includeInactive } = request.query
    const text = textOf(query) ?? textOf(username)
    if (text === undefined && accountId === undefined)
      throw refusal(
        400,
        flavour.isCloud
          ? 'Either the query or the accountId parameter is required.'
          : 'The username query parameter was not provided',
      )
    if (text === undefined) {
      const person = await findPerson(store, actorOf(request), [textOf(accountId)])
      const look = await lookOf(request, flavour, needs)
      return sendJson(reply, person ? [renderPerson(look, actorOf(request), person)] : [])
    }
    // A dot or a percent sign means everybody (contract A3, B13).
    const everybody = text === '.' || text === '%' || text === '' || text === '""'
    const isActive = !flavour.isCloud && !isOn(includeInactive)
    return sendJson(reply, await list(request, everybody ? undefined : text, isActive))
  })

  // Whom work may be given to, or who may see it: no project keeps anybody out here.
  for (const path of [
    '/user/assignable/search',
    '/user/assignable/multiProjectSearch',
    '/user/viewissue/search',
  ])
    scope.get<{ Querystring: Loose }>(path, { config }, async (request, reply) => {
      const text = textOf(request.query.query) ?? textOf(request.query.username)
      return sendJson(reply, await list(request, text === '' ? undefined : text, true))
    })

  scope.get<{ Querystring: Loose }>('/user/groups', { config }, async (request, reply) => {
    const { siteId } = actorOf(request)
    const { accountId, username, key } = request.query
    const names = [textOf(accountId), textOf(username), textOf(key)]
    const person = await findPerson(store, actorOf(request), names)
    const asked = names.find((name) => name !== undefined) ?? ''
    if (!person) throw refusal(404, `The user named '${asked}' does not exist`)
    const look = await lookOf(request, flavour, needs)
    const groups = await store.groups.findByNames(
      siteId,
      await store.groups.namesOf(siteId, person.id),
    )
    return sendJson(
      reply,
      groups.map(({ id, name }) => ({
        name,
        ...(look.isCloud ? { groupId: id } : {}),
        self: `${look.api}/group?groupname=${encodeURIComponent(name)}`,
      })),
    )
  })

  for (const path of ['/users/search', '/users'])
    scope.get(path, { config }, async (request, reply) =>
      sendJson(reply, await list(request, undefined, false)),
    )

  scope.get<{ Querystring: Loose }>('/user/bulk', { config }, async (request, reply) => {
    const actor = actorOf(request)
    const { accountId, username, key } = request.query
    const texts = [accountId, username, key].flat().flatMap((one) => textOf(one) ?? [])
    if (texts.length === 0) throw refusal(400, 'The accountId parameter is required.')
    const page = pageOf(request.query, { size: 10, most: 200 })
    const found = await store.names.people(actor.siteId, [...new Set(texts)])
    const ids = [...new Set([...found.values()].flat())]
    const shown = ids.slice(page.startAt, page.startAt + page.maxResults)
    const look = await lookOf(request, flavour, needs)
    const people = await store.people.getMany(actor.siteId, shown)
    const values = people.map((person) => renderPerson(look, actor, person))
    return sendJson(reply, pageBean(`${look.api}/user/bulk`, page, ids.length, values))
  })
}
