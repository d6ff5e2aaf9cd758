import { beforeEach, expect, it } from 'vitest'
import { openMemoryDatabase, withDatabase } from '../../test/database.ts'
import { aWorld, type Name, type World } from './world.contract.ts'

withDatabase(openMemoryDatabase, (database) => {
  let world: World
  let team: string
  beforeEach(async () => {
    world = await aWorld(database().store)
    team = (await world.call('admin', 'GET /teams')).body.teams[0].id
    const { site, people, issue } = world
    await site.worklogs([
      { author: people.worker, issue, day: '2026-03-02', timeSpentSeconds: 3_600 },
      { author: people.outsider, issue, day: '2026-03-03', timeSpentSeconds: 60 },
    ])
  })
  const send = (who: Name, route: string, body?: unknown) =>
    world.call(who, route, body === undefined ? {} : { body })
  const status = async (who: Name, route: string, body?: unknown) =>
    (await send(who, route, body)).status
  const aReport = async (who: Name, name: string, isShared = false) => {
    const definition = { filters: { from: '2026-03-02', to: '2026-03-08' } }
    return (await send(who, 'POST /reports', { name, isShared, definition })).body.id as string
  }
  const home = () => `GET /teams/${team}/reports`
  const pin = (report: string) => `PUT /teams/${team}/reports/${report}`
  const namesAt = async (who: Name) =>
    (await send(who, home())).body.reports.map(
      (one: { report: { name: string }; shownAs: string }) => `${one.report.name} ${one.shownAs}`,
    )

  it('has the outer groups of a report that asked for none', async () => {
    const definition = { rows: ['project', 'person'], hasSubtotals: false }
    const made = await send('lead', 'POST /reports', { name: 'Nested', definition })
    expect(await status('lead', pin(made.body.id), {})).toBe(204)
    const { body } = await send('lead', `GET /teams/${team}/reports/${made.body.id}/table`)
    const depths = body.rows.map(({ keys }: { keys: string[] }) => keys.length)
    expect(depths).toContain(1)
    expect(depths).toContain(2)
  })

  it('has what its lead pins, for its people, each with what they may see', async () => {
    const report = await aReport('lead', 'Hours')
    expect((await send('worker', home())).body).toMatchObject({
      id: team,
      mayChange: false,
      reports: [],
    })
    expect(await status('lead', pin(report), {})).toBe(204)
    expect(await status('lead', pin(report), {})).toBe(204)
    expect(await namesAt('worker')).toEqual(['Hours table'])
    expect(await status('lead', pin(report), { shownAs: 'chart' })).toBe(204)
    expect(await namesAt('lead')).toEqual(['Hours chart'])
    // The report itself stays its owner's.
    expect(await status('worker', `GET /reports/${report}`)).toBe(404)
    const table = (who: Name) => send(who, `GET /teams/${team}/reports/${report}/table`)
    expect((await table('worker')).body.total).toEqual(['Total', 3_600])
    expect((await table('admin')).body.total).toEqual(['Total', 3_660])
    expect((await table('worker')).body.completeness.hidden).toBe(1)
    expect(await status('lead', `DELETE /teams/${team}/reports/${report}`)).toBe(204)
    expect(await status('lead', `DELETE /teams/${team}/reports/${report}`)).toBe(204)
    expect(await namesAt('worker')).toEqual([])
    expect((await table('worker')).status).toBe(404)
    expect((await send('lead', `GET /reports/${report}`)).body.name).toBe('Hours')
    const actions = (await world.store.audit.list(world.site.siteId, 1, 99)).map(
      ({ action }) => action,
    )
    expect(actions.filter((one) => one.startsWith('team.'))).toEqual([
      'team.pin',
      'team.pin',
      'team.unpin',
    ])
  })

  it('is closed to others, and changed by those alone who may change the team', async () => {
    const [mine, theirs] = [await aReport('worker', 'Mine'), await aReport('lead', 'Theirs')]
    await send('lead', pin(theirs), {})
    for (const [who, expected] of [
      ['admin', 200],
      ['manager', 200],
      ['lead', 200],
      ['mate', 200],
      ['outsider', 403],
      ['limited', 403],
    ] as const) {
      expect([who, await status(who, home())]).toEqual([who, expected])
      const table = `GET /teams/${team}/reports/${theirs}/table`
      expect([who, await status(who, table)]).toEqual([who, expected])
    }
    for (const who of ['worker', 'mate', 'outsider', 'limited'] as const) {
      expect([who, await status(who, pin(mine), {})]).toEqual([who, 403])
      const unpin = `DELETE /teams/${team}/reports/${theirs}`
      expect([who, await status(who, unpin)]).toEqual([who, 403])
    }
    await send('manager', `PATCH /teams/${team}`, { isPublic: false })
    expect(await status('outsider', home())).toBe(404)
    expect(await status('outsider', pin(mine), {})).toBe(404)
    // What somebody else keeps to themselves cannot be pinned, nor told from what is not there.
    expect(await status('lead', pin(mine), {})).toBe(404)
    for (const [route, body] of [
      [pin('999999'), {}],
      [pin('x'), {}],
      ['PUT /teams/999999/reports/1', {}],
      ['GET /teams/x/reports', undefined],
    ] as const)
      expect([route, await status('lead', route, body)]).toEqual([route, 404])
    for (const body of [undefined, { shownAs: 'list' }, { other: 1 }, []])
      expect(await status('lead', pin(theirs), body)).toBe(400)
    const { tokenFor, people, server } = world
    const reading = await tokenFor(people.lead, { scopes: ['read'] })
    const answer = await server.inject({
      method: 'PUT',
      url: `/api/v1/teams/${team}/reports/${theirs}`,
      headers: { authorization: `Bearer ${reading}` },
      payload: {},
    })
    expect(answer.statusCode).toBe(403)
  })

  it('shows a report of somebody else only while that one shares it', async () => {
    const shared = await aReport('worker', 'Shared', true)
    expect(await status('lead', pin(shared), {})).toBe(204)
    expect(await namesAt('mate')).toEqual(['Shared table'])
    await send('worker', `PATCH /reports/${shared}`, { isShared: false })
    expect(await namesAt('mate')).toEqual([])
    expect(await status('mate', `GET /teams/${team}/reports/${shared}/table`)).toBe(404)
    expect(await status('lead', pin(shared), { shownAs: 'chart' })).toBe(404)
    await send('worker', `PATCH /reports/${shared}`, { isShared: true })
    expect(await namesAt('mate')).toEqual(['Shared table'])
    await send('worker', `DELETE /reports/${shared}`)
    expect(await namesAt('mate')).toEqual([])
  })

  it('has twelve reports at most, and none once its team is gone', async () => {
    for (let at = 1; at <= 12; at += 1)
      expect(await status('lead', pin(await aReport('lead', `No. ${at}`)), {})).toBe(204)
    const one = await aReport('lead', 'One too many')
    const refused = await send('lead', pin(one), {})
    expect([refused.status, refused.body.detail]).toEqual([
      409,
      expect.stringMatching(/at most 12/),
    ])
    expect(await namesAt('worker')).toHaveLength(12)
    expect(await status('manager', `DELETE /teams/${team}`)).toBe(204)
    expect(await status('lead', home())).toBe(404)
    expect(await status('lead', `GET /reports/${one}`)).toBe(200)
  })
})
