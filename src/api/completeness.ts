import type { Static } from '@sinclair/typebox'
import { ownConnection, type SiteId } from '../domain/site.ts'
import type { Completeness } from './contract.ts'
import type { ApiNeeds } from './needs.ts'
import { ageSeconds, momentOrNull } from './render.ts'

/** How old the copy of each source is, and what it announced against what is held. */
export async function freshness(
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
