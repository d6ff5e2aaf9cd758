import { expect, it } from 'vitest'
import { describeStores, type TestDatabase } from '../../test/database.ts'
import { preferenceLimits, usualPreferences } from '../domain/preferences.ts'
import { aWorld, inject } from './world.contract.ts'

describeStores('preferences', (database: () => TestDatabase) => {
  it('are the usual until somebody changes them, and each person has their own', async () => {
    const world = await aWorld(database().store)
    expect((await world.call('worker', 'GET /preferences')).body).toEqual(usualPreferences)
    const change = { theme: 'dark', language: 'de', firstWeekday: 7, clock: '12' }
    const changed = await world.call('worker', 'PATCH /preferences', { body: change })
    expect([changed.status, changed.body]).toEqual([200, { ...usualPreferences, ...change }])
    await world.call('worker', 'PATCH /preferences', { body: { hours: 'decimal', clock: null } })
    expect((await world.call('worker', 'GET /preferences')).body).toEqual({
      ...usualPreferences,
      ...change,
      clock: null,
      hours: 'decimal',
    })
    expect((await world.call('mate', 'GET /preferences')).body).toEqual(usualPreferences)
  })

  it('hide columns table by table, and keep the tables changed last', async () => {
    const world = await aWorld(database().store)
    const hide = async (hiddenColumns: Record<string, string[]>) => {
      const answer = await world.call('worker', 'PATCH /preferences', { body: { hiddenColumns } })
      return answer.body.hiddenColumns
    }
    await hide({ people: ['email'] })
    expect(await hide({ accounts: ['lead', 'status'] })).toEqual({
      people: ['email'],
      accounts: ['lead', 'status'],
    })
    expect(await hide({ people: [] })).toEqual({ accounts: ['lead', 'status'] })
    const many = Array.from({ length: preferenceLimits.tables }, (_, at) => [`t${at}`, ['a']])
    const kept = await hide(Object.fromEntries(many))
    expect(Object.keys(kept)).toHaveLength(preferenceLimits.tables)
    expect(kept.accounts).toBeUndefined()
  })

  it.each([
    [{}],
    [{ theme: 'pink' }],
    [{ language: 'fr' }],
    [{ firstWeekday: 0 }],
    [{ firstWeekday: 8 }],
    [{ clock: 24 }],
    [{ hours: null }],
    [{ colour: 'red' }],
    [{ hiddenColumns: { people: 'email' } }],
    [{ hiddenColumns: { people: [''] } }],
    [{ hiddenColumns: { people: ['a\u0000b'] } }],
  ])('refuse %j', async (body) => {
    const world = await aWorld(database().store)
    const answer = await world.call('worker', 'PATCH /preferences', { body })
    expect([answer.status, answer.body.code]).toEqual([400, 'invalid'])
  })

  it('need a token that may write, and come with the session', async () => {
    const world = await aWorld(database().store)
    const secret = await world.tokenFor(world.people.worker, { scopes: ['read'] })
    const body = { theme: 'dark' }
    expect((await inject(world.server, secret, 'PATCH /preferences', { body })).status).toBe(403)
    expect((await inject(world.server, secret, 'GET /preferences')).status).toBe(200)
    expect((await world.call(null, 'GET /preferences')).status).toBe(401)
    expect((await world.call(null, 'GET /session')).body.preferences).toBeNull()
  })
})
