import { beforeEach, expect, it } from 'vitest'
import { openMemoryDatabase, withDatabase } from '../../test/database.ts'
import { aWorld, type Name, type World } from './world.contract.ts'

withDatabase(openMemoryDatabase, (database) => {
  let world: World
  let teamId: string
  beforeEach(async () => {
    world = await aWorld(database().store)
    teamId = (await world.call('admin', 'GET /teams')).body.teams[0].id
  })
  const ok = async (who: Name, route: string, body?: unknown) => {
    const answer = await world.call(who, route, body === undefined ? {} : { body })
    expect([route, answer.text, answer.status]).toEqual([
      route,
      answer.text,
      expect.toSatisfy((status: number) => status < 300),
    ])
    return answer
  }
  const status = async (who: Name, route: string, body?: unknown) =>
    (await world.call(who, route, body === undefined ? {} : { body })).status

  it('creates, changes by version, and removes a team, each in the audit', async () => {
    const { body: team, headers } = await ok('manager', 'POST /teams', {
      name: 'Mobile',
      lead: 'lead',
      managers: ['mate', 'lead'],
      isPublic: false,
    })
    expect(headers.location).toBe(`/api/v1/teams/${team.id}`)
    expect(team).toMatchObject({
      ...{ summary: null, leadId: world.people.lead.id, managerIds: [world.people.mate.id] },
      ...{ programId: null, isAdministrative: false, isPublic: false, mayChange: true },
    })
    const again = await world.call('manager', 'POST /teams', { body: { name: 'Mobile' } })
    expect([again.status, again.body.problems[0].field]).toEqual([409, 'name'])
    const { body: changed } = await ok('lead', `PATCH /teams/${team.id}`, { summary: 'Phones' })
    const stale = { body: { summary: null }, headers: { 'if-match': `"${team.version}"` } }
    expect((await world.call('lead', `PATCH /teams/${team.id}`, stale)).status).toBe(412)
    // Undone with the version of the change itself.
    const undo = { body: { summary: null }, headers: { 'if-match': `"${changed.version}"` } }
    expect((await world.call('lead', `PATCH /teams/${team.id}`, undo)).body.summary).toBe(null)
    expect(await status('lead', `DELETE /teams/${team.id}`)).toBe(403)
    await ok('manager', `DELETE /teams/${team.id}`)
    expect(await status('manager', `GET /teams/${team.id}`)).toBe(404)
    const actions = (await world.store.audit.list(world.site.siteId, 1, 99)).map(
      (one) => one.action,
    )
    expect(actions).toEqual(['team.create', 'team.update', 'team.update', 'team.delete'])
  })

  it('shows a closed team to its own people only', async () => {
    await ok('manager', `PATCH /teams/${teamId}`, { isPublic: false })
    for (const [who, expected] of [
      ['admin', 1],
      ['manager', 1],
      ['lead', 1],
      ['worker', 1],
      ['outsider', 0],
      ['limited', 0],
    ] as const) {
      const { body } = await ok(who, 'GET /teams')
      expect([who, body.teams.length]).toEqual([who, expected])
      const places = await ok(who, `GET /memberships?team=${teamId}`)
      expect([who, places.body.memberships.length]).toEqual([who, 2 * expected])
      expect(await status(who, `GET /teams/${teamId}`)).toBe(expected === 1 ? 200 : 404)
      const [place] = (await ok('admin', 'GET /memberships')).body.memberships
      expect(await status(who, `GET /memberships/${place.id}`)).toBe(expected === 1 ? 200 : 404)
    }
    expect(await status('outsider', `PATCH /teams/${teamId}`, { summary: 'x' })).toBe(404)
    expect(await status('worker', `PATCH /teams/${teamId}`, { summary: 'x' })).toBe(403)
  })

  it('lets every manager of a team act for its members at once', async () => {
    const log = { issue: 'OPS-1', day: '2026-03-02', timeSpentSeconds: 60, author: 'worker' }
    const boss = await world.site.aPerson({ role: 'team-lead', username: 'boss' })
    await ok('lead', `PUT /teams/${teamId}/managers/${boss.id}`)
    expect((await ok('lead', `GET /teams/${teamId}`)).body.managerIds).toEqual([boss.id])
    const { ledIds } = await world.store.teams.colleagues(
      world.site.siteId,
      boss.id,
      '2026-03-02' as never,
    )
    expect(ledIds).toContain(world.people.worker.id)
    await ok('lead', `DELETE /teams/${teamId}/managers/${boss.id}`)
    await ok('lead', `DELETE /teams/${teamId}/managers/${boss.id}`)
    // Leads may take themselves out; they act for nobody then.
    await ok('lead', `DELETE /teams/${teamId}/managers/${world.people.lead.id}`)
    expect((await ok('admin', `GET /teams/${teamId}`)).body.leadId).toBe(null)
    world.clock.advance(2_000)
    expect(await status('lead', 'POST /worklogs', log)).toBe(403)
  })

  it('keeps several places of one person in sequence, never two on a day', async () => {
    const route = `POST /teams/${teamId}/memberships`
    const place = { person: 'outsider', from: '2026-03-01', to: '2026-03-31' }
    const { body: first } = await ok('lead', route, place)
    expect(first).toMatchObject({
      person: { displayName: 'The outsider' },
      commitmentPercent: 100,
      ...{ from: '2026-03-01', to: '2026-03-31' },
    })
    for (const [from, to] of [
      [null, null],
      ['2026-03-31', null],
      [null, '2026-03-01'],
      ['2026-03-10', '2026-03-10'],
    ])
      expect(await status('lead', route, { person: 'outsider', from, to })).toBe(409)
    const next = { person: 'outsider', from: '2026-04-01', commitmentPercent: 50 }
    const { body: second } = await ok('lead', route, next)
    expect(await status('lead', `PATCH /memberships/${first.id}`, { to: '2026-04-01' })).toBe(409)
    expect(await status('lead', `PATCH /memberships/${first.id}`, { to: '2026-02-01' })).toBe(400)
    await ok('lead', `PATCH /memberships/${first.id}`, { to: '2026-03-15' })
    const { body: page } = await ok(
      'worker',
      `GET /memberships?person=${world.people.outsider.id}&from=2026-03-16&to=2026-03-31`,
    )
    expect(page.memberships).toEqual([])
    expect(await status('worker', `DELETE /memberships/${second.id}`)).toBe(403)
    await ok('lead', `DELETE /memberships/${second.id}`)
    expect(await status('lead', `GET /memberships/${second.id}`)).toBe(404)
    for (const [wish, field] of [
      [{ person: 'nobody' }, 'person'],
      [{ person: 'outsider', roleId: '999999' }, 'roleId'],
      [{ person: 'outsider', from: '2026-02-30' }, 'from'],
      [{ person: 'outsider', commitmentPercent: 101 }, 'commitmentPercent'],
    ] as const) {
      const { body } = await world.call('lead', route, { body: wish })
      expect([body.status, body.problems[0].field]).toEqual([400, field])
    }
  })

  it('takes a whole group in, and leaves members as they are', async () => {
    const { body: group } = await ok('admin', 'POST /groups', { name: 'developers' })
    for (const name of ['worker', 'outsider', 'limited'] as const)
      await ok('admin', `PUT /groups/${group.id}/members/${world.people[name].id}`)
    const wish = { group: 'developers', commitmentPercent: 20, from: '2026-03-01' }
    const { body } = await ok('lead', `POST /teams/${teamId}/group-memberships`, wish)
    expect(body.alreadyMembers).toBe(1)
    expect(body.added.map((one: { person: { id: string } }) => one.person.id)).toEqual([
      world.people.outsider.id,
      world.people.limited.id,
    ])
    const again = await ok('lead', `POST /teams/${teamId}/group-memberships`, wish)
    expect(again.body).toEqual({ added: [], alreadyMembers: 3 })
    expect(await status('worker', `POST /teams/${teamId}/group-memberships`, wish)).toBe(403)
  })

  it('links teams to projects and boards, and places resources', async () => {
    const links = `/teams/${teamId}/links`
    const { body: link } = await ok('lead', `POST ${links}`, { project: 'OPS' })
    await ok('lead', `POST ${links}`, { boardId: '17' })
    expect(await status('lead', `POST ${links}`, { project: 'OPS' })).toBe(409)
    expect(await status('lead', `POST ${links}`, { project: 'NONE' })).toBe(400)
    expect(await status('lead', `POST ${links}`, {})).toBe(400)
    expect((await ok('worker', `GET ${links}`)).body.links).toMatchObject([
      { projectId: world.project.id, boardId: null },
      { projectId: null, boardId: '17' },
    ])
    expect(await status('worker', `DELETE /team-links/${link.id}`)).toBe(403)
    await ok('lead', `DELETE /team-links/${link.id}`)
    const { body: resource } = await ok('manager', 'POST /generic-resources', { name: 'A tester' })
    expect(await status('manager', 'POST /generic-resources', { name: 'a TESTER' })).toBe(409)
    for (const _ of [1, 2]) await ok('lead', `PUT /teams/${teamId}/resources/${resource.id}`)
    expect((await ok('worker', `GET /teams/${teamId}/resources`)).body.resources).toEqual([
      {
        resourceId: resource.id,
        assignedAt: '2026-03-02T12:00:00.000Z',
        assignedBy: world.people.lead.id,
      },
    ])
    await ok('lead', `DELETE /teams/${teamId}/resources/${resource.id}`)
    expect((await ok('worker', `GET /teams/${teamId}/resources`)).body.resources).toEqual([])
  })

  it('keeps the default role, and gives it to those whose role goes', async () => {
    const { body } = await ok('worker', 'GET /team-roles')
    const [member] = body.teamRoles
    expect(member).toMatchObject({ name: 'Member', isDefault: true })
    expect(await status('manager', `DELETE /team-roles/${member.id}`)).toBe(409)
    const { body: tester } = await ok('manager', 'POST /team-roles', { name: 'Tester' })
    expect(await status('manager', 'POST /team-roles', { name: 'TESTER' })).toBe(409)
    const wish = { person: 'outsider', roleId: tester.id }
    const { body: place } = await ok('lead', `POST /teams/${teamId}/memberships`, wish)
    expect(place.roleId).toBe(tester.id)
    await ok('manager', `DELETE /team-roles/${tester.id}`)
    expect((await ok('lead', `GET /memberships/${place.id}`)).body.roleId).toBe(member.id)
  })

  it('keeps programs with their teams', async () => {
    const wish = { name: 'Orca', manager: 'lead', teamIds: [teamId] }
    const { body: program } = await ok('manager', 'POST /programs', wish)
    expect(program).toMatchObject({ managerId: world.people.lead.id, teamIds: [teamId] })
    expect((await ok('worker', `GET /teams/${teamId}`)).body.programId).toBe(program.id)
    expect(await status('manager', 'POST /programs', { name: 'x', teamIds: ['99999'] })).toBe(400)
    await ok('manager', `PATCH /programs/${program.id}`, { teamIds: [] })
    expect((await ok('worker', `GET /programs/${program.id}`)).body.teamIds).toEqual([])
    await ok('manager', `DELETE /programs/${program.id}`)
  })

  it('gives rights by permission roles, which only administrators write', async () => {
    expect(await status('outsider', `GET /people/${world.people.worker.id}/profile`)).toBe(403)
    const { body: role } = await ok('admin', 'POST /permission-roles', {
      ...{ name: 'Payroll', isGlobal: false, teamIds: [teamId] },
      ...{ rights: ['view-time'], people: ['outsider'] },
    })
    expect(role.personIds).toEqual([world.people.outsider.id])
    world.clock.advance(2_000)
    expect(await status('outsider', `GET /people/${world.people.worker.id}/profile`)).toBe(200)
    expect(await status('manager', 'GET /permission-roles')).toBe(200)
    expect(await status('lead', 'GET /permission-roles')).toBe(403)
    const global = { isGlobal: true }
    expect(await status('admin', `PATCH /permission-roles/${role.id}`, global)).toBe(400)
    expect(await status('manager', `DELETE /permission-roles/${role.id}`)).toBe(403)
    await ok('admin', `PATCH /permission-roles/${role.id}`, { ...global, teamIds: [] })
    expect(
      (await ok('admin', 'GET /permission-roles?global=true')).body.permissionRoles.length,
    ).toBe(1)
    await ok('admin', `DELETE /permission-roles/${role.id}`)
    world.clock.advance(2_000)
    expect(await status('outsider', `GET /people/${world.people.worker.id}/profile`)).toBe(403)
  })

  it('keeps what people can do, at the default level unless said', async () => {
    const { body: kotlin } = await ok('manager', 'POST /skills', { name: 'Kotlin' })
    const { body: java } = await ok('manager', 'POST /skills', { name: 'Java' })
    expect(await status('manager', 'POST /skills', { name: 'JAVA' })).toBe(409)
    const level = (name: string, isDefault: boolean) =>
      ok('manager', 'POST /skill-levels', { name, color: 'FCA800', isDefault })
    const [{ body: junior }, { body: expert }] = [
      await level('Junior', true),
      await level('Expert', true),
    ]
    const levels = (await ok('worker', 'GET /skill-levels')).body.skillLevels
    expect(levels).toMatchObject([{ isDefault: false }, { isDefault: true }])
    const profile = `/people/${world.people.worker.id}/profile`
    const { body } = await ok('lead', `PATCH ${profile}`, {
      skills: [{ skillId: kotlin.id }, { skillId: java.id, levelId: junior.id }],
    })
    expect(body.skills).toEqual([
      { skillId: kotlin.id, name: 'Kotlin', levelId: expert.id },
      { skillId: java.id, name: 'Java', levelId: junior.id },
    ])
    const { body: position } = await ok('manager', 'POST /positions', { name: 'Consultant' })
    await ok('lead', `PATCH ${profile}`, {
      skills: [{ skillId: java.id }],
      positionId: position.id,
    })
    expect((await ok('worker', `GET ${profile}`)).body).toEqual({
      personId: world.people.worker.id,
      skills: [{ skillId: java.id, name: 'Java', levelId: junior.id }],
      positionId: position.id,
      mayChange: false,
    })
    const ofTeam = `/profiles?team=${teamId}&from=2026-01-01&to=2026-12-31`
    expect((await ok('lead', `GET ${ofTeam}`)).body.profiles).toContainEqual({
      personId: world.people.worker.id,
      skills: [{ skillId: java.id, name: 'Java', levelId: junior.id }],
      positionId: position.id,
      mayChange: true,
    })
    const free = '/availability?from=2026-03-02&to=2026-03-06&hours=8'
    const able = (await ok('manager', `GET ${free}&skill=${java.id}&position=${position.id}`)).body
    expect(able.people.map((one: { id: string }) => one.id)).toEqual([world.people.worker.id])
    expect((await ok('manager', `GET ${free}&skill=${kotlin.id}`)).body.people).toEqual([])
    expect(await status('worker', `PATCH ${profile}`, { positionId: null })).toBe(403)
    expect(await status('lead', `PATCH ${profile}`, { positionId: '99999' })).toBe(400)
    expect(await status('lead', `PATCH ${profile}`, { skills: [{ skillId: '99999' }] })).toBe(400)
    await ok('manager', `DELETE /skills/${java.id}`)
    await ok('manager', `DELETE /positions/${position.id}`)
    expect((await ok('worker', `GET ${profile}`)).body).toMatchObject({
      skills: [],
      positionId: null,
    })
    const { body: resource } = await ok('manager', 'POST /generic-resources', { name: 'A dev' })
    const put = `PUT /generic-resources/${resource.id}/skills`
    expect((await ok('manager', put, { skillIds: [kotlin.id] })).body.skillIds).toEqual([kotlin.id])
  })
})
