import { expect, it } from 'vitest'
import { aSite, day } from '../../test/builders.ts'
import type { TestDatabase } from '../../test/database.ts'
import type { MembershipId } from '../domain/membership.ts'
import type { Person } from '../domain/person.ts'
import type { TeamId } from '../domain/team.ts'

export function teamsContract(database: () => TestDatabase): void {
  const aTeamWorld = async () => {
    const { store } = database()
    const site = await aSite(store)
    const [ann, bob, cid] = (await site.people([{}, {}, {}])) as [Person, Person, Person]
    return { ...site, ann, bob, cid }
  }

  it('keeps a team as it was written, with its managers', async () => {
    const { store, siteId, ann, bob, cid } = await aTeamWorld()
    const programId = await store.programs.insert(siteId, {
      name: 'Orca',
      managerId: ann.id,
      version: 1,
    })
    const team = {
      name: 'it\'s "x" 夏',
      summary: 'two\nlines',
      leadId: ann.id,
      managerIds: [bob.id, cid.id],
      programId,
      isAdministrative: true,
      isPublic: false,
      version: 7,
    }
    const id = await store.teams.create(siteId, team)
    expect(await store.teams.get(siteId, id)).toEqual({ ...team, id })
    const changed = { ...team, id, name: 'y', summary: null, leadId: null, programId: null }
    await store.teams.update(siteId, changed)
    await store.teams.setManagers(siteId, id, [cid.id])
    expect(await store.teams.get(siteId, id)).toEqual({ ...changed, managerIds: [cid.id] })
    for (const unknown of ['999999999', '0', 'x'] as TeamId[])
      await expect(store.teams.get(siteId, unknown)).rejects.toMatchObject({ code: 'not-found' })
  })

  it('keeps the reports at the home of a team in the order of their pins', async () => {
    const { store, siteId, ann, bob } = await aTeamWorld()
    const teamId = await store.teams.create(siteId, { name: 'Home', leadId: null })
    const kept = {
      ownerId: ann.id,
      definition: { filters: {} } as never,
      isShared: true,
      createdAt: 1_000,
      updatedAt: 1_000,
      version: 1,
    }
    const [one, two] = [
      await store.reports.insert(siteId, { ...kept, name: 'One' }),
      await store.reports.insert(siteId, { ...kept, name: 'Two' }),
    ]
    const pin = { reportId: one, shownAs: 'table', pinnedById: bob.id, pinnedAt: 9_000 } as const
    await store.teamReports.put(siteId, teamId, pin)
    await store.teamReports.put(siteId, teamId, { ...pin, reportId: two, pinnedAt: 8_000 })
    await store.teamReports.put(siteId, teamId, { ...pin, shownAs: 'chart' })
    const list = async () =>
      (await store.teamReports.list(siteId, teamId)).map(({ report, shownAs }) => [
        report.name,
        shownAs,
      ])
    expect(await list()).toEqual([
      ['Two', 'table'],
      ['One', 'chart'],
    ])
    expect((await store.teamReports.list(siteId, teamId))[1]).toEqual({
      report: { ...kept, name: 'One', id: one },
      shownAs: 'chart',
      pinnedById: bob.id,
      pinnedAt: 9_000,
    })
    const elsewhere = await aSite(store)
    expect(await store.teamReports.list(elsewhere.siteId, teamId)).toEqual([])
    await store.teamReports.remove(siteId, teamId, two)
    await store.reports.remove(siteId, one)
    expect(await list()).toEqual([])
    await store.teamReports.put(siteId, teamId, { ...pin, reportId: two })
    await store.teams.remove(siteId, teamId)
    expect(await store.teamReports.list(siteId, teamId)).toEqual([])
    expect((await store.reports.get(siteId, two)).name).toBe('Two')
  })

  it('lists teams by name, members, program and who may know of them', async () => {
    const { store, siteId, ann, bob } = await aTeamWorld()
    const programId = await store.programs.insert(siteId, {
      name: 'Orca',
      managerId: null,
      version: 1,
    })
    const make = (name: string, more = {}) =>
      store.teams.create(siteId, { name, leadId: null, ...more })
    const [blue, red, grey] = [
      await make('Blue'),
      await make('Red', { programId }),
      await make('Grey 50%', { isPublic: false }),
    ]
    await store.teams.addMemberships(siteId, [
      { teamId: red, personId: ann.id, from: null, to: day('2020-01-01'), commitmentPercent: 50 },
      { teamId: grey, personId: bob.id, from: null, to: null, commitmentPercent: 100 },
    ])
    const list = async (query = {}) =>
      (await store.teams.list(siteId, query)).map((team) => team.id)
    expect(await list()).toEqual([blue, red, grey])
    expect(await list({ limit: 1, afterId: blue })).toEqual([red])
    expect(await list({ text: 'RE' })).toEqual([red, grey])
    expect(await list({ text: '%' })).toEqual([grey])
    expect(await list({ name: 'Red' })).toEqual([red])
    expect(await list({ memberIds: [ann.id, bob.id] })).toEqual([red, grey])
    expect(await list({ programIds: [programId] })).toEqual([red])
    expect(await list({ visibleIds: [] })).toEqual([blue, red])
    expect(await list({ visibleIds: [grey], ids: [grey, red] })).toEqual([red, grey])
    const elsewhere = await aSite(store)
    expect(await store.teams.list(elsewhere.siteId)).toEqual([])
  })

  it('counts the lead and every manager as leading, with the rights roles give', async () => {
    const { store, siteId, ann, bob, cid } = await aTeamWorld()
    const blue = await store.teams.create(siteId, {
      name: 'blue',
      leadId: ann.id,
      managerIds: [bob.id],
    })
    await store.teams.addMemberships(siteId, [
      { teamId: blue, personId: cid.id, from: null, to: null, commitmentPercent: 100 },
    ])
    const of = (person: Person, on = '2026-03-02') =>
      store.teams.colleagues(siteId, person.id, day(on))
    for (const person of [ann, bob])
      expect(await of(person)).toEqual({
        teammateIds: [cid.id],
        ledIds: [cid.id],
        teamIds: [blue],
        grants: {},
      })
    const role = { name: 'x', isGlobal: false, teamIds: [blue], version: 1 }
    await store.permissionRoles.insert(siteId, {
      ...role,
      rights: ['view-time', 'plan-time'],
      personIds: [bob.id, cid.id],
    })
    expect((await of(bob)).grants).toEqual({ 'view-time': [cid.id], 'plan-time': [cid.id] })
    const everybody = await store.permissionRoles.insert(siteId, {
      ...{ name: 'all', isGlobal: true, teamIds: [], version: 2 },
      rights: ['view-time'],
      personIds: [bob.id],
    })
    expect((await of(bob)).grants).toEqual({ 'view-time': 'everybody', 'plan-time': [cid.id] })
    await store.permissionRoles.remove(siteId, everybody)
    expect((await of(bob)).grants).toEqual({ 'view-time': [cid.id], 'plan-time': [cid.id] })
    expect((await of(ann)).grants).toEqual({})
  })

  it('keeps memberships, those without a role in the default one', async () => {
    const { store, siteId, ann, bob } = await aTeamWorld()
    const teamId = await store.teams.create(siteId, { name: 'blue', leadId: null })
    const member = await store.teamRoles.getDefault(siteId)
    expect(member).toMatchObject({ name: 'Member', isDefault: true })
    const tester = await store.teamRoles.insert(siteId, {
      name: 'Tester',
      isDefault: false,
      version: 1,
    })
    const rows = [
      { teamId, personId: ann.id, from: null, to: day('2026-02-28'), commitmentPercent: 50 },
      {
        ...{ teamId, personId: bob.id, from: day('2026-03-01'), to: null },
        ...{ commitmentPercent: 0, roleId: tester, version: 9 },
      },
    ]
    const ids = await store.memberships.insert(siteId, rows)
    expect(await store.memberships.insert(siteId, [])).toEqual([])
    const list = async (query = {}) =>
      (await store.memberships.list(siteId, { limit: 9, ...query })).map((one) => one.id)
    expect(await store.memberships.get(siteId, ids[0]!)).toEqual({
      ...{ ...rows[0]!, id: ids[0], roleId: member.id, version: 0 },
    })
    expect(await store.memberships.get(siteId, ids[1]!)).toEqual({ ...rows[1]!, id: ids[1] })
    expect(await list()).toEqual(ids)
    expect(await list({ personIds: [bob.id], teamIds: [teamId] })).toEqual([ids[1]])
    expect(await list({ roleIds: [tester] })).toEqual([ids[1]])
    expect(await list({ limit: 1, afterId: ids[0] })).toEqual([ids[1]])
    const on = (text: string) => list({ during: { from: day(text), to: day(text) } })
    expect([await on('2026-02-28'), await on('2026-03-01')]).toEqual([[ids[0]], [ids[1]]])
    expect(await list({ visibleTeamIds: [] })).toEqual(ids)
    await store.teams.update(siteId, {
      ...(await store.teams.get(siteId, teamId)),
      isPublic: false,
    })
    expect(await list({ visibleTeamIds: [] })).toEqual([])
    expect(await list({ visibleTeamIds: [teamId] })).toEqual(ids)
    await store.teamRoles.remove(siteId, tester)
    expect((await store.memberships.get(siteId, ids[1]!)).roleId).toBe(member.id)
    await store.memberships.remove(siteId, ids[1]!)
    const gone = store.memberships.get(siteId, ids[1] as MembershipId)
    await expect(gone).rejects.toMatchObject({ code: 'not-found' })
  })

  it('removes a team with all that hangs on it, and nothing else', async () => {
    const { store, siteId, ann, aProject } = await aTeamWorld()
    const project = await aProject()
    const make = async (name: string) => {
      const teamId = await store.teams.create(siteId, {
        ...{ name, leadId: ann.id, managerIds: [ann.id] },
      })
      await store.teams.addMemberships(siteId, [
        { teamId, personId: ann.id, from: null, to: null, commitmentPercent: 100 },
      ])
      await store.teamLinks.insert(siteId, {
        teamId,
        scope: { type: 'project', projectId: project.id },
        version: 1,
      })
      return teamId
    }
    const [kept, gone] = [await make('kept'), await make('gone')]
    const roleId = await store.permissionRoles.insert(siteId, {
      ...{ name: 'x', isGlobal: false, rights: ['plan-time'], personIds: [ann.id], version: 1 },
      teamIds: [kept, gone],
    })
    const resourceId = await store.resources.insert(siteId, {
      ...{ name: 'a tester', createdAt: 0, createdBy: ann.id, updatedAt: 0, updatedBy: ann.id },
      version: 1,
    })
    for (const teamId of [kept, gone])
      await store.resources.place(siteId, { teamId, resourceId, assignedAt: 5, assignedBy: ann.id })
    await store.teams.remove(siteId, gone)
    expect((await store.teams.list(siteId)).map((team) => team.id)).toEqual([kept])
    expect(await store.memberships.list(siteId, { limit: 9 })).toHaveLength(1)
    expect(await store.teamLinks.list(siteId, { projectId: project.id, limit: 9 })).toMatchObject([
      { teamId: kept, scope: { type: 'project', projectId: project.id } },
    ])
    expect((await store.permissionRoles.get(siteId, roleId)).teamIds).toEqual([kept])
    expect(await store.resources.placesIn(siteId, [kept])).toEqual([
      { teamId: kept, resourceId, assignedAt: 5, assignedBy: ann.id },
    ])
  })

  it('gives a program exactly its teams', async () => {
    const { store, siteId } = await aTeamWorld()
    const teams = [
      await store.teams.create(siteId, { name: 'a', leadId: null }),
      await store.teams.create(siteId, { name: 'b', leadId: null }),
    ] as const
    const program = { name: 'Orca', managerId: null, version: 1 }
    const [orca, brio] = [
      await store.programs.insert(siteId, program),
      await store.programs.insert(siteId, program),
    ]
    const of = async (id: typeof orca) =>
      (await store.teams.list(siteId, { programIds: [id] })).map((team) => team.id)
    await store.programs.setTeams(siteId, orca, teams)
    await store.programs.setTeams(siteId, brio, [teams[1]])
    expect([await of(orca), await of(brio)]).toEqual([[teams[0]], [teams[1]]])
    await store.programs.setTeams(siteId, orca, [])
    await store.programs.remove(siteId, brio)
    expect([await of(orca), await of(brio)]).toEqual([[], []])
    expect(await store.programs.list(siteId, { limit: 9 })).toEqual([{ ...program, id: orca }])
  })
}
