import { plainDefinition } from '../../src/domain/report.ts'
import type { Shot } from './shots.ts'
import type { WebSite } from './site.ts'

const plainReport = { ...plainDefinition, filters: { period: 'this-month' } } as const

/** The home of a team, with reports and without. */
export const teamHomeShots: readonly Shot[] = [
  {
    name: 'team-home',
    path: aTeamHome,
    as: 'admin',
    act: (page) => page.locator('[role=img] svg text').first().waitFor(),
  },
  {
    name: 'team-home-pin',
    path: aTeamHome,
    as: 'admin',
    locale: 'de-DE',
    async act(page) {
      await page.getByRole('button', { name: 'Auswertung anheften' }).click()
      await page.getByRole('dialog').getByRole('listitem').first().waitFor()
    },
  },
  {
    name: 'team-home-empty',
    path: async (site) => `/teams?team=${(await teamsOf(site)).at(-1)!.id}`,
    as: 'admin',
  },
]

function teamsOf({ app }: WebSite) {
  return app.store.teams.list(app.site.id)
}

/** The home of the first team, with three reports pinned and one that could be. */
async function aTeamHome(site: WebSite): Promise<string> {
  const { app } = site
  const actor = await app.localActor()
  const team = (await teamsOf(site))[0]!
  const { pinned } = await app.teamHomes.get(actor, team.id)
  const hours = { ...plainReport, rows: ['person'] as const, columns: 'week' as const }
  const wishes = [
    { name: 'Hours by week', definition: hours, shownAs: 'table' },
    { name: 'Where the time went', definition: { ...hours, rows: ['project'] }, shownAs: 'chart' },
    { name: 'Issues of the month', definition: { ...hours, rows: ['issue'], columns: null } },
    { name: 'People by month', definition: { ...hours, columns: 'month' }, shownAs: undefined },
  ] as const
  if (pinned.length === 0)
    for (const [at, { name, definition, ...how }] of wishes.entries()) {
      const report = await app.reports.create(actor, { name, definition, isShared: false })
      const shape = 'shownAs' in how ? how.shownAs : 'table'
      if (shape && at < 3) await app.teamHomes.pin(actor, team.id, report.id, shape)
    }
  return `/teams?team=${team.id}`
}
