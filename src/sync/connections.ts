import type { Connections, Probe } from '../domain/connections.ts'
import type { Day } from '../domain/day.ts'
import { checkMay } from '../domain/directory-checks.ts'
import { DomainError, invalidField } from '../domain/errors.ts'
import type { Ingest } from '../domain/ingest.ts'
import {
  checkLinkWish,
  type JiraAuth,
  type JiraLink,
  type LinkWish,
  projectChoiceProblem,
  sourceName,
} from '../domain/jira-link.ts'
import type { Actor } from '../domain/permission.ts'
import type { Connection, ConnectionId, SiteId } from '../domain/site.ts'
import type { Store } from '../domain/store.ts'
import type { Instant } from '../domain/zone.ts'
import type { JiraApi } from './jira-api.ts'
import { parseOAuthSecret } from './jira-auth.ts'
import { statusOf } from './jira-client.ts'
import { type JiraDoor, linkPlace, personPlace } from './jira-door.ts'
import { asking, chosenBy, offered } from './offer-projects.ts'

export type ConnectionNeeds = {
  readonly store: Store
  readonly ingest: Ingest
  readonly door: JiraDoor
  readonly now: () => Instant
}

/** Adds a connection; its Jira may be called elsewhere than people see it. */
export type MakeLink = Connections['add']

const shownIncidents = 10
/** Stands where a login belongs to none yet: nothing sealed for it opens elsewhere. */
const noConnection = 0 as ConnectionId

