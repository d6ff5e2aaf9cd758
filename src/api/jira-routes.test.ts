import type { FastifyInstance } from 'fastify'
import { afterEach, describe, expect, it } from 'vitest'
import { aTestApp } from '../../test/data-folder.ts'
import { type FakeJira, startFakeJira } from '../../test/fake-jira/fake-jira.ts'
import { makeHttpServer } from '../compose-server.ts'
import type { Scope } from '../domain/permission.ts'
import type { SyncProgress } from '../domain/sync-state.ts'

const closers: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close()
})

/** A Jira with one issue, and everything wired beside it, on the Jira's own clock. */
async function aServer(dialect: 'cloud' | 'dc' = 'cloud') {
  const jira = await startFakeJira({ dialect })
  closers.push(() => jira.close())
  const issue = jira.world.addIssue({ project: jira.world.addProject({ key: 'AA' }) })
  jira.world.logWork({ issue, author: jira.world.admin, comment: 'there before' })
  jira.clock.advance(61_000)
  const environment = {
    HOURBOOK_ALLOW_PRIVATE_NETWORKS: '1',
    HOURBOOK_ATLASSIAN_URL: jira.authUrl,
    HOURBOOK_PUBLIC_URL: 'https://hours.example.org',
  }
  const test = await aTestApp(environment, () => jira.clock.now())
  const server = await makeHttpServer(test.app)
  closers.push(
    () => test.close(),
    () => server.close(),
  )
  const { app } = test
  const boss = await app.localActor()
  const tokenOf = async (
    personId = boss.personId,
    scopes: Scope[] = ['read', 'write', 'admin'],
  ) => {
    const more = { name: 't', networks: [], expiresAt: null }
    return (await app.tokens.create(boss, { personId, scopes, ...more })).secret
  }
  const ask = asker(server, await tokenOf())
  const sync = async () => {
    const found = await app.connections.find(app.site.id, 'jira')
    return app.syncNow({ siteId: app.site.id, ...found, isFull: false, acceptsGone: false })
  }
  return { ...test, jira, issue, app, boss, server, ask, tokenOf, sync }
}

function asker(server: FastifyInstance, token: string) {
  return async (what: string, body?: object) => {
    const [method = 'GET', url = ''] = what.split(' ')
    const answer = await server.inject({
      method: method as 'GET',
      url: url.startsWith('/api') ? url : `/api/v1${url}`,
      headers: { authorization: `Bearer ${token}` },
      ...(body ? { payload: body } : {}),
    })
    const { statusCode: status, body: text, headers } = answer
    return { status, text, headers, body: text === '' ? undefined : JSON.parse(text) }
  }
}

const wishFor = (jira: FakeJira, more: object = {}) => {
  const { email, apiToken } = jira.credentials()
  const login = { auth: 'basic', user: email, secret: apiToken }
  return { name: 'jira', url: jira.url, ...login, allowPrivate: true, ...more }
}

describe('connections over HTTP', () => {
  it('are made, tested, listed without secrets and removed, by administrators alone', async () => {
    const { ask, jira, server, app, tokenOf, sync, logLines } = await aServer()
    const wish = wishFor(jira, { horizon: '2020-01-01', estimates: 'auto' })
    const { secret } = wish as { secret?: string }
    expect(await ask('POST /connections', wish)).toMatchObject({
      status: 201,
      body: { kind: 'cloud' },
    })
    expect((await ask('POST /connections', wish)).status).toBe(409)
    expect((await ask('POST /connections', { ...wish, name: 'x', horizon: 'soon' })).status).toBe(
      400,
    )
    await sync()
    expect(await ask('POST /connections/jira/test')).toMatchObject({ status: 200 })
    const listed = await ask('GET /connections')
    expect(listed.body.connections.at(-1)).toMatchObject({
      name: 'jira',
      sync: { phase: 'ready', estimates: 'auto', horizon: '2020-01-01', trouble: null },
    })
    expect([listed.text, ...logLines].join('')).not.toContain(secret)
    const [ann] = await app.store.people.list({ siteId: app.site.id, limit: 1 })
    const other = await app.directory.createPerson(await app.localActor(), { displayName: 'Other' })
    expect(ann).toBeDefined()
    const stranger = asker(server, await tokenOf(other.id))
    for (const route of ['POST /connections/jira/test', 'DELETE /connections/jira'])
      expect((await stranger(route)).status).toBe(403)
    expect((await stranger('POST /connections', wish)).status).toBe(403)
    expect((await ask('DELETE /connections/jira')).status).toBe(204)
    expect((await ask('POST /connections/jira/test')).status).toBe(404)
    expect((await ask('GET /worklogs')).body.worklogs).toHaveLength(1)
  })
})

