import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { ask, useFakeJira } from './ask.ts'
import { loadWorldFrom } from './load.ts'

const start = useFakeJira()
const folder = mkdtempSync(join(tmpdir(), 'fake-jira-'))
const data = new URL('../../../shared/data/', import.meta.url).pathname

afterAll(() => rmSync(folder, { recursive: true }))

const author = { name: 'ann', displayName: 'Ann', active: false, timeZone: 'Asia/Tokyo' }
const anIssue = {
  id: '7',
  key: 'X-3',
  fields: {
    summary: 'Loaded',
    project: { id: '1', key: 'X', name: 'Ex' },
    assignee: author,
    created: '2020-01-01T00:00:00.000+0000',
    updated: '2020-01-02T00:00:00.000+0000',
    timespent: 5400,
    timeestimate: 60,
    worklog: {
      total: 1,
      worklogs: [
        {
          id: '70',
          author,
          started: '2020-01-01T10:00:00.000+0900',
          created: '2020-01-01T02:00:00.000+0000',
          updated: '2020-01-01T03:00:00.000+0000',
          timeSpentSeconds: 3600,
        },
      ],
    },
  },
}

describe('loading', () => {
  it('keeps ids, times and people, and what no worklog accounts for', async () => {
    const file = join(folder, 'one.ndjson')
    writeFileSync(file, `${JSON.stringify(anIssue)}\n`)
    const world = await loadWorldFrom([file])
    expect(world.visibleWorklogs()).toMatchObject([
      {
        id: '70',
        issueId: '7',
        issueKey: 'X-3',
        author: { name: 'ann', active: false, timeZone: 'Asia/Tokyo' },
        startedAt: Date.UTC(2020, 0, 1, 1),
        updatedAt: Date.UTC(2020, 0, 1, 3),
      },
    ])
    const jira = await start({ dialect: 'dc', world })
    const { json } = await ask(jira, 'GET issue/X-3')
    expect(json.fields).toMatchObject({
      timespent: 5400,
      timeestimate: 60,
      updated: '2020-01-02T00:00:00.000+0000',
      assignee: { name: 'ann' },
    })
    const next = world.addIssue({ project: world.state.projects.get('1')! })
    expect(next.key).toBe('X-4')
  })

  it('reads a document with worklogs beside the issues', async () => {
    const file = join(folder, 'two.json')
    const loose = { ...anIssue.fields.worklog.worklogs[0], id: '71', issueId: '99' }
    writeFileSync(file, JSON.stringify({ issues: [anIssue], worklogs: [loose] }))
    const world = await loadWorldFrom([file])
    expect(world.visibleWorklogs().map(({ issueId }) => issueId)).toEqual(['7', '99'])
  })
})

// The data is not part of the repository: no release may hold it.
describe.skipIf(!existsSync(join(data, 'timelog-cesaw.ndjson.gz')))('the real data', () => {
  it('of 203,620 worklogs loads, and the feed lists every one', async () => {
    const began = performance.now()
    const world = await loadWorldFrom([join(data, 'timelog-cesaw.ndjson.gz')])
    const loadMs = performance.now() - began
    expect(world.state.worklogs.size).toBe(203_620)
    expect(world.state.issues.size).toBe(51_657)
    const jira = await start({ dialect: 'dc', world })
    const ids = new Set<number>()
    for (let since = 0; ; ) {
      const { json } = await ask(jira, `GET worklog/updated?since=${since}`)
      const values = json.values as unknown as { worklogId: number }[]
      for (const { worklogId } of values) ids.add(worklogId)
      if (json.lastPage as unknown) break
      since = Number(json.until)
    }
    expect(ids.size).toBe(203_620)
    expect(jira.requests.count()).toBeLessThan(210)
    console.log(
      `fake Jira: 203,620 worklogs loaded in ${Math.round(loadMs)} ms, ` +
        `listed with ${jira.requests.count()} requests`,
    )
  })

  it.each([
    ['jira-duraspace-2014.ndjson.gz', 155],
    ['jira-apache-2014.ndjson.gz', 22],
    ['jira-apache-2025.ndjson.gz', 42],
    ['jira-cloud-devlake.json', 30],
    ['timelog-sip.ndjson.gz', 12_299],
    ['timetracker-jira-cloud.json', 9],
  ])('%s loads', async (file, worklogs) => {
    const world = await loadWorldFrom([join(data, file)])
    expect(world.state.worklogs.size).toBe(worklogs)
  })
})
