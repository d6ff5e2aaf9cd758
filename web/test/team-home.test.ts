import { afterAll, beforeAll, expect, it } from 'vitest'
import { accessibilityProblems } from './axe.ts'
import { describeInBrowser } from './in-browser.ts'
import { aWebSite, type WebSite } from './site.ts'

describeInBrowser('the home of a team', () => {
  let site: WebSite
  beforeAll(async () => {
    site = await aWebSite()
  }, 200_000)
  afterAll(() => site?.close())

  it('has what its lead pins, as tables and charts, for its people, by keyboard', async () => {
    const { app } = site
    const actor = await app.localActor()
    const [team] = await app.store.teams.list(app.site.id)
    const { page, problems, close } = await site.page({ as: 'admin' })
    await page.goto('/week')
    await page.getByRole('link', { name: 'Teams' }).press('Enter')
    await page.goto(`/teams?team=${team!.id}`)
    await page.getByText('Nothing is pinned here yet').waitFor()
    expect(await accessibilityProblems(page)).toEqual([])
    await page.getByRole('button', { name: 'Pin a report' }).press('Enter')
    await page.getByText('There is no kept report that is not pinned already').waitFor()
    await page.keyboard.press('Escape')

    await page.goto('/reports?rows=person&columns=month&period=this-year')
    await page.getByRole('button', { name: 'Saved reports' }).press('Enter')
    await page.getByRole('menuitem', { name: 'Save as …' }).press('Enter')
    const dialog = page.getByRole('dialog')
    await dialog.getByLabel('Name').fill('People by month')
    await page.keyboard.press('Enter')
    await page.getByRole('button', { name: 'People by month' }).press('Enter')
    await page.getByRole('menuitem', { name: 'Pin to a team' }).press('Enter')
    await dialog.getByLabel('Team', { exact: true }).selectOption(team!.id)
    expect(await accessibilityProblems(page)).toEqual([])
    await dialog.getByRole('button', { name: 'Pin to a team' }).press('Enter')
    await page.getByText(`People by month is pinned to ${team!.name}`).waitFor()

    await page.goto(`/teams?team=${team!.id}`)
    const table = page.getByRole('region', { name: 'Figures of People by month' })
    await table.getByRole('row').nth(1).waitFor()
    expect(await accessibilityProblems(page)).toEqual([])
    await page.getByRole('button', { name: 'Show People by month as a chart' }).press('Enter')
    await page.locator('[role=img] svg text').first().waitFor()
    expect(await accessibilityProblems(page)).toEqual([])

    const members = await app.store.teams.membersDuring(
      app.site.id,
      [team!.id],
      { from: site.today, to: site.today },
      1_000,
    )
    const leads = new Set([team!.leadId, ...team!.managerIds])
    const people = await app.store.people.getMany(
      app.site.id,
      members.map(({ personId }) => personId),
    )
    const member = people.find(
      ({ id, role, username }) => role === 'employee' && username !== null && !leads.has(id),
    )!
    const other = await site.page({ as: member.username! })
    await other.page.goto(`/teams?team=${team!.id}`)
    await other.page.getByRole('heading', { name: 'People by month' }).waitFor()
    await other.page.locator('[role=img] svg text').first().waitFor()
    expect(await other.page.getByRole('button', { name: 'Pin a report' }).count()).toBe(0)
    expect(await other.page.getByRole('button', { name: /^Unpin/ }).count()).toBe(0)
    await other.page.getByRole('link', { name: 'Open People by month' }).press('Enter')
    await other.page.waitForURL('**/reports?**')
    expect(other.problems).toEqual([])
    await other.close()

    await page.getByRole('button', { name: 'Unpin People by month' }).press('Enter')
    await page.getByText('Nothing is pinned here yet').waitFor()
    await page.getByRole('button', { name: 'Undo' }).press('Enter')
    await page.getByRole('heading', { name: 'People by month' }).waitFor()
    expect((await app.teamHomes.get(actor, team!.id)).pinned).toMatchObject([{ shownAs: 'chart' }])
    expect(problems).toEqual([])
    await close()
  })

  it('says to whoever is in no team what it is', async () => {
    const { app } = site
    const actor = await app.localActor()
    await app.directory.createPerson(actor, { displayName: 'New Hand', username: 'newhand' })
    const { page, problems, close } = await site.page({ as: 'newhand', width: 390 })
    await page.goto('/teams')
    await page.getByText('You are in no team').waitFor()
    expect(await accessibilityProblems(page)).toEqual([])
    expect(problems).toEqual([])
    await close()
  })
})
