import { connect } from 'node:net'
import type { FastifyInstance, RouteOptions } from 'fastify'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { aTestApp, type TestApp } from '../../test/data-folder.ts'
import { registerLocalDoor } from '../cli/local-door.ts'
import { ensureAdministrator } from '../compose.ts'
import { makeHttpServer } from '../compose-server.ts'
import type { Scope } from '../domain/permission.ts'
import { makeLogger } from './log.ts'
import { makeMetrics } from './metrics.ts'
import { makeServer } from './server.ts'

let test: TestApp
let server: FastifyInstance
let address: string
const routes: RouteOptions[] = []

beforeAll(async () => {
  test = await aTestApp()
  server = await makeHttpServer(test.app, (fastify) => {
    fastify.addHook('onRoute', (route) => void routes.push(route))
    registerLocalDoor(fastify, { secret: 'local-secret', run: async () => 0 })
  })
  address = await server.listen({ host: '127.0.0.1', port: 0 })
})
afterAll(async () => {
  await server?.close()
  await test?.close()
})

async function tokenFor(...scopes: Scope[]): Promise<string> {
  const owner = await ensureAdministrator(test.app)
  const wish = { personId: owner.id, name: 'test', scopes, networks: [], expiresAt: null }
  return (await test.app.tokens.create(await test.app.localActor(), wish)).secret
}

const bearer = (secret: string) => ({ authorization: `Bearer ${secret}` })

/** What comes back for bytes that `fetch` would never send. */
function raw(text: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const { hostname, port } = new URL(address)
    let answer = ''
    const socket = connect(Number(port), hostname, () => socket.write(text))
    socket.on('data', (chunk) => {
      answer += chunk.toString()
    })
    socket.on('close', () => resolve(answer))
    socket.on('error', reject)
  })
}

function expectProblem(answer: { status: number; type: string | null; body: string }, code = '') {
  expect(answer.type).toBe('application/problem+json; charset=utf-8')
  const problem = JSON.parse(answer.body)
  expect(problem).toMatchObject({ status: answer.status, type: 'about:blank' })
  expect(problem.code).toMatch(code)
  return problem
}

async function call(path: string, init: RequestInit = {}) {
  const response = await fetch(address + path, init)
  const { status, headers } = response
  return { status, headers, type: headers.get('content-type'), body: await response.text() }
}

/** Routes of foreign APIs, which word their errors in their own shape and challenge in their own way. */
const isForeign =
  /^\/(core\/3|4|audit\/1|papertrail\/1|rest|secure|plugins|api\/1|atlassian-connect\.json)(\/|$)/

/** What a Jira shows to anybody: what it is, pictures, and the door for names and passwords. */
const isOpenInJira =
  /^\/(rest\/api\/(2|3|latest)\/serverInfo|rest\/auth\/(1|latest)\/session|secure\/(user|project)avatar)$/

/** Where programs and browsers prove themselves in OAuth's own way. */
const isOpenInOAuth =
  /^\/(oauth\/(token|revoke_token|authorize(\/redirect)?)|plugins\/servlet\/ac\/io\.tempo\.jira\/oauth-authorize)$/

describe('a new site', () => {
  const asBearer = async (...scopes: Scope[]) => ({ headers: bearer(await tokenFor(...scopes)) })

  it('says how the server stands, in figures, to administrators alone', async () => {
    const admin = await asBearer('read', 'admin')
    const answer = await call('/api/v1/health', admin)
    const health = JSON.parse(answer.body)
    expect(health.database).toMatchObject({ engine: 'embedded', worklogs: 0, people: 1 })
    expect(health.database.sizeBytes).toBeGreaterThan(1_000_000)
    expect(health.database.version).toMatch(/^\d+(\.\d+)*$/)
    expect(health.backup).toEqual({ mark: null, lastAt: null })
    const again = JSON.parse((await call('/api/v1/health', admin)).body)
    expect(again.requests.count).toBeGreaterThan(health.requests.count)
    expect(again.requests).toMatchObject({ failed: 0, slow: expect.any(Number) })
    const shown = health.settings.find(({ name }: { name: string }) => name === 'HOURBOOK_DATA')
    expect(shown.value).toBe(test.app.config.dataFolder)
    expect((await call('/api/v1/health', await asBearer('read'))).status).toBe(403)
  })

  it('needs five things, and takes the sample company in once', async () => {
    const admin = await asBearer('read', 'admin')
    const post = { method: 'POST', ...admin }
    const look = async () => JSON.parse((await call('/api/v1/first-start', admin)).body)
    expect(await look()).toMatchObject({ isEmpty: true, hasJira: false })
    expect((await look()).steps.map((one: { isDone: boolean }) => one.isDone)).not.toContain(true)
    const stranger = await test.app.directory.createPerson(await test.app.localActor(), {
      displayName: 'Nosy',
    })
    const wish = { name: 't', scopes: ['read', 'admin'] as Scope[], networks: [], expiresAt: null }
    const boss = await test.app.localActor()
    const { secret } = await test.app.tokens.create(boss, { ...wish, personId: stranger.id })
    expect((await call('/api/v1/first-start', { headers: bearer(secret) })).status).toBe(403)
    // Somebody is here by now.
    expect((await look()).isEmpty).toBe(false)
    expectProblem(await call('/api/v1/first-start/sample', post), 'conflict')
  })
})

