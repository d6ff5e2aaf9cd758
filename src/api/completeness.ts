import type { Static } from '@sinclair/typebox'
import { ownConnection, type SiteId } from '../domain/site.ts'
import type { WorklogTally } from '../domain/worklog.ts'
import type { Completeness } from './contract.ts'
import type { ApiNeeds } from './needs.ts'
import { ageSeconds, momentOrNull } from './render.ts'

/** What an answer shows of what matches, and how fresh it is; without a tally, the latter alone. */
export async function completenessOf(
  needs: Pick<ApiNeeds, 'store' | 'now'>,
  siteId: SiteId,
  tally: WorklogTally | undefined,
): Promise<Static<typeof Completeness>> {
  return {
    connections: await freshness(needs, siteId),
    ...(tally && {
      total: tally.count,
      seconds: tally.timeSpentSeconds,
      hidden: tally.hiddenCount,
      ...(tally.hiddenCount > 0 ? { hiddenPeople: tally.hiddenAuthorCount } : {}),
    }),
  }
}

/** How old the copy of each source is, and what it announced against what is held. */
async function freshness(
  { store, now }: Pick<ApiNeeds, 'store' | 'now'>,
  siteId: SiteId,
): Promise<Static<typeof Completeness>['connections']> {
  const connections = await store.connections.list(siteId)
  return connections
    .filter(({ id }) => id !== ownConnection)
    .map(({ name, syncedAt, worklogsAnnounced, worklogsHeld }) => ({
      name,
      syncedAt: momentOrNull(syncedAt),
      ageSeconds: ageSeconds(now(), syncedAt),
      worklogsAnnounced,
      worklogsHeld,
    }))
}
