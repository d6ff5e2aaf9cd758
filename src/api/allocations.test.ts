import { beforeAll, expect, it } from 'vitest'
import { openMemoryDatabase, withDatabase } from '../../test/database.ts'
import { aWorld, type Name, type World } from './world.contract.ts'

withDatabase(openMemoryDatabase, (database) => {
  let world: World
  beforeAll(async () => {
    world = await aWorld(database().store)
  })
  const plan = (who: Name, more = {}) => ({
    personId: world.people[who].id,
    issueId: world.issue.id,
    from: '2026-03-06',
    to: '2026-03-09',
    seconds: 3_600,
    ...more,
  })

  it('is planned by oneself, by leads and planners, and by nobody else', async () => {
    const statuses: Record<string, number> = {}
    for (const who of ['admin', 'manager', 'lead', 'worker', 'mate', 'outsider'] as const)
      statuses[who] = (await world.call(who, 'POST /allocations', { body: plan('worker') })).status
    expect(statuses).toEqual({
      ...{ admin: 201, manager: 201, lead: 201, worker: 201, mate: 403, outsider: 403 },
    })
    const list = async (who: Name) =>
      (await world.call(who, 'GET /allocations?from=2026-03-01&to=2026-03-31')).body.allocations
    expect((await list('mate')).length).toBe(4)
    expect(await list('outsider')).toEqual([])
  })

  it('tells its working days, changes by version, and goes', async () => {
    const { body, headers } = await world.call('worker', 'POST /allocations', {
      body: plan('worker', { rule: 'weekly', recursUntil: '2026-03-13' }),
    })
    const route = String(headers.location).replace('/api/v1', '')
    expect(body.days.map((one: { day: string }) => one.day)).toEqual([
      ...['2026-03-06', '2026-03-09', '2026-03-13'],
    ])
    const day = { body: { seconds: 0 }, headers: { 'if-match': `"${body.version}"` } }
    const out = await world.call('worker', `PUT ${route}/days/2026-03-09`, day)
    expect(out.body.days).toHaveLength(2)
    expect((await world.call('worker', `PUT ${route}/days/2026-03-09`, day)).status).toBe(412)
    expect((await world.call('outsider', `GET ${route}`)).status).toBe(404)
    const put = await world.call('worker', `PUT ${route}`, { body: plan('worker') })
    expect(put.body).toMatchObject({ rule: 'never', recursUntil: null })
    expect((await world.call('mate', `DELETE ${route}`)).status).toBe(403)
    expect((await world.call('worker', `DELETE ${route}`)).status).toBe(204)
    expect((await world.call('worker', `GET ${route}`)).status).toBe(404)
  })

  it('is approved by somebody who may, never by oneself', async () => {
    const ask = { body: plan('worker', { status: 'requested' }) }
    const { body } = await world.call('worker', 'POST /allocations', ask)
    expect(body.status).toBe('requested')
    const agree = { body: plan('worker', { status: 'approved' }) }
    expect((await world.call('worker', `PUT /allocations/${body.id}`, agree)).status).toBe(403)
    const agreed = await world.call('lead', `PUT /allocations/${body.id}`, agree)
    expect([agreed.status, agreed.body.status]).toEqual([200, 'approved'])
  })

  it('loads the days it falls on, unless it was refused', async () => {
    const days = 'from=2026-03-05&to=2026-03-09'
    const load = async () => {
      const { body } = await world.call('mate', `GET /timeline?${days}&person=mate`)
      return body.people[0].loadSeconds as number[]
    }
    const before = await load()
    const made = await world.call('mate', 'POST /allocations', { body: plan('mate') })
    const whole = { from: '2026-03-07', to: '2026-03-07', includesNonWorkingDays: true }
    await world.call('mate', 'POST /allocations', { body: plan('mate', { ...whole, seconds: 60 }) })
    const more = async () => (await load()).map((seconds, at) => seconds - before[at]!)
    // Friday and Monday; Saturday only where it was said.
    expect(await more()).toEqual([0, 3_600, 60, 0, 3_600])
    const refused = { body: plan('mate', { status: 'rejected' }) }
    const put = await world.call('lead', `PUT /allocations/${made.body.id}`, refused)
    expect(put.body.status).toBe('rejected')
    expect(await more()).toEqual([0, 0, 60, 0, 0])
  })

  it('lies on the timeline turn by turn, also for generic resources of the teams', async () => {
    const body = plan('outsider', { rule: 'weekly', recursUntil: '2026-03-31' })
    await world.call('manager', 'POST /allocations', { body })
    const tester = await world.call('manager', 'POST /generic-resources', {
      body: { name: 'A tester' },
    })
    const teams = (await world.call('manager', 'GET /teams')).body.teams as { id: string }[]
    const teamId = teams[0]!.id
    await world.call('manager', `PUT /teams/${teamId}/resources/${tester.body.id}`)
    const forTester = { personId: null, resourceId: tester.body.id }
    await world.call('manager', 'POST /allocations', { body: plan('worker', forTester) })
    const days = 'from=2026-03-09&to=2026-03-15'
    const path = `GET /timeline?${days}&person=outsider&team=${teamId}`
    const { body: shown } = await world.call('manager', path)
    expect(shown.resources).toEqual([{ id: tester.body.id, name: 'A tester', teamIds: [teamId] }])
    const outsider = world.people.outsider.id
    const own = shown.plans.find((one: { personId: string }) => one.personId === outsider)
    // The turn that began before the days shown is whole.
    expect(own).toMatchObject({
      issue: { key: 'OPS-1' },
      project: { key: 'OPS' },
      mayChange: true,
      occurrences: [
        { from: '2026-03-06', to: '2026-03-09', seconds: 7_200 },
        { from: '2026-03-13', to: '2026-03-16', seconds: 7_200 },
      ],
    })
    const other = shown.plans.filter((one: { resourceId: string }) => one.resourceId)
    expect(other).toMatchObject([{ ...forTester, occurrences: [{ from: '2026-03-06' }] }])
  })

  it.each([
    ['to', { to: '2026-03-01' }],
    ['recursUntil', { rule: 'weekly' }],
    ['to', { rule: 'weekly', recursUntil: '2026-12-31', to: '2026-03-13' }],
    ['seconds', { seconds: 90_000 }],
    ['item', { issueId: '999999' }],
    ['personId', { personId: null }],
  ])('is refused where %s is wrong', async (field, more) => {
    const answer = await world.call('admin', 'POST /allocations', { body: plan('worker', more) })
    expect([answer.status, answer.body.problems?.[0]?.field]).toEqual([400, field])
  })
})
