import { describe, expect, it } from 'vitest'
import { ask, plant, useFakeJira } from './ask.ts'
import type { FakeJira } from './fake-jira.ts'

const start = useFakeJira()
const minute = 60_001

function idsOf(values: unknown): number[] {
  return (values as { worklogId: number }[]).map(({ worklogId }) => worklogId)
}

async function updated(jira: FakeJira, since: number, as = jira.world.admin) {
  return (await ask(jira, `GET worklog/updated?since=${since}`, undefined, { as })).json
}

describe.each(['cloud', 'dc'] as const)('the feeds of %s', (dialect) => {
  it('withhold the last minute', async () => {
    const jira = await start({ dialect })
    const { issue } = plant(jira)
    const row = jira.world.logWork({ issue })
    expect(await updated(jira, 0)).toMatchObject({ values: [], since: 0, until: 0, lastPage: true })
    jira.clock.advance(minute)
    expect(await updated(jira, 0)).toMatchObject({
      values: [{ worklogId: row.id, updatedTime: row.updated, properties: [] }],
      until: row.updated,
      lastPage: true,
    })
  })

  it('page oldest first and give the row at `since` again', async () => {
    const jira = await start({ dialect, pageSize: 3 })
    const { issue } = plant(jira)
    const rows = Array.from({ length: 4 }, () => jira.world.logWork({ issue }))
    jira.clock.advance(minute)
    const first = await updated(jira, 0)
    expect(idsOf(first.values)).toEqual(rows.slice(0, 3).map(({ id }) => id))
    expect(first.lastPage).toBe(false)
    expect(first.nextPage).toBe(`${jira.url}/rest/api/2/worklog/updated?since=${rows[2]!.updated}`)
    const second = await updated(jira, rows[2]!.updated)
    expect(idsOf(second.values)).toEqual([rows[2]!.id, rows[3]!.id])
    expect(second).toMatchObject({ lastPage: true })
    expect(second.nextPage).toBeUndefined()
    jira.switches.sinceInclusive = false
    expect(idsOf((await updated(jira, rows[2]!.updated)).values)).toEqual([rows[3]!.id])
  })

  it('show an edited row once, with its latest time', async () => {
    const jira = await start({ dialect })
    const { issue } = plant(jira)
    const [one, two] = [jira.world.logWork({ issue }), jira.world.logWork({ issue })]
    jira.world.editWorklog(one.id, { timeSpentSeconds: 60 })
    jira.clock.advance(minute)
    expect(idsOf((await updated(jira, 0)).values)).toEqual([two.id, one.id])
  })

  it('cannot be paged through a millisecond fuller than a page', async () => {
    const jira = await start({ dialect, pageSize: 3 })
    const { issue } = plant(jira)
    const [row] = jira.world.inOneMillisecond(() =>
      Array.from({ length: 5 }, () => jira.world.logWork({ issue })),
    )
    jira.clock.advance(minute)
    const page = await updated(jira, row!.updated)
    expect(page).toMatchObject({ until: row!.updated, lastPage: false })
    expect((await updated(jira, row!.updated)).values).toEqual(page.values)
  })

  it('fill a page with what the caller may see, and give up where that is too little', async () => {
    const jira = await start({ dialect, pageSize: 2 })
    const { issue, bob } = plant(jira)
    const hidden = jira.world.addProject({ key: 'HID' })
    const secret = jira.world.addIssue({ project: hidden })
    for (let at = 0; at < 5; at += 1) jira.world.logWork({ issue: secret })
    const row = jira.world.logWork({ issue })
    jira.clock.advance(minute)
    jira.world.hideProject(hidden, bob)
    expect(idsOf((await updated(jira, 0, bob)).values)).toEqual([row.id])
    jira.switches.feedScanLimit = 4
    const refused = await ask(jira, 'GET worklog/updated', undefined, { as: bob })
    expect(refused.status).toBe(500)
    jira.world.showProject(hidden, bob)
    expect((await updated(jira, 0, bob)).values).toHaveLength(2)
  })

  it('hide restricted rows from those outside the group or role', async () => {
    const jira = await start({ dialect })
    const { issue, project, bob } = plant(jira)
    jira.world.addGroup('board', [bob])
    jira.world.addRole(project, 'Developers', [bob])
    const group = jira.world.logWork({ issue, visibility: { type: 'group', value: 'board' } })
    const role = jira.world.logWork({ issue, visibility: { type: 'role', value: 'Developers' } })
    jira.clock.advance(minute)
    expect((await updated(jira, 0)).values).toEqual([])
    expect(idsOf((await updated(jira, 0, bob)).values)).toEqual([group.id, role.id])
    expect((await ask(jira, 'POST worklog/list', { ids: [group.id] })).json).toEqual([])
    jira.world.leaveGroup('board', bob)
    expect(idsOf((await updated(jira, 0, bob)).values)).toEqual([role.id])
  })

  it('tell what was deleted, but not what went with its issue', async () => {
    const jira = await start({ dialect })
    const { issue, project } = plant(jira)
    const [one, two] = [jira.world.logWork({ issue }), jira.world.logWork({ issue })]
    const other = jira.world.addIssue({ project })
    const three = jira.world.logWork({ issue: other })
    jira.world.deleteWorklog(one.id)
    jira.world.deleteIssue(issue)
    jira.world.deleteIssue(other, { listWorklogs: true })
    jira.clock.advance(minute)
    const { json } = await ask(jira, 'GET worklog/deleted?since=0')
    expect(idsOf(json.values)).toEqual([one.id, three.id])
    expect((await updated(jira, 0)).values).toEqual([])
    expect(idsOf(json.values)).not.toContain(two.id)
  })

  it('give a restored row in both feeds, the later time deciding', async () => {
    const jira = await start({ dialect })
    const { issue } = plant(jira)
    const row = jira.world.logWork({ issue })
    jira.world.deleteWorklog(row.id)
    jira.world.restoreWorklog(row.id)
    jira.clock.advance(minute)
    const gone = (await ask(jira, 'GET worklog/deleted')).json.values![0]!
    const back = (await updated(jira, 0)).values![0]!
    expect(back.worklogId).toBe(gone.worklogId)
    expect(Number(back.updatedTime)).toBeGreaterThan(Number(gone.updatedTime))
  })

  it('say nothing of a worklog moved to another issue', async () => {
    const jira = await start({ dialect })
    const { issue, project } = plant(jira)
    const row = jira.world.logWork({ issue })
    const { updated: before } = row
    const other = jira.world.addIssue({ project })
    jira.world.moveWorklog(row.id, other)
    jira.clock.advance(minute)
    expect((await updated(jira, before + 1)).values).toEqual([])
    const old = await ask(jira, `GET issue/${issue.id}/worklog/${row.id}`)
    expect(old.status).toBe(404)
    const { json } = await ask(jira, 'POST worklog/list', { ids: [row.id] })
    expect(json).toMatchObject([{ id: String(row.id), issueId: other.id }])
  })

  it('may name another host', async () => {
    const jira = await start({ dialect, pageSize: 1, switches: { foreignHost: 'https://else' } })
    const { issue } = plant(jira)
    jira.world.logWork({ issue })
    jira.world.logWork({ issue })
    jira.clock.advance(minute)
    expect((await updated(jira, 0)).nextPage).toMatch(/^https:\/\/else\/rest\/api\/2\/worklog/)
  })

  it('stamp by a node whose clock is off', async () => {
    const jira = await start({ dialect })
    const { issue } = plant(jira)
    jira.world.skewClock(-30_000)
    const row = jira.world.logWork({ issue })
    expect(row.updated).toBe(jira.clock.now() - 30_000)
  })
})

