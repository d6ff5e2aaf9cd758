import { describe, expect, it } from 'vitest'
import { ask, type Loose, plant, useFakeJira } from './ask.ts'
import type { FakeJira } from './fake-jira.ts'

const start = useFakeJira()
const unbounded =
  'Unbounded JQL queries are not allowed here. Please add a search restriction to your query.'

function idsOf(answer: Loose): string[] {
  return (answer.issues as unknown as { id: string }[]).map(({ id }) => id)
}

function crowd(jira: FakeJira, count: number) {
  const { project, issue, bob } = plant(jira)
  const issues = [issue]
  while (issues.length < count) issues.push(jira.world.addIssue({ project }))
  return { project, bob, issues }
}

describe('search on Data Center', () => {
  it('pages with a total, and echoes the page size really used', async () => {
    const jira = await start({ dialect: 'dc', switches: { searchMax: 2 } })
    const { issues } = crowd(jira, 3)
    const body = {
      jql: 'project = ABC ORDER BY id',
      startAt: 2,
      maxResults: 1000,
      fields: ['summary'],
    }
    const { json } = await ask(jira, 'POST search', body)
    expect(json).toMatchObject({ startAt: 2, maxResults: 2, total: 3 })
    expect(idsOf(json)).toEqual([issues[2]!.id])
    const counted = await ask(jira, 'GET search?jql=project%3DABC&maxResults=0')
    expect(counted.json).toMatchObject({ total: 3, issues: [] })
    const all = await ask(jira, 'GET search')
    expect(idsOf(all.json)).toEqual([issues[2]!.id, issues[1]!.id])
    expect((await ask(jira, 'GET search?startAt=-1')).status).toBe(400)
  })

  it('shows the fields asked for, and worklogs up to the cap, unfiltered', async () => {
    const jira = await start({ dialect: 'dc' })
    const { issue, bob } = plant(jira)
    const day = 86_400_000
    for (let at = 0; at < 25; at += 1) {
      jira.world.logWork({ issue, author: bob, started: jira.clock.now() - at * day })
    }
    const body = { jql: 'worklogDate = "2026-03-02"', fields: ['worklog', 'timespent'] }
    const { json } = await ask(jira, 'POST search', body)
    const { fields } = json.issues![0]!
    expect(fields).toMatchObject({ timespent: 90_000, worklog: { maxResults: 20, total: 25 } })
    expect(fields!.worklog!.worklogs).toHaveLength(20)
    expect(fields).not.toHaveProperty('summary')
    const navigable = (await ask(jira, 'GET search')).json.issues![0]!.fields
    expect(navigable).toHaveProperty('summary')
    expect(navigable).not.toHaveProperty('worklog')
    const most = await ask(jira, 'GET search?fields=*all,-summary,')
    expect(most.json.issues![0]!.fields).toHaveProperty('worklog')
    expect(most.json.issues![0]!.fields).not.toHaveProperty('summary')
  })

  it('fails on one unknown id unless told not to', async () => {
    const jira = await start({ dialect: 'dc' })
    const { issue } = plant(jira)
    const jql = `id in (${issue.id}, 99)`
    const strict = await ask(jira, 'POST search', { jql })
    expect([strict.status, strict.json.errorMessages]).toEqual([
      400,
      ["A value with ID '99' does not exist for the field 'id'."],
    ])
    const lenient = await ask(jira, 'POST search', { jql, validateQuery: false })
    expect(idsOf(lenient.json)).toEqual([issue.id])
    expect(lenient.json.warningMessages).toHaveLength(1)
  })

  it('has no search/jql, bulkfetch or version 3', async () => {
    const jira = await start({ dialect: 'dc' })
    for (const what of [
      'GET search/jql',
      'GET project/search',
      'GET users/search',
      'GET group/bulk',
    ]) {
      expect((await ask(jira, what)).status).toBe(404)
    }
    expect((await ask(jira, 'GET myself', undefined, { version: 3 })).status).toBe(404)
    expect((await ask(jira, 'GET myself', undefined, { version: 'latest' })).status).toBe(200)
  })
})