describe('choosing projects over HTTP', () => {
  it('shows what there is before anything is kept, and holds what is chosen', async () => {
    const { ask, jira, server, app, tokenOf, sync } = await aServer()
    const other = jira.world.addIssue({ project: jira.world.addProject({ key: 'BB' }) })
    jira.world.logWork({ issue: other, author: jira.world.admin, comment: 'elsewhere' })
    jira.clock.advance(61_000)
    const { name, ...login } = wishFor(jira)
    const looked = await ask('POST /connections/look', login)
    expect(looked.body).toMatchObject({ kind: 'cloud', isMore: false })
    expect(looked.body.projects).toMatchObject([{ key: 'AA' }, { key: 'BB' }])
    const narrowed = await ask('POST /connections/look', { ...login, text: 'bb' })
    expect(narrowed.body.projects).toMatchObject([{ key: 'BB' }])
    for (const more of [{ secret: 'wrong' }, { url: `${jira.url}/nowhere` }])
      expect((await ask('POST /connections/look', { ...login, ...more })).status).toBe(502)
    for (const more of [{ auth: 'oauth' }, { url: 'ftp://x' }, { text: 7 }, { secret: '' }])
      expect((await ask('POST /connections/look', { ...login, ...more })).status).toBe(400)
    expect(await app.connections.linked(app.site.id)).toEqual([])

    for (const projects of [[], ['nowhere'], ['A B'], [7], 'AA', null])
      expect((await ask('POST /connections', { name, ...login, projects })).status).toBe(400)
    expect(await app.connections.linked(app.site.id)).toEqual([])
    expect((await ask('POST /connections', { name, ...login, projects: ['aa'] })).status).toBe(201)
    await sync()
    expect((await ask('GET /worklogs')).body.worklogs).toHaveLength(1)
    const shown = async () => (await ask('GET /connections')).body.connections.at(-1).sync.projects
    expect(await shown()).toMatchObject([{ key: 'AA' }])

    const offered = await ask('GET /connections/jira/projects?text=b')
    expect(offered.body).toMatchObject({ projects: [{ key: 'BB' }], isMore: false })
    const choose = (body: object) => ask('PUT /connections/jira/projects', body)
    const refused = await choose({ projects: ['BB'] })
    expect([refused.status, refused.body.reason, refused.body.worklogs]).toEqual([
      409,
      'hides-worklogs',
      1,
    ])
    expect(await shown()).toMatchObject([{ key: 'AA' }])
    expect((await choose({ projects: ['BB'], acceptsHidden: true })).body).toMatchObject({
      projects: [{ key: 'BB' }],
      hidden: 1,
    })
    await sync()
    const [row, ...none] = (await ask('GET /worklogs')).body.worklogs
    expect([row.comment, none]).toEqual(['elsewhere', []])
    for (const body of [{}, { projects: [] }, { projects: ['none'] }, { projects: null, x: 1 }])
      expect((await choose(body)).status).toBe(400)
    expect((await choose({ projects: null })).body).toEqual({ projects: null, hidden: 0 })
    await sync()
    expect((await ask('GET /worklogs')).body.worklogs).toHaveLength(2)
    const audit = await ask('GET /audit?action=choose')
    expect(audit.body.entries[0]).toMatchObject({
      before: { projects: [{ key: 'BB' }] },
      after: { projects: null },
    })

    const person = await app.directory.createPerson(await app.localActor(), { displayName: 'O' })
    const stranger = asker(server, await tokenOf(person.id))
    expect((await stranger('POST /connections/look', login)).status).toBe(403)
    expect((await stranger('GET /connections/jira/projects')).status).toBe(403)
    expect((await stranger('PUT /connections/jira/projects', { projects: null })).status).toBe(403)
    expect((await ask('GET /connections/none/projects')).status).toBe(404)
    expect((await ask('PUT /connections/none/projects', { projects: null })).status).toBe(404)
  })
})

