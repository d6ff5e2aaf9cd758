import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { aTempoWorld, secret, type TempoWorld } from './world.contract.ts'

const back = 'https://payroll.example/callback'
const form = 'application/x-www-form-urlencoded'
const visit = { from: '127.0.0.1', userAgent: 'test' }

let world: TempoWorld
let client: { client_id: string; client_secret: string }
let appId: string
let cookie: string

beforeAll(async () => {
  world = await aTempoWorld()
  const made = await own('POST', '/oauth-apps', { name: 'Payroll <b>', redirectUris: [back] })
  expect(made.statusCode).toBe(201)
  const { app, clientSecret } = made.json()
  appId = app.id
  client = { client_id: app.clientId, client_secret: clientSecret }
  const { sessions } = world.app.entering
  const { secret: link } = await sessions.makeResetLink(world.admin, world.person.id)
  const opened = await sessions.claim(link, 'a password of many words', visit)
  cookie = `hourbook_session=${opened.secret}`
})
afterAll(() => world?.close())

function own(method: 'GET' | 'POST' | 'DELETE', path: string, payload?: object, key = secret) {
  return world.server.inject({
    method,
    url: `/api/v1${path}`,
    headers: { authorization: `Bearer ${key}` },
    ...(payload ? { payload } : {}),
  })
}

function send(url: string, fields: Record<string, string>, headers: Record<string, string> = {}) {
  const payload = new URLSearchParams(fields).toString()
  return world.server.inject({
    method: 'POST',
    url,
    headers: { 'content-type': form, ...headers },
    payload,
  })
}

const token = (fields: Record<string, string>) => send('/oauth/token/', { ...client, ...fields })

function ask(fields: Record<string, string>, signedIn = true, path = '/oauth/authorize/redirect') {
  return world.server.inject({
    url: `${path}?${new URLSearchParams({ client_id: client.client_id, redirect_uri: back, ...fields })}`,
    headers: signedIn ? { cookie } : {},
  })
}

/** The page of the question, answered. */
async function decide(decision: string, change: Record<string, string> = {}): Promise<URL> {
  const { body } = await ask({ state: 'x&y' })
  const hidden = [...body.matchAll(/name="(\w+)" value="([^"]*)"/g)].map(
    ([, name = '', value = '']) => [name, value.replaceAll('&amp;', '&')] as const,
  )
  const answer = await send(
    '/oauth/authorize',
    { ...Object.fromEntries(hidden), decision, ...change },
    { cookie },
  )
  expect(answer.statusCode).toBe(303)
  return new URL(String(answer.headers.location))
}

async function pair() {
  const code = (await decide('allow')).searchParams.get('code')!
  const answer = await token({ grant_type: 'authorization_code', redirect_uri: back, code })
  expect(answer.statusCode).toBe(200)
  return { code, ...(answer.json() as { access_token: string; refresh_token: string }) }
}

const works = async (key: string) =>
  (
    await world.server.inject({
      url: '/4/worklogs',
      headers: { authorization: `Bearer ${key}` },
    })
  ).statusCode

