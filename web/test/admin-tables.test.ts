import type { Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { aClock } from '../../test/clock.ts'
import { type FakeJira, startFakeJira } from '../../test/fake-jira/fake-jira.ts'
import { accessibilityProblems } from './axe.ts'
import { describeInBrowser } from './in-browser.ts'
import { tabTo } from './keys-alone.ts'
import { aWebSite, type WebPage, type WebSite } from './site.ts'

describeInBrowser('the tables of the administration', () => {
  let site: WebSite
  let jira: FakeJira
  beforeAll(async () => {
    site = await aWebSite()
    jira = await startFakeJira({ dialect: 'cloud', clock: aClock(site.app.now()) })
  }, 240_000)
  afterAll(async () => {
    await site?.close()
    await jira?.close()
  })

  const accountNamed = async (key: string) =>
    (await site.app.store.accounts.find(site.app.site.id, { keys: [key], limit: 1 }))[0]

  /** Leaves a cell of a table chosen by the keyboard alone: the first, then so many steps. */
  const goTo = async (page: Page, table: string, right: number, down = 0) => {
    await page.getByRole('grid', { name: table }).getByRole('gridcell').first().focus()
    for (let step = 0; step < right; step += 1) await page.keyboard.press('ArrowRight')
    for (let step = 0; step < down; step += 1) await page.keyboard.press('ArrowDown')
  }

  it('change a cell by keyboard, say what is wrong in place, and take it back', async () => {
    const { page, problems, close } = await site.page({ as: 'admin' })
    await page.goto('/admin/accounts')
    await page.getByRole('gridcell', { name: 'ORCA-DEV', exact: true }).waitFor()
    expect(await accessibilityProblems(page)).toEqual([])
    await goTo(page, 'Accounts', 1)
    await page.keyboard.press('Enter')
    await page.keyboard.type('Orca, renamed')
    await page.keyboard.press('Enter')
    await page.getByText('ORCA-DEV is changed', { exact: true }).last().waitFor()
    expect((await accountNamed('ORCA-DEV'))?.name).toBe('Orca, renamed')
    await page.keyboard.press('Control+z')
    await page.getByText('Taken back').waitFor()
    expect((await accountNamed('ORCA-DEV'))?.name).toBe('Orca portal, development')
    await goTo(page, 'Accounts', 5)
    await page.keyboard.type('much')
    await page.keyboard.press('Enter')
    await page.getByText('Write a whole number').waitFor()
    await page.keyboard.press('Escape')
    expect((await accountNamed('ORCA-DEV'))?.monthlyBudget).toBe(640)
    await goTo(page, 'Accounts', 7)
    await page.keyboard.press('Space')
    await expect.poll(async () => (await accountNamed('ORCA-DEV'))?.isGlobal).toBe(true)
    expect(problems).toEqual([])
    await close()
  })

  it('tell when somebody else was faster, and keep mine when told to', async () => {
    const { page, close } = await site.page({ as: 'admin' })
    await page.goto('/admin/accounts?tab=customers')
    const cell = page.getByRole('gridcell', { name: 'Brio Foods', exact: true })
    await cell.waitFor()
    const { accounting, store } = site.app
    const [brio] = await store.customers.find(site.app.site.id, { keys: ['BRIO'], limit: 1 })
    await accounting.changeCustomer(await site.app.localActor(), brio!.id, { name: 'Brio plc' })
    await cell.click()
    await page.getByLabel('Name of BRIO').fill('Brio GmbH')
    await page.keyboard.press('Enter')
    await page.getByText('Somebody else changed this meanwhile').waitFor()
    await page.getByRole('gridcell', { name: 'Brio plc', exact: true }).waitFor()
    await page.getByRole('button', { name: 'Keep mine' }).press('Enter')
    await page.getByRole('gridcell', { name: 'Brio GmbH', exact: true }).waitFor()
    await close()
  })

  it('make a row in a side panel, remove it, and bring it back', async () => {
    const { page, problems, close } = await site.page({ as: 'admin', scheme: 'dark', width: 390 })
    await page.goto('/admin/accounts')
    await page.getByRole('button', { name: 'Add account' }).click()
    const panel = page.getByRole('dialog')
    await panel.getByLabel('Key', { exact: true }).fill('NEW')
    await panel.getByRole('button', { name: 'Add account' }).click()
    await panel.getByText('This may not be empty').first().waitFor()
    expect(await accessibilityProblems(page)).toEqual([])
    await panel.getByLabel('Name', { exact: true }).fill('A new one')
    await panel.getByLabel('Lead').first().fill('Mira')
    await page.getByRole('option', { name: 'Mira Falkenrath' }).waitFor()
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('Enter')
    await panel.getByRole('button', { name: 'Add account' }).click()
    await page.getByText('NEW is added').waitFor()
    await page.getByRole('button', { name: 'Remove NEW' }).click()
    const removed = page.getByText('NEW is removed')
    await removed.waitFor()
    expect(await accountNamed('NEW')).toBeUndefined()
    await page.getByRole('status').getByRole('button', { name: 'Undo' }).last().click()
    await page.getByText('Taken back: NEW is removed').waitFor()
    expect(await accountNamed('NEW')).toMatchObject({ name: 'A new one' })
    expect(problems).toEqual([])
    await close()
  })

  it('read a CSV file, say first what it does, and do it', async () => {
    const { page, problems, close } = await site.page({ as: 'admin' })
    await page.goto('/admin/people')
    await page.getByRole('button', { name: 'Import CSV' }).click()
    const lines = [
      'Name;User name;E-mail;Role',
      'Nora Neu;nora;nora@example.com;Team lead',
      'Jonas Wendelau;j.wendelau;;Manager',
      'No Role;norole;norole@example.com;boss',
      'Twice;twice;nora@example.com;Employee',
    ]
    await page.getByLabel('Or paste rows here').fill(lines.join('\n'))
    await page.getByText('2 new, 1 changed, 0 as they are; 1 cannot be read').waitFor()
    expect(await accessibilityProblems(page)).toEqual([])
    await page.getByRole('button', { name: 'Import 3 rows' }).press('Enter')
    await page.getByText('1 were refused').waitFor()
    await page.getByText(/^Line \d \(/).waitFor()
    const found = await site.app.store.people.findByNames(site.app.site.id, ['nora', 'j.wendelau'])
    expect(found.get('j.wendelau')?.[0]?.role).toBe('manager')
    // The browser notes by itself what the server refused.
    expect(problems.filter((one) => !one.includes('409'))).toEqual([])
    await close()
  })

  it('hold days, weeks and holidays of a place', async () => {
    const { page, problems, close } = await site.page({ as: 'admin' })
    const { calendar, store, site: here } = site.app
    await page.goto('/admin/schedules')
    await page.getByRole('gridcell', { name: 'Four days', exact: true }).waitFor()
    await goTo(page, 'Schedules', 5, 1)
    // Two cells of one row in a hurry: both stay.
    await page.keyboard.type('4')
    await page.keyboard.press('Tab')
    await page.keyboard.type('2:30')
    await page.keyboard.press('Enter')
    await page.getByRole('gridcell', { name: '38:30', exact: true }).nth(1).waitFor()
    const schedules = await store.schedules.list(here.id, site.today)
    const four = schedules.find(({ name }) => name === 'Four days')
    expect(four?.weekSeconds.slice(4)).toEqual([14_400, 9_000, 0])
    await page.getByRole('button', { name: /Who follows Four days/ }).click()
    await page.getByRole('dialog').getByRole('listitem').first().waitFor()
    expect(await accessibilityProblems(page)).toEqual([])
    await page.goto('/admin/holidays')
    await page.getByRole('button', { name: 'Add scheme' }).click()
    const panel = page.getByRole('dialog')
    await panel.getByLabel('Name').fill('Munich')
    await panel.getByRole('button', { name: 'Add scheme' }).click()
    await page.getByRole('heading', { name: 'Holidays of Munich' }).waitFor()
    await page.getByRole('button', { name: 'Import public holidays' }).first().click()
    await panel.getByLabel('Country').selectOption('DE')
    await panel.getByLabel('State', { exact: true }).selectOption('BY')
    await panel.getByText('Fronleichnam').waitFor()
    expect(await accessibilityProblems(page)).toEqual([])
    await panel.getByRole('button', { name: 'Import', exact: true }).click()
    await page.getByRole('gridcell', { name: 'Fronleichnam', exact: true }).waitFor()
    await page.goto('/admin/periods')
    await page.getByLabel('A period is').selectOption('week')
    await page.getByText('Periods is changed').waitFor()
    const rules = async () => (await calendar.rules.get(await site.app.localActor())).period
    expect(await rules()).toEqual({ kind: 'week', firstWeekday: 1 })
    await page.getByRole('heading', { name: 'Periods', exact: true }).click()
    await page.keyboard.press('Control+z')
    await page.getByText('Taken back: Periods is changed').waitFor()
    expect(await rules()).toEqual({ kind: 'month', firstDay: 1 })
    expect(problems).toEqual([])
    await close()
  })

  it('put people into a team with their days and skills', async () => {
    const { page, problems, close } = await site.page({ as: 'admin' })
    await page.goto('/admin/teams')
    await page.getByRole('button', { name: 'Members of Mobile' }).click()
    await page.getByRole('button', { name: 'Add member' }).click()
    const panel = page.getByRole('dialog')
    await panel.getByLabel('Person').first().fill('Mira')
    await page.getByRole('option', { name: 'Mira Falkenrath' }).click()
    await panel.getByLabel('Involvement %').fill('40')
    await panel.getByLabel('From').fill(site.today)
    await panel.getByRole('button', { name: 'Add member' }).click()
    const row = page.getByRole('row', { name: /^Mira Falkenrath/ })
    await row.getByRole('gridcell', { name: '40', exact: true }).waitFor()
    await row.getByRole('button', { name: 'Skills of Mira Falkenrath' }).click()
    await panel.getByLabel('Add a skill').selectOption({ index: 1 })
    await page.getByText('Skills of Mira Falkenrath are saved').waitFor()
    expect(await accessibilityProblems(page)).toEqual([])
    await page.keyboard.press('Escape')
    expect(await accessibilityProblems(page)).toEqual([])
    expect(problems).toEqual([])
    await close()
  })

  it('switch a foreign API off and on, with a line to try it', async () => {
    const { page, problems, close } = await site.page({ as: 'admin' })
    await page.goto('/admin/switches')
    const answers = page.getByLabel('It answers')
    await answers.waitFor()
    expect(await page.getByText(/^curl /).count()).toBeGreaterThan(4)
    expect(await accessibilityProblems(page)).toEqual([])
    const isOn = async () =>
      (await site.app.store.planningSettings.get(site.app.site.id)).isActivityTimelineOn
    const before = await isOn()
    await answers.press('Space')
    await page.getByText('ActivityTimeline, /rest/api/1 is changed').waitFor()
    expect(await isOn()).toBe(!before)
    await page.getByRole('status').getByRole('button', { name: 'Undo' }).click()
    await page.getByText('Taken back').waitFor()
    expect(await isOn()).toBe(before)
    await page.getByLabel('Custom fields of Jira that go along').fill('priority')
    await page.keyboard.press('Enter')
    await page.getByText('Each looks like customfield_').waitFor()
    expect(problems).toEqual([])
    await close()
  })

  it('connect a Jira, look at what it would bring, read it, and settle a conflict', async () => {
    const issue = jira.world.addIssue({ project: jira.world.addProject({ key: 'JJ' }) })
    const first = jira.world.logWork({ issue, author: jira.world.admin, comment: 'theirs' })
    jira.clock.advance(61_000)
    const { email, apiToken } = jira.credentials()
    const { page, problems, close } = await site.page({ as: 'admin' })
    await page.goto('/admin/connections')
    await page.getByRole('button', { name: 'Connect a Jira' }).click()
    const panel = page.getByRole('dialog')
    await panel.getByLabel('Name', { exact: true }).fill('cloud')
    await panel.getByLabel('Address').fill(jira.url)
    await panel.getByLabel('E-mail or user name').fill(email)
    await panel.getByLabel('Token or password').first().fill(apiToken)
    await panel.getByLabel('It lies in a private network').check()
    await panel.getByRole('button', { name: 'Connect a Jira' }).press('Enter')
    await page.getByText('waits for its first reading').waitFor()
    await page.getByRole('button', { name: 'Dry run of cloud' }).press('Enter')
    await panel.getByText('1 new, 0 changed, 0 deleted').waitFor()
    expect(await accessibilityProblems(page)).toEqual([])
    await page.keyboard.press('Escape')
    await page.getByRole('button', { name: 'Read now: cloud' }).press('Enter')
    await page.getByText('up to date', { exact: true }).waitFor()
    const { store, site: here } = site.app
    const { connection } = await site.app.connections.find(here.id, 'cloud')
    const link = await store.links.find(here.id, connection.id)
    const [row] = await store.worklogs.findByJiraIds(here.id, connection.id, [String(first.id)])
    const conflict = {
      connectionId: connection.id,
      worklogId: row!.id,
      jiraId: row!.jiraId,
      personId: row!.authorId,
      reason: 'changed',
      ours: { comment: 'ours' },
      theirs: { comment: 'theirs' },
      createdAt: site.app.now(),
    } as const
    await store.write(here.id, async (tx) => {
      await tx.links.put(here.id, { ...link!, mode: 'mirror', writesAs: 'service' })
      await tx.mirror.addConflict(here.id, conflict)
    })
    await page.reload()
    await page.getByRole('button', { name: 'Leave Jira’s' }).waitFor()
    expect(await page.getByRole('button', { name: 'Write ours to Jira' }).count()).toBe(1)
    expect(await accessibilityProblems(page)).toEqual([])
    await page.getByRole('button', { name: 'Write something else' }).press('Enter')
    await panel.getByLabel('Comment').fill('both of it')
    await panel.getByRole('button', { name: 'Write it to both' }).press('Enter')
    await page.getByText('Nothing was changed on both sides at once').waitFor()
    expect(first.comment).toBe('both of it')
    expect(problems).toEqual([])
    await close()
  })

  const name = ['Name', 'By keys'] as const
  /** One page for all of them: opening it takes longer than typing a row. */
  let typist: Promise<WebPage> | undefined
  it.each([
    ['accounts', 'Add account', [['Key', 'KEYS'], name, ['Lead', 'Mira Falkenrath']], 'KEYS'],
    ['accounts?tab=customers', 'Add customer', [['Key', 'KEYC'], name], 'KEYC'],
    ['accounts?tab=categories', 'Add category', [['Key', 'KEYT'], name], 'KEYT'],
    ['attributes', 'Add attribute', [['Key', '_Keys_'], name], 'By keys'],
    ['schedules', 'Add schedule', [name], 'By keys'],
    ['holidays', 'Add scheme', [name], 'By keys'],
    ['people', 'Add a person', [name, ['User name', 'by.keys']], 'By keys'],
    ['groups', 'Add group', [name], 'By keys'],
    ['teams', 'Add team', [name], 'By keys'],
    ['teams?tab=programs', 'Add program', [name], 'By keys'],
    ['roles', 'Add permission role', [name], 'By keys'],
    ['roles?tab=team-roles', 'Add team role', [name], 'By keys'],
    ['roles?tab=skills', 'Add skill', [name], 'By keys'],
    ['roles?tab=levels', 'Add level', [name], 'By keys'],
    ['roles?tab=positions', 'Add position', [name], 'By keys'],
    ['roles?tab=resources', 'Add generic resource', [name], 'By keys'],
  ] as const)('make a row of %s by keyboard alone', async (path, act, fields, made) => {
    typist ??= site.page({ as: 'admin', scheme: 'dark' })
    const { page, problems } = await typist
    await page.goto(`/admin/${path}`)
    await tabTo(page, page.getByRole('button', { name: act }))
    await page.keyboard.press('Enter')
    const panel = page.getByRole('dialog')
    for (const [label, text] of fields) {
      const field = panel.getByLabel(label, { exact: true }).first()
      await tabTo(page, field)
      await page.keyboard.type(text)
      if (label !== 'Lead') continue
      await page.getByRole('option', { name: text }).waitFor()
      await page.keyboard.press('ArrowDown')
      await page.keyboard.press('Enter')
    }
    await tabTo(page, panel.getByRole('button', { name: act }))
    await page.keyboard.press('Enter')
    await page.getByText(`${made} is added`, { exact: true }).waitFor()
    expect(problems).toEqual([])
  })

  it('hand out roles, read files, fill teams and prove the log by keyboard alone', async () => {
    const { page, problems, close } = await site.page({ as: 'admin' })
    const { store, site: here } = site.app
    const press = async (wanted: Locator, key = 'Enter') => {
      await tabTo(page, wanted)
      await page.keyboard.press(key)
    }
    const button = (named: string | RegExp) => page.getByRole('button', { name: named })
    await page.goto('/admin/people?text=Caio')
    await page.getByRole('gridcell', { name: 'Caio Ventrelli', exact: true }).waitFor()
    await tabTo(page, page.getByRole('gridcell').first())
    const cells = await page.getByRole('row').nth(1).getByRole('gridcell').allTextContents()
    const role = cells.findIndex((text) => ['Employee', 'Team lead', 'Manager'].includes(text))
    for (let step = 0; step < role; step += 1) await page.keyboard.press('ArrowRight')
    await page.keyboard.press('Enter')
    await page.keyboard.type('Manager')
    await page.keyboard.press('Enter')
    const roleOf = async (who: string) =>
      (await store.people.list({ siteId: here.id, limit: 100 })).find(
        ({ displayName }) => displayName === who,
      )?.role
    await expect.poll(() => roleOf('Caio Ventrelli')).toBe('manager')

    await press(button('Import CSV'))
    await tabTo(page, page.getByLabel('Or paste rows here'))
    await page.keyboard.type('Name;User name;E-mail;Role\nKim Keys;kim;kim@example.com;Manager')
    await press(button('Import 1 rows'))
    await expect.poll(() => roleOf('Kim Keys')).toBe('manager')

    const panel = page.getByRole('dialog')
    await page.goto('/admin/teams')
    await press(button('Members of Mobile'))
    await press(button('Add member').first())
    await tabTo(page, panel.getByLabel('Person').first())
    await page.keyboard.type('Kim Keys')
    await page.getByRole('option', { name: 'Kim Keys' }).waitFor()
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('Enter')
    await press(panel.getByRole('button', { name: 'Add member' }))
    await page.getByRole('row', { name: /^Kim Keys/ }).waitFor()

    await page.goto('/admin/audit')
    await press(button('Verify the chain'))
    await page.getByText('The chain is whole').waitFor()
    expect(problems).toEqual([])
    await close()
  })

  it('say in words how the server stands', async () => {
    const { page, problems, close } = await site.page({ as: 'admin', locale: 'de-DE' })
    await page.goto('/admin/health')
    await page.getByText(/^Eingebettetes PostgreSQL \d/).waitFor()
    await page.getByText('HOURBOOK_DATA', { exact: true }).waitFor()
    expect(await accessibilityProblems(page)).toEqual([])
    expect(problems).toEqual([])
    await close()
  })

  it('show managers what they may change, and nothing else', async () => {
    const { page, problems, close } = await site.page({ as: 'o.carrowell' })
    await page.goto('/admin')
    await page.getByRole('gridcell', { name: 'ORCA-DEV', exact: true }).waitFor()
    const links = page.getByRole('navigation', { name: 'Sections of the administration' })
    expect(await links.getByRole('link').allTextContents()).toEqual([
      'Accounts',
      'Teams',
      'Roles and skills',
    ])
    await page.goto('/admin/tokens')
    await page.getByText('Only administrators work here').waitFor()
    await page.goto('/admin/roles')
    await page.getByText('Only administrators change permission roles').waitFor()
    expect(problems).toEqual([])
    await close()
  })
})
