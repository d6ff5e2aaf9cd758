import { randomBytes, randomUUID } from 'node:crypto'
import type { FastifyInstance, InjectOptions } from 'fastify'
import { aSite, type SiteBuilder } from '../../test/builders.ts'
import { aClock, type HandClock } from '../../test/clock.ts'
import { makePublicHolidays } from '../calendars/public-holidays.ts'
import { makeAccounting } from '../domain/accounting.ts'
import { makeAllocations } from '../domain/allocations.ts'
import { makeCalendar } from '../domain/calendar.ts'
import { makeDirectory } from '../domain/directory.ts'
import { makeHandOvers } from '../domain/hand-overs.ts'
import type { Issue } from '../domain/issue.ts'
import { makeOAuthApps } from '../domain/oauth-apps.ts'
import { makeOwnBook } from '../domain/own-book.ts'
import type { Role, Scope } from '../domain/permission.ts'
import type { Person } from '../domain/person.ts'
import { makePlanDrafts } from '../domain/plan-drafts.ts'
import { makePlanning } from '../domain/planning.ts'
import { makePlanningCatalogue } from '../domain/planning-catalogue.ts'
import type { Project } from '../domain/project.ts'
import { makeReports } from '../domain/reports.ts'
import { makeSessions } from '../domain/sessions.ts'
import type { SiteId } from '../domain/site.ts'
import { makeStaffing } from '../domain/staffing.ts'
import type { Store } from '../domain/store.ts'
import { makeTeamHomes } from '../domain/team-home.ts'
import { makeTeams } from '../domain/teams.ts'
import { makeTimers } from '../domain/timer.ts'
import { makeTimesheets } from '../domain/timesheets.ts'
import type { Token } from '../domain/token.ts'
import { makeTokens } from '../domain/tokens.ts'
import { makeWorklogApprovals } from '../domain/worklog-approvals.ts'
import { formats } from '../formats/formats.ts'
import { hashSecret, isNetwork, isSameSecret, makeIdentity } from '../http/identity.ts'
import { makeLogger } from '../http/log.ts'
import { makeMetrics } from '../http/metrics.ts'
import { hashPassword, verifyPassword } from '../http/passwords.ts'
import { makeServer } from '../http/server.ts'
import { makeSessionIdentity } from '../http/session-identity.ts'
import { renameGroupInJql } from '../jira/jql/rename-group.ts'
import { makeJql } from '../jira/jql/search.ts'
import { worklogTable } from '../reports/worklog-table.ts'
import { type ApiNeeds, registerApi } from './api.ts'
import type { Entering } from './needs.ts'

// What the tests of this folder share: a small company, a token for everybody in it, and a server.

export type Answer = {
  readonly status: number
  readonly headers: Readonly<Record<string, unknown>>
  readonly text: string
  // biome-ignore lint/suspicious/noExplicitAny: tests look into bodies of every shape
  readonly body: any
}

export type Call = {
  readonly body?: unknown
  readonly headers?: Readonly<Record<string, string>>
}

export const cast = {
  admin: 'administrator',
  manager: 'manager',
  lead: 'team-lead',
  worker: 'employee',
  mate: 'employee',
  outsider: 'employee',
  limited: 'limited-employee',
} as const satisfies Record<string, Role>

export type Name = keyof typeof cast

export type World = {
  readonly site: SiteBuilder
  readonly store: Store
  readonly server: FastifyInstance
  readonly entering: Entering
  readonly clock: HandClock
  readonly people: Readonly<Record<Name, Person>>
  readonly project: Project
  readonly issue: Issue
  /** Of a Jira connection. */
  readonly jiraProject: Project
  readonly jiraIssue: Issue
  call(who: Name | null, route: string, call?: Call): Promise<Answer>
  tokenFor(person: Person, wish?: Partial<Token>): Promise<string>
  version(): Promise<number>
}

const allScopes: readonly Scope[] = ['read', 'write', 'admin']
let secrets = 0

/** `lead` leads the team of `worker` and `mate`; nobody else shares a team. */
export async function aWorld(store: Store, needs: Partial<ApiNeeds> = {}): Promise<World> {
  const clock = aClock()
  const site = await aSite(store)
  const { siteId } = site
  const people = Object.fromEntries(
    await Promise.all(
      Object.entries(cast).map(async ([name, role]) => [
        name,
        await site.aPerson({ role, username: name, key: name, displayName: `The ${name}` }),
      ]),
    ),
  ) as Record<Name, Person>
  const team = await store.teams.create(siteId, { name: 'Team', leadId: people.lead.id })
  await store.teams.addMemberships(
    siteId,
    [people.worker, people.mate].map((person) => ({
      teamId: team,
      personId: person.id,
      from: null,
      to: null,
      commitmentPercent: 100,
    })),
  )
  const connection = await store.connections.create(siteId, {
    name: 'cloud',
    baseUrl: 'https://jira.example.org',
  })
  const project = await site.aProject({ key: 'OPS', name: 'Operations' })
  const issue = await site.anIssue({ project, key: 'OPS-1' })
  const jiraProject = await site.aProject({
    key: 'JIRA',
    name: 'From Jira',
    connectionId: connection.id,
  })
  const jiraIssue = await site.anIssue({ project: jiraProject, key: 'JIRA-1' })
  const entering = anEntering(store, siteId, clock.now)
  const server = await aServer(store, clock, { entering, ...needs })
  const tokenFor: World['tokenFor'] = async (person, wish = {}) => {
    secrets += 1
    const secret = `secret-number-${secrets}`
    const { revokedAt, ...rest } = wish
    const token = await store.tokens.create({
      siteId,
      personId: person.id,
      name: 'test',
      hint: '',
      scopes: allScopes,
      networks: [],
      createdAt: clock.now(),
      expiresAt: null,
      ...rest,
      hash: hashSecret(secret),
    })
    if (revokedAt) await store.tokens.revoke(siteId, token.id, revokedAt)
    return secret
  }
  const tokens = Object.fromEntries(
    await Promise.all(
      Object.entries(people).map(async ([name, person]) => [name, await tokenFor(person)]),
    ),
  ) as Record<Name, string>
  return {
    site,
    store,
    server,
    entering,
    clock,
    people,
    project,
    issue,
    jiraProject,
    jiraIssue,
    tokenFor,
    version: async () => (await store.sites.get(siteId)).version,
    call: (who, route, call = {}) => inject(server, who === null ? null : tokens[who], route, call),
  }
}

