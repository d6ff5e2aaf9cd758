import { expect, it } from 'vitest'
import { describeStores, type TestDatabase } from '../../test/database.ts'
import { aWorld, inject } from './world.contract.ts'

describeStores('tokens and the audit log', (database: () => TestDatabase) => {
  it('makes a token for somebody, shows its secret once, and ends it', async () => {
    const world = await aWorld(database().store)
    const { worker } = world.people
    const made = await world.call('admin', 'POST /tokens', {
      body: { name: 'Export', owner: worker.id, scopes: ['read'], expires: '2099-12-31' },
    })
    expect(made.status).toBe(201)
    expect(made.body.token).toMatchObject({
      name: 'Export',
      owner: { id: worker.id, displayName: 'The worker' },
      scopes: ['read'],
      networks: [],
      lastUsedAt: null,
      revokedAt: null,
    })
    expect(made.body.token.expiresAt).toMatch(/^(2099-12-31T|2100-01-01T)/)
    const secret = String(made.body.secret)
    const me = () => inject(world.server, secret, 'GET /me')
    expect((await me()).body.person.id).toBe(worker.id)
    const list = await world.call('admin', 'GET /tokens')
    expect(list.text).not.toContain(secret)
    expect(list.body.tokens.at(-1)).toEqual(made.body.token)
    const { id } = made.body.token
    expect((await world.call('admin', `DELETE /tokens/${id}`)).status).toBe(204)
    expect((await me()).status).toBe(401)
    expect((await world.call('admin', 'DELETE /tokens/999999')).status).toBe(404)
  })

  it('adopts a value scripts already carry, once', async () => {
    const world = await aWorld(database().store)
    const value = `a-value-from-an-old-script-${world.people.admin.id}`
    const body = { name: 'Old script', scopes: ['read'], value }
    const made = await world.call('admin', 'POST /tokens', { body })
    expect(made.body).toMatchObject({ secret: value, token: { hint: '' } })
    expect((await inject(world.server, value, 'GET /me')).status).toBe(200)
    expect((await world.call('admin', 'POST /tokens', { body })).status).toBe(409)
  })

  it.each([
    [{ name: 'x', scopes: [] }, 'scopes'],
    [{ name: 'x', scopes: ['read'], networks: ['not a network'] }, 'networks'],
    [{ name: 'x', scopes: ['read'], expires: '2001-01-01' }, 'expires'],
    [{ name: 'x', scopes: ['read'], value: 'short' }, 'value'],
  ])('refuses %j, naming the field', async (body, field) => {
    const world = await aWorld(database().store)
    const { status, body: problem } = await world.call('admin', 'POST /tokens', { body })
    expect(status).toBe(400)
    expect(problem.problems.map((one: { field: string }) => one.field)).toContain(field)
  })

  it('keeps both from everybody but administrators', async () => {
    const world = await aWorld(database().store)
    for (const name of ['manager', 'worker'] as const)
      for (const route of ['GET /tokens', 'POST /tokens', 'GET /audit']) {
        const body = route.startsWith('POST') ? { name: 'x', scopes: ['read'] } : undefined
        expect((await world.call(name, route, { body })).status).toBe(403)
      }
  })

  it('finds audit entries newest first, a page at a time, by person, kind, object and action', async () => {
    const world = await aWorld(database().store)
    const ids: string[] = []
    for (const name of ['One', 'Two', 'Three']) {
      const body = { name, scopes: ['read'] }
      ids.push((await world.call('admin', 'POST /tokens', { body })).body.token.id)
    }
    await world.call('admin', `DELETE /tokens/${ids[0]}`)
    const first = (await world.call('admin', 'GET /audit?type=token&limit=3')).body
    const rest = (await world.call('admin', `GET /audit?type=token&limit=3&cursor=${first.next}`))
      .body
    const seen = [...first.entries, ...rest.entries]
    expect(seen.map((one) => [one.action, one.objectId])).toEqual([
      ['token.revoke', ids[0]],
      ['token.create', ids[2]],
      ['token.create', ids[1]],
      ['token.create', ids[0]],
    ])
    expect(rest.next).toBeNull()
    expect(seen[0].actor).toEqual({ id: world.people.admin.id, displayName: 'The admin' })
    const count = async (query: string) =>
      (await world.call('admin', `GET /audit?type=token&${query}`)).body.entries.length
    expect(await count(`object=${ids[0]}`)).toBe(2)
    expect(await count('action=revoke')).toBe(1)
    expect(await count(`person=${world.people.admin.id}`)).toBe(4)
    expect(await count(`person=${world.people.worker.id}`)).toBe(0)
    expect(await count('from=2099-01-01')).toBe(0)
    expect(await count('to=2001-01-01')).toBe(0)
    expect(await count('from=2001-01-01&to=2099-01-01')).toBe(4)
  })
})
