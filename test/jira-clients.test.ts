import { createRequire } from 'node:module'
import type { AddressInfo } from 'node:net'
import { Version2Client, Version3Client } from 'jira.js'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openGoldenWorld, secrets } from '../conformance/world.ts'

/** JSON of a shape only the client knows; a leaf is compared, never computed with. */
type Loose = { readonly [key: string]: Loose }
type Calls = { readonly [name: string]: (...args: readonly unknown[]) => Promise<Loose> }

const require = createRequire(import.meta.url)
const JiraApi = require('jira-client') as new (options: object) => Calls
const JiraConnector = require('jira-connector') as new (
  options: object,
) => { readonly [resource: string]: Calls }

const idsIn = (list: Loose | undefined, key = 'id') =>
  (list as unknown as readonly Loose[]).map((one) => one[key] as unknown as string)

// Published clients as they are: what they send and how they read answers is not ours to choose.
let world: Awaited<ReturnType<typeof openGoldenWorld>>
let port = 0

beforeAll(async () => {
  world = await openGoldenWorld()
  await world.server.listen({ port: 0, host: '127.0.0.1' })
  port = (world.server.server.address() as AddressInfo).port
}, 300_000)
afterAll(() => world?.close())

const started = '2026-03-30T09:00:00.000+0000'
const admin = secrets.admin!

describe('jira.js', () => {
  const options = () => ({
    host: `http://127.0.0.1:${port}/jira`,
    authentication: { basic: { email: 'admin@example.com', apiToken: admin } },
  })

  it('runs its calls of version 2', async () => {
    const jira = new Version2Client(options())
    expect((await jira.serverInfo.getServerInfo()).deploymentType).toBe('Server')
    expect((await jira.myself.getCurrentUser()).displayName).toBe('Administrator')
    const made = await jira.issueWorklogs.addWorklog({
      issueIdOrKey: 'GOLD-1',
      started,
      timeSpentSeconds: 3_600,
      comment: 'by jira.js',
    })
    expect(made).toMatchObject({ comment: 'by jira.js', timeSpent: '1h' })
    const changed = await jira.issueWorklogs.updateWorklog({
      issueIdOrKey: 'GOLD-1',
      id: made.id!,
      timeSpentSeconds: 7_200,
    })
    expect(changed).toMatchObject({ comment: 'by jira.js', timeSpentSeconds: 7_200 })
    const page = await jira.issueWorklogs.getIssueWorklog({ issueIdOrKey: 'GOLD-1' })
    expect(page.worklogs.map(({ id }) => id)).toContain(made.id)
    const found = await jira.issueSearch.searchForIssuesUsingJqlEnhancedSearch({
      jql: 'worklogAuthor = currentUser() AND worklogDate >= "2026-03-30"',
      fields: ['summary', 'worklog'],
    })
    expect(found.issues?.map(({ key }) => key)).toEqual(['GOLD-1'])
    await jira.issueWorklogs.deleteWorklog({ issueIdOrKey: 'GOLD-1', id: made.id! })
    const deleted = await jira.issueWorklogs.getIdsOfWorklogsDeletedSince({ since: 0 })
    expect(deleted.values?.map(({ worklogId }) => String(worklogId))).toContain(made.id)
  }, 120_000)

  it('runs its calls of version 3', async () => {
    const jira = new Version3Client(options())
    const comment = {
      type: 'doc' as const,
      version: 1 as const,
      content: [{ type: 'paragraph', content: [{ type: 'text', text: 'a document' }] }],
    }
    const made = await jira.issueWorklogs.addWorklog({
      issueIdOrKey: 'GOLD-2',
      started,
      timeSpent: '1h 30m',
      comment,
    })
    expect(made).toMatchObject({ comment, timeSpentSeconds: 5_400 })
    // Written as a document, read as a text, and the other way round.
    const texts = new Version2Client(options())
    const one = { issueIdOrKey: 'GOLD-2', id: made.id! }
    expect(await texts.issueWorklogs.getWorklog(one)).toMatchObject({ comment: 'a document' })
    await texts.issueWorklogs.updateWorklog({ ...one, comment: 'a text' })
    const text = [{ type: 'paragraph', content: [{ type: 'text', text: 'a text' }] }]
    expect(await jira.issueWorklogs.getWorklog(one)).toMatchObject({ comment: { content: text } })
    const picked = await jira.issueSearch.getIssuePickerResource({ query: 'gold-2' })
    expect(picked.sections?.[0]?.issues?.map(({ key }) => key)).toEqual(['GOLD-2'])
    const updated = await jira.issueWorklogs.getIdsOfWorklogsModifiedSince({ since: 0 })
    const ids = updated.values?.flatMap(({ worklogId }) => worklogId ?? []) ?? []
    expect(ids.map(String)).toContain(made.id)
    const rows = await jira.issueWorklogs.getWorklogsForIds({ ids })
    expect(rows.map(({ id }) => id)).toContain(made.id)
    const count = await jira.issueSearch.countIssues({ jql: 'project = GOLD' })
    expect(count.count).toBe(2)
    const parsed = await jira.jql.parseJqlQueries({
      queries: ['project = GOLD'],
      validation: 'strict',
    })
    expect(parsed.queries[0]?.errors ?? []).toEqual([])
    await jira.issueWorklogs.deleteWorklog({ issueIdOrKey: 'GOLD-2', id: made.id! })
  }, 120_000)
})