describe('every route', () => {
  const isOpen =
    /^\/(health|ready|assets\/\*|favicon\.svg|(week|planner|reports|teams|approvals|admin|start|settings|login|welcome)?(\/\*)?|api\/v1\/openapi\.json|api\/v1\/session(\/(link|claim))?|api\/reference(\/.*)?)$/

  it('says who may call it, and only these may be called by anybody', () => {
    expect(routes.length).toBeGreaterThan(40)
    const silent = routes.filter((route) => route.config?.access === undefined)
    expect(silent.map((route) => route.url)).toEqual([])
    const open = routes.filter((route) => route.config?.access === 'public')
    expect(
      open
        .map((route) => route.url)
        .filter((url) => ![isOpen, isOpenInJira, isOpenInOAuth].some((one) => one.test(url))),
    ).toEqual([])
  })

  it('with a secret in its address answers a stranger 401', async () => {
    const secret = routes.filter((route) => route.config?.access === 'address')
    expect([...new Set(secret.map((route) => route.url))].sort()).toEqual([
      '/api/v1/reports/shared/:secret',
      '/api/v1/reports/shared/:secret/drill-down',
      '/api/v1/reports/shared/:secret/export',
      '/hooks/jira/:connection/:token',
      '/oauth/jira/callback',
      '/plugins/servlet/:servlet',
    ])
    // 403, since a 401 would make its clients ask for a password: contract tempo-servlet 1.13.
    expect((await call('/plugins/servlet/tempo-getWorklog?tempoApiToken=guessed')).status).toBe(403)
    const shared = '/api/v1/reports/shared/guessed'
    const post = {
      method: 'POST',
      body: '{"rowKeys":["1"]}',
      headers: { 'content-type': 'application/json' },
    }
    expect((await call(shared)).status).toBe(404)
    expect((await call(`${shared}/export?format=csv`)).status).toBe(404)
    expect((await call(`${shared}/drill-down`, post)).status).toBe(404)
    const answer = await call('/hooks/jira/1/guessed', { method: 'POST', body: '{}' })
    expect(answer.status).toBe(401)
    expect((await call('/oauth/jira/callback?state=guessed&code=x')).status).toBe(401)
  })

  it('that is not for anybody answers 401 without a token, whatever else is wrong', async () => {
    const closed = routes.filter(
      (route) => route.config?.access !== 'public' && route.config?.access !== 'address',
    )
    for (const route of closed) {
      const url = route.url.replace(/:\w+/g, '1')
      for (const method of [route.method].flat()) {
        const answer = await call(url, {
          method,
          ...(/GET|HEAD/.test(method)
            ? {}
            : { body: '{}', headers: { 'content-type': 'application/json' } }),
        })
        expect([method, url, answer.status]).toEqual([method, url, 401])
        if (isForeign.test(url)) continue
        expect(answer.headers.get('www-authenticate')).toMatch(/^Bearer/)
        if (method !== 'HEAD') expectProblem(answer, 'unauthenticated')
      }
    }
  })

  it('wants the scope it names', async () => {
    const headers = bearer(await tokenFor('read'))
    expectProblem(await call('/metrics', { headers }), 'forbidden')
    expect((await call('/api/v1/worklogs', { headers })).status).toBe(200)
  })

  it('would keep the server from starting if it said nothing', async () => {
    const bare = await makeServer({
      logger: makeLogger('silent'),
      metrics: makeMetrics(),
      trustedProxies: [],
      requestsPerMinute: 0,
    })
    expect(() => bare.get('/open', async () => 'x')).toThrow(/GET \/open does not say who/)
  })
})

describe('every answer', () => {
  it.each([
    ['a good one', '/health', 200],
    ['a page', '/api/reference/', 200],
    ['nothing there', '/nothing', 404],
    ['no token', '/api/v1/worklogs', 401],
  ])('carries a request id and security headers: %s', async (_name, path, status) => {
    const answer = await call(path)
    expect(answer.status).toBe(status)
    expect(answer.headers.get('x-request-id')).toMatch(/^[0-9a-f]{16}$/)
    expect(answer.headers.get('content-security-policy')).toMatch(/^default-src '(self|none)'/)
    expect(answer.headers.get('content-security-policy')).not.toMatch(/unsafe/)
    expect(answer.headers.get('x-content-type-options')).toBe('nosniff')
    expect(answer.headers.get('x-frame-options')).toBe('SAMEORIGIN')
    expect(answer.headers.get('x-powered-by')).toBeNull()
  })

  it('of a problem names the request it was', async () => {
    const answer = await call('/api/v1/none')
    const problem = expectProblem(answer, 'not-found')
    expect(problem.instance).toBe(answer.headers.get('x-request-id'))
  })
})

