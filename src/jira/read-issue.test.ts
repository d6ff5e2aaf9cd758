import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { DomainError } from '../domain/errors.ts'
import { readIssue } from './read.ts'

const issue = (fields: Record<string, unknown> = {}, more: Record<string, unknown> = {}) =>
  readIssue({
    id: '10003',
    key: 'TIME-4',
    self: 'https://jira.example.org/jira/rest/api/2/issue/10003',
    fields,
    ...more,
  })

describe('readIssue', () => {
  it('reads what Jira says about an issue', () => {
    const read = issue({
      summary: 'Login fails',
      issuetype: { id: '3', name: 'Task', subtask: true },
      status: { id: '6', name: 'Erledigt', statusCategory: { id: 3, key: 'done', name: 'Fertig' } },
      priority: { id: '1', name: 'Blocker' },
      resolution: { name: 'Fixed' },
      project: { id: '10000', key: 'TIME', name: 'Timeship' },
      assignee: null,
      reporter: { name: 'olga' },
      parent: { id: 10_002, key: 'TIME-3' },
      labels: ['a', 'b'],
      components: [{ name: 'UI' }, {}],
      fixVersions: [{ name: '1.0' }],
      versions: [{ name: '0.9' }],
      timeoriginalestimate: 3600,
      timeestimate: 0,
      timespent: null,
      worklog: { total: 3, worklogs: [] },
      created: '2024-03-04T09:00:00.000+0100',
      updated: '2024-03-04T09:00:00.000+0000',
      resolutiondate: null,
      duedate: '2025-03-09',
    })
    expect(read).toMatchObject({
      id: '10003',
      key: 'TIME-4',
      baseUrl: 'https://jira.example.org/jira',
      summary: 'Login fails',
      issueType: { name: 'Task', isSubtask: true },
      status: { name: 'Erledigt', category: 'done' },
      priority: 'Blocker',
      resolution: 'Fixed',
      project: { id: '10000', key: 'TIME', name: 'Timeship' },
      reporter: { username: 'olga' },
      parent: { id: '10002' },
      labels: ['a', 'b'],
      components: ['UI'],
      fixVersions: ['1.0'],
      affectedVersions: ['0.9'],
      originalEstimateSeconds: 3600,
      remainingEstimateSeconds: 0,
      worklogTotal: 3,
      createdAt: Date.parse('2024-03-04T08:00:00Z'),
      updatedAt: Date.parse('2024-03-04T09:00:00Z'),
      dueDay: '2025-03-09',
      worklogs: [],
      warnings: [],
    })
    for (const absent of ['timeSpentSeconds', 'resolvedAt', 'assignee', 'creator']) {
      expect(read).not.toHaveProperty(absent)
    }
  })

  it('reads an issue of which hardly anything was asked', () => {
    expect(readIssue({ id: 1, key: 'A-1' })).toStrictEqual({
      id: '1',
      key: 'A-1',
      summary: '',
      project: { key: 'A', name: 'A' },
      labels: [],
      components: [],
      fixVersions: [],
      affectedVersions: [],
      sprints: [],
      oldKeys: [],
      fields: {},
      worklogs: [],
      warnings: [],
    })
  })

  it.each([[null], ['x'], [{}], [{ id: '1' }], [{ key: 'A-1', fields: {} }], [[1]]])(
    'refuses %j',
    (json) => {
      expect(() => readIssue(json)).toThrow(DomainError)
    },
  )

  it('takes estimates from timetracking where the plain fields are missing', () => {
    const timetracking = {
      originalEstimateSeconds: 14_400,
      remainingEstimateSeconds: 0,
      timeSpentSeconds: 36_000,
    }
    expect(issue({ timetracking, timespent: 600 })).toMatchObject({
      originalEstimateSeconds: 14_400,
      remainingEstimateSeconds: 0,
      timeSpentSeconds: 600,
    })
  })

  it('gives its worklogs its id, and tells of the unreadable ones', () => {
    const entry = { id: 1, started: '2024-03-04T09:00:00.000+0100', timeSpentSeconds: 60 }
    const dates = { created: entry.started, updated: entry.started }
    const worklogs = [
      { ...entry, ...dates },
      { ...entry, ...dates, id: 2, started: 'x' },
    ]
    const read = issue({ worklog: { total: 2, worklogs } })
    expect(read.worklogs.map(({ id, issueId }) => [id, issueId])).toEqual([['1', '10003']])
    expect(read.warnings).toEqual(['TIME-4: worklog 2: skipped, as started is unreadable ("x")'])
  })

  it('warns of unreadable dates and goes on', () => {
    const read = issue({ created: '2014-10-00T08:00:00.000+0100', duedate: '2024-02-30' })
    expect(read).not.toHaveProperty('createdAt')
    expect(read).not.toHaveProperty('dueDay')
    expect(read.warnings).toHaveLength(2)
  })

  it.each([
    [[{ id: 7, name: 'EE Sprint 7', state: 'closed', boardId: 8 }], ['EE Sprint 7']],
    [
      [
        'com.atlassian.greenhopper.service.sprint.Sprint@4a65[id=8,rapidViewId=13,state=CLOSED,name=Sprint 3, the last,startDate=2014-01-06T15:17:30.953Z,goal=]',
        'com.atlassian.greenhopper.service.sprint.Sprint@4a65[id=9,state=FUTURE,name=Sprint 4]',
      ],
      ['Sprint 3, the last', 'Sprint 4'],
    ],
    [[{ id: '1', name: 'not a sprint' }], []],
    ['text', []],
  ])('reads the sprints of %j', (value, names) => {
    expect(issue({ customfield_10020: value }).sprints).toEqual(names)
  })

  it('lists the keys an issue had before it moved', () => {
    const item = (from: string, to: string) => ({ field: 'Key', fromString: from, toString: to })
    const histories = [
      { items: [item('OLD-1', 'MID-7'), { field: 'status', fromString: 'Open' }] },
      { author: null, items: [item('MID-7', 'TIME-4')] },
      { items: [item('TIME-4', 'MID-7'), item('MID-7', 'TIME-4')] },
      {},
    ]
    expect(issue({}, { changelog: { histories } }).oldKeys).toEqual(['OLD-1', 'MID-7'])
  })

  it('keeps custom fields and the objects JQL asks about, clean', () => {
    const { fields } = issue({
      summary: 'x',
      customfield_1: null,
      customfield_2: { value: 'a\0', list: [1, '\ud83d'] },
      security: { id: '1', name: 'Secret' },
      status: { id: '6', name: 'Closed' },
      description: { type: 'doc', version: 1, content: [{ type: 'paragraph', content: [] }] },
      issuelinks: [{ id: '1', outwardIssue: { id: '2' } }],
    })
    expect(fields).toEqual({
      issuelinks: [{ id: '1', outwardIssue: { id: '2' } }],
      customfield_2: { value: 'a', list: [1, '\ufffd'] },
      security: { id: '1', name: 'Secret' },
      status: { id: '6', name: 'Closed' },
    })
  })

  it('cannot be led to touch a prototype or the end of the stack', () => {
    const read = issue(JSON.parse('{"customfield_1":{"__proto__":{"admin":true}}}'))
    expect(Object.getPrototypeOf(read.fields.customfield_1)).toBe(Object.prototype)
    const deep = JSON.parse(`${'['.repeat(100_000)}${']'.repeat(100_000)}`)
    expect(issue({ customfield_1: deep }).key).toBe('TIME-4')
  })

  it('reads any fields without throwing, and never leaves a NUL', () => {
    const names = [
      'summary',
      'project',
      'status',
      'worklog',
      'labels',
      'duedate',
      'created',
      'timespent',
      'customfield_1',
      'assignee',
      'parent',
      'timetracking',
      'components',
    ]
    fc.assert(
      fc.property(fc.dictionary(fc.constantFrom(...names), fc.jsonValue()), (fields) => {
        const text = JSON.stringify(issue({ ...fields, changelog: fields }, { changelog: fields }))
        expect(text).not.toContain('\\u0000')
      }),
      { numRuns: 1000 },
    )
  })
})
