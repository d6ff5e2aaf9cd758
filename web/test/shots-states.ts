import type { Page } from 'playwright-core'
import { type Day, parseDay } from '../../src/domain/day.ts'
import { addDays } from '../src/time/days.ts'
import type { Shot } from './shots.ts'

/** Screens as they are at other times: new, empty, failed, on their way, away, locked, opened. */
export const stateShots: readonly Shot[] = [
  {
    name: 'login-wrong',
    path: '/login',
    locale: 'de-DE',
    async act(page) {
      await page.getByLabel('Benutzername oder E-Mail').fill('admin')
      await page.getByLabel('Passwort').first().fill('falsch')
      await page.keyboard.press('Enter')
      await page.getByRole('alert').waitFor()
    },
  },
  { name: 'login-new', path: '/login', stage: 'new' },
  { name: 'welcome-used', path: '/welcome#a-link-that-nobody-made', locale: 'de-DE' },
  { name: 'not-found', path: '/admin/nothing-here', as: 'admin', locale: 'de-DE' },
  { name: 'forbidden', path: '/admin/tokens', as: 'o.carrowell' },
  {
    name: 'start-new',
    path: '/start',
    as: 'admin',
    stage: 'new',
    async act(page) {
      await page.getByRole('button', { name: /^Setting up/ }).click()
    },
  },
  { name: 'start-jira', path: '/start?door=jira', as: 'admin', stage: 'new' },
  { name: 'empty-week', path: '/week', as: 'admin', stage: 'new' },
  { name: 'empty-planner', path: '/planner', as: 'admin', stage: 'new', locale: 'de-DE' },
  { name: 'empty-reports', path: '/reports', as: 'admin', stage: 'new' },
  { name: 'empty-approvals', path: '/approvals', as: 'admin', stage: 'new', locale: 'de-DE' },
  { name: 'empty-accounts', path: '/admin/accounts', as: 'admin', stage: 'new' },
  { name: 'empty-tokens', path: '/admin/tokens', as: 'admin', stage: 'new', locale: 'de-DE' },
  { name: 'empty-connections', path: '/admin/connections', as: 'admin', stage: 'new' },
  { name: 'jira-connected', path: '/admin/connections', as: 'admin', stage: 'jira' },
  {
    name: 'jira-conflict',
    path: '/admin/connections',
    as: 'admin',
    stage: 'jira',
    locale: 'de-DE',
    async act(page) {
      await page.getByRole('heading', { name: 'Konflikte' }).scrollIntoViewIfNeeded()
    },
  },
  {
    name: 'jira-sync',
    path: '/admin/connections',
    as: 'admin',
    stage: 'jira',
    isWaiting: true,
    async before(_page, { app, jira }) {
      const { connection } = await app.connections.find(app.site.id, 'cloud')
      if (app.syncDesk.progress(connection.id)) return
      jira?.faults.next({ match: { path: 'worklog' }, fault: { kind: 'hang' }, skip: 1 })
      await app.syncDesk.start(await app.localActor(), 'cloud', true)
    },
    async act(page) {
      await page.getByRole('progressbar').waitFor()
    },
  },
  { name: 'jira-health', path: '/admin/health', as: 'admin', stage: 'jira' },
  { name: 'week-error', path: '/week', as: 'admin', before: (page) => breakDown(page, 'week') },
  {
    name: 'reports-error',
    path: '/reports',
    as: 'admin',
    locale: 'de-DE',
    before: (page) => breakDown(page, 'reports/run'),
  },
  {
    name: 'admin-error',
    path: '/admin/people',
    as: 'admin',
    before: (page) => breakDown(page, 'people'),
  },
  ...(['week', 'planner', 'reports', 'approvals', 'admin/people'] as const).map(
    (screen): Shot => ({
      name: `loading-${screen.replace('/', '-')}`,
      path: `/${screen}`,
      as: 'admin',
      isWaiting: true,
      async before(page) {
        await page.route(neverAnswered, () => undefined)
      },
      act: (page) => page.locator('[data-loading]').first().waitFor(),
    }),
  ),
  {
    name: 'week-offline',
    path: '/week',
    as: 'admin',
    async act(page) {
      await page.route('**/api/v1/worklogs**', (route) => route.abort())
      await page.route('**/health', (route) => route.abort())
      await page.getByRole('gridcell').first().focus()
      await page.keyboard.type('2')
      await page.keyboard.press('Enter')
      await page.getByText('The server does not answer.').waitFor()
    },
  },
  {
    name: 'week-locked',
    path: ({ today }) => `/week?day=${addDays(today, -70)}`,
    as: 'admin',
    locale: 'de-DE',
    async before(_page, { app, today }) {
      const [from, to] = [-80, -60].map((by) => parseDay(addDays(today, by))) as [Day, Day]
      await app.store.locks.closePeriod(app.site.id, from, to, app.now())
    },
    async act(page) {
      await page.getByRole('gridcell').first().focus()
    },
  },
  {
    name: 'week-timer',
    path: '/week',
    as: 'admin',
    async act(page) {
      await page.getByRole('gridcell').first().focus()
      const timer = page.getByRole('button', { name: /^Timer on/ })
      if ((await timer.count()) === 0) await page.keyboard.press('s')
      await timer.click()
      await page.getByLabel('What was done').fill('Called the customer')
    },
  },
  {
    name: 'account-menu',
    path: '/settings',
    as: 'admin',
    async act(page) {
      await page.getByRole('button', { name: /Your account/ }).click()
      await page.getByRole('menuitem').first().waitFor()
    },
  },
  {
    name: 'planner-more',
    path: '/planner',
    as: 'admin',
    async act(page) {
      await page.getByRole('button', { name: 'More' }).click()
      await page.getByRole('menuitem').first().waitFor()
    },
  },
  {
    name: 'planner-filters',
    path: '/planner?hide=plans',
    as: 'admin',
    locale: 'de-DE',
    async act(page) {
      await page.getByRole('button', { name: /^Filter/ }).click()
      await page.getByRole('dialog').waitFor()
    },
  },
  {
    name: 'approvals-close',
    path: '/approvals?tab=periods',
    as: 'admin',
    async act(page) {
      await page
        .getByRole('button', { name: /^Close/ })
        .nth(1)
        .click()
      await page.getByRole('dialog').waitFor()
    },
  },
]

/** Asked for, and never answered: what is shown meanwhile. */
const neverAnswered =
  /\/api\/v1\/(worklogs|timeline|teams|reports|timesheets|approvals|people|week)(\?|\/|$)/

/** Answers as a server does that has failed. */
async function breakDown(page: Page, path: string): Promise<void> {
  const problem = { type: 'about:blank', title: 'Internal error', status: 500, code: 'internal' }
  await page.route(new RegExp(`/api/v1/${path}(\\?|$)`), (route) =>
    route.fulfill({
      status: 500,
      contentType: 'application/problem+json',
      body: JSON.stringify(problem),
    }),
  )
}
