import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { accessibilityProblems } from './axe.ts'
import { describeInBrowser } from './in-browser.ts'
import { arrowTo, tabTo } from './keys-alone.ts'
import { aWebSite, type WebSite } from './site.ts'
import { until } from './until.ts'

type Table = {
  readonly columns: readonly { readonly role: string }[]
  readonly rows: readonly { readonly keys: readonly string[]; readonly cells: readonly unknown[] }[]
  readonly total: readonly unknown[]
  readonly period: { readonly from: string; readonly to: string }
  readonly completeness: { readonly total: number; readonly seconds: number }
}

describeInBrowser('reports', () => {
  let site: WebSite
  beforeAll(async () => {
    site = await aWebSite()
  }, 240_000)
  afterAll(() => site?.close())

  /** The same report, asked of the API as the page's user. */
  const ask = (page: Page, path: string, body: unknown) =>
    page.evaluate(
      async ([to, said]) => {
        const session = (await (await fetch('/api/v1/session')).json()) as { csrfToken: string }
        const answer = await fetch(`/api/v1${to}`, {
          method: 'POST',
          headers: { 'content-type': 'application/json', 'x-csrf-token': session.csrfToken },
          body: said!,
        })
        return (await answer.json()) as unknown
      },
      [path, JSON.stringify(body)] as const,
    ) as Promise<Table>
  const hoursOf = (seconds: number) => {
    const minutes = Math.round(seconds / 60)
    return `${Math.floor(minutes / 60)}:${String(minutes % 60).padStart(2, '0')}`
  }
  const foot = (page: Page) => page.locator('tfoot tr')
  const pick = async (page: Page, text: string) => {
    await page.getByRole('combobox', { expanded: true }).waitFor()
    await page.keyboard.type(text)
    await page.getByRole('option').first().waitFor()
    await page.keyboard.press('Enter')
  }

  it('builds people by month for a project by keyboard alone, with the totals of the API', async () => {
    const { page, problems, close } = await site.page({ as: 'admin' })
    await page.goto('/reports?period=this-year')
    await foot(page).waitFor()
    await page.getByRole('button', { name: 'Week', exact: true }).focus()
    await page.keyboard.press('Delete')
    await page.waitForURL(/columns=(&|$)/)
    await page.getByRole('button', { name: 'Add to Columns' }).focus()
    await page.keyboard.press('Enter')
    await pick(page, 'Month')
    await page.getByRole('button', { name: 'Month', exact: true }).waitFor()
    await page.getByRole('button', { name: 'Add to Filters' }).focus()
    await page.keyboard.press('Enter')
    await pick(page, 'Project')
    await page.getByRole('option').first().waitFor()
    await page.keyboard.press('Enter')
    await page.keyboard.press('Escape')
    await page.waitForURL(/among=/)
    const among = JSON.parse(new URL(page.url()).searchParams.get('among') ?? '') as unknown
    const table = await ask(page, '/reports/run', {
      rows: ['person'],
      columns: 'month',
      filters: { period: 'this-year', among },
    })
    expect(table.completeness.total).toBeGreaterThan(0)
    await until(page, `!document.querySelector('[aria-busy="true"]')`)
    const total = hoursOf(table.completeness.seconds)
    await foot(page).getByText(total, { exact: true }).waitFor()
    const shown = await page.locator('tbody tr th').allInnerTexts()
    expect(shown.map((name) => name.split('\n')[0])).toEqual(
      table.rows.map(({ cells }) => cells[0]),
    )
    expect(await page.locator('tbody tr td[data-total]').allInnerTexts()).toEqual(
      table.rows.map(({ cells }) => hoursOf(Number(cells.at(-1)))),
    )
    // Sorted by the total from its header, largest first.
    await page.locator('[data-at="-1 0"]').focus()
    await page.keyboard.press('End')
    await page.keyboard.press('Enter')
    await page.locator('th[aria-sort="descending"]').waitFor()
    const falling = [...table.rows].sort((a, b) => Number(b.cells.at(-1)) - Number(a.cells.at(-1)))
    expect(await page.locator('tbody tr td[data-total]').first().textContent()).toBe(
      hoursOf(Number(falling[0]!.cells.at(-1))),
    )
    // A figure opens the worklogs behind it, which are as many hours.
    await page.locator('[data-at="0 0"]').focus()
    await page.keyboard.press('End')
    await page.keyboard.press('Enter')
    const panel = page.getByRole('dialog')
    await panel.getByText(hoursOf(Number(falling[0]!.cells.at(-1))), { exact: true }).waitFor()
    expect(await accessibilityProblems(page)).toEqual([])
    await page.keyboard.press('Escape')
    await panel.waitFor({ state: 'detached' })
    // The address is the report.
    await page.reload()
    await foot(page).getByText(total, { exact: true }).waitFor()
    await page.locator('th[aria-sort="descending"]').waitFor()
    expect(await accessibilityProblems(page)).toEqual([])
    expect(problems).toEqual([])
    await close()
  })

  it('moves chips between shelves, folds groups, and stays the same report', async () => {
    const { page, problems, close } = await site.page({ as: 'admin', scheme: 'dark' })
    await page.goto('/reports?rows=project,person&columns=&period=this-year')
    await foot(page).waitFor()
    const total = await foot(page).textContent()
    const rows = page.locator('tbody tr[aria-rowindex]')
    await page.getByRole('button', { name: 'Fold all', exact: true }).click()
    const folded = page.locator('tbody tr[aria-expanded="false"]')
    await expect.poll(() => folded.count()).toBeGreaterThan(1)
    const groups = await folded.count()
    expect(await rows.count()).toBe(groups)
    await page.locator('[data-at="0 0"]').focus()
    await page.keyboard.press('ArrowRight')
    await expect.poll(() => rows.count()).toBeGreaterThan(groups)
    await page.getByRole('button', { name: 'Person', exact: true }).focus()
    await page.keyboard.press('Alt+ArrowLeft')
    await page.waitForURL(/rows=person%2Cproject|rows=person,project/)
    await until(page, `document.activeElement?.dataset.chip === 'person'`)
    await expect.poll(() => foot(page).textContent()).toBe(total)
    expect(await accessibilityProblems(page)).toEqual([])
    expect(problems).toEqual([])
    await close()
  })

  it('narrows by JQL, marks what is wrong where it is, and keeps and shares the report', async () => {
    const { page, problems, close } = await site.page({ as: 'admin' })
    await page.goto('/reports?rows=project&columns=&period=this-year')
    await foot(page).waitFor()
    const bar = page.getByRole('combobox', { name: 'JQL' })
    await bar.focus()
    await page.keyboard.type('pro')
    await page.getByRole('option', { name: 'project' }).waitFor()
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('Enter')
    await page.keyboard.type('= PLAT')
    await page.keyboard.press('Escape')
    await page.keyboard.press('Enter')
    await expect.poll(() => page.locator('tbody tr[aria-rowindex]').count()).toBe(1)
    const table = await ask(page, '/reports/run', {
      rows: ['project'],
      filters: { period: 'this-year', jql: 'project = PLAT' },
    })
    await foot(page).getByText(hoursOf(table.completeness.seconds), { exact: true }).waitFor()
    await page.getByRole('button', { name: 'Saved reports' }).click()
    await page.getByRole('menuitem', { name: 'Save as' }).click()
    await page.getByLabel('Name').fill('Platform this year')
    await page.keyboard.press('Enter')
    await page.waitForURL(/report=/)
    await page.getByRole('button', { name: 'Platform this year' }).click()
    await page.getByRole('menuitem', { name: 'Share by link' }).click()
    await page.getByRole('button', { name: 'Make a link' }).click()
    const link = page.getByRole('textbox', { name: 'Share by link' })
    await link.waitFor()
    const anybody = await fetch(await link.inputValue())
    expect(await anybody.text()).toContain('PLAT')
    expect(await accessibilityProblems(page)).toEqual([])
    await page.keyboard.press('Escape')
    expect(problems).toEqual([])
    await bar.fill('project = PLAT AND colour = red')
    await page.keyboard.press('Enter')
    await page.getByRole('alert').filter({ hasText: 'colour' }).waitFor()
    expect(await page.locator('mark').textContent()).toBe('colour')
    expect(await accessibilityProblems(page)).toEqual([])
    await close()
  })

  it('opens a kept report as a script made it, and changes nothing of it that is not seen', async () => {
    const { page, problems, close } = await site.page({ as: 'admin' })
    await page.goto('/reports?period=this-year')
    await foot(page).waitFor()
    const definition = {
      rows: ['issue'],
      columns: 'week',
      fields: ['summary'],
      filters: { period: 'last-30-days', project: ['PLAT'], author: ['admin'] },
      weekStart: 7,
      showsWeekends: false,
      order: { by: 'total', direction: 'desc' },
    }
    const body = { name: 'Made by a script', definition }
    const kept = (await ask(page, '/reports', body)) as unknown as { readonly id: string }
    const read = () =>
      page.evaluate(async (id) => {
        const answer = await fetch(`/api/v1/reports/${id}`)
        return ((await answer.json()) as { definition: unknown }).definition
      }, kept.id)
    const table = await ask(page, '/reports/run', definition)
    expect(table.completeness.total).toBeGreaterThan(0)
    await page.reload()
    await page.getByRole('button', { name: 'Saved reports' }).click()
    await page.getByRole('menuitem', { name: 'Made by a script' }).click()
    await page.getByText('Project: PLAT').waitFor()
    await foot(page).getByText(hoursOf(table.completeness.seconds), { exact: true }).waitFor()
    await page.getByRole('button', { name: 'Remove Person' }).click()
    await page.getByText('Person: admin').waitFor({ state: 'detached' })
    const { author: _, ...filters } = definition.filters
    const wider = await ask(page, '/reports/run', { ...definition, filters })
    expect(wider.completeness.seconds).toBeGreaterThan(table.completeness.seconds)
    await foot(page).getByText(hoursOf(wider.completeness.seconds), { exact: true }).waitFor()
    await page.getByRole('button', { name: 'Made by a script' }).click()
    await page.getByRole('menuitem', { name: /^Save changes/ }).click()
    await page.getByText('Made by a script').last().waitFor()
    await expect.poll(read).toMatchObject({ ...definition, filters })
    expect(await accessibilityProblems(page)).toEqual([])
    expect(problems).toEqual([])
    await close()
  })

  it('is kept, shared, begun anew and taken away as a file by keyboard alone', async () => {
    const { page, problems, close } = await site.page({ as: 'admin', scheme: 'dark', width: 390 })
    await page.goto('/reports?rows=project&columns=&period=this-year')
    await foot(page).waitFor()
    const choose = async (menu: string, item: RegExp) => {
      await tabTo(page, page.getByRole('button', { name: menu, exact: true }))
      await page.keyboard.press('Enter')
      await arrowTo(page, page.getByRole('menuitem', { name: item }))
      await page.keyboard.press('Enter')
    }
    await choose('Saved reports', /^Save as/)
    await page.getByRole('dialog').getByLabel('Name').waitFor()
    await page.keyboard.type('By keys')
    await page.keyboard.press('Enter')
    await page.waitForURL(/report=/)
    await choose('By keys', /^Share by link$/)
    await tabTo(page, page.getByRole('button', { name: 'Make a link' }))
    await page.keyboard.press('Enter')
    const link = page.getByRole('textbox', { name: 'Share by link' })
    await link.waitFor()
    expect((await fetch(await link.inputValue())).status).toBe(200)
    await page.keyboard.press('Escape')
    await page.getByRole('dialog').waitFor({ state: 'detached' })
    const arriving = page.waitForEvent('download')
    await choose('Export', /^CSV/)
    expect((await arriving).suggestedFilename()).toBe('report.csv')
    await choose('Start from', /^Accounts against their budget/)
    await page.waitForURL(/view=burn/)
    await choose('Saved reports', /^By keys/)
    await page.waitForURL(/report=/)
    await foot(page).waitFor()
    expect(problems).toEqual([])
    await close()
  })

  it('is drawn as bars and as a calendar, with the figures beside them', async () => {
    const { page, problems, close } = await site.page({ as: 'admin', scheme: 'dark' })
    await page.goto('/reports?rows=project&columns=month&period=this-year')
    await foot(page).waitFor()
    await page.getByRole('radio', { name: 'Chart' }).focus()
    await page.keyboard.press('Space')
    await page.waitForURL(/view=chart/)
    await page.locator('[role=img] svg text').first().waitFor()
    await page.getByText('The figures of the chart').click()
    const table = await ask(page, '/reports/run', {
      rows: ['project'],
      columns: 'month',
      filters: { period: 'this-year' },
    })
    const figures = page.locator('details table')
    // Projects stand side by side in the figures, months below each other.
    expect(await figures.locator('thead th').count()).toBe(Math.min(table.rows.length, 10) + 1)
    const months = table.columns.filter(({ role }) => role === 'value').length - 1
    expect(await figures.locator('tbody tr').count()).toBe(months)
    expect(await accessibilityProblems(page)).toEqual([])
    const saving = page.waitForEvent('download')
    await page.getByRole('button', { name: 'Save as SVG' }).click()
    expect((await saving).suggestedFilename()).toMatch(/\.svg$/)
    const savingPng = page.waitForEvent('download')
    await page.getByRole('button', { name: 'Save as PNG' }).click()
    expect((await savingPng).suggestedFilename()).toMatch(/\.png$/)
    await page.getByRole('radio', { name: 'Calendar' }).focus()
    await page.keyboard.press('Space')
    await page.waitForURL(/view=year/)
    await page.locator('[role=img] svg text').first().waitFor()
    await page.getByText('The figures of the chart').click()
    const total = await page.locator('details tbody tr').first().locator('td').last().textContent()
    const held = await ask(page, '/reports/run', {
      rows: ['project'],
      filters: { period: 'this-year' },
    })
    const sums = held.rows.map(({ cells }) => hoursOf(Number(cells.at(-1))))
    expect(sums).toContain(total)
    await page.getByRole('button', { name: 'Start from' }).click()
    await page.getByRole('menuitem', { name: 'Accounts against their budget' }).click()
    await page
      .getByRole('combobox', { name: 'Account' })
      .selectOption({ label: 'Orca portal, development' })
    await page.getByRole('heading', { name: 'Orca portal, development: worked' }).waitFor()
    expect(await accessibilityProblems(page)).toEqual([])
    expect(problems).toEqual([])
    await close()
  })

  it('leaves as a file, and as the line that gives the same file', async () => {
    const { page, problems, close } = await site.page({ as: 'admin' })
    await page.goto('/reports?rows=project&columns=month&period=this-year')
    await foot(page).waitFor()
    await page.getByRole('button', { name: 'Export' }).click()
    const arriving = page.waitForEvent('download')
    await page.getByRole('menuitem', { name: /^CSV/ }).click()
    const file = await arriving
    expect(file.suggestedFilename()).toBe('report.csv')
    await page.getByRole('button', { name: 'Export' }).click()
    await page.getByRole('menuitem', { name: 'As a script' }).click()
    const line = await page.locator('pre').textContent()
    expect(line).toContain(`${site.address}/api/v1/reports/export?format=csv`)
    const body = JSON.parse(/-d '(.*)'$/s.exec(line ?? '')?.[1] ?? '') as unknown
    const table = await ask(page, '/reports/run', body)
    expect(table.completeness.total).toBeGreaterThan(0)
    expect(await accessibilityProblems(page)).toEqual([])
    expect(problems).toEqual([])
    await close()
  })

  it('holds logged time against what is required or planned, with the figures of the API', async () => {
    const { page, problems, close } = await site.page({ as: 'admin', width: 390, scheme: 'dark' })
    await page.goto('/reports?columns=week&period=last-month')
    await page.getByRole('radio', { name: 'Table' }).focus()
    await page.keyboard.press('ArrowRight')
    await page.keyboard.press('ArrowRight')
    await page.waitForURL(/view=balance/)
    await page.getByRole('img', { name: 'Required against logged' }).waitFor()
    expect(await accessibilityProblems(page)).toEqual([])
    await page.getByText('The figures of the chart').press('Enter')
    const last = page.locator('details tbody tr').last().locator('td')
    const report = await ask(page, '/reports/run', { filters: { period: 'last-month' } })
    const { from, to } = report.period
    const balance = async (more: string) => {
      const answer = await page.request.get(`/api/v1/balance?from=${from}&to=${to}${more}`)
      return (await answer.json()).total as Readonly<Record<string, number>>
    }
    const all = await balance('')
    expect((await last.allTextContents()).slice(0, 2)).toEqual([
      hoursOf(all.requiredSeconds!),
      hoursOf(all.loggedSeconds!),
    ])
    await page.getByRole('radio', { name: 'Required' }).focus()
    await page.keyboard.press('ArrowRight')
    await page.getByRole('img', { name: 'Planned against worked' }).waitFor()
    await page.getByLabel('Whose time').selectOption({ label: 'Platform' })
    await page.waitForURL(/of=team/)
    const team = await balance('&team=Platform')
    await expect
      .poll(async () => (await last.allTextContents()).slice(0, 2))
      .toEqual([hoursOf(team.plannedSeconds!), hoursOf(team.loggedSeconds!)])
    const isWide = await page.evaluate('document.documentElement.scrollWidth > window.innerWidth')
    expect(isWide).toBe(false)
    expect(await accessibilityProblems(page)).toEqual([])
    expect(problems).toEqual([])
    await close()
  })

  it('fits a phone, in German', async () => {
    const { page, problems, close } = await site.page({ as: 'admin', width: 390, locale: 'de-DE' })
    await page.goto('/reports?rows=person&columns=week')
    await foot(page).getByText('Summe').waitFor()
    const isWide = await page.evaluate('document.documentElement.scrollWidth > window.innerWidth')
    expect(isWide).toBe(false)
    expect(await accessibilityProblems(page)).toEqual([])
    expect(problems).toEqual([])
    await close()
  })
})
