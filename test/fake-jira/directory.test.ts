import { describe, expect, it } from 'vitest'
import { ask, type Loose, plant, useFakeJira } from './ask.ts'

const start = useFakeJira()

function names(list: Loose | undefined): string[] {
  return (list as unknown as { displayName: string }[]).map(({ displayName }) => displayName)
}

describe('people on Cloud', () => {
  it('are listed with apps and inactive ones, a page at a time', async () => {
    const jira = await start({ dialect: 'cloud' })
    const { bob } = plant(jira)
    jira.world.addUser({ name: 'bot', accountType: 'app' })
    jira.world.editUser(bob, { active: false })
    jira.world.forgetUser(jira.world.addUser({ name: 'gone' }))
    const { json } = await ask(jira, 'GET users/search?maxResults=1000')
    expect(json).toMatchObject([
      { accountType: 'atlassian', active: true },
      { accountId: bob.accountId, active: false },
      { accountType: 'app' },
    ])
    expect(json[0]).not.toHaveProperty('name')
    expect((await ask(jira, 'GET users/search?startAt=1&maxResults=1')).json).toHaveLength(1)
    expect(names((await ask(jira, 'GET user/search?query=bo')).json)).toEqual(['Bob', 'bot'])
  })

  it('are not asked for by name', async () => {
    const jira = await start({ dialect: 'cloud' })
    for (const path of ['user?username=admin', 'user?key=x', 'user/search?username=a']) {
      const { status, json } = await ask(jira, `GET ${path}`)
      expect(status).toBe(400)
      expect(String(json.errorMessages)).toContain('GDPR strict mode')
    }
  })

  it('come in bulk by account id, ten unless told', async () => {
    const jira = await start({ dialect: 'cloud' })
    const people = Array.from({ length: 12 }, () => jira.world.addUser())
    const query = people.map(({ accountId }) => `accountId=${accountId}`).join('&')
    const { json } = await ask(jira, `GET user/bulk?${query}`)
    expect(json).toMatchObject({ maxResults: 10, total: 12, isLast: false })
    const rest = await ask(jira, `GET user/bulk?startAt=10&maxResults=200&${query}`)
    expect(rest.json).toMatchObject({ startAt: 10, isLast: true })
    expect((await ask(jira, 'GET user/bulk')).status).toBe(400)
  })
})

describe('people on Data Center', () => {
  it('are searched by username, a dot meaning everybody', async () => {
    const jira = await start({ dialect: 'dc' })
    const { bob } = plant(jira)
    jira.world.editUser(bob, { active: false })
    expect(names((await ask(jira, 'GET user/search?username=.')).json)).toEqual(['Ada Admin'])
    const all = await ask(jira, 'GET user/search?username=.&includeInactive=true&maxResults=1000')
    expect(all.json).toMatchObject([{ name: 'admin' }, { name: 'bob', key: bob.key }])
    expect(all.json[0]).not.toHaveProperty('accountId')
    expect((await ask(jira, 'GET user/search?query=bob')).status).toBe(400)
  })

  it('are found by key and name until they are gone', async () => {
    const jira = await start({ dialect: 'dc' })
    const { bob } = plant(jira)
    expect((await ask(jira, `GET user?key=${bob.key}`)).json.name).toBe('bob')
    expect((await ask(jira, 'GET user?username=bob')).json.key).toBe(bob.key)
    expect((await ask(jira, 'GET user')).status).toBe(400)
    jira.world.forgetUser(bob)
    expect((await ask(jira, `GET user?key=${bob.key}`)).status).toBe(404)
  })
})

describe('groups', () => {
  it('are listed by bulk on Cloud and by the picker on Data Center', async () => {
    const cloud = await start({ dialect: 'cloud' })
    const group = cloud.world.addGroup('board')
    expect((await ask(cloud, 'GET group/bulk')).json).toMatchObject({
      isLast: true,
      values: [{ name: 'board', groupId: group.id }],
    })
    const dc = await start({ dialect: 'dc' })
    for (let at = 0; at < 21; at += 1) dc.world.addGroup(`group ${at}`)
    expect((await ask(dc, 'GET groups/picker')).json.groups).toHaveLength(20)
    const all = await ask(dc, 'GET groups/picker?maxResults=1000')
    expect(all.json.groups).toHaveLength(21)
  })

  it.each(['cloud', 'dc'] as const)('give their members, fifty a page, on %s', async (dialect) => {
    const jira = await start({ dialect })
    const { bob } = plant(jira)
    const crowd = Array.from({ length: 51 }, () => jira.world.addUser())
    const group = jira.world.addGroup('crowd', [bob, ...crowd])
    jira.world.editUser(bob, { active: false })
    const which = dialect === 'cloud' ? `groupId=${group.id}` : 'groupname=crowd'
    const page = await ask(jira, `GET group/member?${which}&maxResults=1000`)
    expect(page.json).toMatchObject({ maxResults: 50, total: 51, isLast: false })
    const all = await ask(jira, `GET group/member?${which}&includeInactiveUsers=true&startAt=50`)
    expect(all.json).toMatchObject({ total: 52, isLast: true })
    expect((await ask(jira, 'GET group/member?groupname=no')).status).toBe(404)
    expect((await ask(jira, 'GET group/member')).status).toBe(400)
    const asAnybody = await ask(jira, `GET group/member?${which}`, undefined, { as: crowd[0]! })
    expect(asAnybody.status).toBe(403)
  })
})

