import cookie from '@fastify/cookie'
import { expect, it } from 'vitest'
import { makeLogger } from './log.ts'
import { makeMetrics } from './metrics.ts'
import { makeServer } from './server.ts'
import { clearSessionCookie, readSessionCookie, setSessionCookie } from './session-cookie.ts'

async function aServer() {
  const server = await makeServer({
    logger: makeLogger('silent'),
    metrics: makeMetrics(),
    trustedProxies: ['127.0.0.1'],
    requestsPerMinute: 0,
  })
  await server.register(cookie)
  const config = { access: 'public' } as const
  server.get('/in', { config }, async (request, reply) => {
    setSessionCookie(request, reply, 'secret')
    return readSessionCookie(request) ?? 'none'
  })
  server.get('/out', { config }, async (request, reply) => {
    clearSessionCookie(request, reply)
    return ''
  })
  return server
}

const https = { 'x-forwarded-proto': 'https' }

it('behind https is secure, and only this very host can set it', async () => {
  const server = await aServer()
  const answer = await server.inject({ url: '/in', headers: https })
  expect(answer.headers['set-cookie']).toBe(
    '__Host-hourbook=secret; Max-Age=2592000; Path=/; HttpOnly; Secure; SameSite=Lax',
  )
  const out = await server.inject({ url: '/out', headers: https })
  expect(String(out.headers['set-cookie'])).toMatch(/^__Host-hourbook=;.*HttpOnly; Secure/)
})

it('of plain http does not count behind https, where anybody on the way could have set it', async () => {
  const server = await aServer()
  const headers = { cookie: 'hourbook_session=other' }
  expect((await server.inject({ url: '/in', headers })).body).toBe('other')
  expect((await server.inject({ url: '/in', headers: { ...headers, ...https } })).body).toBe('none')
})
