import { describe, expect, it } from 'vitest'
import { openMemoryDatabase, withDatabase } from '../../../test/database.ts'
import { loggableUrl } from '../../http/log.ts'
import { parseDate } from './date.ts'
import { aWorld } from './world.contract.ts'

withDatabase(openMemoryDatabase, (database) => {
  const open = (options?: Parameters<typeof aWorld>[1]) => aWorld(database(), options)

  it('takes the token from the first of four places that has one', async () => {
    const world = await open()
    const { token } = world
    const status = async (query: string, headers: Record<string, string> = {}) =>
      (await world.ask(`GET /team/list?${query}`, headers)).status
    expect(await status('', { 'auth-token': token })).toBe(200)
    expect(await status(`auth-token=${token}`)).toBe(200)
    expect(await status('', { auth_token: token })).toBe(200)
    expect(await status(`auth_token=${token}`)).toBe(200)
    expect(await status('')).toBe(401)
    expect(await status('auth_token=')).toBe(401)
    expect(await status(`auth_token==${token}`)).toBe(401)
    expect(await status(`auth_token=${token}`, { 'auth-token': 'wrong' })).toBe(401)
    expect(await status('auth-token=wrong', { 'auth-token': token })).toBe(200)
    expect(await status(`auth_token=${token}`, { 'auth-token': '' })).toBe(200)
    const url = `/rest/api/1/team/list?auth_token=${token}&auth-token=${token}`
    expect(loggableUrl(url)).not.toContain(token)
  })

  it('is closed while it is switched off, and to everybody but administrators', async () => {
    const world = await open()
    const manager = await world.person('21', { role: 'manager' })
    const headers = { 'auth-token': await world.tokenFor(manager) }
    expect((await world.ask('GET /team/list', headers)).status).toBe(403)
    const reader = { 'auth-token': await world.tokenFor(world.admin, ['read']) }
    expect((await world.ask('GET /team/list', reader)).status).toBe(200)
    expect((await world.ask('POST /skill?name=X', reader)).status).toBe(403)
    await world.settings({ isActivityTimelineOn: false })
    const off = await world.ask('GET /team/list')
    expect([off.status, off.type, off.text]).toEqual([
      403,
      'application/json;charset=UTF-8',
      '{"message":"REST API is turned off"}',
    ])
    expect((await world.ask('GET /team/list', {})).status).toBe(401)
  })

  it('answers 404 and 405 in its own shape, and leaves the other versions of /rest/api alone', async () => {
    const world = await open()
    for (const [route, status] of [
      ['GET /nothing', 404],
      ['POST /session', 404],
      ['DELETE /session', 404],
      ['PATCH /event/1', 405],
      ['POST /timeline', 405],
      ['GET /team/list/', 200],
    ] as const) {
      const answer = await world.ask(route)
      expect([route, answer.status, answer.type]).toEqual([
        route,
        status,
        'application/json;charset=UTF-8',
      ])
    }
  })

  describe('parameters', () => {
    const period = 'start=2026-03-02&end=2026-03-06'
    it.each([
      'GET /timeline?start=2026-03-02&end=2026-03-06',
      'GET /timeline?end=2026-03-06&teamId=1',
      'GET /timeline?start=2026-02-30&end=2026-03-06&teamId=1',
      'GET /timeline?start=2026-03-07&end=2026-03-06&teamId=1',
      `GET /timeline?${period}&teamId=x`,
      `GET /timeline?${period}&teamId=9223372036854775808`,
      `GET /timeline?${period}&teamId=4711`,
      `GET /timeline/nobody?${period}`,
      `GET /timeline/admin?${period}&eventType=JIRA_ISSUE`,
      `GET /timeline/admin?${period}&eventType=booking`,
      'GET /workload/admin?start=2020-01-01&end=2026-01-01',
      `GET /workload?${period}&teamId=4711`,
      'GET /capacity/admin',
      'GET /user?startOffset=x',
      'GET /user?startOffSet=-1',
      'GET /user/nobody',
      'GET /user/nobody/role',
      'GET /user/nobody/skill',
      'DELETE /user/nobody/skill',
      'POST /user/admin/skill/1',
      'POST /user/admin/skill/x?levelId=1',
      'DELETE /user/admin/skill/1',
      'POST /user/admin/position',
      'POST /user/admin/position?positionId=4711',
      'DELETE /user/admin/position?positionId=4711',
      'GET /skill/4711',
      'POST /skill',
      'POST /skill/level?name=x',
      'POST /skill/level?name=x&color=red',
      'POST /skill/level?name=x&color=112233&isDefault=yes',
      'GET /position/4711',
      'POST /position',
      'GET /team/4711',
      'DELETE /team/4711',
      'POST /team/4711/member?username=admin',
      'GET /team/4711/manager',
      'GET /project/list?state=closed',
      'POST /project/4711/state?state=active',
      'POST /project/4711/state',
      `POST /event?${period}&username=admin&eventTitle=x`,
      `POST /event?${period}&username=admin&eventTypeId=4711&eventTitle=x`,
      `POST /event?${period}&username=admin&eventTypeId=1001`,
      `POST /event?${period}&eventTypeId=1001&eventTitle=x`,
      `POST /event?${period}&username=admin&teamId=1&eventTypeId=1001&eventTitle=x`,
      `POST /event?${period}&username=admin&eventTypeId=1001&eventTitle=x&hours=25`,
      `POST /event?${period}&username=admin&eventTypeId=1001&eventTitle=x&hours=1,5`,
      `POST /event?${period}&username=admin&eventTypeId=1001&eventTitle=x&color=pink`,
      `POST /event?${period}&username=admin&eventTypeId=1001&eventTitle=x&isApproved=1`,
      `POST /event?${period}&username=admin&eventTypeId=1001&eventTitle=x&projectKey=NO`,
      'GET /event/x',
      `PUT /event?${period}`,
      `PUT /event/4711?${period}`,
      'DELETE /event/4711',
      'POST /event/4711/color',
      'PUT /worklog/approve/x',
      'PUT /worklog/4711?date=2026-03-02T09:00:00Z&username=admin&timeSpent=1h',
      'DELETE /worklog/4711',
      'GET /worklog/list?start=2026-03-02',
      `GET /worklog/list?${period}&category=7`,
      `GET /worklog/list?${period}&projectKey=NO`,
      'POST /worklog?username=admin&issueKey=A-1&timeSpent=1h',
      'POST /worklog?date=2026-03-02&username=admin&issueKey=A-1&timeSpent=1h',
      'POST /worklog?date=2026-03-02T09:00:00Z&username=admin&issueKey=NO-1&timeSpent=1h',
    ])('%s is 400 and says why', async (route) => {
      shared ??= open()
      const world = await shared
      const before = await world.site.store.sites.get(world.site.siteId)
      const { status, text } = await world.ask(route)
      expect([status, JSON.parse(text)]).toEqual([400, { message: expect.stringMatching(/\w/) }])
      expect(await world.site.store.sites.get(world.site.siteId)).toEqual(before)
    })
    let shared: ReturnType<typeof open> | undefined

    it.each([
      'GET /event/4711',
      'POST /event/4711/color?color=Red',
      'PUT /worklog/approve/4711',
      'PUT /worklog/unapprove/4711',
    ])('%s is 404', async (route) => {
      shared ??= open()
      const world = await shared
      expect((await world.ask(route)).status).toBe(404)
    })
  })

  it('ignores unknown names, and takes the first of a repeated one and a form', async () => {
    const world = await open()
    const period = 'start=2026-03-02&end=2026-03-06&start=x'
    expect((await world.ask(`GET /timeline/admin?${period}&startAt=5&maxResults=1`)).status).toBe(
      200,
    )
    const form = await world.server.inject({
      method: 'POST',
      url: '/rest/api/1/skill',
      headers: {
        'auth-token': world.token,
        'content-type': 'application/x-www-form-urlencoded',
      },
      payload: 'name=Two+words',
    })
    expect(form.body).toContain('Skill Two words successfully created!')
  })

  it('pages users, members and worklogs, and gives nothing past the end', async () => {
    const world = await open()
    await world.site.people(
      Array.from({ length: 100 }, (_, at) => ({ username: `u${1_000 + at}` })),
    )
    const users = async (query: string) =>
      (JSON.parse((await world.ask(`GET /user?${query}`)).text) as { username: string }[]).map(
        ({ username }) => username,
      )
    expect(await users('')).toHaveLength(100)
    expect(await users('startOffSet=100')).toEqual(['u1099'])
    expect(await users('startOffset=101')).toEqual([])
    const people = await world.site.people(Array.from({ length: 51 }, () => ({})))
    const teamId = await world.team('9007199254740995', 'Big', people)
    const week = `start=2026-03-02&end=2026-03-02&teamId=${teamId}`
    const members = async (query: string) =>
      (JSON.parse((await world.ask(`GET /workload?${week}&${query}`)).text) as { members: [] })
        .members.length
    expect(await members('')).toBe(50)
    expect(await members('maxUsers=200')).toBe(50)
    expect(await members('startOffset=50')).toBe(1)
    expect(await members('startOffset=51')).toBe(0)
    expect((await world.ask(`GET /workload?${week}&maxUsers=0`)).status).toBe(400)
    await world.site.worklogs(Array.from({ length: 1_001 }, () => ({})))
    const logs = async (offset: number) => {
      const route = `GET /worklog/list?start=1970-01-01&end=2030-01-01&startOffset=${offset}`
      return (JSON.parse((await world.ask(route)).text) as unknown[]).length
    }
    expect([await logs(0), await logs(1_000), await logs(1_001)]).toEqual([1_000, 1, 0])
  })

  it.each([
    '2021-04-15T01:14:00+03:00',
    '2021-04-15T01:14:00.000+0300',
    '2021-04-15 01:14:00 +0300',
    '2021-04-15 01:14:00 0300',
    '2021-04-15T01:14:00 03:00',
    '2021-04-14T22:14:00Z',
  ])('reads the date %s', (text) => {
    expect(parseDate(text).instant).toBe(Date.UTC(2021, 3, 14, 22, 14))
  })

  it.each(['2021-04-15', '2021-04-15T01:14:00', '2021-13-15T01:14:00Z', 'x'])(
    'reads no date in %s',
    (text) => {
      expect(() => parseDate(text)).toThrow(/date/)
    },
  )

  it('escapes names in the messages of events, and keeps an unapproved type unapproved', async () => {
    const world = await open()
    await world.rows('event_type', [{ id: '3000', kind: 'note', name: '<img src=x>' }])
    const route =
      'POST /event?start=2026-03-02&end=2026-03-02&username=admin&eventTypeId=3000&eventTitle=x&isApproved=TRUE&hours=3'
    const { text } = await world.ask(route)
    expect(JSON.parse(text).message).toBe(
      'admin|||<b>&lt;img src=x&gt;</b> has been successfully created for admin.',
    )
    const id = /"id":(\d+)/.exec(text)![1]!
    expect(JSON.parse((await world.ask(`GET /event/${id}`)).text)).toMatchObject({
      id,
      approvedBy: null,
      summary: '[<img src=x>] x',
      originalTimeEstimate: 0,
    })
  })

  it('puts events on the panel of a team, and a day off of the whole day is a full one', async () => {
    const world = await open()
    const teamId = await world.team('9007199254740997', 'Panel <b>')
    const event = `POST /event?start=2026-03-02&end=2026-03-02&eventTitle=x`
    const { text } = await world.ask(`${event}&eventTypeId=1001&teamId=${teamId}`)
    expect(JSON.parse(text)).toMatchObject({
      users: [],
      message:
        'Panel &lt;b&gt;|||<b>Booking</b> has been successfully created for Panel &lt;b&gt;.',
    })
    expect((await world.ask(`${event}&eventTypeId=1004&teamId=${teamId}`)).status).toBe(400)
    const capacity = async (day: string) =>
      JSON.parse((await world.ask(`GET /capacity/admin?start=${day}&end=${day}`)).text).capacity[0]
        .hours
    await world.ask(`${event}&username=admin&eventTypeId=1003&hours=8`)
    expect(await capacity('2026-03-02')).toBe('0')
    await world.ask(
      'POST /event?start=2026-03-03&end=2026-03-03&eventTitle=x&username=admin&eventTypeId=1003&hours=2.5',
    )
    expect(await capacity('2026-03-03')).toBe('5.5')
  })

  it('schedules issues through the calls of events, but does not delete them', async () => {
    const world = await open()
    const issue = await world.site.anIssue({ remainingEstimateSeconds: 36_000 })
    const id = '9007199254740999'
    await world.events(world.admin, [
      { id, kind: 'issue', issueId: issue.id, title: '', to: '2026-03-06' },
    ])
    expect((await world.ask(`DELETE /event/${id}`)).status).toBe(400)
    const moved = await world.ask(`PUT /event/${id}?start=2026-03-09&end=2026-03-10&hours=3`)
    expect(JSON.parse(moved.text)).toMatchObject({ users: ['admin'] })
    const load = await world.ask('GET /workload/admin?start=2026-03-09&end=2026-03-10')
    expect(JSON.parse(load.text).workload.map(({ hours }: { hours: number }) => hours)).toEqual([
      3, 3,
    ])
    const green = await world.ask(`POST /event/${id}/color?color=green`)
    expect(green.text).toContain(`{"id":${id},"issueId":${issue.jiraId},`)
  })

  it('tells hours of projects apart where asked, and filters by one', async () => {
    const world = await open()
    const [one, two] = [
      await world.site.aProject({ key: 'ONE' }),
      await world.site.aProject({ key: 'TWO' }),
    ]
    await world.events(world.admin, [
      { projectId: one.id, secondsPerDay: 7_200 },
      { projectId: two.id, secondsPerDay: 5_400 },
      { secondsPerDay: 1_800 },
    ])
    const teamId = await world.team('9007199254740993', 'T', [world.admin])
    const week = `start=2026-03-02&end=2026-03-03&teamId=${teamId}`
    const hours = async (query: string) => {
      const { text } = await world.ask(`GET /workload?${week}&${query}`)
      return JSON.parse(text).members[0].workload.map((day: { hours: unknown }) => day.hours)
    }
    expect(await hours('')).toEqual([4, 0])
    expect(await hours('includeProjectDetails=true')).toEqual([{ '': 0.5, ONE: 2, TWO: 1.5 }, 0])
    expect(await hours('projectKey=ONE')).toEqual([2, 0])
    expect(await hours('projectKey=NO')).toEqual([0, 0])
  })

  it('shows worklogs on a timeline where asked', async () => {
    const world = await open()
    const worklog = await world.site.aWorklog({ author: world.admin, comment: 'done' })
    const { text } = await world.ask(
      'GET /timeline/admin?start=2026-03-02&end=2026-03-02&eventType=WORKLOG',
    )
    expect(JSON.parse(text).issues).toMatchObject([
      { id: worklog.jiraId, comment: 'done', category: 0 },
    ])
    const all = await world.ask('GET /timeline/admin?start=2026-03-02&end=2026-03-02')
    expect(JSON.parse(all.text).issues).toEqual([])
  })

  it('takes time off the bill where the category says so', async () => {
    const world = await open()
    const project = await world.site.aProject({ key: 'CAT' })
    await world.site.anIssue({ key: 'CAT-1', project })
    const log = (more: string) =>
      world.ask(
        `POST /worklog?username=admin&date=2026-03-02T09:00:00%2B00:00&issueKey=CAT-1&timeSpent=4h%2030m${more}`,
      )
    const one = JSON.parse((await log('&category=1')).text)
    expect(one).toMatchObject({
      category: 1,
      timeSpent: 16_200,
      date: '2026-03-02T09:00:00.000+00:00',
    })
    const [stored] = await world.site.store.worklogs.findByJiraIds(world.site.siteId, 0 as never, [
      String(one.worklogId),
    ])
    expect(stored).toMatchObject({ category: 'Non-Billable', billableSeconds: 0 })
    expect((await log('&category=9')).status).toBe(400)
    await world.settings({ approvesWorklogs: false })
    expect((await world.ask(`PUT /worklog/approve/${one.worklogId}`)).status).toBe(403)
  })
})
