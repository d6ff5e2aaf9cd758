import { expect, it } from 'vitest'
import { describeStores, type TestDatabase } from '../../test/database.ts'
import { auditGenesis } from '../domain/audit.ts'
import { sessionLimits } from '../domain/session.ts'
import { type Answer, aWorld, type Call, inject, type World } from './world.contract.ts'

const password = 'correct horse battery'
const cookieOf = (answer: Answer) =>
  [answer.headers['set-cookie']].flat().map((text) => String(text).split(';', 1)[0])[0] ?? ''

/** A browser: it keeps its cookie and repeats the CSRF token. */
async function aBrowser(world: World, name: 'admin' | 'worker' = 'worker') {
  const person = world.people[name]
  const made = await world.call('admin', `POST /people/${person.id}/password-link`)
  const secret = String(made.body.path).split('#')[1]
  const claimed = await inject(world.server, null, 'POST /session/claim', {
    body: { secret, password },
  })
  return browserAfter(world, claimed)
}

function browserAfter(world: World, entered: Answer) {
  expect(entered.status).toBe(200)
  const headers = { cookie: cookieOf(entered), 'x-csrf-token': entered.body.csrfToken as string }
  return {
    entered,
    headers,
    call: (route: string, call: Call = {}) =>
      inject(world.server, null, route, { ...call, headers: { ...headers, ...call.headers } }),
  }
}

const signIn = (world: World, name: string, word = password, headers = {}) =>
  inject(world.server, null, 'POST /session', { body: { name, password: word }, headers })

