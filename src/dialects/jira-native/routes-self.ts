import type { FastifyInstance } from 'fastify'
import { baseUrlOf } from '../../http/context-path.ts'
import { sendJson } from './errors.ts'
import { type Flavour, lookOf } from './flavour.ts'
import { actorOf, callerOf } from './identity.ts'
import type { JiraNativeNeeds } from './needs.ts'
import { type Loose, listOf } from './params.ts'
import { renderServerInfo } from './render-server.ts'
import { renderUser } from './render-user.ts'

/** What a client asks first: what is this, and who am I here? */
export function registerSelf(
  scope: FastifyInstance,
  needs: JiraNativeNeeds,
  flavour: Flavour,
): void {
  const { store, settings, now, publicUrl } = needs
  scope.get('/serverInfo', { config: { access: 'public' } }, async (request, reply) => {
    const site = await store.sites.get(request.actor?.siteId ?? needs.site.id)
    return sendJson(reply, renderServerInfo(baseUrlOf(request, publicUrl), settings, site, now()))
  })

  scope.get<{ Querystring: Loose }>(
    '/myself',
    { config: { access: 'read' } },
    async (request, reply) => {
      const look = await lookOf(request, flavour, needs)
      const person = callerOf(request)
      const { siteId } = actorOf(request)
      const expand = listOf(request.query.expand) ?? []
      const names = await store.groups.namesOf(siteId, person.id)
      const groups = names.map((name) => ({
        name,
        self: `${look.api}/group?groupname=${encodeURIComponent(name)}`,
      }))
      return sendJson(reply, {
        ...renderUser(look, person),
        locale: person.locale ?? 'en_US',
        groups: { size: groups.length, items: expand.includes('groups') ? groups : [] },
        applicationRoles: { size: 0, items: [] },
        expand: 'groups,applicationRoles',
      })
    },
  )
}
