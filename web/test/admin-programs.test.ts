import { afterAll, beforeAll, expect, it } from 'vitest'
import { accessibilityProblems } from './axe.ts'
import { describeInBrowser } from './in-browser.ts'
import { aWebSite, type WebSite } from './site.ts'

describeInBrowser('programs, resources and groups in the administration', () => {
  let site: WebSite
  beforeAll(async () => {
    site = await aWebSite()
  }, 240_000)
  afterAll(() => site?.close())

  it('make a program and give it teams by keyboard, and take that back', async () => {
    const { page, problems, close } = await site.page({ as: 'admin', scheme: 'dark' })
    await page.goto('/admin/teams?tab=programs')
    await page.getByRole('button', { name: 'Add program' }).first().press('Enter')
    const panel = page.getByRole('dialog')
    await panel.getByLabel('Name').fill('Customer portal')
    await page.keyboard.press('Enter')
    const teams = page.getByRole('dialog', { name: 'Teams of Customer portal' })
    await teams.getByLabel('Platform').press('Space')
    expect(await accessibilityProblems(page)).toEqual([])
    const { store, site: here } = site.app
    const teamsOf = async () => {
      const all = await store.programs.list(here.id, { limit: 10 })
      const program = all.find(({ name }) => name === 'Customer portal')
      const found = await store.teams.list(here.id, { programIds: [program!.id] })
      return found.map(({ name }) => name)
    }
    await expect.poll(teamsOf).toEqual(['Platform'])
    await page.keyboard.press('Escape')
    await teams.waitFor({ state: 'detached' })
    await page.getByRole('button', { name: 'Teams: 1, Customer portal' }).waitFor()
    await page.keyboard.press('Control+z')
    await expect.poll(teamsOf).toEqual([])
    expect(problems).toEqual([])
    await close()
  })

  it('keep what a generic resource must be able to do', async () => {
    const { page, problems, close } = await site.page({ as: 'admin', width: 390 })
    await page.goto('/admin/roles?tab=resources')
    await page.getByRole('button', { name: /^Skills: \d+, A Kotlin developer/ }).press('Enter')
    const panel = page.getByRole('dialog', { name: 'Skills of A Kotlin developer' })
    const boxes = panel.getByRole('checkbox')
    await boxes.first().waitFor()
    expect(await accessibilityProblems(page)).toEqual([])
    const before = await panel.getByRole('checkbox', { checked: true }).count()
    const free = panel.getByRole('checkbox', { checked: false }).first()
    await free.press('Space')
    await expect.poll(() => panel.getByRole('checkbox', { checked: true }).count()).toBe(before + 1)
    expect(problems).toEqual([])
    await close()
  })

  it('register an OAuth program, show its secret once, and remove it', async () => {
    const { page, problems, close } = await site.page({ as: 'admin', width: 390, scheme: 'dark' })
    await page.goto('/admin/oauth')
    await page.getByRole('button', { name: 'Register a program' }).press('Enter')
    const panel = page.getByRole('dialog')
    await panel.getByLabel('Name').fill('Payroll')
    await panel.getByLabel('May send people back to').fill('http://payroll.example/callback')
    await panel.getByRole('button', { name: 'Register a program' }).press('Enter')
    await panel.getByText(/https/).last().waitFor()
    expect(await accessibilityProblems(page)).toEqual([])
    await panel.getByLabel('May send people back to').fill('https://payroll.example/callback')
    await panel.getByRole('button', { name: 'Register a program' }).press('Enter')
    await panel.getByText('The program is registered').waitFor()
    expect(await accessibilityProblems(page)).toEqual([])
    await panel.getByRole('button', { name: 'Done' }).press('Enter')
    await page.getByRole('cell', { name: 'https://payroll.example/callback' }).waitFor()
    expect(await page.getByText('Client secret').count()).toBe(0)
    await page.getByRole('button', { name: 'Remove Payroll' }).press('Enter')
    await page.getByRole('button', { name: 'Remove now' }).press('Enter')
    await page.getByText('No program is registered').waitFor()
    expect(problems.filter((one) => !one.includes('400'))).toEqual([])
    await close()
  })

  it('rename a group of our own, unless worklogs are kept for it', async () => {
    const { page, problems, close } = await site.page({ as: 'admin' })
    await page.goto('/admin/groups')
    const rename = async (from: string, to: string) => {
      await page.getByRole('gridcell', { name: from, exact: true }).press('Enter')
      await page.keyboard.press('Control+A')
      await page.keyboard.type(to)
      await page.keyboard.press('Enter')
    }
    await rename('jira-software-users', 'everybody')
    await expect
      .poll(() => site.app.store.groups.findByNames(site.app.site.id, ['everybody']))
      .toHaveLength(1)
    await page.getByRole('gridcell', { name: 'everybody', exact: true }).waitFor()
    expect(await accessibilityProblems(page)).toEqual([])
    expect(problems).toEqual([])
    await rename('consultants', 'advisers')
    await page.getByText('Worklogs are kept for consultants, by this name').waitFor()
    await page.getByRole('gridcell', { name: 'consultants', exact: true }).waitFor()
    await close()
  })

  it('say how long a working day is', async () => {
    const { page, problems, close } = await site.page({ as: 'admin', scheme: 'dark' })
    await page.goto('/admin/switches')
    const field = page.getByLabel('Working hours a day (1d)')
    await field.fill('7,3')
    await field.press('Enter')
    await page.getByText('Write a number, with quarters at most').waitFor()
    await field.fill('7.5')
    await field.press('Enter')
    const { store, site: here } = site.app
    await expect.poll(async () => (await store.sites.get(here.id)).workingHoursPerDay).toBe(7.5)
    expect(await accessibilityProblems(page)).toEqual([])
    expect(problems).toEqual([])
    await close()
  })
})
