import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { addDays, type Day, startOfMonth } from '../../src/domain/day.ts'
import { accessibilityProblems } from './axe.ts'
import { describeInBrowser } from './in-browser.ts'
import { tabTo } from './keys-alone.ts'
import { aWebSite, type WebSite } from './site.ts'

describeInBrowser('approvals', () => {
  let site: WebSite
  let before: Day
  let names: readonly { readonly username: string; readonly displayName: string }[]
  beforeAll(async () => {
    site = await aWebSite()
    const { app } = site
    before = addDays(startOfMonth(site.today), -1)
    const actor = await app.localActor()
    // Monthly timesheets: last month is over, and everybody has worked in it.
    await app.calendar.rules.change(actor, { period: { kind: 'month', firstDay: 1 } })
    const people = await app.store.people.list({ siteId: app.site.id, limit: 25 })
    // The inbox begins empty: what the company has handed in is settled first.
    const settled = await app.store.approvals.find(app.site.id, { limit: 100 })
    for (const { personId, from, status } of settled)
      if (status === 'waiting') await app.calendar.approvals.step(actor, 'approve', personId, from)
    const seen = new Set(settled.map(({ personId }) => personId))
    names = people.flatMap(({ id, username, displayName }) =>
      username && username !== 'admin' && !seen.has(id) ? [{ username, displayName }] : [],
    )
  }, 240_000)
  afterAll(() => site?.close())

  const handIn = async (username: string, width = 1280) => {
    const { page, problems, close } = await site.page({ as: username, width, scheme: 'dark' })
    await page.goto(`/approvals?tab=own&day=${before}`)
    await page.getByRole('button', { name: 'Hand in' }).waitFor()
    expect(await accessibilityProblems(page)).toEqual([])
    await page.getByLabel('Comment').focus()
    await page.keyboard.type('All of it')
    await page.keyboard.press('Tab')
    await page.keyboard.press('Enter')
    await page.getByText('waiting', { exact: true }).waitFor()
    expect(problems).toEqual([])
    await close()
  }
  const statusOf = async (page: Page, person: string) => {
    const answer = (await page.evaluate(
      (path) => fetch(path).then((one) => one.json()),
      `/api/v1/timesheets?person=${person}&day=${before}`,
    )) as { timesheets: readonly { status: string; comment: string; spentSeconds: number }[] }
    return answer.timesheets[0]!
  }

  it('are handed in, rejected with a reason, handed in again and approved, by keyboard alone', async () => {
    const { username, displayName } = names[0]!
    await handIn(username)
    const { page, problems, close } = await site.page({ as: 'admin' })
    await page.goto('/approvals')
    await page.getByRole('heading', { name: displayName }).waitFor()
    await page.getByRole('region', { name: 'Hours by issue and day' }).waitFor()
    const { spentSeconds } = await statusOf(page, username)
    const minutes = Math.round(spentSeconds / 60)
    const shown = `${Math.floor(minutes / 60)}:${String(minutes % 60).padStart(2, '0')}`
    expect(await page.locator('tfoot td').last().textContent()).toBe(shown)
    expect(await accessibilityProblems(page)).toEqual([])
    await page.keyboard.press('r')
    await page.getByLabel('Reason').waitFor()
    await page.keyboard.type('Friday is missing')
    await page.keyboard.press('Enter')
    await page.getByText('Nothing waits for you').waitFor()
    expect(await statusOf(page, username)).toMatchObject({
      status: 'rejected',
      comment: 'Friday is missing',
    })
    await handIn(username, 390)
    await page.reload()
    await page.getByRole('list', { name: 'Timesheets' }).getByText(displayName).waitFor()
    await page.getByText('Friday is missing').waitFor()
    await page.keyboard.press('a')
    await expect.poll(async () => (await statusOf(page, username)).status).toBe('approved')
    await page.getByText('Nothing waits for you').waitFor()
    expect(problems).toEqual([])
    await close()
  })

  it('close a period for everybody, verify it, and open it again with a reason, by keyboard alone', async () => {
    const { page, problems, close } = await site.page({ as: 'admin' })
    await page.goto('/approvals?tab=periods')
    await tabTo(page, page.getByRole('button', { name: /^Close/ }).nth(1))
    await page.keyboard.press('Enter')
    const dialog = page.getByRole('dialog')
    await dialog.getByText('will be frozen for everybody').waitFor()
    expect(await accessibilityProblems(page)).toEqual([])
    await page.keyboard.type('Autumn is done')
    await tabTo(page, dialog.getByRole('button', { name: 'Close', exact: true }).last())
    await page.keyboard.press('Enter')
    await page
      .getByRole('region', { name: 'Chain of closed periods' })
      .getByText('Autumn is done')
      .waitFor()
    await tabTo(page, page.getByRole('button', { name: 'Verify the books' }))
    await page.keyboard.press('Enter')
    await page.getByText(/^Sound:/).waitFor()
    expect(await accessibilityProblems(page)).toEqual([])
    await tabTo(page, page.getByRole('button', { name: /^Reopen/ }))
    await page.keyboard.press('Enter')
    await dialog.getByLabel('Reason').waitFor()
    await page.keyboard.type('A booking was missing')
    await tabTo(page, dialog.getByRole('button', { name: 'Reopen' }))
    await page.keyboard.press('Enter')
    await page.getByRole('cell', { name: 'A booking was missing' }).waitFor()
    expect(problems).toEqual([])
    await close()
  })
})