describe('search on Cloud', () => {
  it('is gone in its old form', async () => {
    const jira = await start({ dialect: 'cloud' })
    for (const version of [2, 3] as const) {
      const { status, json } = await ask(jira, 'GET search?jql=id>0', undefined, { version })
      expect(status).toBe(410)
      expect(String(json.errorMessages)).toContain('Please migrate to the /rest/api/3/search/jql')
    }
  })

  it.each(['', 'ORDER BY created'])('refuses the unbounded query "%s"', async (jql) => {
    const jira = await start({ dialect: 'cloud' })
    const { status, json } = await ask(jira, 'POST search/jql', { jql })
    expect([status, json.errorMessages]).toEqual([400, [unbounded]])
    expect((await ask(jira, 'POST search/approximate-count', { jql })).status).toBe(400)
  })

  it('gives ids only unless asked, page by token, and no total', async () => {
    const jira = await start({ dialect: 'cloud', switches: { searchIdsMax: 2 } })
    const { issues } = crowd(jira, 3)
    const jql = 'project = ABC ORDER BY id ASC'
    const first = await ask(jira, 'POST search/jql', { jql, maxResults: 5000 })
    expect(first.json).toEqual({
      issues: [{ id: issues[0]!.id }, { id: issues[1]!.id }],
      isLast: false,
      nextPageToken: first.json.nextPageToken,
    })
    const nextPageToken = String(first.json.nextPageToken)
    jira.world.addIssue({ project: jira.world.state.projects.values().next().value! })
    const second = await ask(jira, 'POST search/jql', { jql, maxResults: 5000, nextPageToken })
    expect(second.json).toEqual({ issues: [{ id: issues[2]!.id }], isLast: true })
    const stolen = await ask(jira, 'POST search/jql', { jql: 'id > 1', nextPageToken })
    expect(stolen.status).toBe(400)
    jira.clock.advance(8 * 86_400_000)
    const late = await ask(jira, 'POST search/jql', { jql, nextPageToken })
    expect(late.status).toBe(400)
  })

  it('may lower the page, fall short, and repeat its token', async () => {
    const jira = await start({ dialect: 'cloud', switches: { searchMax: 3, shortPages: true } })
    crowd(jira, 4)
    const wish = { jql: 'project = ABC', fields: ['summary'], maxResults: 1000 }
    const short = await ask(jira, 'POST search/jql', wish)
    expect(short.json.issues).toHaveLength(2)
    expect(short.json.isLast).toBe(false)
    jira.switches.repeatNextPageToken = true
    const { nextPageToken } = (await ask(jira, 'POST search/jql', wish)).json
    const again = await ask(jira, 'POST search/jql', { ...wish, nextPageToken })
    expect(again.json.nextPageToken).toBe(nextPageToken)
  })

  it('is late with what just changed, unless reconciled', async () => {
    const jira = await start({ dialect: 'cloud', switches: { searchLagMs: 5000 } })
    const { issue } = plant(jira)
    const find = (more = {}) => ask(jira, 'POST search/jql', { jql: 'project = ABC', ...more })
    expect(idsOf((await find()).json)).toEqual([])
    expect(idsOf((await find({ reconcileIssues: [Number(issue.id)] })).json)).toEqual([issue.id])
    jira.clock.advance(5000)
    expect(idsOf((await find()).json)).toEqual([issue.id])
  })

  it('leaves a page short where an issue went since the search began', async () => {
    const jira = await start({ dialect: 'cloud' })
    const { issues } = crowd(jira, 4)
    const wish = { jql: 'project = ABC ORDER BY id', maxResults: 2 }
    const { nextPageToken } = (await ask(jira, 'POST search/jql', wish)).json
    jira.world.deleteIssue(issues[2]!)
    const { json } = await ask(jira, 'POST search/jql', { ...wish, nextPageToken })
    expect(json).toEqual({ issues: [{ id: issues[3]!.id }], isLast: true })
  })

  it('counts', async () => {
    const jira = await start({ dialect: 'cloud' })
    crowd(jira, 3)
    const { json } = await ask(jira, 'POST search/approximate-count', { jql: 'project = ABC' })
    expect(json).toEqual({ count: 3 })
  })
})

describe('bulkfetch', () => {
  it('finds by id, key and former key, by ascending id, silent about the rest', async () => {
    const jira = await start({ dialect: 'cloud' })
    const { issues, bob } = crowd(jira, 3)
    const other = jira.world.addProject({ key: 'NEW' })
    const hidden = jira.world.addProject({ key: 'HID' })
    const secret = jira.world.addIssue({ project: hidden })
    jira.world.hideProject(hidden, bob)
    const oldKey = issues[2]!.key
    jira.world.moveIssue(issues[2]!, other)
    const issueIdsOrKeys = [oldKey, issues[0]!.id, issues[0]!.key.toLowerCase(), secret.id, 'NO-1']
    const body = { issueIdsOrKeys, fields: ['project'] }
    const { json } = await ask(jira, 'POST issue/bulkfetch', body, { as: bob })
    expect(idsOf(json)).toEqual([issues[0]!.id, issues[2]!.id])
    expect(json.issues![1]).toMatchObject({ key: 'NEW-1', fields: { project: { key: 'NEW' } } })
  })

  it.each([0, 101])('refuses %i of them', async (count) => {
    const jira = await start({ dialect: 'cloud' })
    const issueIdsOrKeys = Array.from({ length: count }, (_, at) => String(at))
    expect((await ask(jira, 'POST issue/bulkfetch', { issueIdsOrKeys })).status).toBe(400)
  })
})

describe.each(['cloud', 'dc'] as const)('an issue of %s', (dialect) => {
  it('is found by a key of any case and by the keys it had', async () => {
    const jira = await start({ dialect })
    const { issue, project } = plant(jira)
    jira.world.renameProjectKey(project, 'XYZ')
    for (const key of ['abc-1', 'XYZ-1', issue.id]) {
      const { json } = await ask(jira, `GET issue/${key}`)
      expect(json).toMatchObject({ key: 'XYZ-1', fields: { project: { key: 'XYZ' } } })
    }
    jira.world.deleteIssue(issue)
    const gone = await ask(jira, 'GET issue/ABC-1')
    expect([gone.status, gone.json.errorMessages]).toEqual([
      404,
      ['Issue does not exist or you do not have permission to see it.'],
    ])
    jira.world.restoreIssue(issue)
    expect((await ask(jira, 'GET issue/ABC-1')).status).toBe(200)
  })
})