describe('projects', () => {
  it('are an array on Data Center and pages on Cloud', async () => {
    for (const dialect of ['cloud', 'dc'] as const) {
      const jira = await start({ dialect })
      const { bob, project } = plant(jira)
      jira.world.addProject({ key: 'AAA', lead: bob, category: { id: '1', name: 'Customers' } })
      const all =
        dialect === 'dc' ? await ask(jira, 'GET project') : await ask(jira, 'GET project/search')
      const list = dialect === 'dc' ? all.json : all.json.values
      expect(list).toMatchObject([
        { key: 'AAA', projectCategory: { name: 'Customers' } },
        { key: 'ABC' },
      ])
      expect((await ask(jira, 'GET project/AAA')).json.lead!.displayName).toBe('Bob')
      jira.world.hideProject(project, bob)
      expect((await ask(jira, 'GET project/ABC', undefined, { as: bob })).status).toBe(404)
    }
  })

  it('come at most a hundred at once on Cloud', async () => {
    const jira = await start({ dialect: 'cloud' })
    for (let at = 0; at < 101; at += 1) jira.world.addProject({ key: `P${at}` })
    const { json } = await ask(jira, 'GET project/search?maxResults=1000')
    expect(json).toMatchObject({ maxResults: 100, total: 101, isLast: false })
  })
})

describe('filters', () => {
  it('give their JQL; an absent one is 404 or 400', async () => {
    for (const [dialect, absent] of [
      ['cloud', 400],
      ['dc', 404],
    ] as const) {
      const jira = await start({ dialect })
      const owner = jira.world.admin
      const { id } = jira.world.addFilter({ name: 'Mine', jql: 'project = ABC', owner })
      expect((await ask(jira, `GET filter/${id}`)).json).toMatchObject({ jql: 'project = ABC' })
      expect((await ask(jira, 'GET filter/favourite')).json).toMatchObject([{ name: 'Mine' }])
      expect((await ask(jira, 'GET filter/7')).status).toBe(absent)
    }
  })

  it('show the JQL in Cloud search only when asked', async () => {
    const jira = await start({ dialect: 'cloud' })
    jira.world.addFilter({ name: 'Mine', jql: 'id > 1', owner: jira.world.admin })
    expect((await ask(jira, 'GET filter/search')).json.values![0]).not.toHaveProperty('jql')
    const { json } = await ask(jira, 'GET filter/search?expand=jql&filterName=min')
    expect(json.values).toMatchObject([{ name: 'Mine', jql: 'id > 1' }])
  })
})

describe('what a Jira says of itself', () => {
  it('tells Cloud from Data Center, also to strangers', async () => {
    for (const [dialect, type] of [
      ['cloud', 'Cloud'],
      ['dc', 'Server'],
    ] as const) {
      const jira = await start({ dialect, contextPath: '/jira' })
      const { json } = await ask(jira, 'GET serverInfo', undefined, { authorization: undefined })
      expect(json).toMatchObject({ deploymentType: type, baseUrl: jira.url })
      expect(json.serverTime).toBe('2026-03-02T12:00:00.000+0000')
    }
  })

  it('may have a wrong clock and a zone of its own', async () => {
    const jira = await start({ dialect: 'dc', switches: { serverTimeSkewMs: -90_000 } })
    jira.world.state.settings.timeZone = 'Asia/Kolkata'
    const { json, headers } = await ask(jira, 'GET serverInfo')
    expect(json.serverTime).toBe('2026-03-02T17:28:30.000+0530')
    expect(headers.get('date')).toBe('Mon, 02 Mar 2026 11:58:30 GMT')
  })

  it('lists settings, fields, statuses and permissions', async () => {
    const jira = await start({ dialect: 'cloud' })
    const { bob, project } = plant(jira)
    jira.world.denyLogging(project, bob)
    jira.world.state.fieldNames.set('customfield_7', 'Points')
    expect((await ask(jira, 'GET configuration')).json.timeTrackingConfiguration).toEqual({
      workingHoursPerDay: 8,
      workingDaysPerWeek: 5,
      timeFormat: 'pretty',
      defaultUnit: 'minute',
    })
    const fields = (await ask(jira, 'GET field')).json as unknown as { id: string }[]
    expect(fields.find(({ id }) => id === 'customfield_7')).toMatchObject({ name: 'Points' })
    expect((await ask(jira, 'GET status')).json).toMatchObject([{ name: 'To Do' }])
    expect((await ask(jira, 'GET issuetype')).json).toMatchObject([{ name: 'Task' }])
    const path = 'GET mypermissions?projectKey=ABC&permissions=WORK_ON_ISSUES'
    const { json } = await ask(jira, path, undefined, { as: bob })
    expect(json.permissions).toMatchObject({ WORK_ON_ISSUES: { havePermission: false } })
    expect((await ask(jira, 'GET mypermissions')).status).toBe(400)
  })

  it('answers an unknown route with its own 404, a wrong method with 405', async () => {
    const jira = await start({ dialect: 'dc' })
    const { status, json } = await ask(jira, 'GET nothing?x=1')
    expect([status, json]).toEqual([
      404,
      { errorMessages: [`null for uri: ${jira.url}/rest/api/2/nothing?x=1`], errors: {} },
    ])
    expect((await ask(jira, 'DELETE myself')).status).toBe(405)
  })
})
