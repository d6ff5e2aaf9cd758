import { addDays, type Day } from '../../src/domain/day.ts'
import type { WorklogView } from '../../src/domain/worklog.ts'
import type { WebSite } from './site.ts'

/** What the server holds of somebody's week, whoever may see it. */
export async function heldWeek(
  { app }: WebSite,
  username: string,
  monday: Day,
): Promise<readonly WorklogView[]> {
  const found = await app.store.people.findByNames(app.site.id, [username])
  return app.store.worklogs.find(
    {
      siteId: app.site.id,
      viewer: { kind: 'all' },
      authorIds: [found.get(username)![0]!.id],
      period: { from: monday, to: addDays(monday, 6) },
    },
    { limit: 100 },
  )
}