describe('requests that are wrong', () => {
  const post = async (body: string, type: string | undefined, path = '/api/v1/worklogs') =>
    call(path, {
      method: 'POST',
      body: Buffer.from(body),
      headers: {
        ...bearer(await tokenFor('read', 'write')),
        ...(type ? { 'content-type': type } : {}),
      },
    })

  it.each([
    ['broken JSON', '{"a":', 'application/json', 400],
    ['no body where one is needed', '', 'application/json', 400],
    ['another content type', 'a=1', 'application/x-www-form-urlencoded', 415],
    ['plain text', '{}', 'text/plain', 415],
    ['no content type', '{}', undefined, 415],
    ['a dangerous key', '{"__proto__": {"a": 1}}', 'application/json', 400],
    ['10 MB', `"${'x'.repeat(10 * 1024 * 1024)}"`, 'application/json', 413],
  ])('%s', async (_name, body, type, status) => {
    const answer = await post(body, type)
    expect(answer.status).toBe(status)
    expectProblem(answer, 'invalid')
  })

  it.each([
    ['an unknown path', 'GET', '/nothing/here', 404],
    ['an unknown path of the API', 'GET', '/api/v1/nothing', 404],
    ['another method', 'PUT', '/api/v1/worklogs', 405],
    ['an address nobody can decode', 'GET', '/api/v1/people/%zz', 400],
  ])('%s', async (_name, method, path, status) => {
    const answer = await call(path, { method })
    expect(answer.status).toBe(status)
    expect(expectProblem(answer).detail).not.toBe('')
    expect(answer.headers.get('x-request-id')).toMatch(/^[0-9a-f]{16}$/)
    if (status === 405) expect(answer.headers.get('allow')).toBe('GET, HEAD, POST')
  })

  it.each([
    [
      'headers without end',
      `GET /health HTTP/1.1\r\nHost: a\r\nX: ${'x'.repeat(40_000)}\r\n\r\n`,
      431,
    ],
    ['no HTTP at all', 'HELLO\r\n\r\n', 400],
    [
      'two lengths',
      'POST /a HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\na',
      400,
    ],
  ])('%s', async (_name, text, status) => {
    const answer = await raw(text)
    expect(answer).toMatch(new RegExp(`^HTTP/1\\.1 ${status} `))
    const [head = '', body = ''] = answer.split('\r\n\r\n')
    const type = /content-type: (.*)/i.exec(head)?.[1] ?? null
    expectProblem({ status, type, body }, 'invalid')
  })
})

describe('/health, /ready and /metrics', () => {
  it('answers that it lives, and that it can serve', async () => {
    expect(JSON.parse((await call('/health')).body)).toMatchObject({ status: 'ok' })
    const ready = await call('/ready')
    expect(ready.status).toBe(200)
    expect(JSON.parse(ready.body)).toMatchObject({ isReady: true, database: 'ok' })
  })

  it('counts requests by route, with no name and no secret in it', async () => {
    const secret = await tokenFor('admin', 'read')
    const headers = bearer(secret)
    await call('/api/v1/people/12345678?token=s3cret', { headers })
    await call(`/nothing/${secret}`, { headers })
    const metrics = await call('/metrics', { headers })
    expect(metrics.status).toBe(200)
    expect(metrics.body).toMatch(
      /hourbook_http_requests_total\{method="GET",route="\/api\/v1\/people\/:id",status="404"\} 1/,
    )
    expect(metrics.body).not.toMatch(new RegExp(`${secret}|s3cret|12345678|Administrator`))
    const labels = new Set(
      [...metrics.body.matchAll(/hourbook_http\w+\{([^}]*)\}/g)].flatMap((one) =>
        [...(one[1] ?? '').matchAll(/(\w+)=/g)].map((label) => label[1]),
      ),
    )
    expect([...labels].sort()).toEqual(['le', 'method', 'route', 'status'])
  })
})

describe('the log', () => {
  it('has one line a request, without secrets of headers and addresses', async () => {
    const secret = await tokenFor('read')
    test.logLines.length = 0
    const path = `/api/v1/worklogs?limit=1&token=${secret}&t%6Fken=${secret}&tempoApiToken=${secret}`
    const answer = await call(path, {
      headers: { ...bearer(secret), cookie: `session=${secret}`, 'x-hourbook-local': secret },
    })
    await call('/api/v1/worklogs', { headers: bearer(`${secret}x`) })
    await raw(`GET /%zz?token=${secret} HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n`)
    const text = test.logLines.join('')
    expect(text).not.toContain(secret)
    const lines = test.logLines.map((line) => JSON.parse(line))
    const mine = lines.filter((line) => line.req?.id === answer.headers.get('x-request-id'))
    expect(mine).toMatchObject([
      { msg: 'request', req: { method: 'GET', url: expect.stringContaining('token=***') } },
    ])
    expect(mine[0].res.status).toBe(answer.status)
  })
})
