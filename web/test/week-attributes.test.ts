import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { Attribute } from '../../src/domain/attribute.ts'
import { addDays, type Day, startOfWeek } from '../../src/domain/day.ts'
import { accessibilityProblems } from './axe.ts'
import { heldWeek } from './held-week.ts'
import { describeInBrowser } from './in-browser.ts'
import { aWebSite, type WebSite } from './site.ts'
import { until } from './until.ts'

describeInBrowser('work attributes in the week', () => {
  let site: WebSite
  let monday: Day
  beforeAll(async () => {
    site = await aWebSite()
    const { app } = site
    monday = addDays(startOfWeek(site.today, 1), 28)
    const admin = await app.localActor()
    await app.directory.createProject(admin, { key: 'WEB', name: 'Web' })
    for (const summary of ['First thing', 'Second thing'])
      await app.directory.createIssue(admin, { project: 'WEB', summary })
    for (const username of ['filler', 'typist', 'german'])
      await app.directory.createPerson(admin, {
        ...{ displayName: `A ${username}`, username, timeZone: 'UTC' },
      })
    const wishes: [string, string, Attribute['type'], boolean?][] = [
      ['Place', 'Place', 'input-field'],
      ['Km', 'Kilometres', 'input-numeric'],
      ['Remote', 'Remote', 'checkbox'],
      ['Ticket', 'Ticket', 'dynamic-dropdown'],
    ]
    for (const [key, name, type] of wishes)
      await app.accounting.createAttribute(admin, { key, name, type, isRequired: false })
    const options = ['Build', 'Review'].map((label) => ({ value: label.toLowerCase(), label }))
    await app.accounting.createAttribute(admin, {
      ...{ key: 'Kind', name: 'Kind of work', type: 'static-list', isRequired: true, options },
    })
  }, 240_000)
  afterAll(() => site?.close())

  const held = (username: string) => heldWeek(site, username, monday)
  const attributesHeld = async (username: string) =>
    (await held(username)).map(({ attributes }) => attributes)
  const addRow = async (page: Page, text: string) => {
    await page.getByRole('combobox', { name: 'Add a row' }).fill(text)
    await page.getByRole('option').first().waitFor()
    await page.keyboard.press('Enter')
    await until(page, `document.activeElement?.role === 'gridcell'`)
  }
  /** Goes down the list of the field that has the focus, and takes what is called so. */
  const choose = async (page: Page, name: string) => {
    const marked = page.locator('[role=option][data-combobox-selected]').filter({ hasText: name })
    await page.keyboard.press('ArrowDown')
    await page.getByRole('option', { name }).waitFor()
    for (let step = 0; step < 3 && (await marked.count()) === 0; step += 1)
      await page.keyboard.press('ArrowDown')
    await page.keyboard.press('Enter')
  }
  const saved = (page: Page, status: number) =>
    page.waitForResponse((answer) => /\/worklogs/.test(answer.url()) && answer.status() === status)

  it('are filled in by keyboard, each by its type, changed, and taken back', async () => {
    const { app } = site
    const [row] = [
      await app.timesheets.log(await app.localActor(), {
        ...{ issue: 'WEB-1', author: 'filler', day: monday, timeSpentSeconds: 3_600 },
        attributes: { Kind: 'build' },
      }),
    ]
    const { page, problems, close } = await site.page({ as: 'filler' })
    await page.goto(`/week?day=${monday}`)
    await page.getByRole('gridcell', { name: /^WEB-1, Monday/ }).focus()
    await page.keyboard.press('Space')
    const panel = page.getByRole('dialog')
    const form = panel.locator('form').first()
    await form.getByLabel('Place').fill('Ulm')
    await form.getByLabel('Kilometres').fill('far')
    await form.getByLabel('Remote').press('Space')
    await form.getByLabel('Ticket').fill('T-1')
    await form.getByRole('button', { name: 'Save' }).press('Enter')
    await form.getByText('Write a number').waitFor()
    expect(await attributesHeld('filler')).toEqual([{ Kind: 'build' }])
    await form.getByLabel('Kilometres').fill('12,5')
    const kind = form.getByRole('combobox', { name: 'Kind of work' })
    await kind.focus()
    await choose(page, 'Review')
    const account = form.getByRole('combobox', { name: 'Account' })
    await account.fill('ORCA-DEV')
    await page.getByRole('option', { name: /^ORCA-DEV/ }).waitFor()
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('Enter')
    expect(await accessibilityProblems(page)).toEqual([])
    await Promise.all([saved(page, 200), form.getByRole('button', { name: 'Save' }).press('Enter')])
    const full = {
      ...{ Place: 'Ulm', Km: '12.5', Remote: 'true', Ticket: 'T-1' },
      ...{ Kind: 'review', _Account_: 'ORCA-DEV' },
    }
    expect(await attributesHeld('filler')).toEqual([full])
    // Another field alone leaves them as they are.
    await form.getByLabel('What was done').fill('Went there')
    await Promise.all([saved(page, 200), form.getByRole('button', { name: 'Save' }).press('Enter')])
    expect(await attributesHeld('filler')).toEqual([full])
    await page.keyboard.press('Escape')
    await panel.waitFor({ state: 'detached' })
    await page.getByRole('gridcell', { name: /^WEB-1, Monday/ }).focus()
    await Promise.all([saved(page, 200), page.keyboard.press('Control+z')])
    await Promise.all([saved(page, 200), page.keyboard.press('Control+z')])
    expect(await attributesHeld('filler')).toEqual([{ Kind: 'build' }])
    expect((await held('filler'))[0]!.id).toBe(row!.id)
    expect(problems).toEqual([])
    await close()
  })

  it('that a site demands are asked for when an entry is typed without them', async () => {
    const { page, close } = await site.page({ as: 'typist' })
    await page.goto(`/week?day=${monday}`)
    await addRow(page, 'WEB-1')
    await page.keyboard.press('Home')
    const refused = saved(page, 400)
    await page.keyboard.type('1h30')
    await page.keyboard.press('Tab')
    await refused
    const panel = page.getByRole('dialog')
    await panel.getByText('This must be filled in').waitFor()
    expect(await panel.getByLabel('Time').inputValue()).toBe('1:30')
    expect(await held('typist')).toEqual([])
    expect(await accessibilityProblems(page)).toEqual([])
    const kind = panel.getByRole('combobox', { name: 'Kind of work' })
    await until(page, `document.activeElement?.role === 'combobox'`)
    await choose(page, 'Build')
    expect(await kind.inputValue()).toBe('Build')
    await Promise.all([
      saved(page, 201),
      panel.getByRole('button', { name: 'Add an entry' }).press('Enter'),
    ])
    expect(await attributesHeld('typist')).toEqual([{ Kind: 'build' }])
    expect((await held('typist'))[0]!.timeSpentSeconds).toBe(5_400)

    // What is demanded beside attributes is asked for as well, and what was said stays.
    const { app } = site
    const admin = await app.localActor()
    await app.calendar.rules.change(admin, { isCommentRequired: true })
    await panel.getByLabel('Time').last().fill('20m')
    const kinds = panel.getByRole('combobox', { name: 'Kind of work' })
    await kinds.last().focus()
    await choose(page, 'Review')
    await Promise.all([
      saved(page, 400),
      panel.getByRole('button', { name: 'Add an entry' }).press('Enter'),
    ])
    await panel.getByText('This must be filled in').waitFor()
    expect(await kinds.last().inputValue()).toBe('Review')
    await page.keyboard.type('Read it twice')
    await Promise.all([
      saved(page, 201),
      panel.getByRole('button', { name: 'Add an entry' }).press('Enter'),
    ])
    expect((await held('typist')).map(({ comment }) => comment)).toContain('Read it twice')
    await app.calendar.rules.change(admin, { isCommentRequired: false })
    await close()
  })

  it('are refused in place, in German, and nothing typed is lost', async () => {
    const { page, close } = await site.page({ as: 'german', locale: 'de-DE', scheme: 'dark' })
    await page.goto(`/week?day=${monday}`)
    await page.getByRole('combobox', { name: 'Zeile hinzufügen' }).fill('WEB-2')
    await page.getByRole('option').first().waitFor()
    await page.keyboard.press('Enter')
    await until(page, `document.activeElement?.role === 'gridcell'`)
    await page.keyboard.press('Space')
    const panel = page.getByRole('dialog')
    await panel.getByLabel('Zeit').fill('2')
    await panel.getByLabel('Was getan wurde').fill('Viel')
    await panel.getByRole('button', { name: 'Buchung hinzufügen' }).press('Enter')
    await panel.getByText('Das muss ausgefüllt sein').waitFor()
    const { app } = site
    // The list changes meanwhile: only the server knows.
    const admin = await app.localActor()
    await panel.getByRole('combobox', { name: 'Kind of work' }).press('ArrowDown')
    await page.getByRole('option', { name: 'Review' }).click()
    const options = [{ value: 'build', label: 'Build' }]
    await app.accounting.changeAttribute(admin, 'Kind', { options })
    await Promise.all([
      saved(page, 400),
      panel.getByRole('button', { name: 'Buchung hinzufügen' }).press('Enter'),
    ])
    await panel.getByText('Das steht nicht mehr in der Liste').waitFor()
    expect(await panel.getByLabel('Zeit').inputValue()).toBe('2:00')
    expect(await panel.getByLabel('Was getan wurde').inputValue()).toBe('Viel')
    expect(await accessibilityProblems(page)).toEqual([])
    expect(await held('german')).toEqual([])
    await close()
  })
})
