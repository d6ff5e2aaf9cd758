import { describe, expect, it } from 'vitest'
import { ask, plant, useFakeJira } from './ask.ts'
import type { Fault } from './faults.ts'

const start = useFakeJira()
const good = { timeSpentSeconds: 3600 }
const feed = 'GET worklog/updated'

async function faulty(fault: Fault, dialect: 'cloud' | 'dc' = 'cloud') {
  const jira = await start({ dialect })
  const planted = plant(jira)
  jira.faults.next({ fault })
  return { jira, ...planted }
}

describe('429', () => {
  it.each([
    'jira-burst-based',
    'jira-per-issue-on-write',
    'jira-quota-global-based',
    'jira-quota-tenant-based',
    'jira-cost-based',
  ] as const)('says it is %s', async (reason) => {
    const { jira } = await faulty({ kind: 'rate-limit', reason, retryAfter: { seconds: 7 } })
    const { status, headers, json } = await ask(jira, feed)
    expect(status).toBe(429)
    expect(headers.get('ratelimit-reason')).toBe(reason)
    expect(headers.get('retry-after')).toBe('7')
    expect(json.errorMessages).toEqual([
      'The request has been rate-limited. Please try again later.',
    ])
    expect((await ask(jira, feed)).status).toBe(200)
  })

  it('may name a date, a reset time, or nothing, by the clock of the fake', async () => {
    const fault = { kind: 'rate-limit', reason: 'jira-burst-based' } as const
    const { jira } = await faulty({ ...fault, retryAfter: { httpDateIn: 30 } })
    jira.faults.next({ fault: { ...fault, retryAfter: { resetIn: 30 } } })
    jira.faults.next({ fault })
    const dated = (await ask(jira, feed)).headers.get('retry-after')
    expect(dated).toBe(new Date(jira.clock.now() + 30_000).toUTCString())
    const reset = (await ask(jira, feed)).headers
    expect(reset.get('retry-after')).toBeNull()
    expect(reset.get('x-ratelimit-reset')).toBe(new Date(jira.clock.now() + 30_000).toISOString())
    expect((await ask(jira, feed)).headers.get('retry-after')).toBeNull()
  })

  it('may be HTML, and on Data Center a token bucket', async () => {
    const { jira } = await faulty({ kind: 'rate-limit', isHtml: true }, 'dc')
    const { status, headers, text } = await ask(jira, feed)
    expect(status).toBe(429)
    expect(headers.get('content-type')).toContain('text/html')
    expect(headers.get('x-ratelimit-interval-seconds')).toBe('1')
    expect(text).toMatch(/^<!DOCTYPE html>/)
  })

  it('is announced when the budget is nearly gone', async () => {
    const jira = await start({ dialect: 'cloud', switches: { nearLimit: true } })
    expect((await ask(jira, feed)).headers.get('x-ratelimit-nearlimit')).toBe('true')
  })
})