describeStores('sessions', (database: () => TestDatabase) => {
  it('tells a stranger how to enter, and that nobody can yet', async () => {
    const world = await aWorld(database().store)
    const { status, body } = await world.call(null, 'GET /session')
    expect(status).toBe(200)
    expect(body).toMatchObject({ me: null, csrfToken: null, needsFirstStart: true })
    await aBrowser(world, 'admin')
    expect((await world.call(null, 'GET /session')).body.needsFirstStart).toBe(false)
  })

  it('enters with a link once, then with the password, as oneself', async () => {
    const world = await aWorld(database().store)
    const browser = await aBrowser(world)
    expect(browser.entered.body.me.person.username).toBe('worker')
    expect(browser.entered.body.me.scopes).toEqual(['read', 'write'])
    expect(browser.entered.body.preferences).toMatchObject({ theme: 'auto', language: null })
    const cookie = String(browser.entered.headers['set-cookie'])
    expect(cookie).toMatch(/HttpOnly/)
    expect(cookie).toMatch(/SameSite=Lax/)
    expect(cookie).not.toMatch(/Secure/)
    const again = browserAfter(world, await signIn(world, 'WORKER'))
    const logged = await again.call('POST /worklogs', {
      body: { issue: 'OPS-1', day: '2026-03-02', timeSpentSeconds: 60 },
    })
    expect(logged.status).toBe(201)
    expect(logged.body.author.id).toBe(world.people.worker.id)
    expect((await again.call('GET /worklogs')).status).toBe(200)
    expect((await again.call('POST /people', { body: { displayName: 'X' } })).status).toBe(403)
  })

  it('lets an administrator administer with a session', async () => {
    const world = await aWorld(database().store)
    const { call } = await aBrowser(world, 'admin')
    expect((await call('POST /people', { body: { displayName: 'X' } })).status).toBe(201)
  })

  it('takes nobody’s word for https without a trusted proxy', async () => {
    const world = await aWorld(database().store)
    await aBrowser(world)
    const answer = await world.server.inject({
      method: 'POST',
      url: 'https://hours.example.org/api/v1/session',
      headers: { 'content-type': 'application/json', 'x-forwarded-proto': 'https' },
      payload: { name: 'worker', password },
    })
    expect(String(answer.headers['set-cookie'])).toMatch(/^hourbook_session=/)
  })

  it('refuses a write whose page does not know the session', async () => {
    const world = await aWorld(database().store)
    const { headers } = await aBrowser(world)
    for (const token of [undefined, '', 'guessed']) {
      const answer = await inject(world.server, null, 'POST /worklogs', {
        body: { issue: 'OPS-1', day: '2026-03-02', timeSpentSeconds: 60 },
        headers: {
          cookie: headers.cookie,
          ...(token === undefined ? {} : { 'x-csrf-token': token }),
        },
      })
      expect([answer.status, answer.body.reason]).toEqual([403, 'csrf'])
    }
    const list = await inject(world.server, null, 'GET /worklogs', {
      headers: { cookie: headers.cookie },
    })
    expect(list.status).toBe(200)
  })

  it('refuses sign-in from another site', async () => {
    const world = await aWorld(database().store)
    await aBrowser(world)
    const answer = await signIn(world, 'worker', password, { 'sec-fetch-site': 'cross-site' })
    expect(answer.status).toBe(403)
    expect(answer.headers['set-cookie']).toBeUndefined()
  })

  it('says the same of an unknown name, a wrong password and somebody gone', async () => {
    const world = await aWorld(database().store)
    await aBrowser(world)
    const unknown = await signIn(world, 'nobody')
    const wrong = await signIn(world, 'worker', 'another password')
    await world.call('admin', `PATCH /people/${world.people.worker.id}`, {
      body: { isActive: false },
    })
    const gone = await signIn(world, 'worker')
    for (const answer of [unknown, wrong, gone]) {
      expect(answer.status).toBe(401)
      expect(answer.body.detail).toBe('The name or the password is not right')
      expect(answer.headers['set-cookie']).toBeUndefined()
    }
  })

  it('ends what somebody can do as soon as they are no longer active', async () => {
    const world = await aWorld(database().store)
    const { call } = await aBrowser(world)
    await world.call('admin', `PATCH /people/${world.people.worker.id}`, {
      body: { isActive: false },
    })
    world.clock.advance(1_001)
    expect((await call('GET /worklogs')).status).toBe(401)
    expect((await call('GET /session')).body.me).toBeNull()
  })

  it('slows whoever guesses, by name and then by address', async () => {
    const world = await aWorld(database().store)
    await aBrowser(world)
    for (let at = 0; at < 6; at += 1)
      expect((await signIn(world, 'worker', `guess ${at}`)).status).toBe(401)
    const slowed = await signIn(world, 'worker')
    expect(slowed.status).toBe(429)
    expect(slowed.headers['retry-after']).toBe('2')
    world.clock.advance(2_000)
    expect((await signIn(world, 'worker', 'guess')).status).toBe(401)
    world.clock.advance(2_000)
    expect((await signIn(world, 'worker')).status).toBe(429)
    world.clock.advance(2_000)
    expect((await signIn(world, 'worker')).status).toBe(200)
    for (let at = 0; at < 24; at += 1) await signIn(world, `name ${at}`)
    expect((await signIn(world, 'one more name')).status).toBe(429)
  })

  it('spends a link once, keeps only the newest, and lets it grow old', async () => {
    const world = await aWorld(database().store)
    const { id } = world.people.worker
    const makeLink = async () => {
      const made = await world.call('admin', `POST /people/${id}/password-link`)
      expect(made.headers['cache-control']).toBe('no-store')
      return String(made.body.path).split('#')[1]!
    }
    const claim = (secret: string) =>
      inject(world.server, null, 'POST /session/claim', { body: { secret, password } })
    const first = await makeLink()
    const second = await makeLink()
    expect((await claim(first)).status).toBe(404)
    const read = await inject(world.server, null, 'POST /session/link', {
      body: { secret: second },
    })
    expect(read.body).toMatchObject({ displayName: 'The worker', name: 'worker', purpose: 'reset' })
    const answers = await Promise.all([claim(second), claim(second)])
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 404])
    const third = await makeLink()
    world.clock.advance(86_400_000)
    expect((await claim(third)).status).toBe(404)
  })

  it.each([
    ['short', 'needs 10 characters'],
    ['aaaaaaaaaaaaaa', 'needs more different characters'],
    ['THE worker', 'must differ from your name and e-mail'],
  ])('refuses the password %j', async (word, message) => {
    const world = await aWorld(database().store)
    const made = await world.call('admin', `POST /people/${world.people.worker.id}/password-link`)
    const secret = String(made.body.path).split('#')[1]
    const body = { secret, password: word }
    const answer = await inject(world.server, null, 'POST /session/claim', { body })
    expect(answer.status).toBe(400)
    expect(answer.body.problems).toEqual([{ field: 'password', message }])
    expect(
      (await inject(world.server, null, 'POST /session/link', { body: { secret } })).status,
    ).toBe(200)
  })

  it('gives links only to administrators', async () => {
    const world = await aWorld(database().store)
    for (const name of ['manager', 'lead', 'worker'] as const)
      expect(
        (await world.call(name, `POST /people/${world.people.worker.id}/password-link`)).status,
      ).toBe(403)
  })

  it('changes a password, which ends all other sessions', async () => {
    const world = await aWorld(database().store)
    const first = await aBrowser(world)
    const second = browserAfter(world, await signIn(world, 'worker'))
    const change = (current: string, next: string) =>
      second.call('POST /session/password', { body: { current, next } })
    const wrong = await change('not the one', 'another horse battery')
    expect(wrong.body.problems).toEqual([{ field: 'current', message: 'is not your password' }])
    expect((await change(password, 'another horse battery')).status).toBe(204)
    expect((await first.call('GET /worklogs')).status).toBe(401)
    expect((await second.call('GET /worklogs')).status).toBe(200)
    expect((await signIn(world, 'worker')).status).toBe(401)
    expect((await signIn(world, 'worker', 'another horse battery')).status).toBe(200)
  })

  it('lists and ends one’s own sessions only', async () => {
    const world = await aWorld(database().store)
    const first = await aBrowser(world)
    const admin = await aBrowser(world, 'admin')
    const second = browserAfter(
      world,
      await signIn(world, 'worker', password, { 'user-agent': 'B' }),
    )
    const { sessions } = (await second.call('GET /sessions')).body
    expect(sessions).toHaveLength(2)
    expect(sessions.filter((one: { isThis: boolean }) => one.isThis)).toHaveLength(1)
    const other = sessions.find((one: { isThis: boolean }) => !one.isThis)
    expect((await admin.call(`DELETE /sessions/${other.id}`)).status).toBe(404)
    expect((await second.call('DELETE /sessions/none')).status).toBe(404)
    expect((await second.call(`DELETE /sessions/${other.id}`)).status).toBe(204)
    expect((await first.call('GET /worklogs')).status).toBe(401)
    await signIn(world, 'worker')
    expect((await second.call('DELETE /sessions')).status).toBe(204)
    expect((await second.call('GET /sessions')).body.sessions).toHaveLength(1)
    const out = await second.call('DELETE /session')
    expect(out.status).toBe(204)
    expect(String(out.headers['set-cookie'])).toMatch(
      /hourbook_session=;.*Expires=Thu, 01 Jan 1970/,
    )
    expect((await second.call('GET /worklogs')).status).toBe(401)
  })

  it('ends when nobody used it for long, and in any case some day', async () => {
    const world = await aWorld(database().store)
    const { call } = await aBrowser(world)
    world.clock.advance(sessionLimits.idleMs - 1)
    expect((await call('GET /worklogs')).status).toBe(200)
    await world.entering.identity.flush()
    world.clock.advance(sessionLimits.idleMs - 1)
    expect((await call('GET /worklogs')).status).toBe(200)
    world.clock.advance(1_001)
    expect((await call('GET /worklogs')).status).toBe(401)
    const other = browserAfter(world, await signIn(world, 'worker'))
    for (let day = 0; day < 30; day += 1) {
      expect((await other.call('GET /worklogs')).status).toBe(200)
      await world.entering.identity.flush()
      world.clock.advance(86_400_000)
    }
    expect((await other.call('GET /worklogs')).status).toBe(401)
  })

  it('writes every way in into the audit, and no secret', async () => {
    const { store } = database()
    const world = await aWorld(store)
    const { headers } = await aBrowser(world)
    await signIn(world, 'worker')
    const entries = await store.audit.list(world.site.siteId, 1, 1_000)
    const actions = entries.map(({ action }) => action)
    expect(
      actions.filter((action) => action.startsWith('login') || action.startsWith('session')),
    ).toEqual(['login.link', 'login.password', 'session.open', 'session.open'])
    const text = JSON.stringify(entries)
    expect(text).not.toContain(password)
    expect(text).not.toContain(headers.cookie.split('=')[1])
    expect(entries[0]?.hash).not.toBe(auditGenesis)
  })

  it('makes the first link only while no administrator can enter', async () => {
    const { store } = database()
    const world = await aWorld(store)
    // The same use cases the server starts with.
    const link = await world.entering.sessions.makeFirstLink(world.site.siteId, world.people.admin)
    expect(link).toMatch(/^[\w-]{43}$/)
    await aBrowser(world, 'admin')
    expect(
      await world.entering.sessions.makeFirstLink(world.site.siteId, world.people.admin),
    ).toBeUndefined()
  })

  it('lets administrators alone see and end the sessions of others', async () => {
    const world = await aWorld(database().store)
    const worker = await aBrowser(world)
    const admin = await aBrowser(world, 'admin')
    const path = `/people/${world.people.worker.id}/sessions`
    const listed = await admin.call(`GET ${path}`)
    expect(listed.status).toBe(200)
    expect(listed.body.sessions).toMatchObject([{ isThis: false }])
    expect(listed.text).not.toContain(worker.headers['x-csrf-token'])
    // Somebody else's token may carry the scope; the role decides.
    for (const method of ['GET', 'DELETE'])
      expect((await world.call('manager', `${method} ${path}`)).status).toBe(403)
    expect((await admin.call('GET /people/999999/sessions')).status).toBe(404)
    expect((await admin.call(`DELETE ${path}`)).status).toBe(204)
    expect((await worker.call('GET /me')).status).toBe(401)
    // One's own: the session that asks stays.
    const own = `/people/${world.people.admin.id}/sessions`
    expect((await admin.call(`DELETE ${own}`)).status).toBe(204)
    expect((await admin.call(`GET ${own}`)).body.sessions).toMatchObject([{ isThis: true }])
    const noted = await database().store.audit.list(world.site.siteId, 1, 1_000)
    expect(noted.at(-1)).toMatchObject({
      action: 'session.end-all',
      objectId: world.people.admin.id,
    })
  })
})
