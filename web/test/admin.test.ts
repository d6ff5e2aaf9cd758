import { afterAll, beforeAll, expect, it } from 'vitest'
import { accessibilityProblems } from './axe.ts'
import { describeInBrowser } from './in-browser.ts'
import { aWebSite, type WebSite } from './site.ts'
import { until } from './until.ts'

describeInBrowser('the administration', () => {
  let site: WebSite
  beforeAll(async () => {
    site = await aWebSite()
    await site.app.directory.createPerson(await site.app.localActor(), {
      displayName: 'Plain Person',
      username: 'plain',
    })
  }, 240_000)
  afterAll(() => site?.close())

  /** What a script gets back that carries this secret. */
  const ask = (secret: string, path = '/api/v1/me') =>
    fetch(site.address + path, { headers: { authorization: `Bearer ${secret}` } })

  it('is for administrators; others read who can let them in', async () => {
    const { page, problems, close } = await site.page({ as: 'plain', locale: 'de-DE' })
    await page.goto('/admin')
    await page.getByText('Hier arbeitet nur die Verwaltung').waitFor()
    expect(await page.getByRole('link', { name: 'Verwaltung' }).count()).toBe(0)
    expect(problems).toEqual([])
    await close()
  })

  it('makes a token by keyboard, shows it once, and it works until it is revoked', async () => {
    const { page, problems, close } = await site.page({ as: 'admin' })
    await page.goto('/admin/tokens')
    await page.getByRole('button', { name: 'New token' }).focus()
    await page.keyboard.press('Enter')
    await page.getByLabel('What it is for').waitFor()
    await until(page, `document.activeElement?.name === 'name'`)
    await page.keyboard.type('Nightly export')
    expect(await accessibilityProblems(page)).toEqual([])
    await page.keyboard.press('Enter')
    await page.getByText('Copy it now').waitFor()
    const secret = (await page.getByRole('dialog').locator('code').textContent())!
    expect((await ask(secret)).status).toBe(200)
    await page.getByRole('button', { name: 'Done' }).press('Enter')
    const row = page.getByRole('row', { name: /Nightly export/ })
    await row.getByText('works').waitFor()
    expect(await page.content()).not.toContain(secret)
    expect(await accessibilityProblems(page)).toEqual([])
    await page.getByRole('button', { name: 'Revoke Nightly export' }).press('Enter')
    await page.getByRole('button', { name: 'Revoke now' }).press('Enter')
    await page.getByText('Nightly export is revoked').waitFor()
    expect((await ask(secret)).status).toBe(401)
    await row.waitFor({ state: 'detached' })
    await page.getByLabel('Revoked and expired too').check()
    await row.getByText('revoked').waitFor()
    expect(problems).toEqual([])
    await close()
  })

  it('adopts a value a script already sends, for somebody, and says what is wrong', async () => {
    const { page, close } = await site.page({ as: 'admin', scheme: 'dark', width: 390 })
    await page.goto('/admin/tokens')
    await page.getByRole('button', { name: 'Adopt an existing value' }).click()
    const panel = page.getByRole('dialog')
    await panel.getByLabel('What it is for').fill('Old script')
    await panel.getByLabel('Value the script sends today').first().fill('a value with blanks in it')
    await panel.getByLabel('Owner').first().fill('Plain')
    await page.getByRole('option', { name: 'Plain Person' }).click()
    await panel.getByRole('button', { name: 'Adopt an existing value' }).click()
    await panel.getByText('printable ASCII characters').waitFor()
    expect(await accessibilityProblems(page)).toEqual([])
    const value = 'a-value-from-an-old-script'
    await panel.getByLabel('Value the script sends today').first().fill(value)
    await panel.getByRole('button', { name: 'Adopt an existing value' }).click()
    await panel.getByText('The value is a token now').waitFor()
    const me = (await (await ask(value)).json()) as { person: { displayName: string } }
    expect(me.person.displayName).toBe('Plain Person')
    await close()
  })

  it.each([
    ['jira', '"issues"'],
    ['timesheet-gadget', '"worklog"'],
    ['time-tracker', '['],
    ['tempo-core-3', '"results"'],
    ['tempo-4', '"results"'],
    ['tempo-servlet', '<worklogs'],
  ])('connects a script written for %s: a token, a curl line, a live test', async (api, begins) => {
    const { page, problems, close } = await site.page({ as: 'admin' })
    await page.goto(`/admin/scripts?api=${api}`)
    await page.getByRole('button', { name: 'Make one for this script' }).press('Enter')
    const test = page.getByRole('button', { name: 'Test', exact: true })
    await until(page, `!document.querySelector('main input[type=password]')?.value === false`)
    await test.press('Enter')
    await page.getByText(/^Works: 20[02] after/).waitFor()
    expect(await page.locator('pre').textContent()).toContain(begins)
    expect(await page.locator('code', { hasText: 'curl' }).textContent()).toContain(site.address)
    expect(await accessibilityProblems(page)).toEqual([])
    expect(problems).toEqual([])
    await close()
  })

  it('says that no Jira is connected, and what a Jira said that did not let us in', async () => {
    const { page, close } = await site.page({ as: 'admin' })
    await page.goto('/admin/connections')
    await page.getByRole('heading', { name: 'Conflicts' }).waitFor()
    await page.getByRole('button', { name: 'Connect a Jira' }).press('Enter')
    const panel = page.getByRole('dialog')
    await panel.getByLabel('Name', { exact: true }).fill('nowhere')
    await panel.getByLabel('Address').fill('http://127.0.0.1:1')
    await panel.getByLabel('E-mail or user name').fill('me@example.org')
    await panel.getByLabel('Token or password').first().fill('not a token')
    await panel.getByRole('button', { name: 'Connect a Jira' }).press('Enter')
    await panel.getByRole('alert').first().waitFor()
    expect(await accessibilityProblems(page)).toEqual([])
    await close()
  })

  it('gives a role, makes a password link, and finds the change in the audit log', async () => {
    const { page, problems, close } = await site.page({ as: 'admin' })
    await page.goto('/admin/people?text=Plain')
    await page.getByRole('gridcell', { name: 'Employee', exact: true }).click()
    await page.getByLabel('Role of Plain Person').selectOption('team-lead')
    await page.getByText('Plain Person is changed').waitFor()
    await page.getByRole('button', { name: 'Access of Plain Person' }).press('Enter')
    await page.getByRole('button', { name: 'Password link for Plain Person' }).press('Enter')
    await page
      .getByRole('dialog')
      .getByText(/\/welcome#/)
      .waitFor()
    expect(await accessibilityProblems(page)).toEqual([])
    await page.keyboard.press('Escape')
    const { app } = site
    const found = await app.store.people.findByNames(app.site.id, ['plain'])
    expect(found.get('plain')?.[0]?.role).toBe('team-lead')
    await page.goto('/admin/audit?type=person')
    const first = page.getByRole('row').nth(1)
    await first.getByText('team-lead', { exact: true }).waitFor()
    expect(await first.textContent()).toContain('person.update')
    await page.getByRole('button', { name: 'Verify the chain' }).press('Enter')
    await page.getByText('The chain is whole').waitFor()
    expect(await accessibilityProblems(page)).toEqual([])
    expect(problems).toEqual([])
    await close()
  })
})
