import { beforeEach, describe, expect, it } from 'vitest'
import { openMemoryDatabase, withDatabase } from '../../test/database.ts'
import { aWorld, goodEntry, type Name, type World } from './world.contract.ts'

withDatabase(openMemoryDatabase, (database) => {
  let world: World
  beforeEach(async () => {
    world = await aWorld(database().store)
  })

  const step = (who: Name, body: object) =>
    world.call(who, 'POST /timesheets/steps', { body: { day: '2026-03-02', ...body } })
  const log = (who: Name, more: object = {}) =>
    world.call(who, 'POST /worklogs', { body: { ...goodEntry, ...more } })
  const close = { from: '2026-02-01', to: '2026-02-28', comment: 'paid' }

  it('shows the rules to everybody and lets administrators change them', async () => {
    const rules = await world.call('limited', 'GET /rules')
    expect(rules.body).toMatchObject({
      firstWeekday: 1,
      period: { kind: 'month', firstDay: 1 },
      futureDays: null,
      submit: { missingTime: 'warn' },
    })
    const change = { futureDays: 0, period: { kind: 'week', firstWeekday: 7 }, firstWeekday: 7 }
    const changed = await world.call('admin', 'PATCH /rules', { body: change })
    expect(changed.body).toMatchObject(change)
    expect((await log('worker', { day: '2026-03-03' })).status).toBe(400)
    const headers = { 'if-match': `"${changed.body.version + 1}"` }
    const body = { futureDays: 1 }
    expect((await world.call('admin', 'PATCH /rules', { body, headers })).status).toBe(412)
    for (const [who, bad, status] of [
      ['manager', { futureDays: 1 }, 403],
      ['admin', {}, 400],
      ['admin', { futureDays: -1 }, 400],
      ['admin', { period: { kind: 'month', firstDay: 31 } }, 400],
      ['admin', { period: { kind: 'month' } }, 400],
      ['admin', { firstWeekday: 3 }, 400],
      ['admin', { nonsense: 1 }, 400],
    ] as const)
      expect([bad, (await world.call(who, 'PATCH /rules', { body: bad })).status]).toEqual([
        bad,
        status,
      ])
    const periods = await world.call('worker', 'GET /periods?from=2026-03-02&to=2026-03-08')
    expect(periods.body).toEqual({
      periods: [
        { from: '2026-03-01', to: '2026-03-07', isClosed: false },
        { from: '2026-03-08', to: '2026-03-14', isClosed: false },
      ],
      closed: [],
    })
  })

  it('walks a timesheet from its owner to the reviewer and back', async () => {
    await log('worker', { timeSpentSeconds: 28_800 })
    const [mine] = (await world.call('worker', 'GET /timesheets')).body.timesheets
    expect(mine).toMatchObject({
      person: { id: world.people.worker.id },
      from: '2026-03-01',
      to: '2026-03-31',
      status: 'open',
      spentSeconds: 28_800,
      requiredSeconds: 22 * 28_800,
      actions: ['submit'],
    })
    const handed = await step('worker', { action: 'submit', comment: 'please', reviewer: 'lead' })
    expect(handed.body).toMatchObject({
      status: 'waiting',
      reviewer: { displayName: 'The lead' },
      actor: { displayName: 'The worker' },
      updatedAt: '2026-03-02T12:00:00.000Z',
    })
    const inbox = await world.call('lead', 'GET /timesheets/inbox')
    expect(inbox.body).toMatchObject({
      timesheets: [{ status: 'waiting', actions: ['approve', 'reject', 'recall'] }],
      next: null,
    })
    expect((await world.call('mate', 'GET /timesheets/inbox')).body.timesheets).toEqual([])
    expect((await step('worker', { action: 'approve' })).status).toBe(403)
    expect((await step('lead', { action: 'approve', person: 'worker' })).body.status).toBe(
      'approved',
    )
    expect((await step('lead', { action: 'approve', person: 'worker' })).status).toBe(409)
    expect((await log('worker')).status).toBe(423)
    expect((await step('lead', { action: 'reopen', person: 'worker' })).body.status).toBe('open')
    expect((await log('worker')).status).toBe(201)
    const history = await world.call('worker', 'GET /timesheets/log?limit=2')
    expect(history.body.entries).toMatchObject([
      { action: 'submit', before: 'open', after: 'waiting', comment: 'please' },
      { action: 'approve', actor: { displayName: 'The lead' } },
    ])
    const rest = await world.call('lead', `GET /timesheets/log?cursor=${history.body.next}`)
    expect(rest.body).toMatchObject({ entries: [{ action: 'reopen' }], next: null })
    const reviewers = await world.call('worker', `GET /people/${world.people.worker.id}/reviewers`)
    expect(
      reviewers.body.reviewers.map(({ displayName }: { displayName: string }) => displayName),
    ).toEqual(['The lead', 'The admin', 'The manager'])
  })

  it('pages the inbox', async () => {
    await step('worker', { action: 'submit' })
    await step('mate', { action: 'submit' })
    await step('worker', { action: 'submit', day: '2026-02-02' })
    const seen: string[] = []
    let cursor = ''
    do {
      const { body } = await world.call('lead', `GET /timesheets/inbox?limit=1${cursor}`)
      for (const one of body.timesheets) seen.push(`${one.person.displayName} ${one.from}`)
      cursor = body.next === null ? '' : `&cursor=${body.next}`
    } while (cursor !== '')
    expect(seen).toEqual(['The worker 2026-02-01', 'The worker 2026-03-01', 'The mate 2026-03-01'])
    const broken = Buffer.from('["123"]').toString('base64url')
    expect((await world.call('lead', `GET /timesheets/inbox?cursor=${broken}`)).status).toBe(400)
  })

  it('refuses steps and readings with a reason', async () => {
    for (const [who, body, status] of [
      ['worker', { action: 'submit', person: 'nobody' }, 400],
      ['worker', { action: 'submit', person: 'mate' }, 403],
      ['worker', { action: 'submit', reviewer: 'mate' }, 400],
      ['worker', { action: 'submit', day: '2026-02-30' }, 400],
      ['worker', { action: 'dance' }, 400],
      ['lead', { action: 'approve', person: 'outsider' }, 403],
      ['worker', { action: 'recall' }, 409],
    ] as const)
      expect([body, (await step(who, body)).status]).toEqual([body, status])
    expect((await world.call('worker', 'GET /timesheets?person=outsider')).status).toBe(403)
    expect((await world.call('worker', 'GET /timesheets/log?person=outsider')).status).toBe(403)
    const outsider = `/people/${world.people.outsider.id}/reviewers`
    expect((await world.call('worker', `GET ${outsider}`)).status).toBe(403)
  })

  describe('closing', () => {
    it('is for administrators, chained, and can be verified', async () => {
      expect((await world.call('manager', 'POST /periods/close', { body: close })).status).toBe(403)
      const closed = await world.call('admin', 'POST /periods/close', { body: close })
      expect(closed.body).toMatchObject({ seq: 1, kind: 'close', worklogCount: 0, comment: 'paid' })
      expect((await world.call('admin', 'POST /periods/close', { body: close })).status).toBe(409)
      expect((await log('admin', { day: '2026-02-02' })).status).toBe(423)
      const bad = { ...close, comment: ' ' }
      expect((await world.call('admin', 'POST /periods/reopen', { body: bad })).status).toBe(400)
      const reopened = await world.call('admin', 'POST /periods/reopen', { body: close })
      expect(reopened.body).toMatchObject({ seq: 2, kind: 'reopen' })
      const chain = await world.call('admin', 'GET /manifests?limit=1')
      expect(chain.body.manifests).toEqual([closed.body])
      const next = await world.call('admin', `GET /manifests?cursor=${chain.body.next}`)
      expect(next.body).toEqual({ manifests: [reopened.body], next: null })
      expect((await world.call('manager', 'GET /manifests')).status).toBe(403)
      const verified = await world.call('admin', 'GET /verify')
      expect(verified.body).toMatchObject({
        isSound: true,
        audit: { broken: null },
        manifests: { count: 2, head: reopened.body.hash, broken: null },
        altered: [],
      })
      expect((await world.call('manager', 'GET /verify')).status).toBe(403)
    })

    it('keeps what Jira changes beside the numbers until it is settled', async () => {
      const { store, site, people, issue } = world
      const row = await site.aWorklog({ author: people.worker, issue, day: '2026-02-03' })
      await world.call('admin', 'POST /periods/close', { body: close })
      const { connectionId, jiraId, copy } = row
      await store.locks.keepDrift(site.siteId, [
        {
          connectionId,
          jiraId,
          copy,
          worklogId: row.id,
          personId: people.worker.id,
          day: row.day,
          incoming: null,
          seenAt: 0,
        },
      ])
      const id = `${connectionId}-${jiraId}-${copy}`
      for (const who of ['worker', 'lead'] as const)
        expect((await world.call(who, 'GET /drifts')).body.drifts).toMatchObject([
          { id, incoming: null },
        ])
      expect((await world.call('mate', 'GET /drifts')).body.drifts).toEqual([])
      const body = { comment: 'was right as it stood' }
      const dismiss = (who: Name) => world.call(who, `POST /drifts/${id}/dismiss`, { body })
      expect((await dismiss('mate')).status).toBe(404)
      expect((await dismiss('worker')).status).toBe(403)
      expect((await dismiss('lead')).status).toBe(204)
      expect((await dismiss('lead')).status).toBe(404)
    })
  })
})
