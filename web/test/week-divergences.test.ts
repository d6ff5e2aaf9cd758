import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { addDays, type Day, startOfWeek } from '../../src/domain/day.ts'
import { aClock } from '../../test/clock.ts'
import { type FakeJira, startFakeJira } from '../../test/fake-jira/fake-jira.ts'
import { accessibilityProblems } from './axe.ts'
import { describeInBrowser } from './in-browser.ts'
import { aWebSite, type WebSite } from './site.ts'
import { until } from './until.ts'

describeInBrowser('what Jira has otherwise, in the week', () => {
  let site: WebSite
  let jira: FakeJira
  /** Last week: nothing of it lies in the future of the Jira. */
  let monday: Day
  const connection = 'mirrored'

  beforeAll(async () => {
    site = await aWebSite({}, { HOURBOOK_ALLOW_PRIVATE_NETWORKS: '1' })
    const { app } = site
    monday = addDays(startOfWeek(site.today, 1), -7)
    jira = await startFakeJira({ dialect: 'cloud', clock: aClock(app.now()) })
    const { email, apiToken } = jira.credentials()
    await app.connections.add(await app.localActor(), {
      ...{ name: connection, url: jira.url, mode: 'mirror', writesAs: 'service' },
      ...{ auth: 'basic', login: email, secret: apiToken },
    })
  }, 240_000)
  afterAll(async () => {
    await site?.close()
    await jira?.close()
  })

  const sync = async () => {
    jira.clock.advance(61_000)
    const { app } = site
    const found = await app.connections.find(app.site.id, connection)
    await app.syncNow({ siteId: app.site.id, ...found, isFull: false, acceptsGone: false })
  }

  /** Somebody of the Jira who can sign in here, with an hour on each of the first days. */
  const aPerson = async (name: string, key: string) => {
    const { app } = site
    const author = jira.world.addUser({ name, displayName: `A ${name}`, timeZone: 'UTC' })
    const issue = jira.world.addIssue({ project: jira.world.addProject({ key }) })
    const there = [0, 1, 2].map((at) =>
      jira.world.logWork({
        ...{ issue, author, comment: `day ${at}` },
        started: Date.parse(`${addDays(monday, at)}T09:00:00Z`),
      }),
    )
    await sync()
    const found = await app.store.people.findByNames(app.site.id, [author.accountId])
    const person = found.get(author.accountId)![0]!
    const admin = await app.localActor()
    await app.directory.changePerson(admin, person.id, { username: name, timeZone: 'UTC' })
    const { connection: mirrored } = await app.connections.find(app.site.id, connection)
    const here = await app.store.worklogs.findByJiraIds(
      app.site.id,
      mirrored.id,
      there.map(({ id }) => String(id)),
    )
    return { person, there, here, admin, issueKey: issue.key }
  }

  /** Jira's comment changes first, ours a moment later, without knowing. */
  const clash = async (
    { there, here, admin }: Awaited<ReturnType<typeof aPerson>>,
    at: number,
  ): Promise<void> => {
    jira.world.editWorklog(there[at]!.id, { comment: 'as Jira has it' })
    await site.app.timesheets.change(admin, here[at]!.id, { comment: 'as I have it' })
  }

  const cell = (page: Page, key: string, column: number) =>
    page
      .getByRole('row', { name: new RegExp(key) })
      .getByRole('gridcell')
      .nth(column)
  const settled = (page: Page) =>
    page.waitForResponse((answer) => /\/conflicts\//.test(answer.url()) && answer.status() === 204)

  it('is marked in its cell, opened side by side by Space, and settled by keyboard alone', async () => {
    const one = await aPerson('clasher', 'CLA')
    await clash(one, 0)
    await clash(one, 1)
    const { page, problems, close } = await site.page({ as: 'clasher' })
    await page.goto(`/week?day=${monday}`)
    const first = cell(page, one.issueKey, 0)
    await first.focus()
    expect(await first.getAttribute('aria-label')).toContain('Conflict with Jira: Comment')
    await page.getByRole('status').getByText('Space shows both').waitFor()
    expect(await accessibilityProblems(page)).toEqual([])
    await page.keyboard.press('Space')
    const panel = page.getByRole('dialog')
    const both = panel.getByRole('region', { name: 'Changed here and in Jira at the same time' })
    await both.getByText('Different: Comment.').waitFor()
    await both.getByRole('cell', { name: 'as I have it' }).waitFor()
    await both.getByRole('cell', { name: 'as Jira has it' }).waitFor()
    expect(await accessibilityProblems(page)).toEqual([])
    await Promise.all([
      settled(page),
      both.getByRole('button', { name: 'Write ours to Jira' }).press('Enter'),
    ])
    await both.waitFor({ state: 'detached' })
    expect(one.there[0]!.comment).toBe('as I have it')
    await until(page, `document.activeElement?.role === 'dialog'`)
    await page.keyboard.press('Escape')
    await panel.waitFor({ state: 'detached' })
    expect(await first.getAttribute('aria-label')).not.toContain('Conflict')

    await cell(page, one.issueKey, 1).focus()
    await page.keyboard.press('Space')
    await both.getByRole('button', { name: 'Write something else' }).press('Enter')
    await both.getByLabel('Comment').fill('as we agreed')
    await Promise.all([
      settled(page),
      both.getByRole('button', { name: 'Write it to both' }).press('Enter'),
    ])
    await both.waitFor({ state: 'detached' })
    expect(one.there[1]!.comment).toBe('as we agreed')
    expect(problems).toEqual([])
    await close()
  })

  it('is marked in calendar and list as well, and tells others who decides', async () => {
    const one = await aPerson('shown', 'SHO')
    await clash(one, 0)
    const { app } = site
    const team = await app.teams.create(one.admin, { name: 'Seers' })
    const mate = await app.directory.createPerson(one.admin, {
      ...{ displayName: 'A mate', username: 'mate', timeZone: 'UTC' },
    })
    for (const person of [one.person, mate])
      await app.teams.addMembership(one.admin, team.id, { person: person.id })
    const { page, problems, close } = await site.page({ as: 'mate' })
    await page.goto(`/week?day=${monday}&view=list&person=${one.person.id}`)
    await page.getByRole('button', { name: /day 0|as Jira has it.*Conflict with Jira/ }).waitFor()
    expect(await accessibilityProblems(page)).toEqual([])
    await page.goto(`/week?day=${monday}&view=calendar&person=${one.person.id}`)
    await page.getByRole('button', { name: /Conflict with Jira: Comment/ }).click()
    const panel = page.getByRole('dialog')
    await panel.getByText('A shown decides, or whoever may log for A shown.').waitFor()
    expect(await panel.getByRole('button', { name: 'Leave Jira’s' }).count()).toBe(0)
    expect(await accessibilityProblems(page)).toEqual([])
    expect(problems).toEqual([])
    await close()
  })

  it('of locked days is drift: it stands until somebody lets it, with a reason', async () => {
    const one = await aPerson('drifter', 'DRI')
    const { app } = site
    const period = { from: monday, to: monday }
    await app.calendar.periods.close(one.admin, period, '')
    jira.world.editWorklog(one.there[0]!.id, { timeSpentSeconds: 7_200 })
    await sync()
    const { page, problems, close } = await site.page({ as: 'drifter', locale: 'de-DE' })
    await page.goto(`/week?day=${monday}`)
    const first = cell(page, one.issueKey, 0)
    await first.focus()
    expect(await first.getAttribute('aria-label')).toMatch(/Gesperrt: .*Abweichung: .*Zeit/)
    await page.keyboard.press('Space')
    await page.getByRole('dialog').getByText('Es entscheidet, wer').waitFor()
    expect(await accessibilityProblems(page)).toEqual([])
    await close()

    const boss = await site.page({ as: 'admin', scheme: 'dark' })
    await boss.page.goto(`/week?day=${monday}&person=${one.person.id}`)
    await cell(boss.page, one.issueKey, 0).focus()
    await boss.page.keyboard.press('Space')
    const both = boss.page
      .getByRole('dialog')
      .getByRole('region', { name: 'Jira changed this after it was locked' })
    await both.getByRole('cell', { name: '2:00' }).waitFor()
    expect(await both.getByRole('link', { name: 'Open the period again' }).count()).toBe(1)
    expect(await both.getByRole('link', { name: 'Book a correction' }).count()).toBe(1)
    await both.getByRole('button', { name: 'Let the locked hours stand' }).press('Enter')
    await boss.page.keyboard.type('Paid already')
    expect(await accessibilityProblems(boss.page)).toEqual([])
    await both.getByRole('button', { name: 'Let them stand' }).press('Enter')
    await both.waitFor({ state: 'detached' })
    expect(await app.store.locks.listDrift(app.site.id, 10)).toEqual([])
    expect((await app.store.worklogs.get(app.site.id, one.here[0]!.id)).timeSpentSeconds).toBe(
      3_600,
    )
    await app.calendar.periods.reopen(one.admin, period, 'for the next test')
    expect([...problems, ...boss.problems]).toEqual([])
    await boss.close()
  })

  it('of an approved entry ends where the approval is taken back', async () => {
    const one = await aPerson('approved', 'APP')
    const { app } = site
    const { id } = one.here[0]!
    const approval = { worklogId: id, approvedById: one.admin.personId, approvedAt: app.now() }
    await app.store.worklogApprovals.put(app.site.id, [approval])
    jira.world.editWorklog(one.there[0]!.id, { comment: 'as Jira has it' })
    await sync()
    const { page, problems, close } = await site.page({ as: 'admin' })
    await page.goto(`/week?day=${monday}&person=${one.person.id}`)
    const first = cell(page, one.issueKey, 0)
    await first.focus()
    expect(await first.getAttribute('aria-label')).toMatch(/Locked: approved by .*Drift: .*Comment/)
    await page.keyboard.press('Space')
    const panel = page.getByRole('dialog')
    await panel.getByRole('button', { name: 'Take the approval back' }).press('Enter')
    await panel.getByRole('region').waitFor({ state: 'detached' })
    await expect
      .poll(() => panel.getByLabel('What was done').first().inputValue())
      .toBe('as Jira has it')
    expect((await app.store.worklogs.get(app.site.id, id)).comment).toBe('as Jira has it')
    expect(problems).toEqual([])
    await close()
  })
})