describe('reading by hand', () => {
  it('says what it would do, does it, and tells how far it has come', async () => {
    const { ask, jira, issue, server, app, boss, tokenOf } = await aServer()
    expect((await ask('POST /connections', wishFor(jira))).status).toBe(201)
    const other = await app.directory.createPerson(await app.localActor(), { displayName: 'Other' })
    const stranger = asker(server, await tokenOf(other.id))
    const routes = ['POST /connections/jira/sync', 'POST /connections/jira/dry-run'] as const
    for (const route of routes) expect((await stranger(route, {})).status).toBe(403)
    for (const route of routes)
      expect((await ask(route.replace('jira', 'none'), {})).status).toBe(404)

    const dry = await ask('POST /connections/jira/dry-run')
    expect(dry.body).toMatchObject({ new: 1, changed: 0, deleted: 0, isMore: false })
    expect(dry.body.samples).toMatchObject([{ comment: 'there before', timeSpentSeconds: 3_600 }])
    expect((await ask('GET /worklogs')).body.worklogs).toEqual([])

    const { connection, link } = await app.connections.find(app.site.id, 'jira')
    const { siteId } = boss
    const seen: (SyncProgress | null)[] = []
    await app.syncNow({
      siteId,
      connection,
      link,
      isFull: false,
      acceptsGone: false,
      onPage: () => void seen.push(app.syncDesk.progress(connection.id)),
    })
    expect(seen).toContainEqual(expect.objectContaining({ step: 'worklogs', rows: 1 }))

    const at = app.now()
    const lease = { owner: 'another process', until: at + 60_000 }
    await app.store.sync.takeLease(siteId, connection.id, lease, at)
    expect((await ask('POST /connections/jira/sync', {})).status).toBe(409)
    await app.store.sync.releaseLease(siteId, connection.id, lease.owner)
    expect((await ask('POST /connections/jira/sync', { isFull: 'yes' })).status).toBe(400)
    jira.world.logWork({ issue, author: jira.world.admin, comment: 'there since' })
    jira.clock.advance(61_000)
    expect((await ask('POST /connections/jira/sync', { isFull: true })).status).toBe(202)
    await expect.poll(async () => (await ask('GET /worklogs')).body.worklogs).toHaveLength(2)
    await app.syncDesk.stop()
    expect((await ask('POST /connections/jira/dry-run')).body).toMatchObject({ new: 0, changed: 0 })
    expect((await ask('GET /connections')).body.connections.at(-1).sync.progress).toBeNull()
  })
})

describe('conflicts over HTTP', () => {
  it('show what lost to whoever may decide, and are settled once', async () => {
    const { ask, jira, sync, server, tokenOf, app } = await aServer()
    await ask('POST /connections', wishFor(jira, { mode: 'mirror', writesAs: 'service' }))
    await sync()
    const entry = { issue: 'AA-1', day: '2026-03-02', timeSpentSeconds: 3_600 }
    const logged = async (comment: string) =>
      (await ask('POST /worklogs', { ...entry, comment })).body as { id: string; jiraId: string }
    const row = await logged('base')
    jira.world.editWorklog(Number(row.jiraId), { comment: 'theirs' })
    await ask(`PATCH /worklogs/${row.id}`, { comment: 'ours' })
    const [conflict, ...none] = (await ask('GET /conflicts')).body.conflicts
    expect(none).toEqual([])
    expect(conflict).toMatchObject({ ours: { comment: 'ours' }, theirs: { comment: 'theirs' } })
    const other = await app.directory.createPerson(await app.localActor(), { displayName: 'Other' })
    const stranger = asker(server, await tokenOf(other.id))
    expect((await stranger('GET /conflicts')).body.conflicts).toEqual([])
    const route = `POST /conflicts/${conflict.id}`
    expect((await stranger(route, { resolution: 'ours' })).status).toBe(404)
    expect((await ask(route, { resolution: 'maybe' })).status).toBe(400)
    expect((await ask(route, { resolution: 'ours' })).status).toBe(204)
    expect((await ask(`GET /worklogs/${row.id}`)).body.comment).toBe('ours')
    expect((await ask(route, { resolution: 'theirs' })).status).toBe(409)
    expect((await ask('POST /conflicts/999', { resolution: 'ours' })).status).toBe(404)
    const lost = await logged('lost')
    jira.world.deleteWorklog(Number(lost.jiraId))
    expect((await ask(`PATCH /worklogs/${lost.id}`, { comment: 'late' })).status).toBe(409)
    const [deleted] = (await ask('GET /conflicts')).body.conflicts
    expect(deleted).toMatchObject({ reason: 'deleted', theirs: null })
    const there = `POST /conflicts/${deleted.id}`
    expect((await ask(there, { resolution: 'ours' })).status).toBe(400)
    expect((await ask(there, { resolution: 'theirs' })).status).toBe(204)
  })
})

