import type { Page } from 'playwright-core'
import { addDays, startOfWeek } from '../../src/domain/day.ts'
import type { Shot } from './shots.ts'
import type { WebSite } from './site.ts'

/** Pictures of the week: what Jira has otherwise in it, as signs and side by side. */
export const weekShots: readonly Shot[] = [
  { name: 'week', path: '/week', as: 'admin' },
  {
    name: 'week-panel',
    path: '/week',
    as: 'admin',
    async act(page) {
      await page.getByRole('gridcell').first().focus()
      await page.keyboard.press('Space')
      await page.getByRole('button', { name: 'Add an entry' }).waitFor()
    },
  },
  { name: 'week-calendar', path: '/week?view=calendar', as: 'admin' },
  { name: 'week-list', path: '/week?view=list', as: 'admin', locale: 'de-DE' },
  {
    name: 'week-diverging',
    path: lastWeek,
    as: 'admin',
    async act(page) {
      await focusOn(page, /Drift:/)
    },
  },
  {
    name: 'week-drift',
    path: lastWeek,
    as: 'admin',
    async act(page) {
      await focusOn(page, /Drift:/)
      await page.keyboard.press('Space')
      await page.getByRole('button', { name: 'Let the locked hours stand' }).click()
    },
  },
  {
    name: 'week-conflict',
    path: lastWeek,
    as: 'admin',
    locale: 'de-DE',
    async act(page) {
      await focusOn(page, /Konflikt/)
      await page.keyboard.press('Space')
      await page.getByRole('button', { name: 'Etwas anderes schreiben' }).click()
    },
  },
  { name: 'week-diverging-calendar', path: (site) => lastWeek(site, 'calendar'), as: 'admin' },
  { name: 'week-diverging-list', path: (site) => lastWeek(site, 'list'), as: 'admin' },
  {
    name: 'week-attributes',
    path: manyAttributes,
    as: 'admin',
    async act(page) {
      await page.getByRole('gridcell').first().focus()
      await page.keyboard.type('1h30')
      await page.keyboard.press('Enter')
      await page.getByText('This must be filled in').waitFor()
    },
  },
]

/** Last week of the administrator, with its first day locked, a drift in it and a conflict after. */
async function lastWeek({ app, today }: WebSite, view?: string): Promise<string> {
  const { store, site } = app
  const admin = await app.localActor()
  const monday = addDays(startOfWeek(today, 1), -7)
  const rows = await store.worklogs.find(
    {
      ...{ siteId: site.id, viewer: { kind: 'all' }, authorIds: [admin.personId] },
      period: { from: monday, to: addDays(monday, 6) },
    },
    { limit: 100 },
  )
  const first = rows[0]!
  const later = rows.find(({ day }) => day > first.day)!
  if ((await store.locks.listDrift(site.id, 1)).length === 0) {
    const day = { from: first.day, to: first.day }
    await app.calendar.periods.close(admin, day, '')
    const { issue, project, author, id, version, createdVersion, ...rest } = first
    const incoming = { ...rest, timeSpentSeconds: 9_000, comment: 'Longer, says Jira' }
    const { connectionId, jiraId, copy } = first
    const named = { connectionId, jiraId, copy, worklogId: id, personId: first.authorId }
    const seenAt = app.now()
    await store.locks.keepDrift(site.id, [{ ...named, day: first.day, incoming, seenAt }])
    await store.mirror.addConflict(site.id, {
      ...{ connectionId, worklogId: later.id, jiraId: later.jiraId, personId: later.authorId },
      ...{ reason: 'changed', ours: { comment: 'As I had it', timeSpentSeconds: 5_400 } },
      theirs: { comment: later.comment, timeSpentSeconds: later.timeSpentSeconds },
      createdAt: seenAt,
    })
  }
  return `/week?day=${monday}${view === undefined ? '' : `&view=${view}`}`
}

/** One more attribute of each type, one of them demanded. */
async function manyAttributes({ app }: WebSite): Promise<string> {
  const admin = await app.localActor()
  const types = ['input-field', 'input-numeric', 'checkbox', 'static-list'] as const
  const known = (await app.store.attributes.list(app.site.id)).map(({ key }) => key)
  for (const [at, type] of types.entries())
    if (!known.includes(type))
      await app.accounting.createAttribute(admin, {
        ...{ key: type, name: ['Place', 'Kilometres', 'Remote', 'Kind of work'][at]!, type },
        isRequired: type === 'static-list',
        ...(type === 'static-list' ? { options: [{ value: 'build', label: 'Build' }] } : {}),
      })
  return '/week'
}

function focusOn(page: Page, cell: RegExp): Promise<void> {
  return page.getByRole('gridcell', { name: cell }).first().focus()
}
