import { createRequire } from 'node:module'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { aTempoWorld, secret, type TempoWorld } from './world.contract.ts'

// tempo-client, as it is published, against a listening server.
const { default: TempoApi } = createRequire(import.meta.url)(
  'tempo-client',
) as typeof import('tempo-client')

let world: TempoWorld
let api: InstanceType<typeof TempoApi>
beforeAll(async () => {
  world = await aTempoWorld()
  const url = new URL(await world.server.listen({ host: '127.0.0.1', port: 0 }))
  const options = { protocol: 'http', host: url.hostname, port: url.port, apiVersion: '3' }
  api = new TempoApi({ ...options, bearerToken: secret })
})
afterAll(() => world?.close())

describe('tempo-client', () => {
  it('defines attributes and bills to accounts', async () => {
    const attribute = { key: '_Account_', name: 'Account', type: 'ACCOUNT', required: false }
    await api.workAttributes.post(attribute as never)
    expect((await api.workAttributes.get()).results).toMatchObject([attribute])
    await api.customers.post({ key: 'ACM', name: 'Acme' })
    await api.accountCategories.post({ key: 'DEV', name: 'Development' } as never)
    expect((await api.accountCategoryTypes.get()).results).toHaveLength(4)
    const account = await api.accounts.post({
      key: 'ACME',
      name: 'Acme build',
      status: 'OPEN',
      leadAccountId: world.person.accountId,
      customerKey: 'ACM',
      categoryKey: 'DEV',
    } as never)
    expect(account).toMatchObject({ key: 'ACME', customer: { key: 'ACM' } })
    expect((await api.customers.getAccountsForCustomer('ACM')).results).toEqual([account])
    const project = await world.aProject()
    const link = await api.accountLinks.post({
      accountKey: 'ACME',
      scopeType: 'PROJECT',
      scopeId: Number(project.jiraId),
    } as never)
    expect((await api.accounts.getAccountLinksForAccount('ACME')).results).toEqual([link])
    expect((await api.accountLinks.getForProject(project.key)).results).toHaveLength(1)
    await api.accountLinks.deleteAccountLink(String(link.id))
  })

  it('writes, reads, pages and deletes worklogs', async () => {
    const issue = await world.anIssue()
    const wish = {
      issueKey: issue.key,
      timeSpentSeconds: 3_600,
      startDate: '2026-03-02',
      startTime: '09:00:00',
      authorAccountId: world.person.accountId,
      attributes: [{ key: '_Account_', value: 'ACME' }],
    }
    const written = await api.worklogs.post(wish as never)
    const id = String(written.tempoWorklogId)
    expect(written).toMatchObject({ issue: { key: issue.key }, billableSeconds: 3_600 })
    expect(await api.worklogs.getWorklog(id)).toEqual(written)
    expect(await api.worklogs.getForJiraWorklog(String(written.jiraWorklogId))).toEqual(written)
    for (const list of [
      await api.worklogs.get({ issue: [issue.key], from: '2026-03-01', to: '2026-03-31' }),
      await api.worklogs.getForUser(world.person.accountId, { limit: '10' }),
      await api.worklogs.getForIssue(issue.key),
      await api.worklogs.getForAccount('ACME', { updatedFrom: '2020-01-01' }),
    ])
      expect(list.results).toEqual([written])
    expect((await api.worklogs.getWorklogWorkAttributeValues(id)).results).toHaveLength(1)
    const changed = await api.worklogs.putWorklog(id, { ...wish, timeSpentSeconds: 60 } as never)
    expect(changed).toMatchObject({ timeSpentSeconds: 60, billableSeconds: 60 })
    await api.worklogs.deleteWorklog(id)
    await expect(api.worklogs.getWorklog(id)).rejects.toMatchObject({
      response: { status: 404, data: { errors: [{ message: 'Worklog cannot be found' }] } },
    })
  })

  it('keeps teams, roles, programs, links and memberships', async () => {
    const { accountId } = world.person
    const role = await api.roles.post({ name: 'Tester' } as never)
    expect(await api.roles.getRole(String(role.id))).toEqual(role)
    expect((await api.roles.get()).results).toContainEqual(role)
    expect(await api.roles.getDefault()).toMatchObject({ default: true })
    const program = await api.programs.post({ name: 'Orca', managerAccountId: accountId } as never)
    const programId = Number(program.id)
    const team = await api.teams.post({
      name: 'Alpha',
      leadAccountId: accountId,
      programId,
    } as never)
    const id = String(team.id)
    expect((await api.programs.getTeamsForProgram(String(programId))).results).toHaveLength(1)
    const project = await world.aProject()
    const scope = { scopeType: 'PROJECT', scopeId: Number(project.jiraId) }
    const link = await api.teamLinks.post({ teamId: Number(id), ...scope } as never)
    expect((await api.teams.getTeamLinksForTeam(id)).results).toHaveLength(1)
    expect((await api.teamLinks.getForProject(project.key)).results).toHaveLength(1)
    const member = await world.aPerson({ accountId: '557058:member' })
    const wish = { teamId: Number(id), accountId: member.accountId, roleId: Number(role.id) }
    const membership = await api.teamMemberships.post(wish as never)
    const [row] = (await api.teams.getMembersForTeam(id)).results as never as {
      member: { accountId: string }
    }[]
    expect(row?.member.accountId).toBe(member.accountId)
    expect(await api.teams.getMemberForTeam(id, member.accountId)).toMatchObject({ member: {} })
    expect(
      (await api.teams.getMemberMembershipsForTeam(id, member.accountId)).results,
    ).toHaveLength(1)
    expect((await api.teams.getPermissionsForTeam(id)).results.length).toBeGreaterThan(0)
    await api.teamMemberships.deleteTeamMembership(String(membership.id))
    await api.teamLinks.deleteTeamLink(String(link.id))
    await api.teams.deleteTeam(id)
    await api.programs.deleteProgram(String(programId))
    await api.roles.deleteRole(String(role.id))
  })

  it('keeps schedules and holidays, hands timesheets in, and plans', async () => {
    const { accountId } = world.person
    const days = ['MONDAY', 'TUESDAY', 'WEDNESDAY', 'THURSDAY', 'FRIDAY', 'SATURDAY', 'SUNDAY']
    const week = days.map((day) => ({ day, requiredSeconds: 3_600 }))
    const scheme = await api.workloadSchemes.post({ name: 'Short', days: week } as never)
    await api.workloadSchemes.postWorkloadSchemeMembers(String(scheme.id), [accountId])
    expect(await api.workloadSchemes.getForUser(accountId)).toMatchObject({ name: 'Short' })
    const holidays = await api.holidaySchemes.post({ name: 'Ours' } as never)
    const off = { type: 'FIXED', name: 'Eve', durationSeconds: 3_600, date: '2026-03-03' }
    await api.holidaySchemes.postHolidaySchemeHoliday(String(holidays.id), off as never)
    await api.holidaySchemes.postHolidaySchemeMembers(String(holidays.id), [accountId])
    const range = { from: '2026-03-02', to: '2026-03-03' }
    expect((await api.userSchedule.get(range as never)).results).toMatchObject([
      { type: 'WORKING_DAY', requiredSeconds: 3_600 },
      { type: 'HOLIDAY', requiredSeconds: 0 },
    ])
    expect(await api.periods.get(range as never)).toHaveProperty('periods.0.from', '2026-03-01')
    const lead = await world.aPerson({ accountId: '557058:manager', role: 'manager' })
    const month = { from: '2026-03-01', to: '2026-03-31' } as never
    const handed = await api.timesheetApprovals.postSubmitTimesheetForUser(
      accountId,
      { comment: 'please', reviewerAccountId: lead.accountId } as never,
      month,
    )
    expect(handed).toMatchObject({ status: { key: 'IN_REVIEW' } })
    const waiting = await api.timesheetApprovals.getWaiting()
    expect(waiting.results).toHaveLength(1)
    const said = { comment: 'done' } as never
    const approve = api.timesheetApprovals.postApproveTimesheetForUser(accountId, said, month)
    expect(await approve).toMatchObject({ status: { key: 'APPROVED', comment: 'done' } })
    const reopen = api.timesheetApprovals.postReopenTimesheetForUser(accountId, said, month)
    expect(await reopen).toMatchObject({ status: { key: 'OPEN' } })
    const issue = await world.anIssue()
    const plan = await api.plans.post({
      startDate: '2026-03-02',
      endDate: '2026-03-04',
      plannedPerDaySeconds: 600,
      accountId,
      issueKey: issue.key,
    } as never)
    expect((await api.plans.getForUser(accountId, month)).results).toHaveLength(1)
    await api.plans.deletePlan(String(plan.id))
  })

  it('tells a wrong token from one that lacks a scope', async () => {
    const { host, port } = new URL(world.server.listeningOrigin)
    const stranger = new TempoApi({
      protocol: 'http',
      host: host.split(':')[0] ?? '',
      port,
      apiVersion: '3',
      bearerToken: 'somebody-elses-secret',
    })
    await expect(stranger.worklogs.get()).rejects.toMatchObject({ response: { status: 401 } })
  })
})
