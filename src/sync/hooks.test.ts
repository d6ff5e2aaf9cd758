import { createHmac } from 'node:crypto'
import Fastify from 'fastify'
import { expect, it } from 'vitest'
import { openMemoryDatabase, withDatabase } from '../../test/database.ts'
import { startFakeJira } from '../../test/fake-jira/fake-jira.ts'
import { aSyncedSite, trueRows } from '../../test/synced.ts'
import { registerHooks } from '../api/hooks.ts'
import '../http/access.ts'
import { DomainError } from '../domain/errors.ts'
import { makeHooks } from './hooks.ts'

withDatabase(openMemoryDatabase, (database) => {
  async function aHook() {
    const jira = await startFakeJira({ dialect: 'cloud' })
    const { world, clock } = jira
    const issue = world.addIssue({ project: world.addProject({ key: 'AA' }) })
    const author = world.addUser({ name: 'ann' })
    const row = world.logWork({ issue, author, comment: 'old' })
    clock.advance(61_000)
    const { store } = database()
    const site = await aSyncedSite(store, jira)
    await site.run()
    const hurried: string[] = []
    const hooks = makeHooks({
      store,
      connections: site.connections,
      door: site.door,
      now: () => clock.now(),
      siteId: site.siteId,
      onHint: (name) => hurried.push(name),
    })
    const secret = await hooks.open(site.actor, 'jira')
    const server = Fastify()
    server.setErrorHandler((error, _request, reply) =>
      reply
        .code(error instanceof DomainError && error.code === 'unauthenticated' ? 401 : 400)
        .send(),
    )
    await registerHooks(server, hooks.receive)
    const url = `${await server.listen({ host: '127.0.0.1', port: 0 })}/hooks/jira/jira/${secret.token}`
    const close = () => Promise.all([server.close(), jira.close()])
    return {
      jira,
      world,
      clock,
      issue,
      author,
      row,
      site,
      store,
      hurried,
      secret,
      server,
      url,
      close,
    }
  }

  it('takes in what a webhook tells of before the feed does, and repeats change nothing', async () => {
    const { jira, world, issue, author, row, site, hurried, secret, url, close } = await aHook()
    jira.webhooks.register({ url, secret: secret.signingSecret })
    world.logWork({ issue, author, comment: 'a moment ago' })
    world.deleteWorklog(row.id)
    const deliveries = await jira.webhooks.deliver({ times: 3 })
    expect(new Set(deliveries.map((one) => one.status))).toEqual(new Set([200]))
    expect(hurried.length).toBe(new Set(deliveries.map((one) => one.identifier)).size)
    await site.run()
    expect(await site.rows()).toEqual(trueRows(jira))
    await close()
  })

  it('refuses a wrong address, a wrong signature, and what is no JSON', async () => {
    const { server, secret, store, site, close } = await aHook()
    const post = async (token: string, body: string, signature?: string) => {
      const headers = {
        'content-type': 'application/json',
        ...(signature === undefined ? {} : { 'x-hub-signature': signature }),
      }
      const url = `/hooks/jira/jira/${token}`
      return (await server.inject({ method: 'POST', url, headers, payload: body })).statusCode
    }
    const body = JSON.stringify({ webhookEvent: 'worklog_created', worklog: { id: '4711' } })
    const sign = (key: string) => `sha256=${createHmac('sha256', key).update(body).digest('hex')}`
    expect(await post('guessed', body)).toBe(401)
    expect(await post(secret.token, body, sign('guessed'))).toBe(401)
    expect(await post(secret.token, '{')).toBe(400)
    const { siteId, connection } = site
    expect(await store.sync.listHints(siteId, connection.id, 10)).toEqual([])
    expect(await post(secret.token, body, sign(secret.signingSecret))).toBe(200)
    expect(await store.sync.listHints(siteId, connection.id, 10)).toEqual([
      { kind: 'worklog', jiraId: '4711' },
    ])
    await close()
  })
})
