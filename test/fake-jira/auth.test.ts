import { describe, expect, it } from 'vitest'
import { ask, plant, useFakeJira } from './ask.ts'
import { usualScopes } from './oauth.ts'

const start = useFakeJira()
const good = { timeSpentSeconds: 60 }

function basic(user: string, secret: string): string {
  return `Basic ${Buffer.from(`${user}:${secret}`).toString('base64')}`
}

describe('logging in', () => {
  it.each([
    ['cloud', 'basicToken', 200],
    ['cloud', 'bearer', 401],
    ['cloud', 'basicPassword', 401],
    ['dc', 'bearer', 200],
    ['dc', 'basicPassword', 200],
    ['dc', 'basicToken', 401],
  ] as const)('to %s with %s gives %i', async (dialect, mode, status) => {
    const jira = await start({ dialect })
    const { bob } = plant(jira)
    const authorization = jira.credentials(bob).header[mode]
    const answer = await ask(jira, 'GET myself', undefined, { authorization })
    expect(answer.status).toBe(status)
    if (status === 200) expect(answer.json.displayName).toBe('Bob')
  })

  it('names the account in a header', async () => {
    const cloud = await start({ dialect: 'cloud' })
    const { headers } = await ask(cloud, 'GET myself')
    expect(headers.get('x-aaccountid')).toBe(cloud.world.admin.accountId)
    const dc = await start({ dialect: 'dc' })
    const answer = await ask(dc, 'GET myself')
    expect(answer.headers.get('x-ausername')).toBe('admin')
    expect(answer.headers.get('x-ratelimit-fillrate')).toBe('5')
  })

  it.each(['cloud', 'dc'] as const)(
    'is needed on %s, and revoked ones are refused',
    async (dialect) => {
      const jira = await start({ dialect })
      const { bob } = plant(jira)
      const nobody = await ask(jira, 'GET worklog/updated', undefined, { authorization: undefined })
      expect(nobody.status).toBe(401)
      expect(nobody.json.errorMessages).toEqual([
        'You are not authenticated. Authentication required to perform this operation.',
      ])
      jira.world.revokeCredentials(bob)
      expect((await ask(jira, 'GET myself', undefined, { as: bob })).status).toBe(401)
      jira.world.restoreCredentials(bob)
      expect((await ask(jira, 'GET myself', undefined, { as: bob })).status).toBe(200)
      jira.world.editUser(bob, { active: false })
      expect((await ask(jira, 'GET myself', undefined, { as: bob })).status).toBe(401)
    },
  )
})

describe('a renamed person', () => {
  it('keeps key and token on Data Center', async () => {
    const jira = await start({ dialect: 'dc' })
    const { bob } = plant(jira)
    const authorization = jira.authorization(bob)
    jira.world.editUser(bob, { name: 'robert' })
    const { json } = await ask(jira, 'GET myself', undefined, { authorization })
    expect(json).toMatchObject({ name: 'robert', key: bob.key })
  })
})

describe('Data Center with a bad credential', () => {
  const bad = { authorization: 'Bearer nonsense' }

  it('may answer 200 as nobody, with nothing to see', async () => {
    const jira = await start({ dialect: 'dc', switches: { anonymous: 'view', feedLagMs: 0 } })
    const { issue } = plant(jira)
    const row = jira.world.logWork({ issue })
    const feed = await ask(jira, 'GET worklog/updated', undefined, bad)
    expect([feed.status, feed.json.values]).toEqual([200, []])
    expect(feed.headers.get('x-ausername')).toBe('anonymous')
    expect(feed.headers.get('x-seraph-loginreason')).toBe('AUTHENTICATED_FAILED')
    expect((await ask(jira, 'POST worklog/list', { ids: [row.id] }, bad)).json).toEqual([])
    expect((await ask(jira, 'POST search', { jql: '' }, bad)).json.total).toBe(0)
    expect((await ask(jira, 'GET project', undefined, bad)).json).toEqual([])
    expect((await ask(jira, 'GET issue/ABC-1', undefined, bad)).status).toBe(404)
    expect((await ask(jira, 'GET myself', undefined, bad)).status).toBe(401)
    expect((await ask(jira, 'POST issue/ABC-1/worklog', good, bad)).status).toBe(401)
  })

  it('may answer 200 with nothing at all', async () => {
    const jira = await start({ dialect: 'dc', switches: { anonymous: 'empty' } })
    const answer = await ask(jira, 'GET myself', undefined, bad)
    expect([answer.status, answer.text]).toEqual([200, ''])
    expect(answer.headers.get('x-ausername')).toBe('anonymous')
  })

  it('locks a person out after three passwords, the right one included', async () => {
    const jira = await start({ dialect: 'dc' })
    const { bob } = plant(jira)
    const wrong = { authorization: basic('bob', 'wrong') }
    const right = { authorization: jira.credentials(bob).header.basicPassword }
    for (let time = 0; time < 3; time += 1) {
      expect((await ask(jira, 'GET myself', undefined, wrong)).status).toBe(401)
    }
    const locked = await ask(jira, 'GET myself', undefined, right)
    expect(locked.status).toBe(403)
    expect(locked.headers.get('x-seraph-loginreason')).toBe('AUTHENTICATION_DENIED')
    expect(locked.headers.get('x-authentication-denied-reason')).toContain('CAPTCHA_CHALLENGE')
    jira.world.restoreCredentials(bob)
    expect((await ask(jira, 'GET myself', undefined, right)).status).toBe(200)
  })
})

