import type { FastifyInstance } from 'fastify'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { aTestApp, type TestApp } from '../../test/data-folder.ts'
import { ensureAdministrator } from '../compose.ts'
import { makeHttpServer } from '../compose-server.ts'

let test: TestApp
let server: FastifyInstance
const least = 60

beforeAll(async () => {
  test = await aTestApp({ HOURBOOK_REQUESTS_PER_MINUTE: '80' })
  server = await makeHttpServer(test.app)
})
afterAll(async () => {
  await server?.close()
  await test?.close()
})

async function aToken(): Promise<string> {
  const { app } = test
  const owner = await ensureAdministrator(app)
  const wish = { personId: owner.id, name: 't', scopes: ['read'], networks: [], expiresAt: null }
  return (await app.tokens.create(await app.localActor(), wish)).secret
}

async function ask(count: number, token: string | undefined, url = '/api/v1/me') {
  const headers = token === undefined ? {} : { authorization: `Bearer ${token}` }
  const answers = []
  for (let at = 0; at < count; at += 1) answers.push(await server.inject({ url, headers }))
  return answers
}

describe('the rate limiter', () => {
  it('answers a token that asks too often with a problem, and says when to come again', async () => {
    const [mine, other] = [await aToken(), await aToken()]
    const answers = await ask(81, mine)
    expect(answers.slice(0, 80).filter((one) => one.statusCode !== 200)).toEqual([])
    const last = answers.at(-1)
    expect(last?.statusCode).toBe(429)
    expect(last?.headers['content-type']).toBe('application/problem+json; charset=utf-8')
    expect(last?.json()).toMatchObject({ status: 429, code: 'unavailable' })
    expect(Number(last?.headers['retry-after'])).toBeGreaterThan(0)
    expect((await ask(1, other))[0]?.statusCode).toBe(200)
  })

  it('limits an address without a token, but never the questions of a monitor', async () => {
    const answers = await ask(least + 1, undefined)
    expect(new Set(answers.slice(0, least).map((one) => one.statusCode))).toEqual(new Set([401]))
    expect(answers.at(-1)?.statusCode).toBe(429)
    const health = await ask(least + 1, undefined, '/health')
    expect(new Set(health.map((one) => one.statusCode))).toEqual(new Set([200]))
  })
})

describe('a database that is gone', () => {
  it('is not ready, still lives, and says no more than that', async () => {
    const lost = await aTestApp()
    const open = await makeHttpServer(lost.app)
    const headers = { authorization: `Bearer ${await aToken()}` }
    await lost.close()
    const ready = await open.inject('/ready')
    expect(ready.statusCode).toBe(503)
    expect(ready.json()).toMatchObject({ isReady: false, database: 'does not answer' })
    expect((await open.inject('/health')).statusCode).toBe(200)
    const answer = await open.inject({ url: '/api/v1/worklogs', headers })
    expect(answer.statusCode).toBe(500)
    expect(answer.json()).toMatchObject({ code: 'internal', status: 500 })
    await open.close()
  })
})
