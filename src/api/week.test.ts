import { expect, it } from 'vitest'
import { describeStores, type TestDatabase } from '../../test/database.ts'
import { parseDay } from '../domain/day.ts'
import { aWorld } from './world.contract.ts'

const from = '2026-03-02'

describeStores('a week', (database: () => TestDatabase) => {
  it('tells what is owed, logged and locked, day by day', async () => {
    const { store } = database()
    const world = await aWorld(store)
    const log = (day: string, timeSpentSeconds = 3_600) =>
      world.call('worker', 'POST /worklogs', { body: { issue: 'OPS-1', day, timeSpentSeconds } })
    await log('2026-03-01')
    await log('2026-03-02')
    await log('2026-03-08', 60)
    await log('2026-03-09')
    await store.locks.closePeriod(
      world.site.siteId,
      parseDay('2026-02-01'),
      parseDay('2026-03-02'),
      world.clock.now(),
    )
    const { status, body } = await world.call('worker', `GET /week?from=${from}`)
    expect(status).toBe(200)
    expect(body.person.id).toBe(world.people.worker.id)
    expect(body.days).toHaveLength(7)
    expect(body.days[0]).toMatchObject({
      day: from,
      holiday: null,
      absence: null,
      lock: { reason: 'period-closed', from: '2026-02-01', to: '2026-03-02' },
    })
    expect(body.days[1].lock).toBeNull()
    expect(body.worklogs.map((one: { day: string }) => one.day)).toEqual([from, '2026-03-08'])
    expect(body.completeness).toMatchObject({ total: 2, seconds: 3_660, hidden: 0 })
    expect(body.canLog).toBe(true)
    const next = await world.call('worker', 'GET /week?from=2026-03-16')
    expect(next.body.worklogs).toEqual([])
    expect(next.body.suggestions).toEqual([
      { id: world.issue.id, key: 'OPS-1', summary: world.issue.summary },
    ])
  })

  it('tells who locked, and when: a period, a timesheet, a single worklog', async () => {
    const { store } = database()
    const world = await aWorld(store)
    const log = async (day: string) =>
      (
        await world.call('worker', 'POST /worklogs', {
          body: { issue: 'OPS-1', day, timeSpentSeconds: 3_600 },
        })
      ).body.id
    await log(from)
    const approved = await log('2026-03-10')
    const open = await log('2026-03-11')
    const closing = await world.call('admin', 'POST /periods/close', {
      body: { from: '2026-02-23', to: '2026-03-01', comment: '' },
    })
    expect(closing.status).toBeLessThan(300)
    const nameOf = (who: 'admin' | 'lead') => {
      const { id, displayName } = world.people[who]
      return { id, displayName }
    }
    const week = async (day: string, who: 'worker' | 'mate' = 'worker') =>
      (await world.call(who, `GET /week?from=${day}&person=worker`)).body
    expect((await week('2026-02-23')).days[6].lock).toEqual({
      ...{ reason: 'period-closed', from: '2026-02-23', to: '2026-03-01' },
      ...{ by: nameOf('admin'), at: expect.stringMatching(/^20/) },
    })
    const step = (who: 'worker' | 'lead', action: string) =>
      world.call(who, 'POST /timesheets/steps', { body: { action, day: from, person: 'worker' } })
    expect((await step('worker', 'submit')).status).toBe(200)
    expect((await step('lead', 'approve')).status).toBe(200)
    // Teammates see the week, and everybody's name.
    for (const who of ['worker', 'mate'] as const)
      expect((await week(from, who)).days[0].lock).toMatchObject({
        reason: 'timesheet-approved',
        by: nameOf('lead'),
        at: expect.stringMatching(/^20/),
      })
    await store.worklogApprovals.put(world.site.siteId, [
      { worklogId: approved, approvedById: world.people.lead.id, approvedAt: world.clock.now() },
    ])
    const second = await week('2026-03-09')
    expect(second.worklogs.map(({ id }: { id: string }) => id)).toEqual([approved, open])
    expect(second.approvals).toEqual([
      { worklogId: approved, by: nameOf('lead'), at: expect.stringMatching(/^20/) },
    ])
  })

  it('of somebody else is shown to whom it concerns, and not to others', async () => {
    const world = await aWorld(database().store)
    const path = `GET /week?from=${from}&person=worker`
    expect((await world.call('lead', path)).body.canLog).toBe(true)
    expect((await world.call('mate', path)).body.canLog).toBe(false)
    expect((await world.call('outsider', path)).status).toBe(403)
    expect((await world.call('worker', 'GET /week?from=2026-02-30')).status).toBe(400)
    expect((await world.call('worker', 'GET /week')).status).toBe(400)
  })

  it('keeps favourites of each person, in the order they were added', async () => {
    const world = await aWorld(database().store)
    const add = (key: string) => world.call('worker', `PUT /favourites/${key}`)
    expect((await add('JIRA-1')).status).toBe(204)
    world.clock.advance(1)
    expect((await add('OPS-1')).status).toBe(204)
    expect((await add('JIRA-1')).status).toBe(204)
    expect((await add('NONE-1')).status).toBe(404)
    const keysOf = async (who: 'worker' | 'mate') => {
      const { body } = await world.call(who, `GET /week?from=${from}`)
      return body.favourites.map((one: { key: string }) => one.key)
    }
    expect(await keysOf('worker')).toEqual(['JIRA-1', 'OPS-1'])
    expect(await keysOf('mate')).toEqual([])
    expect((await world.call('worker', 'DELETE /favourites/JIRA-1')).status).toBe(204)
    expect(await keysOf('worker')).toEqual(['OPS-1'])
  })
})

