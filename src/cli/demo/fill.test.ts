import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openMemoryDatabase } from '../../../test/database.ts'
import { addMonths, endOfMonth, parseDay } from '../../domain/day.ts'
import { lockOver } from '../../domain/lock.ts'
import type { PersonId } from '../../domain/person.ts'
import { ownConnection, type SiteId } from '../../domain/site.ts'
import type { Store } from '../../domain/store.ts'
import { readRequired } from '../../domain/working-time.ts'
import { parseInstant } from '../../domain/zone.ts'
import { makeCompany } from './company.ts'
import { fillDemo } from './fill.ts'

const today = parseDay('2026-11-24')
const now = parseInstant('2026-11-24T11:00:00Z').instant
const company = makeCompany({ today, seed: 1 })
const everybody = { kind: 'all' } as const

describe('fillDemo', () => {
  let store: Store
  let siteId: SiteId
  let counts: Awaited<ReturnType<typeof fillDemo>>

  beforeAll(async () => {
    store = (await openMemoryDatabase()).store
    siteId = (await store.sites.create({ name: 'Demo', timeZone: 'Europe/Berlin' })).id
    counts = await fillDemo({ store, siteId, company, now })
  })
  afterAll(() => store.close())

  it('stores as many rows as it says', async () => {
    expect(counts.people).toBe(25)
    expect(counts.issues).toBe(600)
    const tally = await store.worklogs.tally({ siteId, viewer: everybody })
    expect(tally).toMatchObject({ count: counts.worklogs, hiddenCount: 0 })
  })

  it('leaves out what would end after now, and nothing else', async () => {
    const isOver = (row: (typeof company.worklogs)[number]) =>
      row.startedAt + row.timeSpentSeconds * 1000 <= now
    const missing = company.worklogs.filter((row) => !isOver(row))
    expect(counts.worklogs).toBe(company.worklogs.length - missing.length)
    expect(missing.length).toBeGreaterThan(0)
    expect(missing.every((row) => row.day === today)).toBe(true)
    const rows = await store.worklogs.find(
      { siteId, viewer: everybody, period: { from: today } },
      { limit: 1000 },
    )
    expect(rows.every((row) => row.createdAt <= now && row.updatedAt <= now)).toBe(true)
  })

  it('makes the administrator known under the name admin', async () => {
    const [admin] = (await store.people.findByNames(siteId, ['admin'])).get('admin') ?? []
    expect(admin).toMatchObject({ role: 'administrator', email: 'admin@example.com' })
    const identities = await store.people.findIdentities(siteId, [
      { connectionId: ownConnection, kind: 'username', value: 'admin' },
    ])
    expect(identities.map((one) => one.personId)).toEqual([admin!.id])
    expect(await store.groups.namesOf(siteId, admin!.id)).toContain('jira-administrators')
  })

  it('gives each worklog the version it was created with, without holes', async () => {
    const first = await store.worklogs.find(
      { siteId, viewer: everybody, order: 'id' },
      { limit: 1000 },
    )
    expect(first.every((row) => row.version === row.createdVersion)).toBe(true)
    expect(first.every((row, at) => row.version === first[0]!.version + at)).toBe(true)
    expect(first.every((row) => row.connectionId === ownConnection)).toBe(true)
    const last = first[0]!.version - 1 + counts.worklogs
    const changes = await store.worklogs.changedSince(siteId, everybody, last - 5, 10)
    expect(changes.map((change) => change.kind)).toEqual(Array(5).fill('created'))
  })

  it('numbers the next issue of a project after those of the demo', async () => {
    const [orca] = (await store.projects.findByNames(siteId, ['ORCA'])).get('ORCA') ?? []
    const next = await store.write(siteId, (tx) => tx.projects.nextIssueNumber(siteId, orca!.id))
    expect(next).toBe(121)
  })

  it('keeps sub-tasks under their parents', async () => {
    const source = company.issues.find((issue) => issue.issueType === 'Sub-task')!
    const found = await store.issues.findByNames(siteId, [source.key, source.parentKey!])
    const child = found.get(source.key)![0]!
    expect(child).toMatchObject({ isSubtask: true, summary: source.summary })
    expect(child.parentJiraId).toBe(found.get(source.parentKey!)![0]!.jiraId)
  })

  it('closes the months that ended more than three months ago', async () => {
    const all = await store.locks.find(siteId, company.start, today)
    const locks = all.filter(({ reason }) => reason === 'period-closed')
    const isLocked = (day: string) => lockOver(locks, '1' as PersonId, parseDay(day)) !== undefined
    expect(locks).toHaveLength(15)
    expect([company.start, '2026-07-31'].map(isLocked)).toEqual([true, true])
    expect(['2026-08-01', today].map(isLocked)).toEqual([false, false])
    expect(locks.every((lock) => endOfMonth(lock.from) === lock.to)).toBe(true)
  })

  it('stores teams, plans, fields and filters', async () => {
    expect(await store.teams.list(siteId)).toHaveLength(4)
    const period = { from: company.start, to: addMonths(today, 3) }
    const everything = { siteId, viewer: { kind: 'all' }, period } as const
    const planned = await store.events.find(everything, { limit: 10_000 })
    const events = planned.filter(({ kind }) => kind !== 'issue')
    expect(events).toHaveLength(company.events.length)
    expect(planned.length - events.length).toBeGreaterThan(10)
    expect(events.filter(({ kind, project }) => kind === 'booking' && project)).not.toEqual([])
    expect(await store.catalogue.listFields(siteId)).toHaveLength(company.fields.length)
    expect(await store.catalogue.listFilters(siteId)).toHaveLength(company.filters.length)
    const mine = await store.people.findByNames(siteId, ['h.minazono'])
    const { ledIds } = await store.teams.colleagues(siteId, mine.get('h.minazono')![0]!.id, today)
    expect(ledIds.length).toBeGreaterThan(3)
  })

  it('bills the time of each project to its account', async () => {
    const accounts = await store.accounts.find(siteId, { limit: 100 })
    const links = await store.accountLinks.find(siteId, { limit: 100 })
    expect(links.map(({ account, project }) => [account.key, project.key])).toEqual([
      ['ORCA-DEV', 'ORCA'],
      ['BRIO-DEV', 'BRIO'],
      ['CARE', 'OPS'],
      ['PRODUCTS', 'PLAT'],
      ['PRODUCTS', 'MOB'],
      ['OFFICE', 'INT'],
    ])
    const keys = new Set(accounts.map(({ key }) => key))
    const rows = await store.worklogs.find({ siteId, viewer: everybody }, { limit: 1000 })
    expect(rows.every(({ attributes }) => keys.has(attributes._Account_ ?? ''))).toBe(true)
  })

  it('hands in timesheets of last month', async () => {
    const sheets = await store.approvals.find(siteId, { limit: 100 })
    expect(sheets.map(({ status }) => status).sort()).toEqual([
      ...['approved', 'approved'],
      ...['waiting', 'waiting', 'waiting', 'waiting'],
    ])
    expect(sheets.every(({ from, to }) => from === '2026-10-01' && to === '2026-10-31')).toBe(true)
    for (const { personId, spentSecondsAtSubmit } of sheets) {
      const tally = await store.worklogs.tally({
        siteId,
        viewer: everybody,
        authorIds: [personId],
        period: { from: parseDay('2026-10-01'), to: parseDay('2026-10-31') },
      })
      expect(spentSecondsAtSubmit).toBe(tally.timeSpentSeconds)
    }
  })

  it('gives everybody a working week and the holidays of their country', async () => {
    const schedules = await store.schedules.list(siteId, today)
    expect(schedules.map((one) => [one.name, one.isDefault, one.memberCount])).toEqual([
      ['Full time', true, 21],
      ['Four days', false, 1],
      ['Half days', false, 1],
      ['Three days', false, 1],
    ])
    const schemes = await store.holidays.listSchemes(siteId, today)
    expect(schemes).toHaveLength(7)
    expect(schemes.reduce((sum, one) => sum + one.memberCount, 0)).toBe(24)
    const names = ['z.akarsoy', 'r.tokushige', 'd.pemberfield']
    const found = await store.people.findByNames(siteId, names)
    const ids = names.map((name) => found.get(name)![0]!.id)
    const period = { from: parseDay('2026-11-02'), to: parseDay('2026-11-08') }
    const required = await readRequired(store, siteId, ids, period)
    const hours = required.map(({ days }) => days.map((one) => one.requiredSeconds / 3_600))
    expect(hours).toEqual([
      [8, 8, 8, 0, 0, 0, 0],
      [8, 0, 8, 8, 6.5, 0, 0],
      [8, 8, 8, 8, 6.5, 0, 0],
    ])
  })

  it('stores roles, links, skills, positions and resources', async () => {
    const [delivery] = await store.teams.list(siteId)
    expect(delivery!.managerIds).toHaveLength(1)
    expect(await store.teamLinks.list(siteId, { teamId: delivery!.id, limit: 99 })).toHaveLength(2)
    const roles = await store.teamRoles.list(siteId)
    expect(roles.map((role) => role.name)).toContain('Tester')
    const memberships = await store.memberships.list(siteId, { limit: 99 })
    expect(new Set(memberships.map((one) => one.roleId)).size).toBe(roles.length - 1)
    const people = (await store.people.list({ siteId, limit: 99 })).map((person) => person.id)
    expect(await store.skills.ofPeople(siteId, people)).toHaveLength(company.skills.length)
    expect((await store.positions.ofPeople(siteId, people)).size).toBe(company.people.length)
    expect((await store.resources.placesIn(siteId, [delivery!.id])).length).toBe(1)
    expect(await store.programs.list(siteId, { limit: 9 })).toHaveLength(1)
  })

  it('notes itself once in the audit', async () => {
    const entries = await store.audit.list(siteId, 1, 100)
    const closings = entries.filter(({ action }) => action === 'period.close')
    expect([closings.length, entries.length]).toEqual([15, 16])
    expect(entries.at(-1)).toMatchObject({ action: 'demo.fill', via: 'demo', after: counts })
  })

  it('refuses a site that already has people, and changes nothing', async () => {
    const before = await store.sites.get(siteId)
    await expect(fillDemo({ store, siteId, company, now })).rejects.toMatchObject({
      code: 'conflict',
    })
    expect((await store.sites.get(siteId)).version).toBe(before.version)
  })
})
