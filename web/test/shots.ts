import type { Page } from 'playwright-core'
import { addDays } from '../src/time/days.ts'
import { stateShots } from './shots-states.ts'
import { teamHomeShots } from './shots-team-home.ts'
import { weekShots } from './shots-week.ts'
import type { Stage, Staged } from './stages.ts'

/** A picture of a screen: who looks, at which address, and what is done before it is taken. */
export type Shot = {
  readonly name: string
  readonly path: string | ((site: Staged) => string | Promise<string>)
  readonly as?: string | undefined
  readonly locale?: string
  /** The sample company when left out. */
  readonly stage?: Stage
  /** What goes wrong on purpose, from the first request on. */
  readonly before?: (page: Page, site: Staged) => Promise<void>
  readonly act?: (page: Page, site: Staged) => Promise<void>
  /** Whether something stays on its way. */
  readonly isWaiting?: true
}

/** Every screen there is. A new screen adds its own. */
export const shots: readonly Shot[] = [
  { name: 'login', path: '/login' },
  {
    name: 'welcome',
    path: async ({ app }) => {
      const admin = (await app.store.people.findByNames(app.site.id, ['admin'])).get('admin')![0]!
      return `/welcome#${await app.entering.sessions.makeFirstLink(app.site.id, admin)}`
    },
  },
  { name: 'admin-tokens', path: '/admin/tokens', as: 'admin', act: aToken },
  {
    name: 'admin-token-form',
    path: '/admin/tokens',
    as: 'admin',
    locale: 'de-DE',
    async act(page) {
      await page.getByRole('button', { name: 'Vorhandenen Wert übernehmen' }).click()
      await page.getByRole('dialog').waitFor()
    },
  },
  {
    name: 'admin-scripts',
    path: '/admin/scripts?api=tempo-4',
    as: 'admin',
    async act(page) {
      await page.getByRole('button', { name: 'Make one for this script' }).click()
      await page.getByRole('button', { name: 'Test', exact: true }).click()
      await page.locator('pre').waitFor()
    },
  },
  { name: 'admin-connections', path: '/admin/connections', as: 'admin' },
  { name: 'admin-people', path: '/admin/people', as: 'admin' },
  {
    name: 'admin-people-import',
    path: '/admin/people',
    as: 'admin',
    async act(page) {
      await page.getByRole('button', { name: 'Import CSV' }).click()
      await page
        .getByLabel('Or paste rows here')
        .fill('Name;User name;E-mail;Role\nNew One;new;new@example.com;Team lead\nBad;bad;x;boss')
    },
  },
  {
    name: 'admin-people-access',
    path: '/admin/people',
    as: 'admin',
    async act(page) {
      await page.getByRole('button', { name: 'Access of Mira Falkenrath' }).click()
      await page.getByRole('button', { name: /^Password link for/ }).click()
    },
  },
  { name: 'admin-accounts', path: '/admin/accounts', as: 'admin' },
  { name: 'admin-customers', path: '/admin/accounts?tab=customers', as: 'admin', locale: 'de-DE' },
  { name: 'admin-attributes', path: '/admin/attributes', as: 'admin' },
  { name: 'admin-schedules', path: '/admin/schedules', as: 'admin' },
  {
    name: 'admin-schedule-form',
    path: '/admin/schedules',
    as: 'admin',
    locale: 'de-DE',
    async act(page) {
      await page.getByRole('button', { name: 'Arbeitszeit anlegen' }).click()
    },
  },
  { name: 'admin-holidays', path: '/admin/holidays', as: 'admin' },
  {
    name: 'admin-holiday-import',
    path: '/admin/holidays',
    as: 'admin',
    async act(page) {
      await page.getByRole('button', { name: 'Import public holidays' }).click()
      const panel = page.getByRole('dialog')
      await panel.getByLabel('Country').selectOption('DE')
      await panel.getByLabel('State', { exact: true }).selectOption('BY')
    },
  },
  { name: 'admin-periods', path: '/admin/periods', as: 'admin' },
  { name: 'admin-groups', path: '/admin/groups', as: 'admin' },
  { name: 'admin-teams', path: '/admin/teams', as: 'admin' },
  {
    name: 'admin-team',
    path: '/admin/teams',
    as: 'admin',
    async act(page) {
      await page
        .getByRole('button', { name: /^Members of/ })
        .first()
        .click()
    },
  },
  { name: 'admin-roles', path: '/admin/roles', as: 'admin' },
  { name: 'admin-levels', path: '/admin/roles?tab=levels', as: 'admin', locale: 'de-DE' },
  { name: 'admin-programs', path: '/admin/teams?tab=programs', as: 'admin', act: aProgram },
  { name: 'admin-resources', path: '/admin/roles?tab=resources', as: 'admin', locale: 'de-DE' },
  { name: 'admin-oauth', path: '/admin/oauth', as: 'admin' },
  {
    name: 'admin-oauth-made',
    path: '/admin/oauth',
    as: 'admin',
    async act(page) {
      await page.getByRole('button', { name: 'Register a program' }).first().click()
      const panel = page.getByRole('dialog')
      await panel.getByLabel('Name').fill('Payroll')
      await panel.getByLabel('May send people back to').fill('https://payroll.example/callback')
      await panel.getByRole('button', { name: 'Register a program' }).click()
      await panel.getByRole('button', { name: 'Done' }).waitFor()
    },
  },
  {
    name: 'admin-columns',
    path: '/admin/people',
    as: 'admin',
    async act(page) {
      await page.getByRole('button', { name: 'Columns shown' }).click()
      await page.getByRole('checkbox', { name: 'E-mail' }).waitFor()
    },
  },
  { name: 'admin-switches', path: '/admin/switches', as: 'admin' },
  { name: 'admin-health', path: '/admin/health', as: 'admin' },
  { name: 'start', path: '/start', as: 'admin' },
  { name: 'start-own', path: '/start?door=own', as: 'admin', locale: 'de-DE' },
  { name: 'admin-audit', path: '/admin/audit', as: 'admin', locale: 'de-DE' },
  { name: 'settings', path: '/settings', as: 'admin' },
  { name: 'approvals', path: '/approvals', as: 'admin' },
  { name: 'approvals-own', path: '/approvals?tab=own', as: 'admin', locale: 'de-DE' },
  { name: 'approvals-periods', path: '/approvals?tab=periods', as: 'admin' },
  { name: 'reports', path: '/reports?rows=person&columns=day&heat=true', as: 'admin' },
  {
    name: 'reports-jql',
    path: '/reports?rows=project&columns=month&period=this-year&jql=status+%3D+Done+AND+colour+%3D+red',
    as: 'admin',
  },
  {
    name: 'reports-drill',
    path: '/reports?rows=project,issue&columns=month&period=this-quarter',
    as: 'admin',
    async act(page) {
      await page.locator('[data-at="1 1"]').click()
      await page.getByRole('dialog').getByRole('listitem').first().waitFor()
    },
  },
  {
    name: 'reports-groups',
    path: '/reports?rows=project,issue,person&columns=month&period=this-year',
    as: 'admin',
    locale: 'de-DE',
  },
  {
    name: 'reports-chart',
    path: '/reports?rows=project,issue&columns=month&period=this-year&view=chart',
    as: 'admin',
    act: drawn,
  },
  {
    name: 'reports-ranked',
    path: '/reports?rows=person&columns=&period=last-month&view=chart',
    as: 'admin',
    locale: 'de-DE',
    act: drawn,
  },
  {
    name: 'reports-year',
    path: '/reports?rows=person&columns=month&period=this-year&view=year',
    as: 'admin',
    act: drawn,
  },
  {
    name: 'reports-burn',
    path: '/reports?rows=attribute:_Account_&columns=month&period=this-year&view=burn',
    as: 'admin',
    act: drawn,
  },
  {
    name: 'reports-balance',
    path: '/reports?columns=week&period=last-month&view=balance',
    as: 'admin',
    act: drawn,
  },
  {
    name: 'reports-planned',
    path: '/reports?columns=day&period=this-month&view=balance&against=planned',
    as: 'admin',
    locale: 'de-DE',
    act: drawn,
  },
  {
    name: 'reports-filter',
    path: '/reports?rows=project&values=timeSpentSeconds,billableSeconds',
    as: 'admin',
    async act(page) {
      await page.getByRole('button', { name: 'Add to Filters' }).click()
      await page.getByPlaceholder('Type to choose').fill('Person')
      await page.keyboard.press('Enter')
    },
  },
  ...stateShots,
  ...weekShots,
  ...teamHomeShots,
  { name: 'planner', path: ({ today }) => `/planner?from=${addDays(today, 4)}`, as: 'admin' },
  {
    name: 'planner-panel',
    path: ({ today }) => `/planner?from=${addDays(today, 25)}`,
    as: 'admin',
    async act(page) {
      const request = page.getByRole('button', { name: /^Vacation.*not approved/ }).first()
      await request.dblclick()
      await page.locator('aside').waitFor()
    },
  },
  {
    name: 'planner-who',
    path: ({ today }) => `/planner?find=true&from=${addDays(today, 4)}`,
    as: 'admin',
    async act(page) {
      await page.getByRole('button', { name: 'Search', exact: true }).click()
      await page
        .getByRole('button', { name: /^Plan for/ })
        .first()
        .hover()
    },
  },
  {
    name: 'planner-backlog',
    path: '/planner?backlog=true',
    as: 'admin',
    async act(page) {
      await page.locator('[data-issue]').nth(1).click()
    },
  },
  {
    name: 'planner-draft',
    path: ({ today }) => `/planner?from=${addDays(today, 4)}`,
    as: 'admin',
    locale: 'de-DE',
    async act(page) {
      await page.getByRole('button', { name: 'Mehr' }).click()
      await page.getByRole('menuitem', { name: 'Neuer Entwurf' }).click()
      await page.getByRole('region', { name: /^Entwurf / }).waitFor()
      await page.locator('[data-bar]:not([data-fixed])').first().focus()
      await page.keyboard.press('Delete')
      await page.getByRole('button', { name: '1 Änderung' }).click()
    },
  },
  { name: 'planner-day', path: '/planner?zoom=day', as: 'admin' },
  { name: 'planner-month', path: '/planner?zoom=month', as: 'admin' },
  { name: 'planner-quarter', path: '/planner?zoom=quarter', as: 'admin', locale: 'de-DE' },
  {
    name: 'palette',
    path: '/week',
    as: 'admin',
    async act(page) {
      await page.keyboard.press('Control+K')
      await page
        .getByRole('dialog')
        .getByRole('combobox')
        .fill('log 1h30 on PLAT-1 yesterday: Reviewed the plan')
    },
  },
]

async function aToken(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'New token' }).first().click()
  await page.getByLabel('What it is for').fill('Nightly export')
  await page.getByLabel('Only from these networks').fill('10.0.0.0/8')
  await page.getByRole('button', { name: 'Make token' }).click()
  await page.getByRole('button', { name: 'Done' }).click()
}

async function aProgram(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Add program' }).first().click()
  const panel = page.getByRole('dialog')
  await panel.getByLabel('Name').fill('Customer portal')
  await panel.getByRole('button', { name: 'Add program' }).click()
  await page.getByRole('dialog', { name: 'Teams of Customer portal' }).waitFor()
}

/** Until a chart is there. */
async function drawn(page: Page): Promise<void> {
  await page.locator('[role=img] svg text').first().waitFor()
}