/** One request, `route` being method and path such as `GET /worklogs?limit=1`. */
export async function inject(
  server: FastifyInstance,
  secret: string | null,
  route: string,
  { body, headers = {} }: Call = {},
): Promise<Answer> {
  const [method = '', path = ''] = route.split(/ (.*)/s)
  const answer = await server.inject({
    method: method as NonNullable<InjectOptions['method']>,
    url: path.startsWith('/api') ? path : `/api/v1${path}`,
    headers: {
      ...(secret === null ? {} : { authorization: `Bearer ${secret}` }),
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...headers,
    },
    ...(body === undefined
      ? {}
      : { payload: typeof body === 'string' ? body : JSON.stringify(body) }),
  })
  const isJson = /[/+]json/.test(String(answer.headers['content-type']))
  return {
    status: answer.statusCode,
    headers: answer.headers,
    text: answer.body,
    body: isJson && answer.body !== '' ? JSON.parse(answer.body) : undefined,
  }
}

/** How browsers enter the site of a test. */
function anEntering(store: Store, siteId: SiteId, now: () => number): Entering {
  return {
    siteId,
    identity: makeSessionIdentity(store, now),
    singleSignOn: undefined,
    sessions: makeSessions({
      store,
      now,
      newSecret: () => randomBytes(32).toString('base64url'),
      hashSecret,
      passwords: { hash: hashPassword, verify: verifyPassword },
    }),
  }
}

async function aServer(
  store: Store,
  clock: HandClock,
  needs: Partial<ApiNeeds>,
): Promise<FastifyInstance> {
  const { now } = clock
  const server = await makeServer({
    logger: makeLogger('fatal'),
    metrics: makeMetrics(),
    trustedProxies: [],
    requestsPerMinute: 0,
  })
  const book = makeOwnBook({ store, now })
  const jql = makeJql({ store, now, worklogDateZone: 'caller' })
  const timesheets = makeTimesheets({ book })
  let accounts = 0
  let ids = 0
  const newId = () => {
    ids += 1
    return String(9_007_199_254_741_000n + BigInt(ids))
  }
  await registerApi(server, {
    store,
    book,
    timesheets,
    timers: makeTimers({ store, timesheets, now }),
    directory: makeDirectory({
      store,
      now,
      newAccountId: () => {
        accounts += 1
        return `born-here-${accounts}`
      },
      renameGroupInJql,
    }),
    accounting: makeAccounting({ store, now }),
    calendar: makeCalendar({
      store,
      now,
      sha256: hashSecret,
      publicHolidays: makePublicHolidays(),
    }),
    planning: makePlanning({ store, now, newId, newUid: randomUUID }),
    drafts: makePlanDrafts({ store, now, newId, newUid: randomUUID }),
    planningCatalogue: makePlanningCatalogue({ store, now, newId }),
    worklogApprovals: makeWorklogApprovals({ store, now }),
    handOvers: makeHandOvers({ store, book, now }),
    reports: makeReports({
      store,
      now,
      newSecret: () => randomBytes(16).toString('hex'),
      hashSecret,
    }),
    teams: makeTeams({ store, now }),
    teamHomes: makeTeamHomes({ store, now }),
    staffing: makeStaffing({ store, now }),
    allocations: makeAllocations({ store, now }),
    oauth: makeOAuthApps({
      store,
      now,
      newSecret: () => randomBytes(32).toString('base64url'),
      hashSecret,
      isSameSecret,
      onChange: () => {},
    }),
    tokens: makeTokens({
      store,
      now,
      newSecret: () => randomBytes(32).toString('base64url'),
      hashSecret,
      isNetwork,
    }),
    identity: makeIdentity(store, now),
    findIssues: async (actor, text) => (await jql.understand(actor, text)).search.condition,
    now,
    version: '0.0.0-test',
    publicUrl: undefined,
    exportWorklogs: (query, fields, format, options) => ({
      contentType: formats[format].contentType,
      extension: formats[format].extension,
      chunks: formats[format].write(worklogTable(store.worklogs, query, fields), options),
    }),
    ...needs,
  })
  return server
}

/** An entry that is accepted as it stands. */
export const goodEntry = { issue: 'OPS-1', day: '2026-03-02', timeSpentSeconds: 3600 }