describe('worklog/list', () => {
  it('drops unknown ids, takes texts, gives each id once', async () => {
    const jira = await start({ dialect: 'dc' })
    const { issue, bob } = plant(jira)
    const row = jira.world.logWork({ issue, author: bob })
    const { json } = await ask(jira, 'POST worklog/list', { ids: [1, String(row.id), row.id] })
    expect(json).toHaveLength(1)
    expect(json[0]).toMatchObject({ author: { name: 'bob' }, timeSpent: '1h', comment: '' })
  })

  it.each([
    ['no ids', []],
    ['too many', Array.from({ length: 1001 }, (_, at) => at)],
    ['no numbers', ['x']],
  ])('refuses %s', async (_, ids) => {
    const jira = await start({ dialect: 'cloud' })
    expect((await ask(jira, 'POST worklog/list', { ids })).status).toBe(400)
  })

  it('leaves out authors Jira has forgotten', async () => {
    const jira = await start({ dialect: 'cloud' })
    const { issue, bob } = plant(jira)
    const row = jira.world.logWork({ issue, author: bob })
    const list = () => ask(jira, 'POST worklog/list', { ids: [row.id] })
    jira.switches.hideAuthors = true
    expect((await list()).json[0]).not.toHaveProperty('author')
    jira.switches.hideAuthors = false
    jira.world.forgetAuthor(row.id)
    expect((await list()).json[0]).not.toHaveProperty('author')
  })
})
