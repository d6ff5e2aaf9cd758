import type { FastifyInstance } from 'fastify'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { aTestApp, type TestApp } from '../../test/data-folder.ts'
import {
  anIdentityProvider,
  clientId,
  clientSecret,
  type IdentityProvider,
} from '../../test/identity-provider.ts'
import { makeHttpServer } from '../compose-server.ts'
import type { SessionBody } from './contract.ts'

let provider: IdentityProvider
let test: TestApp
let server: FastifyInstance
let address = ''

const callback = '/api/v1/session/single-sign-on/callback'

beforeAll(async () => {
  const port = await aFreePort()
  address = `http://127.0.0.1:${port}`
  provider = await anIdentityProvider(() => [`${address}${callback}`])
  test = await aTestApp({
    HOURBOOK_OIDC_ISSUER: provider.issuer,
    HOURBOOK_OIDC_CLIENT_ID: clientId,
    HOURBOOK_OIDC_CLIENT_SECRET: clientSecret,
    HOURBOOK_OIDC_NAME: 'Company login',
  })
  const { app } = test
  await app.directory.createPerson(await app.localActor(), {
    displayName: 'Jane Doe',
    username: 'jane',
    email: 'Jane@example.org',
  })
  server = await makeHttpServer(app)
  await server.listen({ host: '127.0.0.1', port })
})
afterAll(async () => {
  await server?.close()
  await provider?.close()
  await test?.close()
})

async function aFreePort(): Promise<number> {
  const { createServer } = await import('node:net')
  const probe = createServer()
  await new Promise<void>((resolve) => probe.listen(0, '127.0.0.1', resolve))
  const { port } = probe.address() as { port: number }
  await new Promise<void>((resolve) => probe.close(() => resolve()))
  return port
}

/** Follows redirects between the two as a browser does, with the cookies of each. */
async function walk(start: string, jar = new Map<string, Map<string, string>>()) {
  let url = new URL(start, address)
  for (let step = 0; step < 12; step += 1) {
    const cookies = jar.get(url.host) ?? new Map<string, string>()
    jar.set(url.host, cookies)
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ')
    const answer = await fetch(url, { redirect: 'manual', headers: { cookie } })
    for (const text of answer.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(text) ?? []
      if (value === '') cookies.delete(name)
      else cookies.set(name, value)
    }
    const location = answer.headers.get('location')
    if (location === null) throw new Error(`${answer.status} at ${url}: ${await answer.text()}`)
    url = new URL(location, url)
    if (url.origin === address && !url.pathname.startsWith('/api/')) return { url, cookies, jar }
  }
  throw new Error('too many redirects')
}

const whoIs = async (cookies: ReadonlyMap<string, string>) => {
  const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ')
  const answer = await fetch(`${address}/api/v1/session`, { headers: { cookie } })
  return ((await answer.json()) as SessionBody).me?.person.username ?? null
}

describe('single sign-on', () => {
  const jane = { sub: 'subject-1', email: 'jane@example.org', email_verified: true }

  it('is offered by name', async () => {
    const answer = await fetch(`${address}/api/v1/session`)
    expect(((await answer.json()) as SessionBody).singleSignOn).toBe('Company login')
  })

  it('does not join by an e-mail address nobody has verified', async () => {
    provider.set({ ...jane, email_verified: false })
    const { url, cookies } = await walk('/api/v1/session/single-sign-on')
    expect(url.pathname + url.search).toBe('/login?problem=sign-on-unknown')
    expect(await whoIs(cookies)).toBeNull()
  })

  it('joins a person by verified e-mail, and goes where one wanted to', async () => {
    provider.set(jane)
    const { url, cookies } = await walk('/api/v1/session/single-sign-on?to=/week?day=2026-03-02')
    expect(url.pathname + url.search).toBe('/week?day=2026-03-02')
    expect(await whoIs(cookies)).toBe('jane')
  })

  it('knows the person by subject afterwards, whatever the e-mail', async () => {
    provider.set({ sub: 'subject-1', email: 'married@example.org', email_verified: false })
    const { cookies } = await walk('/api/v1/session/single-sign-on')
    expect(await whoIs(cookies)).toBe('jane')
  })

  it('lets nobody in whom nobody added', async () => {
    provider.set({ sub: 'subject-2', email: 'stranger@example.org', email_verified: true })
    const { url, cookies } = await walk('/api/v1/session/single-sign-on')
    expect(url.search).toBe('?problem=sign-on-unknown')
    expect(await whoIs(cookies)).toBeNull()
  })

  it('comes back with a word when the provider refuses', async () => {
    provider.set(undefined)
    const { url } = await walk('/api/v1/session/single-sign-on')
    expect(url.search).toBe('?problem=sign-on-refused')
  })

  it.each([
    'https://evil.example.org/',
    '//evil.example.org',
    '/\\evil.example.org',
    'javascript:1',
  ])('never leads to %s', async (to) => {
    provider.set(jane)
    const { url } = await walk(`/api/v1/session/single-sign-on?to=${encodeURIComponent(to)}`)
    expect(url.href).toBe(`${address}/`)
  })

  it('refuses an answer to a question of another browser', async () => {
    provider.set(jane)
    const begun = await fetch(`${address}/api/v1/session/single-sign-on`, { redirect: 'manual' })
    const cookie = begun.headers.getSetCookie()[0]!.split(';', 1)[0]!
    const forged = await fetch(`${address}${callback}?code=x&state=another`, {
      redirect: 'manual',
      headers: { cookie },
    })
    expect(forged.headers.get('location')).toBe('/login?problem=sign-on-refused')
    const bare = await fetch(`${address}${callback}?code=x&state=y`, { redirect: 'manual' })
    expect(bare.headers.get('location')).toBe('/login?problem=sign-on-expired')
  })
})
