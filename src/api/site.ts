import type { FastifyInstance } from 'fastify'
import { type Actor, can } from '../domain/permission.ts'
import { ownConnection } from '../domain/site.ts'
import type { Store } from '../domain/store.ts'
import { formatInstant } from '../domain/zone.ts'
import { findSync } from './connections.ts'
import { ConnectionsAnswer, Me, ref } from './contract.ts'
import { type ApiNeeds, actorOf } from './needs.ts'
import { answer, operation } from './operation.ts'
import { ageSeconds, momentOrNull, renderPerson } from './render.ts'

/** The person behind a token or a session, and the site. */
export async function meOf(store: Store, actor: Actor) {
  const { id, name, timeZone, firstWeekday, bookMode, version } = await store.sites.get(
    actor.siteId,
  )
  const person = await store.people.get(actor.siteId, actor.personId)
  return {
    person: renderPerson(actor, person),
    role: actor.role,
    scopes: [...actor.scopes],
    site: { id, name, timeZone, firstWeekday, bookMode, version },
  }
}

export function registerSite(scope: FastifyInstance, { store, now, syncDesk }: ApiNeeds): void {
  scope.get(
    '/me',
    {
      config: { access: 'read' },
      schema: operation({
        id: 'getMe',
        tag: 'Site',
        summary: 'Who am I',
        description: 'The person behind the token, what the token allows, and the site.',
        answers: { 200: answer('You', ref(Me)) },
      }),
    },
    async (request) => {
      return meOf(store, actorOf(request))
    },
  )

  scope.get(
    '/connections',
    {
      config: { access: 'read' },
      schema: operation({
        id: 'listConnections',
        tag: 'Site',
        summary: 'Where rows come from',
        description:
          'Every connected Jira with its census: what it announced, what is held here, when rows last arrived.',
        answers: { 200: answer('All connections', ref(ConnectionsAnswer)) },
      }),
    },
    async (request) => {
      const actor = actorOf(request)
      const connections = await store.connections.list(actor.siteId)
      const seesSync = can(actor, 'read', { type: 'site' })
      const rows = connections.map(async (one) => ({
        id: one.id,
        name: one.name,
        baseUrl: one.baseUrl,
        isOwn: one.id === ownConnection,
        createdAt: formatInstant(one.createdAt),
        syncedAt: momentOrNull(one.syncedAt),
        ageSeconds: ageSeconds(now(), one.syncedAt),
        worklogsAnnounced: one.worklogsAnnounced,
        worklogsHeld: one.worklogsHeld,
        sync: seesSync
          ? await findSync(store, actor.siteId, one.id, syncDesk?.progress(one.id) ?? null)
          : null,
      }))
      return { connections: await Promise.all(rows) }
    },
  )
}