describe('OAuth', () => {
  async function connected(scopes: readonly string[] = usualScopes) {
    const jira = await start({ dialect: 'cloud' })
    const { bob } = plant(jira)
    const client = { client_id: jira.oauth.client.id, client_secret: jira.oauth.client.secret }
    const token = async (body: object) => {
      const answer = await fetch(`${jira.authUrl}/oauth/token`, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json' },
        body: JSON.stringify({ ...client, ...body }),
      })
      return { status: answer.status, json: (await answer.json()) as Record<string, string> }
    }
    const code = jira.oauth.authorize(bob, scopes)
    const first = await token({ grant_type: 'authorization_code', code, redirect_uri: 'x' })
    const asBob = (access: string | undefined, what: string, body?: unknown) =>
      ask(jira, what, body, { base: jira.gatewayUrl, authorization: `Bearer ${access}` })
    return { jira, bob, code, token, first, asBob }
  }

  it('exchanges a code once and leads to the site through the gateway', async () => {
    const { jira, code, token, first, asBob } = await connected()
    expect(first.json).toMatchObject({ expires_in: 3600, token_type: 'Bearer' })
    expect((await token({ grant_type: 'authorization_code', code })).status).toBe(403)
    const sites = await fetch(`${jira.authUrl}/oauth/token/accessible-resources`, {
      headers: { Authorization: `Bearer ${first.json.access_token}` },
    })
    expect(await sites.json()).toMatchObject([{ id: jira.oauth.cloudId, url: jira.url }])
    const me = await asBob(first.json.access_token, 'GET myself')
    expect(me.json.displayName).toBe('Bob')
    // The answer's links name the site, not the gateway that was called.
    expect(String(me.json.self)).toMatch(new RegExp(`^${jira.url}/rest/`))
    const direct = { authorization: `Bearer ${first.json.access_token}` }
    expect((await ask(jira, 'GET myself', undefined, direct)).status).toBe(401)
  })

  it('rotates refresh tokens and lets access tokens expire by its clock', async () => {
    const { jira, token, first, asBob } = await connected()
    jira.clock.advance(3_600_001)
    expect((await asBob(first.json.access_token, 'GET myself')).status).toBe(401)
    const refresh = { grant_type: 'refresh_token', refresh_token: first.json.refresh_token }
    const second = await token(refresh)
    expect((await asBob(second.json.access_token, 'GET myself')).status).toBe(200)
    expect((await token(refresh)).status).toBe(403)
    const third = await token({ ...refresh, refresh_token: second.json.refresh_token })
    expect(third.status).toBe(200)
  })

  it('tells a missing scope from a stale token, and knows consent taken back', async () => {
    const { jira, bob, first, asBob } = await connected(['read:jira-work'])
    expect(first.json).not.toHaveProperty('refresh_token')
    const { access_token: access } = first.json
    const refused = await asBob(access, 'POST issue/ABC-1/worklog', good)
    expect([refused.status, refused.json]).toEqual([
      401,
      { code: 401, message: 'Unauthorized; scope does not match' },
    ])
    expect((await asBob(access, 'GET project')).status).toBe(200)
    jira.oauth.revoke(bob)
    const gone = await asBob(access, 'GET project')
    expect(gone.json).toEqual({ code: 401, message: 'Unauthorized' })
  })
})

describe('bodies', () => {
  it('must be JSON and say so', async () => {
    const jira = await start({ dialect: 'dc' })
    const post = (body: string, type: string) =>
      fetch(`${jira.url}/rest/api/2/worklog/list`, {
        method: 'POST',
        body,
        headers: { Authorization: jira.authorization(), 'Content-Type': type },
      })
    expect((await post('{"ids":[1]}', 'text/plain')).status).toBe(415)
    expect((await post('{"ids":[1', 'application/json')).status).toBe(400)
    expect((await post('{"ids":[1]}', 'application/json;charset=UTF-8')).status).toBe(200)
  })
})
