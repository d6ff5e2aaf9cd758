import { expect, it } from 'vitest'
import { describeStores, type TestDatabase } from '../../test/database.ts'
import { aWorld } from './world.contract.ts'

const hour = 3_600

describeStores('a balance', (database: () => TestDatabase) => {
  it('puts required, planned and logged time side by side, whole weeks cut by the period', async () => {
    const world = await aWorld(database().store)
    const post = async (route: string, body: object) => {
      const answer = await world.call('lead', `POST ${route}`, { body })
      expect([answer.status, answer.text]).toEqual([201, answer.text])
    }
    const log = (author: string, day: string, hours: number) =>
      post('/worklogs', { author, issue: 'OPS-1', day, timeSpentSeconds: hours * hour })
    await log('worker', '2026-03-02', 7)
    await log('worker', '2026-03-09', 2)
    await log('mate', '2026-03-03', 4)
    const days = { person: 'worker', from: '2026-03-02', to: '2026-03-03' }
    await post('/events', { kind: 'booking', ...days, secondsPerDay: 3 * hour })
    await post('/events', {
      kind: 'day-off',
      person: 'worker',
      from: '2026-03-06',
      to: '2026-03-06',
    })
    const ask = async (query: string) => {
      const { status, body } = await world.call('lead', `GET /balance?${query}`)
      expect([status, body]).toEqual([200, body])
      return body
    }
    const own = await ask('from=2026-03-03&to=2026-03-10&person=worker')
    expect(own).toMatchObject({ by: 'week', peopleCount: 1, hiddenPeople: 0 })
    expect(own.spans).toEqual([
      {
        key: '2026-03-02',
        label: '2026-W10',
        from: '2026-03-03',
        to: '2026-03-08',
        requiredSeconds: own.spans[0].requiredSeconds,
        plannedSeconds: 3 * hour,
        loggedSeconds: 0,
      },
      {
        key: '2026-03-09',
        label: '2026-W11',
        from: '2026-03-09',
        to: '2026-03-10',
        requiredSeconds: 16 * hour,
        plannedSeconds: 0,
        loggedSeconds: 2 * hour,
      },
    ])
    expect(own.completeness).toMatchObject({ total: 1, hidden: 0 })
    const team = await ask('from=2026-03-02&to=2026-03-31&by=month&team=Team')
    expect(team.peopleCount).toBe(2)
    expect(team.spans).toHaveLength(1)
    expect(team.total).toMatchObject({ plannedSeconds: 6 * hour, loggedSeconds: 13 * hour })
    const daily = await ask('from=2026-03-02&to=2026-03-31&by=day&team=Team')
    expect(daily.spans).toHaveLength(30)
    expect(daily.total).toEqual(team.total)
  })

  it('asks nothing of days off, here once they are approved', async () => {
    const world = await aWorld(database().store)
    await world.call('admin', 'PATCH /planning/settings', {
      body: { countsUnapprovedAbsence: false },
    })
    const off = (day: string) =>
      world.call('worker', 'POST /events', {
        body: { kind: 'vacation', person: 'worker', from: day, to: day },
      })
    const asked = async () => {
      const query = 'from=2026-03-02&to=2026-03-03&by=day&person=worker'
      const { body } = await world.call('worker', `GET /balance?${query}`)
      return body.spans.map((one: { requiredSeconds: number }) => one.requiredSeconds)
    }
    expect(await asked()).toEqual([8 * hour, 8 * hour])
    const { body: event } = await off('2026-03-03')
    expect(await asked()).toEqual([8 * hour, 8 * hour])
    await world.call('lead', `POST /events/${event.id}/approve`)
    expect(await asked()).toEqual([8 * hour, 0])
  })

  it('counts whom the asker may not see, and shows nothing of them', async () => {
    const world = await aWorld(database().store)
    const { body } = await world.call(
      'outsider',
      'GET /balance?from=2026-03-02&to=2026-03-08&team=Team',
    )
    expect(body).toMatchObject({ peopleCount: 0, hiddenPeople: 2 })
    expect(body.total).toEqual({ requiredSeconds: 0, plannedSeconds: 0, loggedSeconds: 0 })
    for (const query of [
      'from=2026-03-02',
      'from=2026-03-08&to=2026-03-02',
      'from=2026-03-02&to=2026-03-08&by=year',
      'from=2026-03-02&to=2026-03-08&team=Nobody',
      'from=2024-01-01&to=2026-03-08&by=day',
      'from=1990-01-01&to=2026-03-08&by=month',
    ])
      expect([query, (await world.call('lead', `GET /balance?${query}`)).status]).toEqual([
        query,
        400,
      ])
  })
})
