import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { aClock } from '../../test/clock.ts'
import { type FakeJira, startFakeJira } from '../../test/fake-jira/fake-jira.ts'
import { accessibilityProblems } from './axe.ts'
import { describeInBrowser } from './in-browser.ts'
import { aWebSite, type WebSite } from './site.ts'

describeInBrowser('connecting a Jira', () => {
  let site: WebSite
  let jira: FakeJira
  beforeAll(async () => {
    site = await aWebSite({ demo: false })
    jira = await startFakeJira({ dialect: 'cloud', clock: aClock(site.app.now()) })
    const { world } = jira
    for (const [key, rows] of [
      ['AA', 2],
      ['BB', 3],
    ] as const) {
      const issue = world.addIssue({ project: world.addProject({ key, name: `Project ${key}` }) })
      for (let row = 0; row < rows; row += 1) world.logWork({ issue, author: world.admin })
    }
    jira.clock.advance(61_000)
  }, 200_000)
  afterAll(async () => {
    await jira?.close()
    await site?.close()
  })

  const fill = async (page: Page, name: string) => {
    const { email, apiToken } = jira.credentials()
    const panel = page.getByRole('dialog')
    await panel.getByLabel('Name', { exact: true }).fill(name)
    await panel.getByLabel('Address').fill(jira.url)
    await panel.getByLabel('E-mail or user name').fill(email)
    await panel.getByLabel('Token or password').first().fill(apiToken)
    await panel.getByLabel('It lies in a private network').check()
    return panel
  }
  const held = async () => {
    const { app } = site
    const { connection } = await app.connections.find(app.site.id, 'cloud')
    return app.store.sync.countLive(app.site.id, connection.id)
  }

  it('tests it, chooses projects, reads them, and chooses others later', async () => {
    const { page, problems, close } = await site.page({ as: 'admin' })
    await page.goto('/start?door=jira')
    const panel = await fill(page, 'cloud')
    await panel.getByRole('button', { name: 'Test and choose projects' }).press('Enter')
    await panel.getByText(/^Jira .* knows us as/).waitFor()
    expect(await accessibilityProblems(page)).toEqual([])
    await panel.getByLabel('Only some of them').press('Space')
    expect(await panel.getByRole('button', { name: 'Connect a Jira' }).isDisabled()).toBe(true)
    await panel.getByLabel('Find a project').fill('project aa')
    expect(await panel.getByRole('checkbox', { name: 'BB · Project BB' }).count()).toBe(0)
    await panel.getByRole('checkbox', { name: 'AA · Project AA' }).press('Space')
    await panel.getByText('1 chosen').waitFor()
    expect(await accessibilityProblems(page)).toEqual([])
    await panel.getByRole('button', { name: 'Connect a Jira' }).press('Enter')
    await page.getByText(/^Connected as/).waitFor()
    await expect.poll(held).toBe(2)

    await page.goto('/admin/connections')
    await page.getByText('up to date', { exact: true }).waitFor()
    await page.getByRole('definition').filter({ hasText: /^AA$/ }).waitFor()
    const choose = page.getByRole('button', { name: 'Choose projects of cloud' })
    await choose.press('Enter')
    await panel.getByRole('checkbox', { name: 'BB · Project BB' }).press('Space')
    expect(await accessibilityProblems(page)).toEqual([])
    await panel.getByRole('button', { name: 'Keep this choice' }).press('Enter')
    await expect.poll(held).toBe(5)
    await page
      .getByRole('definition')
      .filter({ hasText: /^AA, BB$/ })
      .waitFor()

    await choose.press('Enter')
    await panel.getByRole('checkbox', { name: 'AA · Project AA' }).press('Space')
    await panel.getByRole('button', { name: 'Keep this choice' }).press('Enter')
    await panel
      .getByRole('alert')
      .getByText(/^2 worklogs of other projects/)
      .waitFor()
    expect(await accessibilityProblems(page)).toEqual([])
    expect(await held()).toBe(5)
    await panel.getByRole('button', { name: 'Hide them and keep this choice' }).press('Enter')
    await expect.poll(held).toBe(3)
    // Being asked is no error of the page, but the browser notes the refusal.
    expect(problems.filter((one) => !one.includes('409'))).toEqual([])
    await close()
  })

  it('says what is wrong with a test, and forgets the list when the address changes', async () => {
    const { page, close } = await site.page({ as: 'admin', locale: 'de-DE', width: 390 })
    await page.goto('/admin/connections')
    await page.getByRole('button', { name: 'Jira verbinden' }).press('Enter')
    const panel = page.getByRole('dialog')
    const test = panel.getByRole('button', { name: 'Prüfen und Projekte wählen' })
    await test.press('Enter')
    expect(await panel.getByRole('alert').count()).toBe(0)
    const { email, apiToken } = jira.credentials()
    await panel.getByLabel('Adresse').fill(jira.url)
    await panel.getByLabel('E-Mail oder Benutzername').fill(email)
    await panel.getByLabel('Token oder Passwort').first().fill('falsch')
    await panel.getByLabel('Es liegt in einem privaten Netz').check()
    await test.press('Enter')
    await panel.getByRole('alert').waitFor()
    await panel.getByLabel('Token oder Passwort').first().fill(apiToken)
    await test.press('Enter')
    await panel.getByText(/kennt uns als/).waitFor()
    await panel.getByLabel('Nur einige davon').press('Space')
    await panel.getByRole('checkbox', { name: 'AA · Project AA' }).waitFor()
    expect(await accessibilityProblems(page)).toEqual([])
    await panel.getByLabel('Adresse').fill('https://example.atlassian.net')
    await test.waitFor()
    expect(await panel.getByRole('checkbox', { name: 'AA · Project AA' }).count()).toBe(0)
    await close()
  })
})
