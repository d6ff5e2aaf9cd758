import { describe, expect, it } from 'vitest'
import { ask, plant, useFakeJira } from './ask.ts'

const start = useFakeJira()
const good = { started: '2026-03-01T10:00:00.000+0100', timeSpentSeconds: 3600 }
const dialects = ['cloud', 'dc'] as const

describe.each(dialects)('writing to %s', (dialect) => {
  it('adds a worklog as the owner of the credential, whoever the body names', async () => {
    const jira = await start({ dialect })
    const { bob, issue } = plant(jira)
    const body = { ...good, comment: 'hinges', author: { name: 'admin' }, id: '7' }
    const { status, json, headers } = await ask(jira, 'POST issue/abc-1/worklog', body, { as: bob })
    expect(status).toBe(201)
    expect(headers.get('location')).toBe(json.self)
    const [row] = jira.world.visibleWorklogs()
    expect(row).toMatchObject({
      issueId: issue.id,
      author: bob,
      comment: 'hinges',
      startedAt: Date.UTC(2026, 2, 1, 9),
      timeSpentSeconds: 3600,
    })
  })

  it('changes what is given and keeps the rest', async () => {
    const jira = await start({ dialect })
    const { bob, issue } = plant(jira)
    const row = jira.world.logWork({ issue, author: bob, comment: 'keep' })
    const path = `PUT issue/${issue.id}/worklog/${row.id}`
    const { status, json } = await ask(jira, path, { timeSpentSeconds: 7200 })
    expect(status).toBe(200)
    expect(json).toMatchObject({ comment: 'keep', timeSpentSeconds: 7200, timeSpent: '2h' })
    expect(jira.world.state.worklogs.get(row.id)?.updateAuthorId).toBe(jira.world.admin.id)
    expect(row.updated).toBeGreaterThan(row.created)
  })

  it('deletes once, content type or not', async () => {
    const jira = await start({ dialect })
    const { issue } = plant(jira)
    const row = jira.world.logWork({ issue })
    const path = `DELETE issue/${issue.key}/worklog/${row.id}`
    const headers = { 'Content-Type': 'application/json' }
    const first = await ask(jira, path, undefined, { headers })
    expect([first.status, first.text]).toEqual([204, ''])
    const second = await ask(jira, path)
    expect(second.status).toBe(404)
    expect(second.json.errorMessages).toEqual([`Cannot find worklog with id: '${row.id}'.`])
  })

  it.each([
    [
      'no time',
      { started: good.started },
      { timeLogged: 'You must indicate the time spent working.' },
    ],
    [
      'under a minute',
      { timeSpentSeconds: 59 },
      { timeLogged: 'You must indicate the time spent working.' },
    ],
    ['bad duration', { timeSpent: 'abc' }, { timeLogged: 'Invalid time duration entered.' }],
    ['zero', { timeSpent: '0h' }, { timeLogged: 'Time Spent can not be zero.' }],
    [
      'unknown group',
      { ...good, visibility: { type: 'group', value: 'x' } },
      { visibility: "Group 'x' does not exist." },
    ],
    [
      'unknown role',
      { ...good, visibility: { type: 'role', value: 'x' } },
      { visibility: "Role 'x' does not exist." },
    ],
  ])('refuses %s', async (_, body, errors) => {
    const jira = await start({ dialect })
    plant(jira)
    const { status, json } = await ask(jira, 'POST issue/ABC-1/worklog', body)
    expect(status).toBe(400)
    expect(json.errors).toEqual(errors)
    expect(jira.world.visibleWorklogs()).toEqual([])
  })

  it.each([
    ['Z', '2026-03-01T10:00:00.000Z'],
    ['no milliseconds', '2026-03-01T10:00:00+0100'],
    ['a colon in the offset', '2026-03-01T10:00:00.000+01:00'],
    ['no offset', '2026-03-01T10:00:00.000'],
    ['a day that is none', '2026-02-30T10:00:00.000+0000'],
    ['a number', 1772355600000],
  ])('refuses `started` with %s', async (_, started) => {
    const jira = await start({ dialect })
    plant(jira)
    const { status, json } = await ask(jira, 'POST issue/ABC-1/worklog', { ...good, started })
    expect([status, json.errorMessages]).toEqual([400, []])
    expect(json.errors!.started).toMatch(
      /^Invalid date format\. Please enter the date in the format/,
    )
  })

  it('takes a doubled offset, and now where `started` is absent', async () => {
    const jira = await start({ dialect })
    plant(jira)
    const doubled = { ...good, started: '2026-03-01T10:00:00.000+0000+0000' }
    await ask(jira, 'POST issue/ABC-1/worklog', doubled)
    await ask(jira, 'POST issue/ABC-1/worklog', { timeSpent: '1h 30m' })
    const [one, two] = jira.world.visibleWorklogs()
    expect(one?.startedAt).toBe(Date.UTC(2026, 2, 1, 10))
    expect(two).toMatchObject({ startedAt: jira.clock.now(), timeSpentSeconds: 5400 })
  })

  it('cuts seconds to the minute', async () => {
    const jira = await start({ dialect })
    plant(jira)
    const { json } = await ask(jira, 'POST issue/ABC-1/worklog', { timeSpentSeconds: 119 })
    expect(json.timeSpentSeconds).toBe(60)
  })

  it.each([
    ['adjustEstimate=leave', 7200],
    ['adjustEstimate=auto', 3600],
    ['', 3600],
    ['adjustEstimate=new&newEstimate=2d%204h', 72_000],
    ['adjustEstimate=manual&reduceBy=30m', 5400],
  ])('leaves the right estimate with %s', async (query, remaining) => {
    const jira = await start({ dialect })
    const { issue } = plant(jira)
    await ask(jira, `POST issue/ABC-1/worklog?notifyUsers=false&${query}`, good)
    expect(issue.remainingEstimate).toBe(remaining)
    const { json } = await ask(jira, 'GET issue/ABC-1?fields=timetracking,timespent')
    expect(json.fields).toMatchObject({ timespent: 3600 })
  })

  it.each([
    ['POST', 'adjustEstimate=new', 'newEstimate', 'Value is required when adjustEstimate is new'],
    [
      'POST',
      'adjustEstimate=manual',
      'reduceBy',
      'A value is required for manual estimate adjustment',
    ],
    [
      'DELETE',
      'adjustEstimate=manual',
      'increaseBy',
      'A value is required for manual estimate adjustment',
    ],
    [
      'PUT',
      'adjustEstimate=manual',
      'adjustEstimate',
      'Manual adjustment of remaining estimate not allowed when editing a worklog',
    ],
    [
      'POST',
      'adjustEstimate=often',
      'adjustEstimate',
      "'often' is not a valid value for adjustEstimate",
    ],
  ])('refuses %s with %s', async (method, query, field, message) => {
    const jira = await start({ dialect })
    const { issue } = plant(jira)
    const row = jira.world.logWork({ issue })
    const tail = method === 'POST' ? '' : `/${row.id}`
    const body = method === 'DELETE' ? undefined : good
    const { status, json } = await ask(jira, `${method} issue/ABC-1/worklog${tail}?${query}`, body)
    expect([status, json.errors]).toEqual([400, { [field]: message }])
    expect(jira.world.visibleWorklogs()).toHaveLength(1)
  })

  it('refuses those who may not, each dialect with its own status', async () => {
    const jira = await start({ dialect })
    const { bob, issue, project } = plant(jira)
    const foreign = jira.world.logWork({ issue, author: jira.world.admin })
    const refused = dialect === 'cloud' ? 400 : 403
    const edit = `PUT issue/ABC-1/worklog/${foreign.id}`
    expect((await ask(jira, edit, good, { as: bob })).status).toBe(refused)
    jira.world.denyLogging(project, bob)
    expect((await ask(jira, 'POST issue/ABC-1/worklog', good, { as: bob })).status).toBe(refused)
    jira.world.allowLogging(project, bob)
    jira.world.editIssue(issue, { isEditable: false })
    expect((await ask(jira, 'POST issue/ABC-1/worklog', good, { as: bob })).status).toBe(refused)
    jira.world.hideProject(project, bob)
    const unseen = await ask(jira, 'POST issue/ABC-1/worklog', good, { as: bob })
    expect(unseen.status).toBe(404)
    expect(unseen.json.errorMessages).toEqual([
      'Issue does not exist or you do not have permission to see it.',
    ])
  })

  it('restricts to a group of the caller and opens again', async () => {
    const jira = await start({ dialect })
    plant(jira)
    jira.world.addGroup('board', [jira.world.admin])
    const visibility = { type: 'group', value: 'board' }
    const { json } = await ask(jira, 'POST issue/ABC-1/worklog', { ...good, visibility })
    expect(json.visibility).toMatchObject(visibility)
    const path = `PUT issue/ABC-1/worklog/${json.id}`
    const opened = await ask(jira, path, { visibility: null })
    expect(opened.json).not.toHaveProperty('visibility')
  })

  it('answers 404 for a worklog on another issue, hidden, or no number', async () => {
    const jira = await start({ dialect })
    const { bob, issue, project } = plant(jira)
    const other = jira.world.addIssue({ project })
    jira.world.addGroup('board', [bob])
    const row = jira.world.logWork({ issue })
    const secret = jira.world.logWork({ issue, visibility: { type: 'group', value: 'board' } })
    for (const path of [
      `${other.id}/worklog/${row.id}`,
      `ABC-1/worklog/${secret.id}`,
      'ABC-1/worklog/x',
    ]) {
      expect((await ask(jira, `GET issue/${path}`)).status).toBe(404)
    }
    expect((await ask(jira, `GET issue/ABC-1/worklog/${row.id}`)).status).toBe(200)
  })
})
