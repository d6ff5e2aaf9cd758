import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { makeFilters } from '../../domain/filters.ts'
import type { Scope } from '../../domain/permission.ts'
import type { Person } from '../../domain/person.ts'
import { rowsOf } from './operations.contract.ts'
import type { Facts, Row } from './operations-rows.contract.ts'
import { isSpecified, makeChecker } from './specification.contract.ts'
import { aTempoWorld, secret, type TempoWorld } from './world.contract.ts'

// Each operation of both versions: done, refused for what is sent, not found, not allowed; the
// answers that succeed in version 4 against the specification where it lies beside the project.

const bases = { 3: '/core/3', 4: '/4' } as const
const secrets = {
  admin: secret,
  employee: 'the-employee-secret-0001',
  reader: 'the-read-only-secret-0001',
  servlet: 'the-servlet-secret-00001',
} as const

const facts: Record<3 | 4, Record<string, string>> = { 3: {}, 4: {} }
const check = makeChecker()
const served: { readonly method: string; readonly path: string }[] = []
let world: TempoWorld

beforeAll(async () => {
  world = await aTempoWorld({}, (server) => {
    server.addHook('onRoute', ({ method, url }) => {
      for (const one of [method].flat()) if (one !== 'HEAD') served.push({ method: one, path: url })
    })
  })
  const [employee, other] = await world.people([
    { accountId: '557058:emp', role: 'employee' },
    { accountId: '557058:oth', role: 'employee' },
  ])
  const issue = await world.anIssue()
  const project = (await world.store.projects.getMany(world.siteId, [issue.projectId]))[0]!
  await world.anAttribute({ key: '_Account_', name: 'Account', type: 'account' })
  await aToken(employee!, 'employee', ['read', 'write', 'admin'])
  await aToken(world.person, 'reader', ['read'])
  await aToken(world.person, 'servlet', ['servlet'])
  const filters = makeFilters({ store: world.store, now: world.app.now })
  const filter = await filters.create(world.admin, {
    name: 'All of it',
    jql: 'order by key',
    isShared: true,
  })
  for (const version of [3, 4] as const)
    facts[version] = {
      version: String(version),
      me: world.person.accountId,
      employee: employee!.accountId,
      other: other!.accountId,
      issue: issue.jiraId,
      issueKey: issue.key,
      project: project.jiraId,
      projectKey: project.key,
      filter: filter.jiraId,
    }
})
afterAll(() => world?.close())

function aToken(person: Person, who: 'employee' | 'reader' | 'servlet', scopes: Scope[]) {
  return world.app.tokens.create(world.admin, {
    personId: person.id,
    name: who,
    scopes,
    networks: [],
    expiresAt: null,
    value: secrets[who],
  })
}

type Wish = { readonly path?: string; readonly query?: string; readonly body?: unknown }

/** What no reasonable client sends. */
function nonsense({ op, body }: Row): Wish[] {
  const path = op.split(' ')[1]!
  const places = path.match(/\{\w+\}/g) ?? []
  const texts = ['%00', '%E0%A4%A', '-1', '1e9', '9'.repeat(40), '%F0%9F%98%80', 'a'.repeat(200)]
  const keys = ['from', 'to', 'updatedFrom', 'limit', 'offset', 'id', 'issue', 'issueId', 'project']
  const more = ['projectId', 'query', 'name', 'nextPageToken', 'year', 'teamMembers', 'orderBy']
  const bodies = [null, [], [1], 'text', 12, true, { name: '\0' }, { name: {} }, [{ a: [[]] }]]
  return [
    ...places.flatMap((place) => texts.map((text) => ({ path: path.replace(place, text) }))),
    ...texts.map((text) => ({
      query: [...keys, ...more].map((key) => `${key}=${text}`).join('&'),
    })),
    ...[...keys, ...more].map((key) => ({ query: `${key}=%00` })),
    ...(body === undefined ? [] : bodies.map((one) => ({ body: one }))),
    ...(body === undefined
      ? []
      : ['\0', '9'.repeat(40), -1, 1e300, [], {}].map((value) => ({
          body: (facts: Facts) => {
            const good =
              typeof body === 'function' ? (body as (facts: Facts) => unknown)(facts) : body
            return spoilt(good, value)
          },
        }))),
  ]
}

/** The same with each value replaced. */
function spoilt(good: unknown, value: unknown): unknown {
  if (Array.isArray(good)) return good.map((one) => spoilt(one, value))
  if (typeof good !== 'object' || good === null) return value
  return Object.fromEntries(Object.keys(good).map((key) => [key, value]))
}