describe('a consent by OAuth', () => {
  const app = (jira: FakeJira) => ({
    name: 'jira',
    clientId: jira.oauth.client.id,
    clientSecret: jira.oauth.client.secret,
  })

  it('goes through the browser and back, makes the connection, and works an hour later', async () => {
    const { ask, jira, server, sync, app: wired } = await aServer()
    const started = await ask('POST /connections/consent', app(jira))
    expect(started).toMatchObject({
      status: 201,
      body: { callbackUrl: 'https://hours.example.org/oauth/jira/callback' },
    })
    const consent = await fetch(started.body.authorizeUrl, { redirect: 'manual' })
    expect(consent.status).toBe(302)
    const back = new URL(consent.headers.get('location')!)
    expect(back.origin + back.pathname).toBe(started.body.callbackUrl)
    const done = await server.inject({ url: back.pathname + back.search })
    expect([done.statusCode, done.body]).toEqual([200, expect.stringMatching(/^jira is connected/)])
    expect(await sync()).toMatchObject({ kind: 'done' })
    expect((await ask('GET /worklogs')).body.worklogs).toHaveLength(1)
    const { connection, link } = await wired.connections.find(wired.site.id, 'jira')
    expect(link).toMatchObject({ auth: 'oauth', baseUrl: jira.gatewayUrl, kind: 'cloud' })
    expect(connection.baseUrl).toBe(jira.url)
    for (let hours = 0; hours < 3; hours += 1) {
      jira.clock.advance(3_700_000)
      expect(await sync()).toMatchObject({ kind: 'done' })
    }
    const again = await server.inject({ url: back.pathname + back.search })
    expect(again.statusCode).toBe(401)
  })

  it('refuses a state that is foreign or late, a code that was stolen, and a no', async () => {
    const { ask, jira, server, tokenOf, app: wired } = await aServer()
    const start = async () => {
      const { body } = await ask('POST /connections/consent', app(jira))
      return new URL(body.authorizeUrl as string).searchParams.get('state')!
    }
    const back = async (query: string) => {
      const { statusCode, body } = await server.inject({ url: `/oauth/jira/callback?${query}` })
      return `${statusCode} ${JSON.parse(body).detail}`
    }
    expect(await back('state=guessed&code=x')).toMatch(/^401 /)
    expect(await back('')).toMatch(/^401 /)
    expect(await back(`state=${await start()}&error=access_denied`)).toMatch(/^403 .*access_denied/)
    // A code of a consent that we did not ask for: what only we know is missing there.
    const theirs = await fetch(
      (await ask('POST /connections/consent', app(jira))).body.authorizeUrl,
      {
        redirect: 'manual',
      },
    )
    const code = new URL(theirs.headers.get('location')!).searchParams.get('code')
    expect(await back(`state=${await start()}&code=${code}`)).toMatch(/^502 .*authorization code/)
    const late = await start()
    jira.clock.advance(600_001)
    expect(await back(`state=${late}&code=x`)).toMatch(/^401 /)
    expect(
      (await ask('POST /connections/consent', { ...app(jira), clientId: 'a\nb' })).status,
    ).toBe(400)
    const other = await wired.directory.createPerson(await wired.localActor(), { displayName: 'O' })
    const stranger = asker(server, await tokenOf(other.id))
    expect((await stranger('POST /connections/consent', app(jira))).status).toBe(403)
    expect(await wired.connections.linked(wired.site.id)).toEqual([])
  })
})