describeStores('the timer', (database: () => TestDatabase) => {
  it('runs on the server and logs whole minutes when stopped', async () => {
    const world = await aWorld(database().store)
    expect((await world.call('worker', 'GET /timer')).body).toEqual({ timer: null })
    const started = await world.call('worker', 'PUT /timer', {
      body: { issue: 'OPS-1', comment: 'Reading' },
    })
    expect(started.body.timer).toMatchObject({ issue: { key: 'OPS-1' }, seconds: 0 })
    world.clock.advance(25 * 60_000 + 59_000)
    expect((await world.call('worker', 'GET /timer')).body.timer.seconds).toBe(25 * 60 + 59)
    expect((await world.call('mate', 'GET /timer')).body.timer).toBeNull()
    const stopped = await world.call('worker', 'POST /timer/stop', { body: {} })
    expect(stopped.body.timer).toBeNull()
    expect(stopped.body.logged).toMatchObject({
      timeSpentSeconds: 25 * 60,
      comment: 'Reading',
      startTime: '12:00:00',
      author: { id: world.people.worker.id },
    })
    expect((await world.call('worker', 'POST /timer/stop', { body: {} })).status).toBe(404)
    expect((await world.call('worker', `GET /week?from=${from}`)).body.worklogs).toHaveLength(1)
  })

  it('stops and logs what ran before when another one starts', async () => {
    const world = await aWorld(database().store)
    await world.call('worker', 'PUT /timer', { body: { issue: 'OPS-1' } })
    world.clock.advance(10_000)
    const next = await world.call('worker', 'PUT /timer', { body: { issue: 'JIRA-1' } })
    expect(next.body.timer.issue.key).toBe('JIRA-1')
    expect(next.body.logged).toMatchObject({ timeSpentSeconds: 60, issue: { key: 'OPS-1' } })
    expect((await world.call('worker', 'DELETE /timer')).status).toBe(204)
    expect((await world.call('worker', 'GET /timer')).body.timer).toBeNull()
    expect((await world.call('worker', `GET /week?from=${from}`)).body.worklogs).toHaveLength(1)
  })

  it('goes on running when what it measured is refused', async () => {
    const { store } = database()
    const world = await aWorld(store)
    await world.call('worker', 'PUT /timer', { body: { issue: 'OPS-1' } })
    const [day, at] = [parseDay(from), world.clock.now()]
    await store.locks.closePeriod(world.site.siteId, day, day, at)
    world.clock.advance(60_000)
    expect((await world.call('worker', 'POST /timer/stop', { body: {} })).status).toBe(423)
    expect((await world.call('worker', 'GET /timer')).body.timer).not.toBeNull()
    expect((await world.call('worker', 'PUT /timer', { body: { issue: 'NONE-1' } })).status).toBe(
      400,
    )
  })
})
