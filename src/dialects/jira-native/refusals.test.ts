import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openGoldenWorld, secrets } from '../../../conformance/world.ts'
import { texts } from './errors.ts'

const limit = 40

// What conformance cases cannot show: a Jira of either kind, a limiter, roles, locks and passwords.
describe.each(['Server', 'Cloud'] as const)('a Jira %s', (type) => {
  const isCloud = type === 'Cloud'
  let world: Awaited<ReturnType<typeof openGoldenWorld>>
  let lead = ''
  beforeAll(async () => {
    world = await openGoldenWorld({
      files: [],
      site: { name: 'Refusals', timeZone: 'UTC' },
      environment: {
        HOURBOOK_JIRA_DEPLOYMENT_TYPE: type,
        HOURBOOK_JIRA_WORKLOGS_PER_ISSUE: '5',
        HOURBOOK_REQUESTS_PER_MINUTE: String(limit),
      },
    })
    const { app } = world
    const actor = await app.localActor()
    const person = await app.directory.createPerson(actor, {
      username: 'lead',
      displayName: 'Lea Lead',
      role: 'power-team-lead',
    })
    const wish = { personId: person.id, name: 'lead', networks: [], expiresAt: null }
    lead = (await app.tokens.create(actor, { ...wish, scopes: ['read', 'write'] })).secret
  })
  afterAll(() => world?.close())

  const ask = async (
    method: 'GET' | 'POST' | 'PUT' | 'DELETE',
    url: string,
    headers: Record<string, string> = { authorization: `Bearer ${secrets.admin}` },
    payload?: object,
  ) => world.server.inject({ method, url, headers, ...(payload ? { payload } : {}) })
  const asLead = () => ({ authorization: `Bearer ${lead}` })
  const envelope = (message: string) => ({ errorMessages: [message], errors: {} })

  it('has the old search of version 3 only where it is no Cloud', async () => {
    for (const [method, url] of [
      ['GET', '/rest/api/3/search?jql=project=GOLD'],
      ['POST', '/rest/api/3/search'],
    ] as const) {
      const answer = await ask(method, url, undefined, method === 'POST' ? {} : undefined)
      expect(answer.statusCode).toBe(isCloud ? 410 : 200)
      if (isCloud) expect(answer.json()).toEqual(envelope(texts.removed))
    }
    expect((await ask('GET', '/rest/api/2/search')).statusCode).toBe(200)
  })

  it.each([2, 3])('refuses to change what may only be seen, version %i', async (version) => {
    const path = `/rest/api/${version}/issue/GOLD-1/worklog/501`
    expect((await ask('GET', path, asLead())).statusCode).toBe(200)
    const status = isCloud || version === 3 ? 400 : 403
    const change = await ask('PUT', path, asLead(), { timeSpentSeconds: 60 })
    expect([change.statusCode, change.json()]).toEqual([
      status,
      envelope('You do not have permission to update the worklog with id: 501'),
    ])
    const removal = await ask('DELETE', path, asLead())
    expect([removal.statusCode, removal.json()]).toEqual([
      status,
      envelope('You do not have permission to delete the worklog with id: 501'),
    ])
  })

  it.each([2, 3])('says why a closed day stands still, version %i', async (version) => {
    const { app } = world
    const [day] = (
      await app.store.worklogs.find({ siteId: app.site.id, viewer: { kind: 'all' } }, { limit: 1 })
    ).map((row) => row.day)
    await app.store.write(app.site.id, (tx) => tx.locks.closePeriod(app.site.id, day!, day!, 0))
    const body = { started: `${day}T09:00:00.000+0000`, timeSpentSeconds: 600 }
    const path = `/rest/api/${version}/issue/GOLD-2/worklog`
    const refused = await ask('POST', path, asLead(), body)
    expect(refused.statusCode).toBe(isCloud || version === 3 ? 400 : 403)
    expect(refused.json()).toMatchObject({ errorMessages: [expect.stringContaining(day!)] })
  })

  it('takes as many worklogs on an issue as its kind allows', async () => {
    const body = { started: '2026-03-30T09:00:00.000+0000', timeSpentSeconds: 600 }
    const statuses = []
    for (let at = 0; at < 6; at += 1) {
      const answer = await ask('POST', '/rest/api/2/issue/GOLD-1/worklog', asLead(), body)
      statuses.push(answer.statusCode)
      if (answer.statusCode === 413)
        expect(answer.json()).toEqual(
          envelope('The issue already has 5 worklogs, which is the limit.'),
        )
    }
    expect(statuses.at(-1)).toBe(isCloud ? 413 : 201)
    expect(statuses[0]).toBe(201)
  })

  it.each([
    '/rest/api/2/issue/%zz',
    '/rest/api/3/issue/%E0%A4%A/worklog',
    '/REST/api/latest/%',
    '/jira/rest/api/2/user/%c0',
    '/rest/auth/1/%zz',
  ])('answers %s, which nobody can decode, in its own shape', async (url) => {
    const answer = await ask('GET', url)
    expect(answer.statusCode).toBe(400)
    expect(answer.headers['content-type']).toBe('application/json;charset=UTF-8')
    expect(answer.headers['x-request-id']).toMatch(/^[0-9a-f]{16}$/)
    expect(answer.json()).toEqual({ errorMessages: [expect.any(String)], errors: {} })
  })

  it.each([
    '/rest/api/2/user/search?username=%00',
    '/rest/api/3/users/search?query=%00&startAt=0',
    '/rest/api/2/user/picker?query=a%00%ed%a0%80',
    '/rest/api/2/issue/picker?query=%00',
    '/rest/api/2/project/search?query=%00',
    '/rest/api/3/filter/search?filterName=%00',
    '/rest/api/2/groups/picker?query=%00',
    '/rest/api/2/search?jql=summary%20~%20%22a%00%22&validateQuery=none',
    '/rest/api/3/jql/autocompletedata/suggestions?fieldName=assignee&fieldValue=%00',
  ])('is not upset by %s', async (url) => {
    expect((await ask('GET', url, asLead())).statusCode).toBeLessThan(500)
  })

  it('has nothing else below the login', async () => {
    const answer = await ask('GET', '/rest/auth/1/websudo')
    expect(answer.statusCode).toBe(404)
    expect(answer.json().errorMessages[0]).toMatch(/^null for uri: http.*\/rest\/auth\/1\/websudo$/)
  })

  it('knows a name and its password, by cookie and by Basic, until the session ends', async () => {
    const { app } = world
    const { sessions } = app.entering
    const actor = await app.localActor()
    const lea = (await app.store.people.findByNames(app.site.id, ['lead'])).get('lead')![0]!
    const { secret } = await sessions.makeResetLink(actor, lea.id)
    const password = 'wide awake: at 7'
    await sessions.claim(secret, password, { from: '127.0.0.1', userAgent: 'test' })
    const login = (password: string) =>
      ask('POST', '/rest/auth/1/session', {}, { username: 'LEAD', password })
    const basic = (password: string) => ({
      authorization: `Basic ${Buffer.from(`lead:${password}`).toString('base64')}`,
    })
    expect((await login('wrong')).statusCode).toBe(401)
    expect((await ask('GET', '/rest/api/2/myself', basic('wrong'))).statusCode).toBe(401)

    const opened = await login(password)
    expect(opened.statusCode).toBe(200)
    const cookie = `JSESSIONID=${opened.json().session.value}`
    expect(opened.headers['set-cookie']).toContain(cookie)
    expect(String(opened.headers['set-cookie'])).not.toContain(password)
    expect((await ask('GET', '/rest/api/2/myself', { cookie })).json().displayName).toBe('Lea Lead')
    for (let times = 0; times < 3; times += 1)
      expect((await ask('GET', '/rest/api/3/myself', basic(password))).statusCode).toBe(200)
    // One for the link, one for the cookie, one for Basic however often it comes.
    expect((await app.store.sessions.listOf(app.site.id, lea.id)).length).toBe(3)

    expect((await ask('DELETE', '/rest/auth/1/session', { cookie })).statusCode).toBe(204)
    expect((await ask('GET', '/rest/api/2/myself', { cookie })).statusCode).toBe(401)
    expect((await ask('GET', '/rest/api/2/myself', basic(password))).statusCode).toBe(200)
    await app.store.write(app.site.id, (tx) => tx.sessions.endAllOf(app.site.id, lea.id))
    app.entering.identity.forget()
    // The password still holds, so Basic begins anew.
    expect((await ask('GET', '/rest/api/2/myself', basic(password))).statusCode).toBe(200)
  })

  it('slows down who asks too often, and says for how long', async () => {
    const headers = { authorization: `Bearer ${secrets.mira}` }
    const answers = []
    for (let at = 0; at <= limit; at += 1)
      answers.push(await ask('GET', '/rest/api/2/serverInfo', headers))
    const last = answers.at(-1)!
    expect([last.statusCode, last.json()]).toEqual([429, envelope(texts.rateLimited)])
    expect(Number(last.headers['retry-after'])).toBeGreaterThan(0)
    expect(answers[0]!.statusCode).toBe(200)
  })
})
