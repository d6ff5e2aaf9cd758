import { afterAll, beforeAll, expect, it } from 'vitest'
import { accessibilityProblems } from './axe.ts'
import { describeInBrowser } from './in-browser.ts'
import { aWebSite, type WebSite } from './site.ts'
import { until } from './until.ts'

describeInBrowser('settings', () => {
  let site: WebSite
  beforeAll(async () => {
    site = await aWebSite()
  }, 240_000)
  afterAll(() => site?.close())

  const preferencesOf = async (username: string) => {
    const found = await site.app.store.people.findByNames(site.app.site.id, [username])
    const [person] = found.get(username)!
    return site.app.store.preferences.find(site.app.site.id, person!.id)
  }

  it('chosen by keyboard are there on the next machine, in every part of the application', async () => {
    const { page, problems, close } = await site.page({ as: 'admin', width: 390 })
    await page.goto('/settings')
    await page.getByRole('radio', { name: 'As the system' }).focus()
    await page.keyboard.press('ArrowRight')
    await page.keyboard.press('ArrowRight')
    await until(page, `document.documentElement.dataset.mantineColorScheme === 'dark'`)
    expect(await accessibilityProblems(page)).toEqual([])
    await page.getByRole('radio', { name: '7:30' }).focus()
    await page.keyboard.press('ArrowRight')
    await page.getByRole('radio', { name: 'As the language' }).focus()
    await page.keyboard.press('ArrowLeft')
    await page.getByText('3:30 pm').waitFor()
    await page.getByLabel('Weeks begin on').selectOption('7')
    await page.getByRole('radio', { name: 'As the browser' }).focus()
    await page.keyboard.press('ArrowLeft')
    await page.getByRole('heading', { name: 'Einstellungen' }).waitFor()
    await expect
      .poll(() => preferencesOf('admin'))
      .toMatchObject({
        theme: 'dark',
        language: 'de',
        hours: 'decimal',
        clock: '12',
        firstWeekday: 7,
      })
    expect(problems).toEqual([])
    await close()

    const other = await site.page({ as: 'admin' })
    await other.page.goto('/week')
    await other.page.getByRole('columnheader').nth(1).getByText(/^So/).waitFor()
    await until(other.page, `document.documentElement.dataset.mantineColorScheme === 'dark'`)
    expect(await other.page.evaluate('document.documentElement.lang')).toBe('de')
    expect(await other.page.getByRole('link', { name: /^Diese Woche/ }).textContent()).toMatch(
      /^\d+,\d\d\/\d+,\d\d$/,
    )
    expect(other.problems).toEqual([])
    await other.close()
  })

  it('made while the server is away are sent when it is back', async () => {
    const { page, context, close } = await site.page({ as: 'o.carrowell' })
    await page.goto('/settings')
    await page.getByText('Dark', { exact: true }).waitFor()
    await context.setOffline(true)
    await page.getByText('Dark', { exact: true }).click()
    await page.getByText('The server does not answer').waitFor()
    await until(page, `document.documentElement.dataset.mantineColorScheme === 'dark'`)
    expect(await preferencesOf('o.carrowell')).toBeUndefined()
    await context.setOffline(false)
    await expect.poll(() => preferencesOf('o.carrowell')).toMatchObject({ theme: 'dark' })
    await close()
  })

  it('leave out columns of a table, by keyboard, and bring them back', async () => {
    const { page, problems, close } = await site.page({ as: 'o.carrowell', scheme: 'dark' })
    await page.goto('/admin/accounts')
    const heads = page.getByRole('columnheader')
    await page.getByRole('button', { name: 'Columns shown' }).press('Enter')
    const item = page.getByRole('checkbox', { name: 'Customer' })
    await item.waitFor()
    expect(await accessibilityProblems(page)).toEqual([])
    await item.press('Space')
    await heads.getByText('Customer').waitFor({ state: 'detached' })
    await expect
      .poll(async () => (await preferencesOf('o.carrowell'))?.hiddenColumns)
      .toEqual({ accounts: ['customer'] })
    await page.keyboard.press('Escape')
    await page.reload()
    await heads.getByText('Lead').waitFor()
    expect(await heads.getByText('Customer').count()).toBe(0)
    await page.getByRole('button', { name: 'Columns shown' }).press('Enter')
    await item.press('Space')
    await heads.getByText('Customer').waitFor()
    expect(problems).toEqual([])
    await close()
  })
})
