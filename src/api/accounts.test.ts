import { beforeAll, describe, expect, it } from 'vitest'
import { openMemoryDatabase, withDatabase } from '../../test/database.ts'
import { aWorld, goodEntry, type World } from './world.contract.ts'

withDatabase(openMemoryDatabase, (database) => {
  let world: World
  beforeAll(async () => {
    world = await aWorld(database().store)
  })
  const post = (who: 'admin' | 'manager' | 'worker', path: string, body: object) =>
    world.call(who, `POST /${path}`, { body })

  it('keeps accounts with customers, categories and links, by id and by key', async () => {
    expect((await post('manager', 'customers', { key: 'ACM', name: 'Acme' })).status).toBe(201)
    const category = { key: 'DEV', name: 'Development', type: 'billable' }
    expect((await post('manager', 'account-categories', category)).status).toBe(201)
    const created = await post('manager', 'accounts', {
      key: 'ACME',
      name: 'Acme build',
      lead: 'lead',
      customer: 'ACM',
      category: 'DEV',
      monthlyBudget: 10,
    })
    expect(created.status).toBe(201)
    expect(created.body).toMatchObject({
      key: 'ACME',
      status: 'open',
      lead: { displayName: 'The lead' },
      customer: { key: 'ACM' },
      category: { key: 'DEV', type: 'billable' },
      contact: null,
    })
    const byKey = await world.call('worker', 'GET /accounts/ACME')
    expect(byKey.body).toEqual(created.body)
    expect((await world.call('worker', `GET ${created.headers.location}`)).body).toEqual(byKey.body)
    const stale = await world.call('manager', 'PATCH /accounts/ACME', {
      body: { name: 'x' },
      headers: { 'if-match': '"1"' },
    })
    expect(stale.status).toBe(412)
    const changed = await world.call('manager', 'PATCH /accounts/ACME', {
      body: { status: 'closed', customer: null },
      headers: { 'if-match': String(created.headers.etag) },
    })
    expect(changed.body).toMatchObject({ status: 'closed', customer: null, monthlyBudget: 10 })
    const link = await post('manager', 'account-links', {
      account: 'ACME',
      project: 'OPS',
      isDefault: true,
    })
    expect(link.body).toMatchObject({ account: { key: 'ACME' }, project: { key: 'OPS' } })
    const links = await world.call('worker', 'GET /account-links?project=OPS&account=ACME')
    expect(links.body.links).toEqual([link.body])
    expect((await world.call('worker', 'GET /accounts?status=closed&text=acm')).body).toMatchObject(
      { accounts: [{ key: 'ACME' }], next: null },
    )
    expect((await world.call('manager', 'DELETE /account-categories/DEV')).status).toBe(204)
    expect((await world.call('worker', 'GET /accounts/ACME')).body.category).toBeNull()
    expect((await world.call('manager', 'DELETE /accounts/ACME')).status).toBe(204)
    expect((await world.call('worker', 'GET /account-links')).body).toEqual({ links: [] })
  })

  it('checks what worklogs carry', async () => {
    const list = {
      key: '_Kind_',
      name: 'Kind',
      type: 'static-list',
      options: [{ value: 'a', label: 'A' }],
    }
    expect((await post('admin', 'attributes', list)).status).toBe(201)
    const good = { ...goodEntry, attributes: { _Kind_: 'a' } }
    expect((await post('worker', 'worklogs', good)).body.attributes).toEqual({ _Kind_: 'a' })
    const bad = await post('worker', 'worklogs', { ...goodEntry, attributes: { _Kind_: 'b' } })
    expect(bad.status).toBe(400)
    expect(bad.body.problems).toEqual([
      { field: 'attributes._Kind_', message: 'is not in the list: b' },
    ])
    const patch = { body: { isRequired: true } }
    expect((await world.call('admin', 'PATCH /attributes/_Kind_', patch)).body.isRequired).toBe(
      true,
    )
    expect((await post('worker', 'worklogs', goodEntry)).status).toBe(400)
    expect((await world.call('admin', 'DELETE /attributes/_Kind_')).status).toBe(204)
    expect((await world.call('worker', 'GET /attributes')).body).toEqual({ attributes: [] })
    expect((await world.call('worker', 'GET /attributes/_Kind_')).status).toBe(404)
  })

  describe('refuses', () => {
    it.each([
      ['worker', 'accounts', { key: 'A', name: 'A', lead: 'lead' }, 403],
      ['worker', 'customers', { key: 'A', name: 'A' }, 403],
      ['worker', 'account-categories', { key: 'A', name: 'A' }, 403],
      ['manager', 'attributes', { key: 'A', name: 'A', type: 'checkbox' }, 403],
      ['manager', 'accounts', { key: 'A', name: 'A', lead: 'nobody' }, 400],
      ['manager', 'accounts', { key: 'A B', name: 'A', lead: 'lead' }, 400],
      ['manager', 'accounts', { key: 'A', name: 'A', lead: 'lead', extra: 1 }, 400],
      ['manager', 'account-links', { account: 'NOPE', project: 'OPS' }, 400],
      ['admin', 'attributes', { key: 'A', name: 'A', type: 'colour' }, 400],
    ] as const)('%s: POST /%s %j with %i', async (who, path, body, status) => {
      expect((await post(who, path, body)).status).toBe(status)
    })

    it('what is not there', async () => {
      for (const path of ['accounts/7', 'customers/x', 'account-categories/9'])
        expect((await world.call('admin', `GET /${path}`)).status).toBe(404)
      expect((await world.call('admin', 'PUT /account-links/9/default')).status).toBe(404)
    })
  })
})
