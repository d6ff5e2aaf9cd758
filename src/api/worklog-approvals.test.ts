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

  it('keeps what Jira changes of it aside until it is taken back, whatever else is opened', async () => {
    const { store, site, people, jiraIssue } = world
    const { connectionId } = jiraIssue
    const wish = { author: people.worker, issue: jiraIssue, connectionId, day: '2026-03-04' }
    const rows = [await site.aWorklog(wish), await site.aWorklog(wish)]
    const [held, free] = rows
    await world.call('lead', `POST /worklogs/${held!.id}/approve`)
    const period = { from: '2026-03-04', to: '2026-03-04' }
    await world.call('admin', 'POST /periods/close', { body: { ...period, comment: '' } })
    await store.locks.keepDrift(
      site.siteId,
      rows.map((row) => {
        const { id, version, createdVersion, ...rest } = row
        const { jiraId, copy, day, authorId: personId } = row
        const incoming = { ...rest, comment: 'as Jira has it' }
        const key = { connectionId, jiraId, copy, worklogId: id }
        return { ...key, personId, day, incoming, seenAt: world.clock.now() }
      }),
    )
    const comments = async () =>
      [...(await store.worklogs.getMany(site.siteId, [held!.id, free!.id]))]
        .sort((a, b) => Number(a.id) - Number(b.id))
        .map(({ comment }) => comment)
    await world.call('admin', 'POST /periods/reopen', { body: { ...period, comment: 'again' } })
    expect(await comments()).toEqual(['', 'as Jira has it'])
    expect(await store.locks.listDrift(site.siteId, 10)).toMatchObject([{ worklogId: held!.id }])
    const taken = await world.call('lead', `POST /worklogs/${held!.id}/unapprove`)
    expect(taken.status).toBe(200)
    expect(await comments()).toEqual(['as Jira has it', 'as Jira has it'])
    expect(await store.locks.listDrift(site.siteId, 10)).toEqual([])
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