describe('a broken answer', () => {
  it.each([500, 502, 503])('is %i', async (status) => {
    const { jira } = await faulty({ kind: 'status', status, retryAfter: { seconds: 1 } })
    const answer = await ask(jira, feed)
    expect([answer.status, answer.headers.get('retry-after')]).toEqual([status, '1'])
  })

  it('is HTML with status 200', async () => {
    const { jira } = await faulty({ kind: 'html' })
    const { status, text } = await ask(jira, feed)
    expect([status, text.slice(0, 15)]).toEqual([200, '<!DOCTYPE html>'])
  })

  it('is JSON cut in half', async () => {
    const { jira } = await faulty({ kind: 'cut-json' })
    const { status, json, text } = await ask(jira, feed)
    expect([status, json]).toEqual([200, undefined])
    expect(text).toMatch(/^\{"values"/)
  })

  it.each(['truncate', 'reset'] as const)('is a connection that ends: %s', async (kind) => {
    const { jira } = await faulty({ kind })
    await expect(ask(jira, feed)).rejects.toThrow()
    expect((await ask(jira, feed)).status).toBe(200)
  })

  it('never comes, until the client gives up or the bound is reached', async () => {
    const { jira } = await faulty({ kind: 'hang' })
    const signal = AbortSignal.timeout(50)
    await expect(ask(jira, feed, undefined, { signal })).rejects.toThrow()
    jira.switches.hangLimitMs = 20
    jira.faults.next({ fault: { kind: 'hang' } })
    await expect(ask(jira, feed)).rejects.toThrow()
  })
})

describe('a write whose answer is lost', () => {
  it.each([
    { kind: 'status', status: 500, afterCommit: true },
    { kind: 'reset', afterCommit: true },
    { kind: 'truncate' },
    { kind: 'rate-limit', afterCommit: true },
  ] as const)('has landed: %o', async (fault) => {
    const { jira } = await faulty(fault)
    await ask(jira, 'POST issue/ABC-1/worklog', good).catch(() => undefined)
    expect(jira.world.visibleWorklogs()).toHaveLength(1)
  })

  it.each([{ kind: 'status', status: 500 }, { kind: 'reset' }, { kind: 'html' }] as const)(
    'has not landed: %o',
    async (fault) => {
      const { jira } = await faulty(fault)
      await ask(jira, 'POST issue/ABC-1/worklog', good).catch(() => undefined)
      expect(jira.world.visibleWorklogs()).toEqual([])
    },
  )

  it.each(['PUT', 'DELETE'])('may be a %s', async (method) => {
    const jira = await start({ dialect: 'dc' })
    const { issue } = plant(jira)
    const row = jira.world.logWork({ issue })
    const route = `${method} issue/{id}/worklog/{id}`
    const fault = { kind: 'status', status: 500, afterCommit: true } as const
    jira.faults.next({ match: { route }, fault })
    const body = method === 'PUT' ? { timeSpentSeconds: 7200 } : undefined
    const answer = await ask(jira, `${method} issue/ABC-1/worklog/${row.id}`, body)
    expect(answer.status).toBe(500)
    const left = jira.world.visibleWorklogs().map(({ timeSpentSeconds }) => timeSpentSeconds)
    expect(left).toEqual(method === 'PUT' ? [7200] : [])
  })
})

describe('the queue', () => {
  it('waits for its match, skips, repeats and stops', async () => {
    const jira = await start({ dialect: 'cloud' })
    const fault = { kind: 'status', status: 500 } as const
    jira.faults.next({ match: { path: /^project/ }, fault, skip: 1, times: 2 })
    const statuses: number[] = []
    for (const what of [feed, 'GET project', 'GET project', 'GET project/search', 'GET project']) {
      statuses.push((await ask(jira, what)).status)
    }
    expect(statuses).toEqual([200, 200, 500, 500, 200])
    jira.faults.next({ fault })
    jira.faults.stop()
    expect((await ask(jira, feed)).status).toBe(200)
    expect(jira.faults.count()).toBe(2)
  })

  it('calls listeners before the work is done', async () => {
    const jira = await start({ dialect: 'cloud' })
    plant(jira)
    const seen: number[] = []
    const stop = jira.faults.onRequest(() => {
      seen.push(jira.world.visibleWorklogs().length)
    })
    await ask(jira, 'POST issue/ABC-1/worklog', good)
    stop()
    await ask(jira, feed)
    expect(seen).toEqual([0])
  })
})

describe('chance', () => {
  async function outcomes(seed: number): Promise<string> {
    const jira = await start({ dialect: 'cloud', switches: { hangLimitMs: 5 } })
    jira.faults.schedule(seed, { rate: 0.5 })
    for (let at = 0; at < 30; at += 1) await ask(jira, feed).catch(() => undefined)
    return jira.requests.all.map(({ fault }) => fault ?? '-').join(' ')
  }

  it('is the same for the same seed', async () => {
    const first = await outcomes(7)
    expect(await outcomes(7)).toBe(first)
    expect(await outcomes(8)).not.toBe(first)
    expect(first).toContain('rate-limit')
  })

  it('spares what would not come back', async () => {
    const jira = await start({ dialect: 'cloud' })
    jira.faults.schedule(1, { rate: 1, faults: [{ kind: 'status', status: 500 }] })
    const answer = await fetch(`${jira.authUrl}/oauth/token`, { method: 'POST', body: '{}' })
    expect(answer.status).toBe(401)
    expect((await ask(jira, feed)).status).toBe(500)
  })
})

describe('the request log', () => {
  it('counts by route and knows who asked what', async () => {
    const jira = await start({ dialect: 'dc', contextPath: '/jira' })
    const { bob } = plant(jira)
    await ask(jira, 'POST worklog/list', { ids: [1] }, { as: bob })
    await ask(jira, 'GET issue/ABC-1/worklog')
    await ask(jira, 'GET issue/ABC-1/worklog?startAt=1')
    expect(jira.requests.byRoute()).toEqual({
      'POST worklog/list': 1,
      'GET issue/{id}/worklog': 2,
    })
    expect(jira.requests.count('GET issue/{id}/worklog')).toBe(2)
    expect(jira.requests.count(({ query }) => query.has('startAt'))).toBe(1)
    expect(jira.requests.all[0]).toMatchObject({
      path: 'worklog/list',
      body: { ids: [1] },
      account: 'bob',
      status: 200,
    })
    jira.requests.clear()
    expect(jira.requests.count()).toBe(0)
  })
})