describe('OAuth 2.0', () => {
  it('asks whoever is signed in, and nobody else, on behalf of known programs only', async () => {
    expect((await ask({}, false)).statusCode).toBe(401)
    expect((await ask({ client_id: 'another' })).statusCode).toBe(400)
    const elsewhere = await ask({ redirect_uri: 'https://evil.example/' })
    expect([elsewhere.statusCode, elsewhere.headers.location]).toEqual([400, undefined])
    for (const path of [
      '/oauth/authorize/redirect',
      '/plugins/servlet/ac/io.tempo.jira/oauth-authorize/',
    ]) {
      const page = await ask({ jira_url: 'https://jira.example' }, true, path)
      expect(page.statusCode).toBe(200)
      expect(page.body).toContain('Payroll &lt;b&gt; asks to act for you')
      expect(page.headers['content-security-policy']).toContain('https://payroll.example')
    }
  })

  it('leads back with a code, or with a refusal, and not without the page of the question', async () => {
    const granted = await decide('allow')
    expect(granted.origin + granted.pathname).toBe(back)
    expect(granted.searchParams.get('state')).toBe('x&y')
    const denied = await decide('deny')
    expect(denied.searchParams.get('error')).toBe('access_denied')
    expect(denied.searchParams.get('code')).toBeNull()
    const wish = { client_id: client.client_id, redirect_uri: back, decision: 'allow' }
    for (const [fields, headers] of [
      [{ ...wish, csrf: 'guessed' }, { cookie }],
      [wish, {}],
    ] as const) {
      const refused = await send('/oauth/authorize', fields, headers)
      expect([refused.statusCode, refused.headers.location]).toEqual([403, undefined])
    }
  })

  it('gives a pair for a code once; who comes with it again ends what it gave', async () => {
    const { code, access_token, refresh_token, ...rest } = await pair()
    expect(rest).toEqual({ expires_in: 5_184_000, token_type: 'Bearer', scope: 'read write' })
    expect(await works(access_token)).toBe(200)
    const again = await token({ grant_type: 'authorization_code', redirect_uri: back, code })
    expect([again.statusCode, again.json().error]).toEqual([400, 'invalid_grant'])
    expect(await works(access_token)).toBe(401)
    const renewed = await token({ grant_type: 'refresh_token', refresh_token })
    expect(renewed.statusCode).toBe(400)
  })

  it('gives a new pair for a refresh token, which ends the old one', async () => {
    const first = await pair()
    const refreshed = await token({
      grant_type: 'refresh_token',
      refresh_token: first.refresh_token,
    })
    const second = refreshed.json()
    expect(await works(first.access_token)).toBe(401)
    expect(await works(second.access_token)).toBe(200)
    // The old refresh token can only come from somebody who copied it.
    const stolen = await token({ grant_type: 'refresh_token', refresh_token: first.refresh_token })
    expect(stolen.statusCode).toBe(400)
    expect(await works(second.access_token)).toBe(401)
  })

  it('revokes a token of either kind', async () => {
    const { access_token, refresh_token } = await pair()
    const basic = Buffer.from(`${client.client_id}:${client.client_secret}`).toString('base64')
    const revoked = await send(
      '/oauth/revoke_token/',
      { token_type_hint: 'access_token', token: access_token },
      { authorization: `Basic ${basic}` },
    )
    expect(revoked.statusCode).toBe(200)
    expect(await works(access_token)).toBe(401)
    const next = (await token({ grant_type: 'refresh_token', refresh_token })).json()
    expect(await works(next.access_token)).toBe(200)
    const hint = { token_type_hint: 'refresh_token', token: next.refresh_token }
    await send('/oauth/revoke_token', { ...client, ...hint })
    expect(await works(next.access_token)).toBe(401)
    expect((await send('/oauth/revoke_token', { ...client, token: 'unknown' })).statusCode).toBe(
      200,
    )
  })

  it('refuses in the words of OAuth', async () => {
    const good = { grant_type: 'refresh_token', refresh_token: 'x' }
    for (const [fields, status, error] of [
      [{ ...good, client_secret: 'wrong' }, 401, 'invalid_client'],
      [{ ...good, client_id: 'wrong' }, 401, 'invalid_client'],
      [good, 400, 'invalid_grant'],
      [{ ...good, grant_type: 'password' }, 400, 'unsupported_grant_type'],
      [{ grant_type: 'refresh_token' }, 400, 'invalid_request'],
      [{ ...good, refresh_token: '\0' }, 400, 'invalid_request'],
      [{ grant_type: 'authorization_code', code: 'x', redirect_uri: back }, 400, 'invalid_grant'],
    ] as const) {
      const answer = await token(fields as Record<string, string>)
      expect([fields, answer.statusCode, answer.json().error]).toEqual([fields, status, error])
    }
    const broken = await world.server.inject({
      method: 'POST',
      url: '/oauth/token',
      headers: { 'content-type': 'application/json' },
      payload: '{',
    })
    expect([broken.statusCode, broken.json().error]).toEqual([400, 'invalid_request'])
  })

  it('lets administrators register programs, with addresses that are safe', async () => {
    for (const redirectUris of [
      [],
      ['http://payroll.example/'],
      ['javascript:alert(1)'],
      ['https://x.example/#part'],
    ])
      expect((await own('POST', '/oauth-apps', { name: 'X', redirectUris })).statusCode).toBe(400)
    const { access_token } = await pair()
    expect((await own('GET', '/oauth-apps', undefined, access_token)).statusCode).toBe(403)
    const [listed] = (await own('GET', '/oauth-apps')).json().apps
    expect(listed).toMatchObject({ id: appId, clientId: client.client_id, redirectUris: [back] })
    expect(JSON.stringify(listed)).not.toContain(client.client_secret)
    expect((await own('DELETE', `/oauth-apps/${appId}`)).statusCode).toBe(204)
    expect(await works(access_token)).toBe(401)
    expect((await own('DELETE', `/oauth-apps/${appId}`)).statusCode).toBe(404)
    expect((await token({ grant_type: 'refresh_token', refresh_token: 'x' })).statusCode).toBe(401)
  })
})
