import { beforeAll, expect, it } from 'vitest'
import { openMemoryDatabase, withDatabase } from '../../test/database.ts'
import { aWorld, goodEntry, type World } from './world.contract.ts'

withDatabase(openMemoryDatabase, (database) => {
  let world: World
  beforeAll(async () => {
    world = await aWorld(database().store)
  })
  const log = async () => (await world.call('worker', 'POST /worklogs', { body: goodEntry })).body

  it('locks one worklog, and only that one, until it is taken back', async () => {
    const [one, other] = [await log(), await log()]
    const approved = await world.call('lead', `POST /worklogs/${one.id}/approve`)
    expect(approved.body).toMatchObject({
      worklogId: one.id,
      isApproved: true,
      approvedById: world.people.lead.id,
    })
    const change = { body: { comment: 'x' } }
    const locked = await world.call('worker', `PATCH /worklogs/${one.id}`, change)
    expect([locked.status, locked.body.lock.reason]).toEqual([423, 'worklog-approved'])
    expect((await world.call('admin', `DELETE /worklogs/${one.id}`)).status).toBe(423)
    expect((await world.call('worker', `PATCH /worklogs/${other.id}`, change)).status).toBe(200)
    const before = await world.version()
    expect((await world.call('lead', `POST /worklogs/${one.id}/approve`)).status).toBe(200)
    expect(await world.version()).toBe(before)
    expect((await world.call('lead', `POST /worklogs/${one.id}/unapprove`)).body.isApproved).toBe(
      false,
    )
    expect((await world.call('worker', `PATCH /worklogs/${one.id}`, change)).status).toBe(200)
  })

  it('is for whoever may approve, and where the site approves so', async () => {
    const { id } = await log()
    expect((await world.call('worker', `POST /worklogs/${id}/approve`)).status).toBe(403)
    expect((await world.call('mate', `POST /worklogs/${id}/approve`)).status).toBe(403)
    expect((await world.call('outsider', `POST /worklogs/${id}/approve`)).status).toBe(404)
    expect((await world.call('admin', 'POST /worklogs/0/approve')).status).toBe(404)
    const settings = { body: { approvesWorklogs: false } }
    await world.call('admin', 'PATCH /planning/settings', settings)
    expect((await world.call('admin', `POST /worklogs/${id}/approve`)).status).toBe(403)
  })
})
