import { createHmac } from 'node:crypto'
import { createServer, type IncomingHttpHeaders } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, describe, expect, it } from 'vitest'
import { ask, plant, useFakeJira } from './ask.ts'

type Heard = { readonly headers: IncomingHttpHeaders; readonly text: string }

const start = useFakeJira()
const closers: (() => void)[] = []

afterEach(() => {
  for (const close of closers.splice(0)) close()
})

async function anEar() {
  const heard: Heard[] = []
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk as Buffer)
    heard.push({ headers: request.headers, text: Buffer.concat(chunks).toString('utf8') })
    response.end()
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  closers.push(() => server.close())
  return { heard, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook` }
}

function events(heard: readonly Heard[]): string[] {
  return heard.map(({ text }) => (JSON.parse(text) as { webhookEvent: string }).webhookEvent)
}

describe('webhooks', () => {
  it('tell of worklogs without the issue key, signed on Cloud', async () => {
    const jira = await start({ dialect: 'cloud' })
    const { issue, bob } = plant(jira)
    const ear = await anEar()
    jira.webhooks.register({ url: ear.url, secret: 'hush' })
    const row = jira.world.logWork({ issue, author: bob, comment: 'hinges' })
    expect(jira.webhooks.pending()).toBe(1)
    expect(await jira.webhooks.deliver()).toMatchObject([{ event: 'worklog_created', status: 200 }])
    const { headers, text } = ear.heard[0]!
    const signature = createHmac('sha256', 'hush').update(text).digest('hex')
    expect(headers['x-hub-signature']).toBe(`sha256=${signature}`)
    expect(headers['x-atlassian-webhook-identifier']).toMatch(/^[0-9a-f-]{36}$/)
    const body = JSON.parse(text) as object
    expect(body).toMatchObject({
      timestamp: row.updated,
      webhookEvent: 'worklog_created',
      worklog: { id: String(row.id), issueId: issue.id, comment: 'hinges' },
    })
    expect(body).not.toHaveProperty('issue')
  })

  it('come again under the same identifier', async () => {
    const jira = await start({ dialect: 'cloud' })
    const { issue } = plant(jira)
    const ear = await anEar()
    jira.webhooks.register({ url: ear.url })
    jira.world.deleteWorklog(jira.world.logWork({ issue }).id)
    await jira.webhooks.deliver({ times: 2 })
    expect(events(ear.heard)).toEqual([
      'worklog_created',
      'worklog_created',
      'worklog_deleted',
      'worklog_deleted',
    ])
    const [one, two, three] = ear.heard.map(
      ({ headers }) => headers['x-atlassian-webhook-identifier'],
    )
    expect(one).toBe(two)
    expect(three).not.toBe(one)
    expect(ear.heard[0]!.headers['x-hub-signature']).toBeUndefined()
  })

  it('on Data Center add the same issue event for edit and deletion, and no signature', async () => {
    const jira = await start({ dialect: 'dc' })
    const { issue, bob } = plant(jira)
    const row = jira.world.logWork({ issue, author: bob })
    const ear = await anEar()
    jira.webhooks.register({ url: ear.url, secret: 'hush' })
    jira.world.editWorklog(row.id, { timeSpentSeconds: 60 })
    jira.world.deleteWorklog(row.id)
    await jira.webhooks.deliver()
    const names = [
      'worklog_updated',
      'jira:worklog_updated',
      'worklog_deleted',
      'jira:worklog_updated',
    ]
    expect(events(ear.heard)).toEqual(names)
    expect(ear.heard[0]!.headers['x-hub-signature']).toBeUndefined()
    const items = ear.heard.map(
      ({ text }) => (JSON.parse(text) as { changelog?: object }).changelog,
    )
    expect(items[1]).toMatchObject({ items: [{ field: 'WorklogId', to: String(row.id) }] })
    expect(items[3]).toMatchObject({
      items: [{ field: 'WorklogId', from: String(row.id), to: '' }],
    })
  })

  it('tell of moved and deleted issues, only to those who asked', async () => {
    const jira = await start({ dialect: 'cloud' })
    const { issue } = plant(jira)
    const other = jira.world.addProject({ key: 'NEW' })
    const [all, some] = [await anEar(), await anEar()]
    jira.webhooks.register({ url: all.url })
    jira.webhooks.register({ url: some.url, events: ['jira:issue_deleted'] })
    jira.world.moveIssue(issue, other)
    jira.world.deleteIssue(issue)
    await jira.webhooks.deliver()
    expect(events(all.heard)).toEqual(['jira:issue_updated', 'jira:issue_deleted'])
    expect(JSON.parse(all.heard[0]!.text)).toMatchObject({
      issue: { id: issue.id, key: 'NEW-1' },
      changelog: { items: [{ field: 'Key', fromString: 'ABC-1', toString: 'NEW-1' }] },
    })
    expect(events(some.heard)).toEqual(['jira:issue_deleted'])
  })

  it('are silent about bulk moves, and may be lost', async () => {
    const jira = await start({ dialect: 'cloud' })
    const { issue, project } = plant(jira)
    const row = jira.world.logWork({ issue })
    const ear = await anEar()
    jira.webhooks.register({ url: ear.url })
    const other = jira.world.addIssue({ project })
    expect(jira.webhooks.drop()).toBe(1)
    jira.world.moveWorklog(row.id, other)
    expect(jira.webhooks.pending()).toBe(0)
    await ask(jira, `DELETE issue/${other.id}/worklog/${row.id}`)
    expect(await jira.webhooks.deliver()).toHaveLength(1)
  })
})
