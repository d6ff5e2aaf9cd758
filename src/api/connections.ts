import type { FastifyInstance } from 'fastify'
import type { Connections, OAuthConsent, Probe } from '../domain/connections.ts'
import type { ConnectionId, SiteId } from '../domain/site.ts'
import type { Store } from '../domain/store.ts'
import type { SyncProgress } from '../domain/sync-state.ts'
import { formatInstant } from '../domain/zone.ts'
import {
  ConnectionParams,
  ConnectionProbe,
  type ConnectionSync,
  Consent,
  LookAnswer,
  NewConnection,
  NewConsent,
  NewLook,
  OfferAnswer,
  OfferQuery,
  ProjectChoice,
  ProjectChoiceAnswer,
} from './contract.ts'
import { actorOf } from './needs.ts'
import { answer, nothing, operation } from './operation.ts'
import { momentOrNull } from './render.ts'

const shownIncidents = 10

/** Ways to a Jira: for administrators, as they show what their accounts can reach. */
export function registerConnections(
  scope: FastifyInstance,
  connections: Connections,
  consent?: OAuthConsent,
): void {
  if (consent)
    scope.post<{ Body: NewConsent }>(
      '/connections/consent',
      {
        config: { access: 'admin' },
        schema: operation({
          id: 'startConsent',
          tag: 'Connections',
          summary: 'Connect a Jira Cloud by OAuth',
          description:
            'Send a browser to `authorizeUrl` within ten minutes; when it comes back the connection is made.',
          body: NewConsent,
          answers: { 201: answer('Where to consent', Consent) },
        }),
      },
      async (request, reply) => {
        const { authorizeUrl } = await consent.start(actorOf(request), request.body)
        return reply.code(201).send({ authorizeUrl, callbackUrl: consent.callbackUrl })
      },
    )

  scope.post<{ Body: NewConnection }>(
    '/connections',
    {
      config: { access: 'admin' },
      schema: operation({
        id: 'createConnection',
        tag: 'Connections',
        summary: 'Connect a Jira',
        description: 'It is asked who we are before anything is kept.',
        body: NewConnection,
        answers: { 201: answer('As whom the login is known', ConnectionProbe) },
      }),
    },
    async (request, reply) => {
      const { user, allowPrivate, ...wish } = request.body
      const { probe } = await connections.add(actorOf(request), {
        ...wish,
        ...(user === undefined ? {} : { login: user }),
        ...(allowPrivate === undefined ? {} : { allowsPrivate: allowPrivate }),
      })
      return reply.code(201).send(renderProbe(probe))
    },
  )

  registerChoice(scope, connections)

  scope.post<{ Params: { name: string } }>(
    '/connections/:name/test',
    {
      config: { access: 'admin' },
      schema: operation({
        id: 'testConnection',
        tag: 'Connections',
        summary: 'Ask a Jira who we are',
        description: 'Lets a stopped connection go on.',
        params: ConnectionParams,
        answers: { 200: answer('As whom the login is known', ConnectionProbe) },
      }),
    },
    async (request) => renderProbe(await connections.test(actorOf(request), request.params.name)),
  )

  scope.delete<{ Params: { name: string } }>(
    '/connections/:name',
    {
      config: { access: 'admin' },
      schema: operation({
        id: 'removeConnection',
        tag: 'Connections',
        summary: 'Forget the way to a Jira',
        description: 'The worklogs read from it stay.',
        params: ConnectionParams,
        answers: { 204: nothing('Forgotten') },
      }),
    },
    async (request, reply) => {
      await connections.remove(actorOf(request), request.params.name)
      return reply.code(204).send()
    },
  )
}

/** Which projects of a Jira are held: looked up there before and after it is connected. */
function registerChoice(scope: FastifyInstance, connections: Connections): void {
  scope.post<{ Body: NewLook }>(
    '/connections/look',
    {
      config: { access: 'admin' },
      schema: operation({
        id: 'lookAtConnection',
        tag: 'Connections',
        summary: 'Try a way to a Jira',
        description: 'Says who we are there and which projects may be chosen. Nothing is kept.',
        body: NewLook,
        answers: { 200: answer('As whom the login is known, and its projects', LookAnswer) },
      }),
    },
    async (request) => {
      const { user, allowPrivate, text = '', ...wish } = request.body
      const found = await connections.look(
        actorOf(request),
        {
          ...wish,
          ...(user === undefined ? {} : { login: user }),
          ...(allowPrivate === undefined ? {} : { allowsPrivate: allowPrivate }),
        },
        text,
      )
      return { ...renderProbe(found), projects: found.projects, isMore: found.isMore }
    },
  )

  scope.get<{ Params: { name: string }; Querystring: { text?: string } }>(
    '/connections/:name/projects',
    {
      config: { access: 'admin' },
      schema: operation({
        id: 'listConnectionProjects',
        tag: 'Connections',
        summary: 'Projects of a Jira that may be chosen',
        description: 'Asked of the Jira itself.',
        params: ConnectionParams,
        querystring: OfferQuery,
        answers: { 200: answer('Its projects', OfferAnswer) },
      }),
    },
    async (request) =>
      connections.offer(actorOf(request), request.params.name, request.query.text ?? ''),
  )

  scope.put<{ Params: { name: string }; Body: ProjectChoice }>(
    '/connections/:name/projects',
    {
      config: { access: 'admin' },
      schema: operation({
        id: 'chooseProjects',
        tag: 'Connections',
        summary: 'Choose the projects of a Jira that are held',
        description:
          'The next reading brings it about: worklogs of added projects are read, those of removed ones are no longer shown, but for closed and approved days. Refused with 409, reason `hides-worklogs` and their number in `worklogs`, until `acceptsHidden` is said.',
        params: ConnectionParams,
        body: ProjectChoice,
        answers: { 200: answer('What is chosen now', ProjectChoiceAnswer) },
      }),
    },
    async (request) => {
      const { params, body } = request
      const { link, hidden } = await connections.choose(actorOf(request), params.name, body)
      return { projects: link.projects, hidden }
    },
  )
}

/** What an administrator sees of a connection's sync; null where nothing is synced. */
export async function findSync(
  { links, sync }: Pick<Store, 'links' | 'sync'>,
  siteId: SiteId,
  id: ConnectionId,
  progress: SyncProgress | null,
): Promise<ConnectionSync | null> {
  const link = await links.find(siteId, id)
  if (!link) return null
  const state = await sync.get(siteId, id)
  const incidents = await sync.listIncidents(siteId, id, shownIncidents)
  return {
    kind: link.kind,
    auth: link.auth,
    user: link.login,
    mode: link.mode,
    writesAs: link.writesAs,
    estimates: link.estimates,
    horizon: link.horizon,
    projects: link.projects && [...link.projects],
    phase: state.stoppedReason === null ? state.phase : 'stopped',
    reads: state.mode,
    lastCycleAt: momentOrNull(state.lastCycleAt),
    trouble: state.stoppedReason ?? state.lastError,
    troubleAt: momentOrNull(state.lastErrorAt),
    progress: progress && {
      ...progress,
      startedAt: formatInstant(progress.startedAt),
      readUpTo: momentOrNull(progress.readUpTo),
    },
    counters: state.counters && { ...state.counters, ms: Math.round(state.counters.ms) },
    incidents: incidents.map(({ kind, message, at }) => ({ kind, message, at: formatInstant(at) })),
  }
}

function renderProbe({ server, me }: Pick<Probe, 'server' | 'me'>) {
  return {
    kind: server.kind,
    version: server.version,
    user: me.displayName || me.name,
    timeZone: me.timeZone,
  }
}
