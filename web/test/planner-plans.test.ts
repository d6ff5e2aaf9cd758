import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { AllocationId } from '../../src/domain/allocation.ts'
import type { AllocationWish } from '../../src/domain/allocation-changes.ts'
import { parseDay } from '../../src/domain/day.ts'
import { addDays, weekStart } from '../src/time/days.ts'
import { accessibilityProblems } from './axe.ts'
import { describeInBrowser } from './in-browser.ts'
import { aWebSite, type WebSite } from './site.ts'

describeInBrowser('the planner with time set aside and a backlog', () => {
  let site: WebSite
  /** A Monday no plan of the sample company reaches. */
  let monday: string
  /** Shows the administrator alone. */
  let mine: string
  let item: { kind: 'issue'; issueId: Awaited<ReturnType<typeof anIssue>> }
  beforeAll(async () => {
    site = await aWebSite()
    monday = weekStart(addDays(site.today, 140), 1)
    item = { kind: 'issue', issueId: await anIssue('ORCA-1') }
    mine = `&name=${encodeURIComponent((await admin()).displayName)}`
  }, 200_000)
  afterAll(() => site?.close())

  const anIssue = async (key: string) => {
    const found = await site.app.store.issues.findByNames(site.app.site.id, [key])
    return found.get(key)![0]!.id
  }
  const admin = async () => {
    const found = await site.app.store.people.findByNames(site.app.site.id, ['admin'])
    return found.get('admin')![0]!
  }
  /** Time set aside for the administrator, or for the first generic resource of a team. */
  const aPlan = async (wish: Partial<AllocationWish> = {}): Promise<AllocationId> => {
    const from = parseDay(monday)
    const { app } = site
    const assignee = { kind: 'person', personId: (await admin()).id } as const
    const shape = { assignee, item, from, to: parseDay(addDays(monday, 1)), seconds: 7_200 }
    return (await app.allocations.create(await app.localActor(), { ...shape, ...wish })).id
  }
  const stored = (id: AllocationId) => site.app.store.allocations.get(site.app.site.id, id)
  const open = async (page: Page, search = '') => {
    await page.goto(`/planner?from=${monday}${search}`)
    await page.getByRole('application').waitFor()
  }
  const put = (page: Page, status = 200) =>
    page.waitForResponse(
      (answer) => answer.request().method() === 'PUT' && answer.status() === status,
    )

  it('draws each turn, moves and resizes all of them by keyboard, and takes that back', async () => {
    const id = await aPlan({ rule: 'weekly', recursUntil: parseDay(addDays(monday, 14)) })
    const { page, problems, close } = await site.page({ as: 'admin' })
    await open(page, mine)
    const turns = page.getByRole('button', { name: /^Time set aside: ORCA-1.*every week/ })
    await turns.first().click()
    expect(await turns.count()).toBe(3)
    await Promise.all([put(page), page.keyboard.press('ArrowRight')])
    expect(await stored(id)).toMatchObject({
      ...{ from: addDays(monday, 1), to: addDays(monday, 2), recursUntil: addDays(monday, 15) },
    })
    await Promise.all([put(page), page.keyboard.press('Shift+ArrowRight')])
    expect(await stored(id)).toMatchObject({ from: addDays(monday, 1), to: addDays(monday, 3) })
    await page.keyboard.press('s')
    await page.getByText('Time set aside cannot be split').waitFor()
    await Promise.all([put(page), page.keyboard.press('Control+z')])
    await Promise.all([put(page), page.keyboard.press('Control+z')])
    expect(await stored(id)).toMatchObject({ from: monday, to: addDays(monday, 1) })
    expect(problems).toEqual([])
    await close()
  })

  it('opens in the side panel, changes there, is agreed to, and goes with a way back', async () => {
    const review = { status: 'requested' as const }
    const id = await aPlan({ description: 'Pairing', approval: review })
    const { page, problems, close } = await site.page({ as: 'admin', scheme: 'dark' })
    await open(page, `${mine}&plan=${id}`)
    const panel = page.getByRole('complementary', { name: /^ORCA-1/ })
    await panel.getByRole('button', { name: 'Approve' }).waitFor()
    expect(await accessibilityProblems(page)).toEqual([])
    await Promise.all([put(page), panel.getByRole('button', { name: 'Approve' }).click()])
    await panel.getByText('approved', { exact: true }).waitFor()
    await panel.getByLabel('Hours', { exact: true }).fill('3h')
    await Promise.all([put(page), panel.getByRole('button', { name: 'Save' }).click()])
    expect(await stored(id)).toMatchObject({ seconds: 10_800, approval: { status: 'approved' } })

    const bar = page.getByRole('button', { name: /^Time set aside: ORCA-1.*3:00 a day/ })
    await bar.focus()
    const gone = page.waitForResponse((one) => one.request().method() === 'DELETE')
    await Promise.all([gone, page.keyboard.press('Delete')])
    await bar.waitFor({ state: 'detached' })
    const back = page.waitForResponse((one) => one.request().method() === 'POST' && one.ok())
    await Promise.all([back, page.keyboard.press('Control+z')])
    await bar.waitFor()
    expect(problems).toEqual([])
    await close()
  })

  it('sets time aside for a generic resource, and gives it to a person by dragging', async () => {
    const { page, problems, close } = await site.page({ as: 'admin' })
    await open(page)
    const row = page.locator('[data-row*="-r"]').first()
    await row.scrollIntoViewIfNeeded()
    const box = (await row.locator('[data-lane]').boundingBox())!
    const at = (column: number) => box.x + column * 44 + 22
    const y = box.y + 34
    await page.mouse.move(at(7), y)
    await page.mouse.down()
    await page.mouse.move(at(8), y, { steps: 4 })
    await page.mouse.up()
    const panel = page.getByRole('complementary', { name: 'Set time aside' })
    await panel.getByLabel('Issue or project').fill('ORCA-2')
    await panel.getByLabel('Hours', { exact: true }).fill('4')
    const made = page.waitForResponse((one) => one.request().method() === 'POST' && one.ok())
    await Promise.all([made, panel.getByRole('button', { name: 'Plan it' }).click()])
    const bar = row.getByRole('button', { name: /^Time set aside: ORCA-2/ })
    await bar.waitFor()
    const above = page.locator('[data-row]').filter({ has: page.locator('strong') })
    const keys = await above.evaluateAll((rows) =>
      rows.map((one) => one.getAttribute('data-row') ?? ''),
    )
    const own = await row.getAttribute('data-row')
    const person = keys[keys.indexOf(own!) - 1]!
    const target = (await page.locator(`[data-row="${person}"]`).boundingBox())!
    const from = (await bar.boundingBox())!
    await page.mouse.move(from.x + 40, from.y + 8)
    await page.mouse.down()
    await page.mouse.move(from.x + 40, target.y + 30, { steps: 6 })
    await Promise.all([put(page), page.mouse.up()])
    await page
      .locator(`[data-row="${person}"]`)
      .getByRole('button', { name: /^Time set aside: ORCA-2/ })
      .waitFor()
    expect(problems).toEqual([])
    await close()
  })

  it('says when somebody else changed it meanwhile', async () => {
    const id = await aPlan({
      from: parseDay(addDays(monday, 21)),
      to: parseDay(addDays(monday, 22)),
    })
    const { page, close } = await site.page({ as: 'admin' })
    await open(page, `${mine}&plan=${id}`)
    const panel = page.getByRole('complementary', { name: /^ORCA-1/ })
    await panel.getByLabel('Comment').fill('Mine')
    const before = await stored(id)
    await site.app.allocations.replace(await site.app.localActor(), id, {
      ...before,
      ...{ seconds: 600, approval: null },
    })
    await Promise.all([put(page, 412), panel.getByRole('button', { name: 'Save' }).click()])
    await page.getByText(/Somebody else changed ORCA-1.*meanwhile/).waitFor()
    expect(await panel.getByLabel('Comment').inputValue()).toBe('Mine')
    await Promise.all([put(page), page.getByRole('button', { name: 'Keep mine' }).click()])
    expect(await stored(id)).toMatchObject({ description: 'Mine', seconds: 7_200 })
    await close()
  })

  it('schedules issues out of the backlog, by keyboard and by dragging', async () => {
    const { page, problems, close } = await site.page({ as: 'admin' })
    await open(page, '&backlog=true')
    const panel = page.getByRole('complementary', { name: 'Backlog' })
    const issues = panel.locator('[data-issue]')
    await issues.first().waitFor()
    expect(await accessibilityProblems(page)).toEqual([])
    const key = (await issues.first().getAttribute('data-issue'))!
    const saved = () =>
      page.waitForResponse((one) => one.url().endsWith('/events/bulk') && one.ok())
    await panel.getByLabel('Issues not scheduled yet').fill(key)
    await panel.getByLabel('Issues not scheduled yet').press('ArrowDown')
    await page.keyboard.press('Enter')
    await panel.getByLabel('From').fill(monday)
    await Promise.all([saved(), page.keyboard.press('Enter')])
    const scheduled = (one: string) => page.locator('[data-bar]').filter({ hasText: one })
    await scheduled(key).waitFor()
    await panel.locator(`[data-issue="${key}"]`).waitFor({ state: 'detached' })

    await panel.getByLabel('Issues not scheduled yet').fill(`project = ${key.split('-')[0]}`)
    const other = panel.locator('[data-issue]').first()
    await other.waitFor()
    const second = (await other.getAttribute('data-issue'))!
    const lane = page.locator('[data-row]:not([data-team]) [data-lane]').nth(1)
    const box = (await lane.boundingBox())!
    const start = (await other.boundingBox())!
    await page.mouse.move(start.x + 10, start.y + 10)
    await page.mouse.down()
    await page.mouse.move(box.x + 3 * 44 + 20, box.y + 10, { steps: 6 })
    await Promise.all([saved(), page.mouse.up()])
    const bar = scheduled(second)
    await bar.waitFor()
    expect(await bar.getAttribute('aria-label')).toContain('Issue:')
    expect(problems).toEqual([])
    await close()
  })

  it('does not do twice what was done when its answer was lost', async () => {
    const { page, context, close } = await site.page({ as: 'admin' })
    await open(page, mine)
    const keys: (string | undefined)[] = []
    await context.route('**/api/v1/events/bulk', async (route) => {
      keys.push(route.request().headers()['idempotency-key'])
      if (keys.length > 1) return route.continue()
      await route.fetch()
      await route.abort()
    })
    await page.getByRole('application').focus()
    await page.keyboard.press('n')
    await page.keyboard.type('Made once')
    await page.keyboard.press('Enter')
    await page.getByText('The server is away.').waitFor()
    const { app } = site
    const actor = await app.localActor()
    const made = async () => {
      const query = { from: monday, to: addDays(monday, 30) } as never
      const events = await app.planning.list(actor, query, { limit: 1_000 })
      return events.filter(({ title }) => title === 'Made once').length
    }
    await expect.poll(() => keys.length, { timeout: 20_000 }).toBe(2)
    await page
      .getByRole('button', { name: /Made once/ })
      .first()
      .waitFor()
    expect(new Set(keys).size).toBe(1)
    expect(await made()).toBe(1)
    await close()
  })

  it('keeps what is planned while the server is away, also over a reload', async () => {
    const { page, context, close } = await site.page({ as: 'admin' })
    await open(page, mine)
    const { app } = site
    const [outcome] = await app.planning.write(await app.localActor(), [
      {
        kind: 'create',
        plan: { kind: 'booking', person: 'admin', title: 'Moved', from: monday, to: monday },
      },
    ])
    await page.reload()
    await page.getByRole('button', { name: /Moved/ }).click()
    await context.route('**/api/v1/events/**', (route) => route.abort())
    await context.route('**/health', (route) => route.abort())
    await page.keyboard.press('ArrowRight')
    await page.getByText('The server does not answer.').waitFor()
    await page.keyboard.press('Escape')
    await page.keyboard.press('n')
    await page.keyboard.type('Made meanwhile')
    await page.keyboard.press('Enter')
    await page.getByText('The server is away.').waitFor()
    await page.reload()
    await page.locator('[data-unsaved]').filter({ hasText: 'Moved' }).waitFor()
    await context.unroute('**/api/v1/events/**')
    await context.unroute('**/health')
    await page.getByRole('button', { name: /Made meanwhile/ }).waitFor()
    const day = addDays(monday, 1)
    await expect
      .poll(async () => (await app.planning.get(await app.localActor(), outcome!.id)).from)
      .toBe(day)
    await close()
  })
})