export function makeConnections({ store, ingest, door, now }: ConnectionNeeds): Connections {
  const check = (actor: Actor, action: 'administer' | 'read') => {
    checkMay(actor, action, { type: 'site' }, `${action} connections`)
  }
  const noteOf = (actor: Actor, action: string, connection: Connection, after: unknown) => ({
    at: now(),
    actorId: actor.personId,
    via: actor.via,
    action,
    objectType: 'connection',
    objectId: String(connection.id),
    before: null,
    after,
  })

  async function linked(siteId: SiteId) {
    const connections = await store.connections.list(siteId)
    const links = await store.links.list(siteId)
    return links.flatMap((link) => {
      const connection = connections.find((one) => one.id === link.connectionId)
      return connection ? [{ connection, link }] : []
    })
  }

  async function find(siteId: SiteId, name: string) {
    const all = await linked(siteId)
    const found = all.find(
      ({ connection, link }) =>
        connection.name === name || String(connection.id) === name || link.baseUrl === name,
    )
    if (found) return found
    throw new DomainError('not-found', `There is no connection "${name}"`)
  }

  function draftOf(
    siteId: SiteId,
    wish: LinkWish,
    connectionId: ConnectionId,
    baseUrl: string,
  ): JiraLink {
    return {
      connectionId,
      kind: 'cloud',
      baseUrl,
      auth: wish.auth as JiraAuth,
      login: wish.login ?? null,
      secret: door.seal(siteId, wish.secret, linkPlace(connectionId)),
      mode: wish.mode === 'mirror' ? 'mirror' : 'read',
      writesAs: (wish.writesAs as JiraLink['writesAs'] | undefined) ?? 'person',
      allowsPrivate: wish.allowsPrivate === true,
      estimates: wish.estimates === 'auto' ? 'auto' : 'leave',
      horizon: (wish.horizon as Day | undefined) ?? null,
      projects: null,
      hookSecret: null,
      createdAt: now(),
    }
  }

  return {
    find,
    linked,
    async add(actor, wish) {
      check(actor, 'administer')
      const baseUrl = checkLinkWish(wish)
      if (wish.auth === 'oauth') parseOAuthSecret(wish.secret)
      const { siteId } = actor
      const siteUrl = wish.siteUrl ?? baseUrl
      const name = wish.name ?? sourceName(siteUrl)
      const same = (await linked(siteId)).find(
        ({ connection, link }) => link.baseUrl === baseUrl || connection.name === name,
      )
      if (same)
        throw new DomainError(
          'conflict',
          `The connection "${same.connection.name}" to ${same.link.baseUrl} is there already`,
        )
      // A file imported from this Jira before has made its connection under host and path.
      const imported = await store.connections.findByName(siteId, sourceName(siteUrl))
      const connection = imported
        ? { ...imported, name, baseUrl: siteUrl }
        : await ingest.connect(siteId, name, siteUrl)
      const draft = draftOf(siteId, wish, connection.id, baseUrl)
      await store.links.put(siteId, draft)
      try {
        const probe = await probeJira(door, siteId, draft)
        const there = { ...draft, kind: probe.server.kind }
        const projects = await chosenBy(door.open(siteId, there), [], wish.projects ?? null)
        await store.write(siteId, async (tx) => {
          // Read anew: an OAuth secret has been renewed by the probe.
          const kept = (await tx.links.find(siteId, connection.id)) ?? draft
          const link = { ...kept, kind: probe.server.kind, projects }
          await tx.links.put(siteId, link)
          await tx.connections.rename(siteId, connection.id, { name, baseUrl: siteUrl })
          const { secret, ...shown } = link
          tx.note(noteOf(actor, 'connection.add', connection, shown))
        })
        return { connection, probe }
      } catch (error) {
        await store.links.remove(siteId, connection.id)
        throw error
      }
    },
    async list(actor) {
      check(actor, 'read')
      const { siteId } = actor
      const links = new Map((await store.links.list(siteId)).map((one) => [one.connectionId, one]))
      const connections = await store.connections.list(siteId)
      return Promise.all(
        connections.map(async (connection) => {
          const link = links.get(connection.id)
          if (!link) return { ...connection, link: null, state: null, lease: null, incidents: [] }
          const { secret, hookSecret, ...shown } = link
          return {
            ...connection,
            link: shown,
            state: await store.sync.get(siteId, connection.id),
            lease: (await store.sync.findLease(siteId, connection.id)) ?? null,
            incidents: await store.sync.listIncidents(siteId, connection.id, shownIncidents),
          }
        }),
      )
    },
    async look(actor, wish, text) {
      check(actor, 'administer')
      const baseUrl = checkLinkWish(wish)
      if (wish.auth === 'oauth')
        throw invalidField(
          'auth',
          'must be a login of its own: a consent is kept before it is used',
        )
      const { siteId } = actor
      const draft = draftOf(siteId, wish, noConnection, baseUrl)
      const probe = await probeJira(door, siteId, draft, 'unkept')
      const there = { ...draft, kind: probe.server.kind }
      const offer = await asking(door.openUnkept(siteId, there), (api) => offered(api, text))
      return { ...probe, ...offer }
    },
    async offer(actor, name, text) {
      check(actor, 'administer')
      const { link } = await find(actor.siteId, name)
      return asking(door.open(actor.siteId, link), (api) => offered(api, text))
    },
    async choose(actor, name, { projects: keys, acceptsHidden = false }) {
      check(actor, 'administer')
      const { siteId } = actor
      const problem = projectChoiceProblem(keys)
      if (problem !== undefined) throw invalidField('projects', problem)
      const { connection, link } = await find(siteId, name)
      const projects = await chosenBy(door.open(siteId, link), link.projects ?? [], keys)
      const hidden =
        projects === null
          ? 0
          : await store.sync.countUnchosen(
              siteId,
              connection.id,
              projects.map(({ id }) => id),
            )
      if (hidden > 0 && !acceptsHidden)
        throw new DomainError(
          'conflict',
          `${hidden} worklogs of projects that are not chosen would no longer be shown; they stay in Jira`,
          { reason: 'hides-worklogs', worklogs: hidden },
        )
      await store.write(siteId, async (tx) => {
        await tx.links.putProjects(siteId, connection.id, projects)
        const before = { projects: link.projects }
        tx.note({ ...noteOf(actor, 'connection.choose', connection, { projects }), before })
      })
      return { link: { ...link, projects }, hidden }
    },
    async test(actor, name) {
      check(actor, 'administer')
      const { connection, link } = await find(actor.siteId, name)
      const probe = await probeJira(door, actor.siteId, link)
      await store.sync.override(actor.siteId, connection.id, { stoppedReason: null })
      return probe
    },
    async login(actor, name, { personId, auth, login, secret }) {
      const { siteId } = actor
      if (personId !== actor.personId) check(actor, 'administer')
      const { connection, link } = await find(siteId, name)
      checkLinkWish({ url: link.baseUrl, auth, secret, ...(login ? { login } : {}) })
      const person = await store.people.get(siteId, personId)
      const sealed = door.seal(siteId, secret, personPlace(connection.id, personId))
      const credential = {
        connectionId: connection.id,
        personId,
        auth: auth as JiraAuth,
        login: login ?? null,
        secret: sealed,
      }
      await store.links.putCredential(siteId, credential)
      const api = await door.openAs(siteId, link, credential)
      try {
        const me = await api.myself()
        const names = [person.accountId, person.key, person.username]
        if (![me.accountId, me.key, me.username].some((one) => one && names.includes(one)))
          throw new DomainError(
            'invalid',
            `That login belongs to ${me.displayName || me.name}, not to ${person.displayName}`,
          )
        return me
      } catch (error) {
        await store.links.removeCredential(siteId, connection.id, personId)
        throw error
      } finally {
        await api.client.close()
      }
    },
    async remove(actor, name) {
      check(actor, 'administer')
      const { connection } = await find(actor.siteId, name)
      await store.write(actor.siteId, async (tx) => {
        await tx.links.remove(actor.siteId, connection.id)
        tx.note(noteOf(actor, 'connection.remove', connection, null))
      })
    },
  }
}

/** Who answers there, and as whom we come: the two questions before any other. */
export async function probeJira(
  door: JiraDoor,
  siteId: SiteId,
  draft: JiraLink,
  kept: 'kept' | 'unkept' = 'kept',
): Promise<Probe> {
  const ask = (link: JiraLink, question: (api: JiraApi) => Promise<Probe>) =>
    asking(kept === 'kept' ? door.open(siteId, link) : door.openUnkept(siteId, link), question)
  const server = await ask(draft, async (api) => ({
    server: await api.serverInfo(),
    me: { name: '', displayName: '', timeZone: null },
  })).catch((error: unknown) => {
    if (statusOf(error) === 404)
      throw new DomainError(
        'upstream',
        `There is no Jira at ${draft.baseUrl}: check its address and context path`,
      )
    throw error
  })
  // Only now is it known whose manners to expect of an answer to a wrong password.
  return ask({ ...draft, kind: server.server.kind }, async (api) => {
    const me = await api.myself()
    if (me.name === '')
      throw new DomainError('upstream', 'Jira does not say who this login is', { reason: 'login' })
    return { server: server.server, me }
  })
}
