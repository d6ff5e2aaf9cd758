import type { FastifyInstance } from 'fastify'
import { sql } from 'kysely'
import { anEvent, aSite, type EventWish, type SiteBuilder } from '../../../test/builders.ts'
import type { TestDatabase } from '../../../test/database.ts'
import { makeOwnBook } from '../../domain/own-book.ts'
import type { Scope } from '../../domain/permission.ts'
import type { Person, PersonId } from '../../domain/person.ts'
import { makePlanning } from '../../domain/planning.ts'
import { makePlanningCatalogue } from '../../domain/planning-catalogue.ts'
import type { PlanningSettings } from '../../domain/planning-settings.ts'
import { makeStaffing } from '../../domain/staffing.ts'
import type { TeamId } from '../../domain/team.ts'
import { makeTeams } from '../../domain/teams.ts'
import { makeTimesheets } from '../../domain/timesheets.ts'
import { makeWorklogApprovals } from '../../domain/worklog-approvals.ts'
import { hashSecret, makeIdentity } from '../../http/identity.ts'
import { makeLogger } from '../../http/log.ts'
import { makeMetrics } from '../../http/metrics.ts'
import { makeServer } from '../../http/server.ts'
import { registerActivityTimeline } from './index.ts'

// What the tests of this folder share: a site behind a server, and rows with the ids of their choice.

export type Told = { readonly status: number; readonly type: unknown; readonly text: string }

export type World = {
  readonly site: SiteBuilder
  readonly admin: Person
  readonly token: string
  readonly server: FastifyInstance
  /** One call with the administrator's token; `route` is method and path below the prefix. */
  ask(route: string, headers?: Readonly<Record<string, string>>): Promise<Told>
  person(id: string, wish?: Partial<Person>): Promise<Person>
  team(id: string, name: string, members?: readonly Person[]): Promise<TeamId>
  rows(table: string, rows: readonly Readonly<Record<string, unknown>>[]): Promise<void>
  events(person: Person, wishes: readonly EventWish[]): Promise<void>
  settings(change: Partial<PlanningSettings>): Promise<void>
  /** Eight hours on weekdays is the site's own; this gives somebody another day. */
  involvement(person: Person, hours: number): Promise<void>
  tokenFor(person: Person, scopes?: readonly Scope[]): Promise<string>
}

let secrets = 0

export async function aWorld(
  { store, engine }: TestDatabase,
  { now = () => Date.UTC(2026, 2, 31, 12), newIds = [] as readonly string[] } = {},
): Promise<World> {
  const site = await aSite(store)
  const { siteId } = site
  const given = [...newIds]
  let ids = 8_000_000_000_000_000_000n
  const newId = () => {
    ids += 1n
    return given.shift() ?? String(ids)
  }
  const rows: World['rows'] = async (table, values) => {
    for (const value of values) {
      const columns = Object.entries({ site_id: siteId, ...value })
      await sql`insert into ${sql.table(table)} (${sql.join(
        columns.map(([name]) => sql.ref(name)),
      )}) values (${sql.join(columns.map(([, one]) => one))})`.execute(engine.db)
    }
  }
  const person: World['person'] = async (id, wish = {}) => {
    await rows('person', [
      {
        id,
        account_id: wish.accountId ?? `account ${id}`,
        username: wish.username ?? null,
        display_name: wish.displayName ?? `Person ${id}`,
        email: wish.email ?? null,
        is_active: wish.isActive ?? true,
        role: wish.role ?? 'employee',
        time_zone: wish.timeZone ?? null,
        version: 0,
      },
    ])
    return store.people.get(siteId, id as PersonId)
  }
  const tokenFor: World['tokenFor'] = async ({ id }, scopes = ['read', 'write', 'admin']) => {
    secrets += 1
    const secret = `at-secret-${secrets}`
    await store.tokens.create({
      siteId,
      personId: id,
      name: 'test',
      hint: '',
      hash: hashSecret(secret),
      scopes,
      networks: [],
      createdAt: 0,
      expiresAt: null,
    })
    return secret
  }
  const settings: World['settings'] = async (change) =>
    store.planningSettings.put(siteId, {
      ...(await store.planningSettings.get(siteId)),
      ...change,
    })
  const admin = await person('2641502681345183593', {
    username: 'admin',
    displayName: 'Administrator',
    email: 'admin@company.com',
    role: 'administrator',
  })
  const token = await tokenFor(admin)
  await settings({ isActivityTimelineOn: true })
  const server = await aServer({ store, now, newId })
  return {
    site,
    admin,
    token,
    server,
    person,
    rows,
    settings,
    tokenFor,
    async ask(route, headers = { 'auth-token': token }) {
      const [method = '', path = ''] = route.split(/ (.*)/s)
      const answer = await server.inject({
        method: method as 'GET',
        url: `/rest/api/1${path}`,
        headers,
      })
      const { statusCode: status, body: text } = answer
      return { status, type: answer.headers['content-type'], text }
    },
    async team(id, name, members = []) {
      await rows('team', [{ id, name, version: 0 }])
      await store.teams.addMemberships(
        siteId,
        members.map((member) => ({
          teamId: id as TeamId,
          personId: member.id,
          from: null,
          to: null,
          commitmentPercent: 100,
        })),
      )
      return id as TeamId
    },
    async events(owner, wishes) {
      await store.events.insert(
        siteId,
        wishes.map((wish) => anEvent(owner, wish)),
      )
    },
    async involvement({ id }, hours) {
      const day = hours * 3_600
      const scheduleId = await store.schedules.insert(siteId, {
        name: `${hours} h of ${id}`,
        description: '',
        isDefault: false,
        weekSeconds: [day, day, day, day, day, 0, 0],
        version: 0,
      })
      await store.schedules.choose(siteId, id, [
        { from: '0001-01-01' as never, choice: scheduleId },
      ])
    },
  }
}

type ServerParts = Pick<TestDatabase, 'store'> & { now: () => number; newId: () => string }

async function aServer({ store, now, newId }: ServerParts): Promise<FastifyInstance> {
  const server = await makeServer({
    logger: makeLogger('silent'),
    metrics: makeMetrics(),
    trustedProxies: [],
    requestsPerMinute: 0,
  } as Parameters<typeof makeServer>[0])
  const book = makeOwnBook({ store, now })
  await registerActivityTimeline(server, {
    store,
    now,
    switched: 'site',
    identity: makeIdentity(store, now),
    planning: makePlanning({
      store,
      now,
      newId,
      newUid: () => '00000000-0000-4000-8000-000000000001',
    }),
    planningCatalogue: makePlanningCatalogue({ store, now, newId }),
    worklogApprovals: makeWorklogApprovals({ store, now }),
    timesheets: makeTimesheets({ book }),
    teams: makeTeams({ store, now }),
    staffing: makeStaffing({ store, now }),
  })
  return server
}