describe('jira-client', () => {
  it('runs its worklog and search calls', async () => {
    const jira = new JiraApi({
      protocol: 'http',
      host: '127.0.0.1',
      port: String(port),
      base: 'jira',
      username: 'admin',
      password: admin,
      apiVersion: '2',
    })
    expect(await jira.getCurrentUser!()).toMatchObject({ name: 'admin' })
    const body = { timeSpent: '30m', started, comment: 'x' }
    const made = await jira.addWorklog!('GOLD-1', body, '2d 4h')
    expect(idsIn((await jira.getIssueWorklogs!('GOLD-1')).worklogs)).toContain(made.id)
    const found = await jira.searchJira!('key = GOLD-1', { fields: ['summary', 'timetracking'] })
    expect(found).toMatchObject({
      issues: [{ key: 'GOLD-1', fields: { timetracking: { remainingEstimate: '2d 4h' } } }],
    })
    expect(await jira.findIssue!('GOLD-1')).toMatchObject({ key: 'GOLD-1' })
    expect(await jira.getIssueWorklogs!('GOLD-1', 0, 1)).toMatchObject({ maxResults: 1 })
    await jira.deleteWorklog!('GOLD-1', made.id)
    expect(idsIn(await jira.listProjects!(), 'key')).toContain('GOLD')
  }, 120_000)
})

describe('jira-connector', () => {
  it('runs its worklog and search calls', async () => {
    const jira = new JiraConnector({
      protocol: 'http',
      host: '127.0.0.1',
      port: String(port),
      path_prefix: '/jira/',
      basic_auth: { username: 'admin', password: admin },
    })
    const { issue, myself, search } = jira
    expect(await myself!.getMyself!()).toMatchObject({ name: 'admin' })
    const made = await issue!.addWorkLog!({
      issueKey: 'GOLD-1',
      adjustEstimate: 'leave',
      worklog: { timeSpent: '45m', started, comment: 'y' },
    })
    const one = { issueKey: 'GOLD-1', worklogId: made.id }
    expect(await issue!.getWorkLog!(one)).toMatchObject({ comment: 'y', timeSpentSeconds: 2_700 })
    // It sends what it is given beside the ids, not its `worklog`.
    await issue!.updateWorkLog!({ ...one, adjustEstimate: 'leave', comment: 'z' })
    const found = await search!.search!({
      jql: 'worklogAuthor = admin order by key',
      fields: ['worklog'],
    })
    expect(JSON.stringify(found)).toContain('"comment":"z"')
    await issue!.deleteWorkLog!({ ...one, adjustEstimate: 'auto' })
  }, 120_000)
})
