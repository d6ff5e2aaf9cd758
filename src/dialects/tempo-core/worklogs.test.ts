import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { day } from '../../../test/builders.ts'
import { verifyBooks } from '../../domain/verify.ts'
import { hashSecret } from '../../http/identity.ts'
import { aTempoWorld, secret, type TempoWorld } from './world.contract.ts'

let world: TempoWorld
beforeAll(async () => {
  world = await aTempoWorld()
})
afterAll(() => world?.close())

async function send(method: 'POST' | 'PUT' | 'DELETE', url: string, payload?: object) {
  const answer = await world.server.inject({
    method,
    url,
    headers: { authorization: `Bearer ${secret}`, host: 'tempo.example' },
    ...(payload ? { payload } : {}),
  })
  return { status: answer.statusCode, body: answer.body === '' ? null : answer.json() }
}

describe('updatedFrom', () => {
  const ids = async (from: number, version = '4') => {
    const text = new Date(from).toISOString()
    const { body } = await world.get(`/${version}/worklogs?updatedFrom=${text}`)
    return body.results.map(({ tempoWorklogId }: { tempoWorklogId: number }) => tempoWorklogId)
  }

  it('finds what a Jira tells late, with the moment that Jira gave it', async () => {
    const begun = Date.now()
    const row = await world.aWorklog({ createdAt: 0, updatedAt: 1_000 })
    expect(await ids(begun)).toContain(Number(row.id))
    const { body } = await world.get(`/4/worklogs/${row.id}`)
    expect(body.updatedAt).toBe('1970-01-01T00:00:01Z')
  })

  it('finds a row that moved or changed in any way, and no others', async () => {
    const [still, moved] = await world.worklogs([{ updatedAt: 1_000 }, { updatedAt: 1_000 }])
    // Stamps count from the commit: what came two seconds before may be told again, no more.
    const far = Date.now() + 3_600_000
    expect(await ids(far)).toEqual([])
    const issue = await world.anIssue()
    await world.changeWorklog(moved!, { issueId: issue.id, projectId: issue.projectId })
    const found = await world.store.worklogs.findPage(
      {
        siteId: world.siteId,
        viewer: { kind: 'all' },
        fromVersion: moved!.version + 1,
      },
      { offset: 0, limit: 10, sort: [], reader: 'test' },
    )
    expect(found.rows.map(({ id }) => id)).toEqual([moved!.id])
    expect(found.rows.map(({ id }) => id)).not.toContain(still!.id)
  })

  it('never leads a reader past others by a Jira whose clock is ahead', async () => {
    const row = await world.aWorklog({ updatedAt: Date.now() + 86_400_000 })
    const { body } = await world.get(`/core/3/worklogs/${row.id}`)
    expect(Date.parse(body.updatedAt)).toBeLessThanOrEqual(Date.now())
    const later = await world.aWorklog({ updatedAt: 0 })
    expect(await ids(Date.parse(body.updatedAt), 'core/3')).toContain(Number(later.id))
  })
})

describe('bypassPeriodClosuresAndApprovals', () => {
  const body = (issueId: number, more: object = {}) => ({
    issueId,
    timeSpentSeconds: 60,
    startDate: '2020-01-08',
    authorAccountId: world.person.accountId,
    ...more,
  })
  const bypass = { bypassPeriodClosuresAndApprovals: true }

  it('lets administrators write into closed days, which the audit tells', async () => {
    const issue = await world.anIssue()
    const id = Number(issue.jiraId)
    const kept = await send('POST', '/4/worklogs', body(id))
    const period = { from: day('2020-01-01'), to: day('2020-01-31') }
    await world.app.calendar.periods.close(world.admin, period, 'done')
    expect((await send('POST', '/4/worklogs', body(id))).status).toBe(400)
    expect((await send('POST', '/core/3/worklogs', body(id, bypass))).status).toBe(400)
    const written = await send('POST', '/4/worklogs', body(id, bypass))
    expect(written.status).toBe(200)
    const self = `/4/worklogs/${written.body.tempoWorklogId}`
    expect((await send('PUT', self, body(id, { timeSpentSeconds: 120 }))).status).toBe(400)
    const change = body(id, { timeSpentSeconds: 120, ...bypass })
    expect((await send('PUT', self, change)).body.timeSpentSeconds).toBe(120)
    expect((await send('DELETE', self)).status).toBe(400)
    expect((await send('DELETE', `${self}?bypassPeriodClosuresAndApprovals=true`)).status).toBe(204)

    const entries = await world.store.audit.find(world.siteId, {
      from: 0,
      verbs: ['override-lock'],
      limit: 10,
    })
    expect(entries.map(({ objectId }) => objectId)).toEqual(
      Array(3).fill(String(written.body.tempoWorklogId)),
    )
    expect(entries[0]!.after).toMatchObject({ reason: 'period-closed', from: '2020-01-01' })

    // Written with leave, so the books are sound; behind their back they are not.
    const verify = () => verifyBooks(world.store, world.admin, hashSecret)
    const changed = await send('PUT', `/4/worklogs/${kept.body.tempoWorklogId}`, change)
    expect(changed.status).toBe(200)
    expect((await verify()).isSound).toBe(true)
    const row = await world.aWorklog({ day: '2020-01-09' })
    expect((await verify()).altered).toMatchObject([
      { differences: [{ worklogId: row.id, kind: 'added' }] },
    ])
  })

  it('is refused to everybody else', async () => {
    const author = await world.aPerson({ accountId: '557058:nobody' })
    const value = 'the-secret-of-an-employee'
    await world.app.tokens.create(world.admin, {
      personId: author.id,
      name: 'employee',
      scopes: ['read', 'write', 'admin'],
      networks: [],
      expiresAt: null,
      value,
    })
    const issue = await world.anIssue()
    const own = { authorAccountId: author.accountId, ...bypass }
    const answer = await world.server.inject({
      method: 'POST',
      url: '/4/worklogs',
      headers: { authorization: `Bearer ${value}` },
      payload: body(Number(issue.jiraId), own),
    })
    expect(answer.statusCode).toBe(403)
  })
})
