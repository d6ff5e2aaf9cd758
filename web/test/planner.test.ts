import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { addDays, weekStart } from '../src/time/days.ts'
import { accessibilityProblems } from './axe.ts'
import { describeInBrowser } from './in-browser.ts'
import { arrowTo, tabTo } from './keys-alone.ts'
import { aWebSite, type WebSite } from './site.ts'

describeInBrowser('the planner', () => {
  let site: WebSite
  /** A Monday no plan of the sample company reaches. */
  let monday: string
  beforeAll(async () => {
    site = await aWebSite()
    monday = weekStart(addDays(site.today, 140), 1)
  }, 200_000)
  afterAll(() => site?.close())

  const open = async (page: Page, search = '') => {
    await page.goto(`/planner?from=${monday}${search}`)
    await page.getByRole('application').waitFor()
  }
  const ask = (page: Page, path: string) =>
    page.evaluate(async (address) => (await fetch(`/api/v1${address}`)).json(), path)
  const stored = async (page: Page, title: string) => {
    const to = addDays(monday, 90)
    const { events } = (await ask(page, `/events?from=${monday}&to=${to}&limit=1000`)) as {
      events: { title: string; from: string; to: string; version: number; id: string }[]
    }
    return events.filter((event) => event.title === title).map(({ from, to }) => [from, to])
  }
  const saved = (page: Page) =>
    page.waitForResponse((answer) => /\/events\/(bulk|undo)$/.test(answer.url()) && answer.ok())

  it('plans, moves, resizes, splits, removes and undoes by keyboard alone', async () => {
    const { page, problems, close } = await site.page({ as: 'admin' })
    await open(page)
    await page.getByRole('application').focus()
    for (const key of ['ArrowRight', 'ArrowDown', 'ArrowDown', 'n']) await page.keyboard.press(key)
    await page.getByRole('complementary', { name: 'New' }).waitFor()
    await page.keyboard.type('Keys only')
    await Promise.all([saved(page), page.keyboard.press('Enter')])
    const bar = page.getByRole('button', { name: /Keys only/ }).first()
    await bar.waitFor()
    const day = addDays(monday, 1)
    expect(await stored(page, 'Keys only')).toEqual([[day, day]])

    await page.getByRole('application').focus()
    await page.keyboard.press('Space')
    await page.keyboard.press('ArrowRight')
    await page.keyboard.press('ArrowRight')
    await Promise.all([saved(page), page.keyboard.press('Shift+ArrowRight')])
    const [third, fourth] = [addDays(monday, 3), addDays(monday, 4)]
    expect(await stored(page, 'Keys only')).toEqual([[third, fourth]])

    await Promise.all([saved(page), page.keyboard.press('s')])
    expect((await stored(page, 'Keys only')).sort()).toEqual([
      [third, third],
      [fourth, fourth],
    ])
    await Promise.all([saved(page), page.keyboard.press('Control+z')])
    expect(await stored(page, 'Keys only')).toEqual([[third, fourth]])

    await bar.focus()
    await Promise.all([saved(page), page.keyboard.press('Delete')])
    expect(await stored(page, 'Keys only')).toEqual([])
    await Promise.all([saved(page), page.keyboard.press('Control+z')])
    expect(await stored(page, 'Keys only')).toEqual([[third, fourth]])
    expect(problems).toEqual([])
    await close()
  })

  it('creates by dragging over empty days, and moves and resizes bars with the pointer', async () => {
    const { page, problems, close } = await site.page({ as: 'admin' })
    await open(page)
    const lane = page.locator('[data-row]').nth(3).locator('> div').nth(1)
    const box = (await lane.boundingBox())!
    const y = box.y + 34
    const x = (column: number) => box.x + column * 44 + 22
    const drag = async (from: number, to: number, at = y) => {
      await page.mouse.move(from, at)
      await page.mouse.down()
      await page.mouse.move((from + to) / 2, at, { steps: 4 })
      await page.mouse.move(to, at, { steps: 4 })
      await page.mouse.up()
    }
    await drag(x(0), x(2))
    await page.getByRole('complementary', { name: 'New' }).waitFor()
    await page.getByLabel('Comment').fill('By pointer')
    await page.getByLabel('Hours a day').fill('6h')
    await Promise.all([saved(page), page.getByRole('button', { name: 'Plan it' }).click()])
    expect(await stored(page, 'By pointer')).toEqual([[monday, addDays(monday, 2)]])
    await page.getByRole('button', { name: /By pointer/ }).waitFor()

    await Promise.all([saved(page), drag(x(1), x(3))])
    expect(await stored(page, 'By pointer')).toEqual([[addDays(monday, 2), addDays(monday, 4)]])
    await Promise.all([saved(page), drag(x(4) + 19, x(2) + 19)])
    expect(await stored(page, 'By pointer')).toEqual([[addDays(monday, 2), addDays(monday, 2)]])
    expect(problems).toEqual([])
    await close()
  })

  it('says when somebody else was faster, and shows theirs', async () => {
    const { page, close } = await site.page({ as: 'admin' })
    await open(page)
    const { app } = site
    const actor = await app.localActor()
    const [outcome] = await app.planning.write(actor, [
      {
        kind: 'create',
        plan: { kind: 'booking', person: 'admin', title: 'Ours', from: monday, to: monday },
      },
    ])
    await page.reload()
    const bar = page.getByRole('button', { name: /Ours/ })
    await bar.click()
    await app.planning.write(actor, [
      { kind: 'move', id: outcome!.id, move: { from: addDays(monday, 8) } },
    ])
    await page.keyboard.press('ArrowRight')
    await page.getByText(/Somebody else changed Ours meanwhile/).waitFor()
    expect(await stored(page, 'Ours')).toEqual([[addDays(monday, 8), addDays(monday, 8)]])
    await Promise.all([saved(page), page.getByRole('button', { name: 'Keep mine' }).click()])
    expect(await stored(page, 'Ours')).toEqual([[addDays(monday, 1), addDays(monday, 1)]])
    await close()
  })

  it('finds who can do it, and plans it', async () => {
    const { page, problems, close } = await site.page({ as: 'admin' })
    await open(page)
    await page.getByRole('button', { name: 'More' }).click()
    await page.getByRole('menuitem', { name: 'Who can do it?' }).click()
    await page.keyboard.press('Control+A')
    await page.keyboard.type('16h')
    await page.getByRole('complementary').getByLabel('Comment').fill('Sought')
    await page.getByRole('complementary').getByLabel('From').fill(monday)
    await page.getByRole('complementary').getByLabel('To').fill(addDays(monday, 11))
    await page.getByRole('button', { name: 'Search', exact: true }).click()
    const first = page.getByRole('button', { name: /^Plan for/ }).first()
    await first.waitFor()
    expect(await accessibilityProblems(page)).toEqual([])
    await Promise.all([saved(page), first.click()])
    expect(await stored(page, 'Sought')).toHaveLength(1)
    expect(problems).toEqual([])
    await close()
  })

  it('narrows, finds who can do it, and agrees to a vacation by keyboard alone', async () => {
    const { page, problems, close } = await site.page({ as: 'admin', scheme: 'dark' })
    await open(page)
    const rows = page.locator('[data-row]:not([data-team])')
    const all = await rows.count()
    await tabTo(page, page.getByRole('button', { name: 'Filters' }))
    await page.keyboard.press('Enter')
    await page.getByRole('dialog').waitFor()
    await tabTo(page, page.getByRole('searchbox', { name: 'Name' }))
    await page.keyboard.type('Mira')
    await page.waitForURL(/name=Mira/)
    await expect.poll(() => rows.count()).toBeLessThan(all)
    await page.keyboard.press('Control+A')
    await page.keyboard.press('Delete')
    await page.keyboard.press('Escape')
    await page.getByRole('dialog').waitFor({ state: 'detached' })
    await expect.poll(() => rows.count()).toBe(all)

    await tabTo(page, page.getByRole('button', { name: 'More' }))
    await page.keyboard.press('Enter')
    await arrowTo(page, page.getByRole('menuitem', { name: 'Who can do it?' }))
    await page.keyboard.press('Enter')
    const panel = page.getByRole('complementary', { name: 'Who can do it?' })
    await panel.waitFor()
    // Over a panel a menu is closed by Escape, and the panel stays.
    await tabTo(page, page.getByRole('button', { name: 'More' }))
    await page.keyboard.press('Enter')
    await page.getByRole('menu').waitFor()
    await page.keyboard.press('Escape')
    await page.getByRole('menu').waitFor({ state: 'detached' })
    await tabTo(page, panel.getByLabel('Comment'))
    await page.keyboard.type('Sought by keys')
    await page.keyboard.press('Enter')
    await tabTo(page, panel.getByRole('button', { name: /^Plan for/ }))
    await Promise.all([saved(page), page.keyboard.press('Enter')])
    await page.getByText(/20:00 planned for/).waitFor()
    expect(problems).toEqual([])

    await page.goto(`/planner?from=${addDays(site.today, 25)}`)
    const request = page.getByRole('button', { name: /^(Vacation|Day off).*not approved/ }).first()
    await request.waitFor()
    const row = page.locator('[data-row]').filter({ has: request }).first()
    const key = await row.getAttribute('data-row')
    await tabTo(page, page.getByRole('application'))
    const isThere = `document.querySelector('[data-row="${key}"] [data-bar][tabindex="0"]') !== null`
    for (let step = 0; step < 60 && !(await page.evaluate(isThere)); step += 1)
      await page.keyboard.press('ArrowDown')
    await tabTo(page, request)
    await page.keyboard.press('Enter')
    await tabTo(page, page.getByRole('button', { name: 'Approve', exact: true }))
    await Promise.all([saved(page), page.keyboard.press('Enter')])
    const back = page.getByRole('button', { name: 'Take approval back' })
    await tabTo(page, back)
    await Promise.all([saved(page), page.keyboard.press('Enter')])
    await page.keyboard.press('Escape')
    await page.getByRole('complementary').waitFor({ state: 'detached' })
    expect(problems).toEqual([])
    await close()
  })

  it('approves what was asked for, and keeps what is filtered in the address', async () => {
    const { page, problems, close } = await site.page({ as: 'admin', scheme: 'dark' })
    await page.goto(`/planner?from=${addDays(site.today, 25)}`)
    const request = page.getByRole('button', { name: /^Vacation.*not approved/ }).first()
    await request.dblclick()
    await Promise.all([
      saved(page),
      page.getByRole('button', { name: 'Approve', exact: true }).click(),
    ])
    await page.getByRole('button', { name: 'Take approval back' }).waitFor()
    expect(await accessibilityProblems(page)).toEqual([])
    await page.keyboard.press('Escape')
    await page.getByLabel('Team', { exact: true }).selectOption({ label: 'Platform' })
    await page.getByText('Month', { exact: true }).click()
    await page.waitForURL(/zoom=month/)
    expect(await page.locator('[data-row][data-team]').count()).toBe(1)
    await page.reload()
    await page.getByRole('application').waitFor()
    expect(await page.locator('[data-row][data-team]').count()).toBe(1)
    expect(problems).toEqual([])
    await close()
  })

  it('is whole on a phone', async () => {
    const { page, problems, close } = await site.page({ as: 'admin', width: 390 })
    await page.goto(`/planner?from=${addDays(site.today, 4)}`)
    await page.getByRole('application').waitFor()
    const width = await page.evaluate('document.documentElement.scrollWidth')
    expect(width).toBeLessThanOrEqual(390)
    expect(await accessibilityProblems(page)).toEqual([])
    await page.locator('[data-bar]').first().tap()
    await page.getByRole('dialog').waitFor()
    expect(problems).toEqual([])
    await close()
  })
})
