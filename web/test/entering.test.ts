import { afterAll, beforeAll, expect, it } from 'vitest'
import { accessibilityProblems } from './axe.ts'
import { describeInBrowser } from './in-browser.ts'
import { arrowTo, tabTo } from './keys-alone.ts'
import { aWebSite, password, type WebSite } from './site.ts'

describeInBrowser('entering', () => {
  let site: WebSite
  beforeAll(async () => {
    site = await aWebSite({ demo: false })
  }, 240_000)
  afterAll(() => site?.close())

  const firstLink = async () => {
    const { app } = site
    const [administrator] = (await app.store.people.findByNames(app.site.id, ['admin'])).get(
      'admin',
    )!
    return app.entering.sessions.makeFirstLink(app.site.id, administrator!)
  }

  it('says that nobody can sign in yet, and what to do', async () => {
    const { page, problems, close } = await site.page()
    await page.goto('/')
    await page.getByText('The server printed a link when it started').waitFor()
    expect(new URL(page.url()).pathname).toBe('/login')
    expect(await accessibilityProblems(page)).toEqual([])
    expect(problems).toEqual([])
    await close()
  })

  it('takes the first administrator in by the printed link, by keyboard alone', async () => {
    const { page, problems, close } = await site.page({ scheme: 'dark' })
    await page.goto(`/welcome#${await firstLink()}`)
    await page.getByRole('heading', { name: 'Welcome, Administrator' }).waitFor()
    expect(await accessibilityProblems(page)).toEqual([])
    await page.keyboard.type('short')
    await page.keyboard.press('Enter')
    expect(new URL(page.url()).pathname).toBe('/welcome')
    await page.keyboard.press('Control+A')
    await page.keyboard.type(password)
    await page.keyboard.press('Enter')
    await page.waitForURL('**/start')
    await page.getByRole('heading', { name: 'Welcome to Hourbook' }).waitFor()
    expect(await page.evaluate('document.cookie')).toBe('')
    expect(problems).toEqual([])
    await close()
  })

  it('has three doors and five steps, lets the sample company in, and a project after it', async () => {
    const { page, problems, close } = await site.page({ as: 'admin' })
    // The server fills in this very process, which does nothing else meanwhile.
    page.setDefaultTimeout(120_000)
    await page.goto('/start')
    const list = page.getByRole('complementary', { name: 'Setting up' })
    await list.getByRole('button', { name: 'Setting up 0 of 5' }).press('Enter')
    expect(await list.getByRole('listitem').count()).toBe(5)
    expect(await accessibilityProblems(page)).toEqual([])
    await page.getByRole('button', { name: 'Connect a Jira' }).press('Enter')
    await page.getByRole('dialog').getByLabel('Address').waitFor()
    await page.keyboard.press('Escape')
    await page.getByRole('button', { name: 'Let it move in' }).press('Enter')
    await page.waitForURL('**/week')
    await page.getByText(/^25 people with/).waitFor()
    await list.waitFor({ state: 'detached' })
    await page.goto('/start?door=own')
    await page.getByText('the sample company only moves into an empty one').waitFor()
    await page.getByLabel('Name of the first project').fill('Website relaunch')
    expect(await page.getByLabel('Its key').inputValue()).toBe('WR')
    await page.getByLabel('First people').fill('Erika Muster, no mail')
    await page.getByRole('button', { name: 'Begin' }).press('Enter')
    await page.getByText('is no name with an e-mail behind a comma').waitFor()
    expect(await accessibilityProblems(page)).toEqual([])
    await page.getByLabel('First people').fill('Erika Muster, erika@example.org')
    await page.getByRole('button', { name: 'Begin' }).press('Enter')
    await page.getByText('WR is there, with 1 more people').waitFor()
    const { store, site: here } = site.app
    const issues = await store.issues.findByNames(here.id, ['WR-1'])
    expect(issues.get('WR-1')?.[0]?.summary).toBe('General work')
    expect(problems).toEqual([])
    await close()
  }, 180_000)

  it('does not take a link twice', async () => {
    const { page, close } = await site.page()
    await page.goto('/welcome#a-link-that-nobody-made')
    await page.getByRole('heading', { name: 'This link does not work any more' }).waitFor()
    await close()
  })

  it('signs in with the password, and goes where one wanted to', async () => {
    const { page, close } = await site.page({ locale: 'de-DE' })
    await page.goto('/settings')
    await page.getByRole('heading', { name: 'Bei Hourbook anmelden' }).waitFor()
    await page.keyboard.type('admin')
    await page.keyboard.press('Tab')
    await page.keyboard.type('wrong password')
    await page.keyboard.press('Enter')
    await page.getByRole('alert').getByText('The name or the password is not right').waitFor()
    await page.keyboard.type(password)
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { name: 'Einstellungen' }).waitFor()
    expect(new URL(page.url()).pathname).toBe('/settings')
    await close()
  })

  it('lists where one is signed in, ends one of them, and signs out, by keyboard alone', async () => {
    const other = await site.page({ as: 'admin' })
    await other.page.goto('/settings')
    const { page, problems, close } = await site.page()
    await page.goto('/login?to=/settings')
    await tabTo(page, page.getByLabel('Username or e-mail'))
    await page.keyboard.type('admin')
    await tabTo(page, page.getByLabel('Password').first())
    await page.keyboard.type(password)
    await tabTo(page, page.getByRole('button', { name: 'Sign in' }))
    await page.keyboard.press('Enter')
    const rows = page.getByRole('table').getByRole('row')
    await rows.nth(2).waitFor()
    expect(await accessibilityProblems(page)).toEqual([])
    await tabTo(page, page.getByRole('button', { name: 'Sign out', exact: true }))
    await page.keyboard.press('Enter')
    await page.getByText('Signed out there').waitFor()
    await other.page.reload()
    await other.page.waitForURL('**/login**')
    await tabTo(page, page.getByRole('button', { name: /Your account/ }))
    await page.keyboard.press('Enter')
    await arrowTo(page, page.getByRole('menuitem', { name: 'Sign out' }))
    await page.keyboard.press('Enter')
    await page.waitForURL('**/login**')
    expect(problems).toEqual([])
    await close()
    await other.close()
  })

  it('serves its page only where it has screens, and leaves every API its own 404', async () => {
    const get = async (path: string) => {
      const answer = await fetch(site.address + path, { headers: { accept: 'text/html' } })
      return [answer.status, answer.headers.get('content-type')]
    }
    const problem = 'application/problem+json; charset=utf-8'
    expect(await get('/week?day=2026-03-02')).toEqual([200, 'text/html; charset=utf-8'])
    expect(await get('/welcome')).toEqual([200, 'text/html; charset=utf-8'])
    expect(await get('/api/v1/none')).toEqual([404, problem])
    expect(await get('/rest/none')).toEqual([404, problem])
    expect(await get('/assets/none.js')).toEqual([404, problem])
    expect(await get('/assets/../index.html')).toEqual([404, problem])
  })

  it('sends files compressed, to be kept for good, and a page with a strict policy', async () => {
    const page = await fetch(`${site.address}/week`)
    const html = await page.text()
    const policy = page.headers.get('content-security-policy') ?? ''
    expect(policy).toMatch(/script-src 'self';/)
    expect(policy).not.toMatch(/unsafe/)
    expect(html).not.toMatch(/<script(?![^>]*src=)/)
    const nonce = /'nonce-([^']+)'/.exec(policy)?.[1]
    expect(html).toContain(`content="${nonce}"`)
    expect(page.headers.get('cache-control')).toBe('no-store')
    const script = /src="(\/assets\/[^"]+\.js)"/.exec(html)?.[1]
    for (const encoding of ['br', 'gzip']) {
      const file = await fetch(site.address + script, { headers: { 'accept-encoding': encoding } })
      expect(file.headers.get('content-encoding')).toBe(encoding)
      expect(file.headers.get('cache-control')).toBe('public, max-age=31536000, immutable')
      await file.arrayBuffer()
    }
  })
})
