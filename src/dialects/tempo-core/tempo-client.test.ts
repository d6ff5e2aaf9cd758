import { createRequire } from 'node:module'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { aTempoWorld, secret, type TempoWorld } from './world.contract.ts'

// tempo-client, as it is published, against a listening server.
const { default: TempoApi } = createRequire(import.meta.url)(
  'tempo-client',
) as typeof import('tempo-client')

let world: TempoWorld
let api: InstanceType<typeof TempoApi>
beforeAll(async () => {
  world = await aTempoWorld()
  const url = new URL(await world.server.listen({ host: '127.0.0.1', port: 0 }))
  const options = { protocol: 'http', host: url.hostname, port: url.port, apiVersion: '3' }
  api = new TempoApi({ ...options, bearerToken: secret })
})
afterAll(() => world?.close())

describe('tempo-client', () => {
  it('defines attributes and bills to accounts', async () => {
    const attribute = { key: '_Account_', name: 'Account', type: 'ACCOUNT', required: false }
    await api.workAttributes.post(attribute as never)
    expect((await api.workAttributes.get()).results).toMatchObject([attribute])
    await api.customers.post({ key: 'ACM', name: 'Acme' })
    await api.accountCategories.post({ key: 'DEV', name: 'Development' } as never)
    expect((await api.accountCategoryTypes.get()).results).toHaveLength(4)
    const account = await api.accounts.post({
      key: 'ACME',
      name: 'Acme build',
      status: 'OPEN',
      leadAccountId: world.person.accountId,
      customerKey: 'ACM',
      categoryKey: 'DEV',
    } as never)
    expect(account).toMatchObject({ key: 'ACME', customer: { key: 'ACM' } })
    expect((await api.customers.getAccountsForCustomer('ACM')).results).toEqual([account])
    const project = await world.aProject()
    const link = await api.accountLinks.post({
      accountKey: 'ACME',
      scopeType: 'PROJECT',
      scopeId: Number(project.jiraId),
    } as never)
    expect((await api.accounts.getAccountLinksForAccount('ACME')).results).toEqual([link])
    expect((await api.accountLinks.getForProject(project.key)).results).toHaveLength(1)
    await api.accountLinks.deleteAccountLink(String(link.id))
  })

  it('writes, reads, pages and deletes worklogs', async () => {
    const issue = await world.anIssue()
    const wish = {
      issueKey: issue.key,
      timeSpentSeconds: 3_600,
      startDate: '2026-03-02',
      startTime: '09:00:00',
      authorAccountId: world.person.accountId,
      attributes: [{ key: '_Account_', value: 'ACME' }],
    }
    const written = await api.worklogs.post(wish as never)
    const id = String(written.tempoWorklogId)
    expect(written).toMatchObject({ issue: { key: issue.key }, billableSeconds: 3_600 })
    expect(await api.worklogs.getWorklog(id)).toEqual(written)
    expect(await api.worklogs.getForJiraWorklog(String(written.jiraWorklogId))).toEqual(written)
    for (const list of [
      await api.worklogs.get({ issue: [issue.key], from: '2026-03-01', to: '2026-03-31' }),
      await api.worklogs.getForUser(world.person.accountId, { limit: '10' }),
      await api.worklogs.getForIssue(issue.key),
      await api.worklogs.getForAccount('ACME', { updatedFrom: '2020-01-01' }),
    ])
      expect(list.results).toEqual([written])
    expect((await api.worklogs.getWorklogWorkAttributeValues(id)).results).toHaveLength(1)
    const changed = await api.worklogs.putWorklog(id, { ...wish, timeSpentSeconds: 60 } as never)
    expect(changed).toMatchObject({ timeSpentSeconds: 60, billableSeconds: 60 })
    await api.worklogs.deleteWorklog(id)
    await expect(api.worklogs.getWorklog(id)).rejects.toMatchObject({
      response: { status: 404, data: { errors: [{ message: 'Worklog cannot be found' }] } },
    })
  })

  it('tells a wrong token from one that lacks a scope', async () => {
    const { host, port } = new URL(world.server.listeningOrigin)
    const stranger = new TempoApi({
      protocol: 'http',
      host: host.split(':')[0] ?? '',
      port,
      apiVersion: '3',
      bearerToken: 'somebody-elses-secret',
    })
    await expect(stranger.worklogs.get()).rejects.toMatchObject({ response: { status: 401 } })
  })
})
