import type { Day } from './day.ts'
import type { SiteId } from './site.ts'
import type { Stores } from './store.ts'
import { type Instant, localIn } from './zone.ts'

/** Today, where the site is. */
export async function siteToday(
  stores: Pick<Stores, 'sites'>,
  siteId: SiteId,
  now: Instant,
): Promise<Day> {
  const { timeZone } = await stores.sites.get(siteId)
  return localIn(timeZone, now).day
}
