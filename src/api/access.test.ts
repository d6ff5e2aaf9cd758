import { beforeAll, describe, expect, it } from 'vitest'
import { openMemoryDatabase, withDatabase } from '../../test/database.ts'
import type { Scope } from '../domain/permission.ts'
import { aWorld, cast, goodEntry, inject, type Name, type World } from './world.contract.ts'

const names = Object.keys(cast) as Name[]

withDatabase(openMemoryDatabase, (database) => {
  let world: World
  beforeAll(async () => {
    world = await aWorld(database().store)
  })

  describe('the token', () => {
    it.each([
      ['unknown', async () => 'no-such-secret'],
      ['expired', () => world.tokenFor(world.people.admin, { expiresAt: world.clock.now() })],
      ['revoked', () => world.tokenFor(world.people.admin, { revokedAt: world.clock.now() })],
      ['foreign', () => world.tokenFor(world.people.admin, { networks: ['10.0.0.0/8'] })],
    ])('is refused when %s, and nothing is written', async (_, makeToken) => {
      const version = await world.version()
      const secret = await makeToken()
      for (const [route, body] of [['GET /me'], ['POST /worklogs', goodEntry]] as const) {
        const answer = await inject(world.server, secret, route, { body })
        expect([answer.status, answer.body.code]).toEqual([401, 'unauthenticated'])
        expect(answer.headers['www-authenticate']).toBe('Bearer realm="hourbook"')
      }
      expect(await world.version()).toBe(version)
    })

    it('of somebody who is no longer active is refused', async () => {
      const person = await world.site.aPerson({ isActive: false })
      const secret = await world.tokenFor(person)
      expect((await inject(world.server, secret, 'GET /me')).status).toBe(401)
    })

    it('must have the scope of the route', async () => {
      const status = async (scopes: readonly Scope[], route: string, body?: unknown) => {
        const secret = await world.tokenFor(world.people.admin, { scopes })
        return (await inject(world.server, secret, route, { body })).status
      }
      expect(await status(['write', 'admin'], 'GET /worklogs')).toBe(403)
      expect(await status(['read'], 'GET /worklogs')).toBe(200)
      expect(await status(['read', 'admin'], 'POST /worklogs', goodEntry)).toBe(403)
      expect(await status(['read', 'admin'], 'POST /worklogs/bulk', { worklogs: [{}] })).toBe(403)
      expect(await status(['read', 'write'], 'POST /people', { displayName: 'x' })).toBe(403)
      expect(await status(['servlet'], 'GET /me')).toBe(403)
    })
  })

  it('every route says who may call it; without a token only the document and its page answer', async () => {
    const routes = world.server.printRoutes({ commonPrefix: false, includeMeta: false })
    expect(routes).toContain('openapi.json')
    const { body } = await world.call(null, 'GET /openapi.json')
    for (const [path, operations] of Object.entries<Record<string, unknown>>(body.paths))
      for (const method of Object.keys(operations)) {
        const route = `${method.toUpperCase()} ${path.replace(/\{\w+\}/g, '1')}`
        const answer = await world.call(null, route)
        // Whether anybody is signed in, and how one could be, is told to everybody.
        if (/^\/api\/v1\/session(\/|$)/.test(path)) continue
        // The secret of a shared report stands in its address; a guessed one is simply not there.
        const isShared = path.includes('/reports/shared/')
        expect([route, answer.status]).toEqual([
          route,
          isShared ? expect.toBeOneOf([400, 404]) : 401,
        ])
        if (!isShared) expect(answer.body.code).toBe('unauthenticated')
      }
    for (const route of ['GET /api/reference', 'GET /api/reference/json', 'HEAD /openapi.json'])
      expect([route, (await world.call(null, route)).status]).toEqual([route, 200])
  })

  it('a route that does not say who may call it stops the server', async () => {
    const here = await aWorld(database().store)
    expect(() => here.server.get('/open', async () => 'hello')).toThrow('does not say who may call')
  })

  describe('the role', () => {
    const rights: readonly (readonly [string, string, unknown, number, readonly Name[]])[] = [
      ['logs for oneself', 'POST /worklogs', goodEntry, 201, names],
      [
        'logs for the worker',
        'POST /worklogs',
        { ...goodEntry, author: 'worker' },
        201,
        ['admin', 'manager', 'lead', 'worker'],
      ],
      [
        'logs for the outsider',
        'POST /worklogs',
        { ...goodEntry, author: 'outsider' },
        201,
        ['admin', 'manager', 'outsider'],
      ],
      ['adds people', 'POST /people', { displayName: 'x' }, 201, ['admin']],
      ['creates groups', 'POST /groups', { name: ' ' }, 400, ['admin']],
      [
        'creates issues',
        'POST /issues',
        { project: 'OPS', summary: 'x' },
        201,
        names.filter((name) => name !== 'limited'),
      ],
      ['changes issues', 'PATCH /issues/OPS-1', { summary: 'x' }, 200, ['admin']],
      ['creates projects', 'POST /projects', { key: '!!', name: 'x' }, 400, ['admin', 'manager']],
      ['creates teams', 'POST /teams', { name: ' ' }, 400, ['admin', 'manager']],
      ['creates skills', 'POST /skills', { name: ' ' }, 400, ['admin', 'manager']],
      [
        'creates permission roles',
        'POST /permission-roles',
        { name: ' ', isGlobal: true },
        400,
        ['admin'],
      ],
      ['changes projects', 'PATCH /projects/OPS', { name: 'x' }, 200, ['admin', 'manager']],
    ]
    it.each(rights)('%s where it may', async (_, route, body, status, allowed) => {
      for (const name of names) {
        const version = await world.version()
        const answer = await world.call(name, route, { body })
        expect([name, answer.status]).toEqual([name, allowed.includes(name) ? status : 403])
        if (answer.status === 403) expect(await world.version()).toBe(version)
      }
    })

    it('decides whose worklogs are seen and changed', async () => {
      const { body } = await world.call('worker', 'POST /worklogs', { body: goodEntry })
      const statuses = async (route: string, change?: unknown) =>
        Object.fromEntries(
          await Promise.all(
            names.map(async (name) => [
              name,
              (await world.call(name, route, change === undefined ? {} : { body: change })).status,
            ]),
          ),
        )
      expect(await statuses(`GET /worklogs/${body.id}`)).toEqual({
        ...{ admin: 200, manager: 200, lead: 200, worker: 200, mate: 200 },
        ...{ outsider: 404, limited: 404 },
      })
      expect(await statuses(`PATCH /worklogs/${body.id}`, { comment: 'x' })).toEqual({
        ...{ admin: 200, manager: 200, lead: 200, worker: 200, mate: 403 },
        ...{ outsider: 404, limited: 404 },
      })
      const removals = names.filter(
        (name) => !['admin', 'manager', 'lead', 'worker'].includes(name),
      )
      for (const name of removals)
        expect((await world.call(name, `DELETE /worklogs/${body.id}`)).status).toBeGreaterThan(400)
    })
  })

  it('another site is another world', async () => {
    const other = await aWorld(database().store)
    const { body: theirs } = await other.call('worker', 'POST /worklogs', { body: goodEntry })
    const { body: group } = await other.call('admin', 'POST /groups', { body: { name: 'theirs' } })
    const [versionHere, versionThere] = [await world.version(), await other.version()]
    const { worker } = other.people
    for (const [route, body] of [
      [`GET /worklogs/${theirs.id}`],
      [`PATCH /worklogs/${theirs.id}`, { comment: 'x' }],
      [`DELETE /worklogs/${theirs.id}`],
      [`GET /people/${worker.id}`],
      [`PATCH /people/${worker.id}`, { displayName: 'x' }],
      [`GET /groups/${group.id}/members`],
      [`PUT /groups/${group.id}/members/${world.people.worker.id}`],
      [`GET /projects/${other.project.id}`],
      [`PATCH /projects/${other.project.id}`, { name: 'x' }],
      [`GET /issues/${other.issue.id}`],
      [`PATCH /issues/${other.issue.id}`, { summary: 'x' }],
    ] as const)
      expect([route, (await world.call('admin', route, { body })).status]).toEqual([route, 404])
    for (const [query, field] of [
      [`author=${worker.id}`, 'author'],
      [`issue=${other.issue.id}`, 'issue'],
      [`project=${other.project.id}`, 'project'],
      [`group=${group.id}`, 'group'],
    ] as const) {
      const { status, body } = await world.call('admin', `GET /worklogs?${query}`)
      expect([status, body.problems[0].field]).toEqual([400, field])
    }
    const body = { ...goodEntry, issue: other.issue.id }
    expect((await world.call('admin', 'POST /worklogs', { body })).status).toBe(400)
    const feed = await world.call('admin', 'GET /changes?limit=1000')
    expect(feed.body.changes.map((one: { id: string }) => one.id)).not.toContain(theirs.id)
    expect([await world.version(), await other.version()]).toEqual([versionHere, versionThere])
  })
})