describe.each([3, 4] as const)('version %i', (version) => {
  const known = () => facts[version] as Facts
  const filled = (text: string) =>
    text.replace(/\{(\w+)\}/g, (whole, name: string) => encodeURIComponent(known()[name] ?? whole))

  /** The row's request, with what `wish` says otherwise. */
  async function call(row: Row, wish: Wish = {}, who: keyof typeof secrets = 'admin') {
    const [method = '', usual = ''] = row.op.split(' ')
    const query = wish.query ?? row.query
    const path = filled(wish.path ?? usual)
    const body = 'body' in wish ? wish.body : row.body
    const sent = typeof body === 'function' ? (body as (facts: Facts) => unknown)(known()) : body
    const answer = await world.server.inject({
      method: method as 'GET',
      url: `${bases[version]}${path}${query === undefined ? '' : `?${filled(query)}`}`,
      headers: {
        authorization: `Bearer ${secrets[who]}`,
        host: 'tempo.example',
        ...(sent === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(sent === undefined ? {} : { payload: JSON.stringify(sent) }),
    })
    return { status: answer.statusCode, text: answer.body, target: `${bases[version]}${path}` }
  }

  async function expectRefusal(status: number, asked: ReturnType<typeof call>) {
    const answer = await asked
    expect(`${answer.status} ${answer.text}`).toMatch(new RegExp(`^${status} `))
    const body = JSON.parse(answer.text) as { errors: { message: string }[] }
    expect(Object.keys(body)).toEqual(['errors'])
    expect(body.errors.length).toBeGreaterThan(0)
    for (const error of body.errors) expect(error.message).toMatch(/^\S[^\n]*$/)
  }

  it.each(rowsOf(version).map((row, at) => ({ name: `${at + 1} ${row.op}`, row })))(
    '$name',
    async ({ row }) => {
      const method = row.op.split(' ')[0]!.toLowerCase()
      const isRead = method === 'get' || row.isSearch === true
      if (row.bad) await expectRefusal(400, call(row, row.bad))
      if (row.unknown) await expectRefusal(404, call(row, row.unknown))
      await expectRefusal(403, call(row, {}, isRead ? 'servlet' : 'reader'))
      const employees = row.employee === undefined && !isRead ? 403 : (row.employee ?? null)
      if (employees === 200) expect((await call(row, {}, 'employee')).status).toBe(200)
      else if (employees !== null) await expectRefusal(employees, call(row, {}, 'employee'))

      const done = await call(row)
      expect(`${done.status} ${done.text}`).toMatch(new RegExp(`^${row.answers ?? 200} `))
      if (row.answers === 204) return expect(done.text).toBe('')
      const body = JSON.parse(done.text) as unknown
      for (const [fact, path] of Object.entries(row.keep ?? {})) {
        const value = path
          .split('.')
          .reduce<unknown>((inner, key) => (inner as Record<string, unknown>)[key], body)
        expect(['string', 'number']).toContain(typeof value)
        facts[version][fact] = String(value)
      }
      if (version === 4 && isSpecified) expect(check(method, done.target, body)).toEqual([])
    },
  )

  // A handful for each operation; HOURBOOK_THOROUGH=1 sends them all.
  it('never fails for what a client sends', { timeout: 600_000 }, async () => {
    const isThorough = process.env.HOURBOOK_THOROUGH === '1'
    for (const [at, row] of rowsOf(version).entries()) {
      const wishes = isThorough ? nonsense(row) : [nonsense(row)[at % nonsense(row).length]!]
      for (const wish of wishes) {
        const { status, text } = await call(row, wish)
        expect(status, `${row.op} ${JSON.stringify(wish)} ${text}`).toBeLessThan(500)
        if (status >= 400) expect(JSON.parse(text)).toHaveProperty('errors.0.message')
      }
    }
  })

  it('has a row for each operation that is served', () => {
    const base = bases[version]
    // Known words of a path stand where a route has a parameter.
    const isServedBy = (path: string, route: string) =>
      new RegExp(`^${route.replace(/:\w+/g, '[^/]+')}$`, 'i').test(`${base}${path}`)
    const missing = served
      .filter(({ path }) => path.startsWith(`${base}/`))
      // One library still calls these under version 4, which has them no more.
      .filter(
        ({ path }) => !/^\/4\/(worklogs\/jira\/|teams\/:id\/(members\/:|permissions))/.test(path),
      )
      .filter(
        ({ method, path }) =>
          !rowsOf(version).some(({ op }) => {
            const [verb, usual = ''] = op.split(' ')
            return verb === method && isServedBy(usual, path)
          }),
      )
    expect(missing).toEqual([])
  })
})
