import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { addDays, weekStart } from '../src/time/days.ts'
import { accessibilityProblems } from './axe.ts'
import { describeInBrowser } from './in-browser.ts'
import { arrowTo, tabTo } from './keys-alone.ts'
import { aWebSite, type WebSite } from './site.ts'

describeInBrowser('drafts in the planner', () => {
  let site: WebSite
  /** A Monday no plan of the sample company reaches. */
  let monday: string
  let name: string
  beforeAll(async () => {
    site = await aWebSite()
    const found = await site.app.store.people.findByNames(site.app.site.id, ['admin'])
    name = encodeURIComponent(found.get('admin')![0]!.displayName)
    monday = weekStart(addDays(site.today, 140), 1)
  }, 200_000)
  afterAll(() => site?.close())

  const aBooking = async (title: string) => {
    const { app } = site
    const [outcome] = await app.planning.write(await app.localActor(), [
      {
        kind: 'create',
        plan: { kind: 'booking', person: 'admin', title, from: monday, to: monday },
      },
    ])
    return outcome!.id
  }
  const fromOf = async (id: Awaited<ReturnType<typeof aBooking>>) =>
    (await site.app.planning.get(await site.app.localActor(), id)).from
  const inDraft = async (page: Page) => {
    await page.goto(`/planner?from=${monday}&name=${name}`)
    await page.getByRole('button', { name: 'More' }).click()
    await page.getByRole('menuitem', { name: 'New draft' }).click()
    await page.getByRole('region', { name: /^Draft / }).waitFor()
  }
  const saved = (page: Page, path: RegExp, status = 200) =>
    page.waitForResponse((answer) => path.test(answer.url()) && answer.status() === status)

  it('moves bars aside, shows where they lie today, and publishes all of it', async () => {
    const id = await aBooking('Aside')
    const { page, problems, close } = await site.page({ as: 'admin' })
    await inDraft(page)
    const bar = page.locator('[data-bar]:not([data-mark=today])').filter({ hasText: 'Aside' })
    await bar.click()
    await Promise.all([saved(page, /commands$/), page.keyboard.press('ArrowRight')])
    await page.locator('[data-mark=today]').filter({ hasText: 'Aside' }).waitFor()
    const draft = page.getByRole('region', { name: /^Draft / })
    await draft.getByRole('button', { name: '1 change' }).click()
    expect(await accessibilityProblems(page)).toEqual([])
    expect(await fromOf(id)).toBe(monday)

    await page.reload()
    await page.locator('[data-mark=drafted]').filter({ hasText: 'Aside' }).waitFor()
    await page.getByRole('application').focus()
    await Promise.all([saved(page, /undo$/), page.keyboard.press('Control+z')])
    await draft.getByRole('button', { name: 'nothing changed' }).waitFor()
    await bar.click()
    await Promise.all([saved(page, /commands$/), page.keyboard.press('ArrowRight')])
    await draft.getByRole('button', { name: '1 change' }).waitFor()
    await Promise.all([
      saved(page, /publish$/),
      draft.getByRole('button', { name: 'Publish' }).click(),
    ])
    await draft.waitFor({ state: 'detached' })
    expect(await fromOf(id)).toBe(addDays(monday, 1))
    await Promise.all([
      saved(page, /events\/undo$/),
      page.getByRole('button', { name: 'Undo' }).last().click(),
    ])
    expect(await fromOf(id)).toBe(monday)
    expect(problems).toEqual([])
    await close()
  })

  it('is begun, filled and published by keyboard alone', async () => {
    const id = await aBooking('By keys')
    const { page, problems, close } = await site.page({ as: 'admin', scheme: 'dark' })
    await page.goto(`/planner?from=${monday}&name=${name}`)
    await tabTo(page, page.getByRole('button', { name: 'More' }))
    await page.keyboard.press('Enter')
    await arrowTo(page, page.getByRole('menuitem', { name: 'New draft' }))
    await page.keyboard.press('Enter')
    const draft = page.getByRole('region', { name: /^Draft / })
    await draft.waitFor()
    await tabTo(page, page.getByRole('application'))
    const bar = page.locator('[data-bar]').filter({ hasText: 'By keys' }).first()
    for (let step = 0; step < 20 && (await bar.getAttribute('tabindex')) !== '0'; step += 1)
      await page.keyboard.press('ArrowDown')
    await tabTo(page, bar)
    await Promise.all([saved(page, /commands$/), page.keyboard.press('ArrowRight')])
    await tabTo(page, draft.getByRole('button', { name: '1 change' }))
    await page.keyboard.press('Enter')
    await draft.getByRole('listitem').waitFor()
    await tabTo(page, draft.getByRole('button', { name: 'Publish' }))
    await Promise.all([saved(page, /publish$/), page.keyboard.press('Enter')])
    await draft.waitFor({ state: 'detached' })
    expect(await fromOf(id)).toBe(addDays(monday, 1))
    expect(problems).toEqual([])
    await close()
  })

  it('is discarded as a whole once one is sure', async () => {
    const id = await aBooking('Discarded')
    const { page, problems, close } = await site.page({ as: 'admin', scheme: 'dark' })
    await inDraft(page)
    await page.locator('[data-bar]').filter({ hasText: 'Discarded' }).click()
    await Promise.all([saved(page, /commands$/), page.keyboard.press('Delete')])
    await page.locator('[data-mark=removed]').filter({ hasText: 'Discarded' }).waitFor()
    const draft = page.getByRole('region', { name: /^Draft / })
    await draft.getByRole('button', { name: 'Discard' }).click()
    await draft.getByRole('button', { name: 'Discard all of it?' }).click()
    await draft.waitFor({ state: 'detached' })
    await page.getByRole('button', { name: /Discarded/ }).waitFor()
    expect(await fromOf(id)).toBe(monday)
    expect(problems).toEqual([])
    await close()
  })

  it('shows what somebody else did meanwhile, and lets one decide', async () => {
    const [mine, theirs] = [await aBooking('Contested'), await aBooking('Given up')]
    const { page, close } = await site.page({ as: 'admin' })
    await inDraft(page)
    for (const title of ['Contested', 'Given up']) {
      await page.locator('[data-bar]:not([data-mark=today])').filter({ hasText: title }).click()
      await Promise.all([saved(page, /commands$/), page.keyboard.press('ArrowRight')])
    }
    const { app } = site
    for (const id of [mine, theirs])
      await app.planning.write(await app.localActor(), [
        { kind: 'move', id, move: { from: addDays(monday, 9) } },
      ])
    const draft = page.getByRole('region', { name: /^Draft / })
    await Promise.all([
      saved(page, /publish$/, 412),
      draft.getByRole('button', { name: 'Publish' }).click(),
    ])
    await page.getByText('Nothing is published: decide below').waitFor()
    const row = (title: string) => draft.getByRole('listitem').filter({ hasText: title })
    await row('Contested').getByRole('button', { name: 'Keep mine' }).click()
    await row('Contested').waitFor({ state: 'detached' })
    await row('Given up').getByRole('button', { name: 'Take theirs' }).click()
    await row('Given up').waitFor({ state: 'detached' })
    await Promise.all([
      saved(page, /publish$/),
      draft.getByRole('button', { name: 'Publish' }).click(),
    ])
    expect(await fromOf(mine)).toBe(addDays(monday, 1))
    expect(await fromOf(theirs)).toBe(addDays(monday, 9))
    await close()
  })
})
