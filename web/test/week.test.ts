import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { addDays, type Day, startOfWeek } from '../../src/domain/day.ts'
import { accessibilityProblems } from './axe.ts'
import { heldWeek } from './held-week.ts'
import { describeInBrowser } from './in-browser.ts'
import { tabTo } from './keys-alone.ts'
import { aWebSite, type WebSite } from './site.ts'
import { until } from './until.ts'

describeInBrowser('my week', () => {
  let site: WebSite
  let monday: Day
  beforeAll(async () => {
    site = await aWebSite()
    const { app } = site
    monday = addDays(startOfWeek(site.today, 1), 28)
    const actor = await app.localActor()
    await app.directory.createProject(actor, { key: 'WEB', name: 'Web' })
    for (const summary of ['First thing', 'Second thing', 'Third thing'])
      await app.directory.createIssue(actor, { project: 'WEB', summary })
    for (const username of [
      'fresh',
      'german',
      'away',
      'second',
      'caller',
      'dragger',
      'typist',
      'opener',
    ])
      await app.directory.createPerson(actor, {
        displayName: `A ${username}`,
        username,
        timeZone: 'UTC',
      })
  }, 240_000)
  afterAll(() => site?.close())

  const worklogsOf = (username: string) => heldWeek(site, username, monday)
  /** What the server holds, once it is what is expected. */
  const expectHeld = (username: string, expected: readonly unknown[]) =>
    expect
      .poll(
        async () =>
          (await worklogsOf(username)).map((one) => [
            one.issue.key,
            one.day,
            one.startTime.slice(0, 5),
            one.timeSpentSeconds / 60,
          ]),
        { timeout: 15_000 },
      )
      .toEqual(expected)
  const cell = (page: Page, row: number, column: number) =>
    page.getByRole('grid').locator('tbody tr').nth(row).getByRole('gridcell').nth(column)

  async function addRow(page: Page, text: string): Promise<void> {
    const input = page.getByRole('combobox', { name: 'Add a row' })
    await input.fill(text)
    await page.getByRole('option').first().waitFor()
    await page.keyboard.press('Enter')
  }

  /** One hour on Monday, the only one of that person. */
  async function logAnHour(page: Page, username: string): Promise<void> {
    await page.goto(`/week?day=${monday}`)
    await addRow(page, 'WEB-1')
    await until(page, `document.activeElement?.role === 'gridcell'`)
    await page.keyboard.press('Home')
    await page.keyboard.type('1')
    await page.keyboard.press('Enter')
    await expectHeld(username, [['WEB-1', monday, '09:00', 60]])
  }

  it('is filled by keyboard alone, undone, and holds what was typed', async () => {
    const { page, problems, close } = await site.page({ as: 'fresh' })
    await page.goto(`/week?day=${monday}`)
    await page.getByText('Nothing is logged in this week yet').waitFor()
    await addRow(page, 'WEB-1')
    await addRow(page, 'Second thing')
    await until(page, `document.activeElement?.role === 'gridcell'`)
    await page.keyboard.press('Control+Home')
    await page.keyboard.type('1h30')
    await page.keyboard.press('Enter')
    await page.keyboard.type('930-1100')
    await page.keyboard.press('Tab')
    await page.keyboard.type('1.5')
    await page.keyboard.press('Tab')
    await page.keyboard.type('45m')
    await page.keyboard.press('Enter')
    const [tuesday, wednesday] = [addDays(monday, 1), addDays(monday, 2)]
    await expectHeld('fresh', [
      ['WEB-1', monday, '09:00', 90],
      ['WEB-2', monday, '09:30', 90],
      ['WEB-2', tuesday, '09:00', 90],
      ['WEB-2', wednesday, '09:00', 45],
    ])
    await page.keyboard.press('Control+Home')
    await page.keyboard.type('+15m')
    await page.keyboard.press('Enter')
    await cell(page, 0, 0).getByText('1:45').waitFor()
    await page.keyboard.press('ArrowRight')
    await page.keyboard.press('Delete')
    await expectHeld('fresh', [
      ['WEB-1', monday, '09:00', 105],
      ['WEB-2', monday, '09:30', 90],
      ['WEB-2', wednesday, '09:00', 45],
    ])
    await page.keyboard.press('Control+z')
    await page.keyboard.press('Control+z')
    await expectHeld(
      'fresh',
      [
        ['WEB-1', monday, '09:00', 90],
        ['WEB-2', monday, '09:30', 90],
        ['WEB-2', wednesday, '09:00', 45],
        ['WEB-2', tuesday, '09:00', 90],
      ].sort((a, b) => String(a[1]).localeCompare(String(b[1]))),
    )
    await page.keyboard.press('Control+Home')
    await page.keyboard.type('45')
    await page.keyboard.press('Enter')
    await page.getByText('45 means hours, and a day has 24').waitFor()
    await page.keyboard.press('Escape')
    expect(await accessibilityProblems(page)).toEqual([])
    expect(problems).toEqual([])
    await close()
  })

  it('copies cells, a spreadsheet, and last week', async () => {
    const { page, close } = await site.page({ as: 'fresh' })
    await page.goto(`/week?day=${monday}`)
    await cell(page, 0, 0).focus()
    await page.evaluate(`{
      const data = new DataTransfer()
      data.setData('text/plain', '0:30\\t\\t2\\n\\t1:15')
      document.activeElement.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true }))
    }`)
    await page.getByText('3 cells pasted').waitFor()
    await cell(page, 0, 2).getByText('2:00').waitFor()
    await cell(page, 1, 1).getByText('1:15').waitFor()
    await page.getByRole('button', { name: 'Next week' }).click()
    await page.getByRole('button', { name: 'Copy last week' }).click()
    await page.getByText(/entries copied/).waitFor()
    await cell(page, 0, 2).getByText('2:00').waitFor()
    await page.getByRole('link', { name: 'Hand in' }).click()
    await page.waitForURL(/approvals\?tab=own&day=/)
    await close()
  })

  it('opens a cell with its worklogs at the side', async () => {
    const { page, problems, close } = await site.page({ as: 'fresh', scheme: 'dark' })
    await page.goto(`/week?day=${monday}`)
    await cell(page, 1, 0).focus()
    await page.keyboard.press('Space')
    const panel = page.getByRole('dialog')
    await panel.getByLabel('What was done').first().fill('Wrote the second thing down')
    await panel.getByRole('button', { name: 'Save' }).first().click()
    await panel.getByLabel('Time').last().fill('20m')
    await panel.getByLabel('Start').last().fill('14:00')
    await panel.getByRole('button', { name: 'Add an entry' }).click()
    await expect
      .poll(async () => (await worklogsOf('fresh')).map((one) => one.comment))
      .toContain('Wrote the second thing down')
    expect(await accessibilityProblems(page)).toEqual([])
    await page.keyboard.press('Escape')
    await panel.waitFor({ state: 'detached' })
    expect(await cell(page, 1, 0).getAttribute('aria-label')).toContain('2 entries')
    expect(problems).toEqual([])
    await close()
  })

  it('keeps what is entered while the server is away, also over a reload, and sends it afterwards', async () => {
    const { page, context, close } = await site.page({ as: 'away' })
    await page.goto(`/week?day=${monday}`)
    await addRow(page, 'WEB-3')
    await until(page, `document.activeElement?.role === 'gridcell'`)
    await context.route('**/api/v1/worklogs**', (route) => route.abort())
    await context.route('**/health', (route) => route.abort())
    await page.keyboard.press('Home')
    await page.keyboard.type('2')
    await page.keyboard.press('Enter')
    await page.getByText('The server does not answer.').waitFor()
    await page.getByRole('gridcell', { name: /not sent yet/ }).waitFor()
    await page.reload()
    await cell(page, 0, 0).getByText('2:00').waitFor()
    await context.unroute('**/api/v1/worklogs**')
    await context.unroute('**/health')
    await expectHeld('away', [['WEB-3', monday, '09:00', 120]])
    await page.getByText('The server does not answer.').waitFor({ state: 'detached' })
    await close()
  })

  it('shows the second one what the first one did, and loses nothing', async () => {
    const { page, close } = await site.page({ as: 'second' })
    await logAnHour(page, 'second')
    const { app } = site
    const [row] = await worklogsOf('second')
    await app.timesheets.change(await app.localActor(), row!.id, { timeSpentSeconds: 7_200 })
    await page.keyboard.press('Control+Home')
    await page.keyboard.type('3')
    await page.keyboard.press('Enter')
    await page.getByText('Somebody else changed this meanwhile to 2:00').waitFor()
    await cell(page, 0, 0).getByText('2:00').waitFor()
    await page.getByRole('button', { name: 'Keep mine' }).click()
    await expectHeld('second', [['WEB-1', monday, '09:00', 180]])
    await close()
  })

  it('writes nothing over what somebody else did while an entry was open', async () => {
    const { app } = site
    const { page, problems, close } = await site.page({ as: 'opener' })
    await page.clock.install()
    await logAnHour(page, 'opener')
    await page.keyboard.press('Control+Home')
    await page.keyboard.press('Space')
    const panel = page.getByRole('dialog')
    const [time, comment] = [
      panel.getByLabel('Time').first(),
      panel.getByLabel('What was done').first(),
    ]
    await comment.fill('what I did')
    await panel.getByRole('button', { name: 'Save' }).click()
    await expect.poll(async () => (await worklogsOf('opener'))[0]?.comment).toBe('what I did')
    // What we did ourselves is nobody else's.
    await page.keyboard.press('Control+End')
    expect(await panel.getByRole('alert').count()).toBe(0)

    const change = async (timeSpentSeconds: number, said: string) => {
      const [row] = await worklogsOf('opener')
      const values = { timeSpentSeconds, comment: said }
      await app.timesheets.change(await app.localActor(), row!.id, values)
      // Whoever comes back to the page after a while reads the week anew.
      await page.clock.fastForward(20_000)
      await page.evaluate(
        `document.dispatchEvent(new Event('visibilitychange', { bubbles: true }))`,
      )
    }
    await time.fill('3:00')
    await change(7_200, 'what she did')
    await panel.getByRole('alert').getByText('2:00 · what she did').waitFor()
    await panel.getByRole('button', { name: 'Save' }).click()
    await page.getByText('Somebody else changed this meanwhile to 2:00').waitFor()
    await expectHeld('opener', [['WEB-1', monday, '09:00', 120]])
    await panel.getByRole('button', { name: 'Show theirs' }).click()
    expect(await comment.inputValue()).toBe('what she did')
    expect(await time.inputValue()).toBe('2:00')

    await comment.fill('what we did')
    await change(5_400, 'what she did then')
    await panel.getByRole('alert').getByText('1:30 · what she did then').waitFor()
    expect(await accessibilityProblems(page)).toEqual([])
    await panel.getByRole('button', { name: 'Keep mine' }).click()
    await panel.getByRole('alert').waitFor({ state: 'detached' })
    await panel.getByRole('button', { name: 'Save' }).click()
    await expectHeld('opener', [['WEB-1', monday, '09:00', 120]])
    expect((await worklogsOf('opener'))[0]?.comment).toBe('what we did')
    expect(problems.filter((one) => !one.includes('412'))).toEqual([])
    await close()
  })

  it('says why a locked day does not change', async () => {
    const { app } = site
    const day = addDays(monday, 4)
    const admin = await app.localActor()
    await app.calendar.periods.close(admin, { from: day, to: day }, '')
    const by = (await app.store.people.get(app.site.id, admin.personId)).displayName
    const { page, close } = await site.page({ as: 'second' })
    await page.goto(`/week?day=${monday}`)
    await cell(page, 0, 4).focus()
    const why = new RegExp(`Locked: period .* closed by ${by} on \\d`)
    expect(await cell(page, 0, 4).getAttribute('aria-label')).toMatch(why)
    const said = page.getByRole('status').getByText(why)
    await said.waitFor()
    await page.keyboard.type('1')
    await page.keyboard.press('Enter')
    await expect.poll(() => said.count()).toBe(2)
    await close()
    const german = await site.page({ as: 'second', locale: 'de-DE' })
    await german.page.goto(`/week?day=${monday}`)
    await cell(german.page, 0, 4).focus()
    await german.page
      .getByRole('status')
      .getByText(new RegExp(`Gesperrt: Zeitraum .* abgeschlossen von ${by} am \\d`))
      .waitFor()
    await german.close()
    await app.calendar.periods.reopen(admin, { from: day, to: day }, 'for the next test')
  })

  it('says of a single approved entry who approved it, and keeps it as it is', async () => {
    const { app } = site
    const day = addDays(monday, 2)
    const people = await app.store.people.findByNames(app.site.id, ['second', 'admin'])
    const admin = people.get('admin')![0]!
    const actor = await app.localActor()
    const entry = { issue: 'WEB-2', author: 'second', day, timeSpentSeconds: 3_600 }
    const row = await app.timesheets.log(actor, entry)
    const approval = { worklogId: row.id, approvedById: admin.id, approvedAt: app.now() }
    await app.store.worklogApprovals.put(app.site.id, [approval])
    const { page, problems, close } = await site.page({ as: 'second' })
    await page.goto(`/week?day=${monday}`)
    const held = page.getByRole('gridcell', {
      name: new RegExp(`^WEB-2.*Locked: approved by ${admin.displayName} on \\d`),
    })
    await held.focus()
    await page.keyboard.press('Delete')
    await page.keyboard.press('Space')
    const panel = page.getByRole('dialog')
    await panel.getByText(/Locked: approved by/).waitFor()
    expect(await panel.getByRole('button', { name: 'Save' }).count()).toBe(0)
    expect(await panel.getByRole('button', { name: 'Add an entry' }).count()).toBe(1)
    expect(await accessibilityProblems(page)).toEqual([])
    await page.keyboard.press('Escape')
    await page.goto(`/week?day=${monday}&view=calendar`)
    await page.getByRole('button', { name: /^WEB-2.*Locked: approved by/ }).click()
    await panel.getByText(/Locked: approved by/).waitFor()
    expect(problems).toEqual([])
    await app.store.worklogApprovals.remove(app.site.id, [row.id])
    await app.timesheets.remove(actor, row.id)
    await close()
  })

  it('runs a timer through a reload and logs it', async () => {
    const { page, problems, close } = await site.page({ as: 'caller' })
    await page.goto('/week')
    await addRow(page, 'project = WEB and summary ~ "Second"')
    await until(page, `document.activeElement?.role === 'gridcell'`)
    await page.keyboard.press('s')
    const timer = page.getByRole('button', { name: /^Timer on WEB-2/ })
    await timer.waitFor()
    await page.reload()
    await timer.click()
    await page.getByLabel('What was done').fill('Called the customer')
    await page.getByRole('button', { name: 'Stop and log' }).click()
    await page.getByText('Logged 0:01 on WEB-2').waitFor()
    await timer.waitFor({ state: 'detached' })
    expect(problems).toEqual([])
    await close()
  })

  it('is dragged in the calendar: created, moved, resized', async () => {
    const { page, problems, close } = await site.page({ as: 'dragger' })
    await page.goto(`/week?day=${monday}&view=calendar`)
    const column = page.getByRole('region', { name: /Monday/ })
    await column.waitFor()
    const box = (await column.boundingBox())!
    const at = (hour: number) => box.y + hour * 48
    const drag = async (x: number, from: number, toX: number, to: number) => {
      await page.mouse.move(x, from)
      await page.mouse.down()
      await page.mouse.move(toX, (from + to) / 2, { steps: 3 })
      await page.mouse.move(toX, to, { steps: 3 })
      await page.mouse.up()
    }
    const middle = box.x + box.width / 2
    await drag(middle, at(9), middle, at(10.5))
    await page.getByRole('combobox', { name: 'For which issue?' }).fill('WEB-1')
    await page.getByRole('option').first().waitFor()
    await page.keyboard.press('Enter')
    await expectHeld('dragger', [['WEB-1', monday, '09:00', 90]])
    await drag(middle, at(9.25), middle + box.width, at(10.25))
    await expectHeld('dragger', [['WEB-1', addDays(monday, 1), '10:00', 90]])
    await drag(middle + box.width, at(11.5) - 5, middle + box.width, at(12))
    await expectHeld('dragger', [['WEB-1', addDays(monday, 1), '10:00', 120]])
    const block = page.getByRole('button', { name: /^WEB-1/ })
    await block.focus()
    await page.keyboard.press('ArrowDown')
    await expectHeld('dragger', [['WEB-1', addDays(monday, 1), '10:05', 120]])
    await block.focus()
    await page.keyboard.press('Shift+ArrowUp')
    await expectHeld('dragger', [['WEB-1', addDays(monday, 1), '10:05', 115]])
    await block.focus()
    await page.keyboard.press('Delete')
    await expectHeld('dragger', [])
    expect(await accessibilityProblems(page)).toEqual([])
    expect(problems).toEqual([])
    await close()
  })

  it('opens a cell, fills the calendar and runs the timer by keyboard alone', async () => {
    const { page, problems, close } = await site.page({ as: 'typist' })
    await page.goto(`/week?day=${monday}`)
    await tabTo(page, page.getByRole('combobox', { name: 'Add a row' }))
    await page.keyboard.type('WEB-1')
    await page.getByRole('option').first().waitFor()
    await page.keyboard.press('Enter')
    await until(page, `document.activeElement?.role === 'gridcell'`)
    await page.keyboard.press('Home')
    await page.keyboard.type('2')
    await page.keyboard.press('Enter')
    await expectHeld('typist', [['WEB-1', monday, '09:00', 120]])
    await page.keyboard.press('Space')
    const panel = page.getByRole('dialog')
    await tabTo(page, panel.getByLabel('What was done'))
    await page.keyboard.type('Typed')
    await tabTo(page, panel.getByRole('button', { name: 'Save' }))
    await page.keyboard.press('Enter')
    await expect.poll(async () => (await worklogsOf('typist'))[0]?.comment).toBe('Typed')
    await page.keyboard.press('Escape')
    await panel.waitFor({ state: 'detached' })

    await tabTo(page, page.getByRole('radio', { name: 'Grid' }))
    await page.keyboard.press('ArrowRight')
    await tabTo(page, page.getByRole('region', { name: /N makes an entry/ }))
    await page.keyboard.press('n')
    await page.getByRole('combobox', { name: 'For which issue?' }).waitFor()
    await page.keyboard.type('WEB-2')
    await page.getByRole('option', { name: /WEB-2/ }).waitFor()
    await page.keyboard.press('Enter')
    await tabTo(page, page.getByRole('button', { name: /^WEB-2/ }))
    await page.keyboard.press('ArrowRight')
    const tuesday = addDays(monday, 1)
    await expectHeld('typist', [
      ['WEB-1', monday, '09:00', 120],
      ['WEB-2', tuesday, '09:00', 60],
    ])
    await tabTo(page, page.getByRole('button', { name: /^WEB-2/ }))
    await page.keyboard.press('Delete')
    await expectHeld('typist', [['WEB-1', monday, '09:00', 120]])

    await tabTo(page, page.getByRole('radio', { name: 'Calendar' }))
    await page.keyboard.press('ArrowLeft')
    await tabTo(page, page.getByRole('gridcell').first())
    await page.keyboard.press('s')
    await tabTo(page, page.getByRole('button', { name: /^Timer on WEB-1/ }))
    await page.keyboard.press('Enter')
    await until(page, `document.activeElement?.localName === 'textarea'`)
    await page.keyboard.type('Called')
    await tabTo(page, page.getByRole('button', { name: 'Stop and log' }))
    await page.keyboard.press('Enter')
    await page.getByText('Logged 0:01 on WEB-1').waitFor()
    expect(problems).toEqual([])
    await close()
  })

  it('takes a sentence in the palette, in German', async () => {
    const { page, problems, close } = await site.page({ as: 'german', locale: 'de-DE' })
    await page.goto(`/week?day=${monday}`)
    await page.getByRole('button', { name: /suchen/ }).waitFor()
    await page.keyboard.press('Control+k')
    await page.getByRole('dialog').getByRole('combobox').waitFor()
    await page.keyboard.type(`buche 1h30 auf WEB-1 ${monday}: Gelesen`)
    await page.getByRole('option', { name: /1:30 auf WEB-1 buchen/ }).waitFor()
    expect(await accessibilityProblems(page)).toEqual([])
    await page.keyboard.press('Enter')
    await expectHeld('german', [['WEB-1', monday, '09:00', 90]])
    await page.getByText('1:30 auf WEB-1 gebucht').waitFor()
    await page.getByRole('button', { name: 'Rückgängig' }).click()
    await expectHeld('german', [])
    expect(problems).toEqual([])
    await close()
  })

  it('loads with at most 250 kB of compressed JavaScript', async () => {
    const { page, close } = await site.page({ as: 'admin' })
    let bytes = 0
    page.on('response', (response) => {
      if (/\.js$/.test(new URL(response.url()).pathname))
        bytes += Number(response.headers()['content-length'] ?? 0)
    })
    await page.goto('/week')
    await page.getByRole('grid').waitFor()
    await page.waitForLoadState('networkidle')
    expect(bytes).toBeGreaterThan(50_000)
    expect(bytes).toBeLessThanOrEqual(250_000)
    console.info(`first load of the week: ${Math.round(bytes / 1_000)} kB of JavaScript`)
    await close()
  })
})
