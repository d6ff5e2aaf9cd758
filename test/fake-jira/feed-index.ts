import type { World } from './world.ts'

/** One entry of a feed. */
export type Change = { readonly id: number; readonly at: number }

/** The two feeds in order, oldest first. */
export type FeedIndex = {
  updated(): readonly Change[]
  deleted(): readonly Change[]
}

/** Sorts anew only after a change: 200,000 rows take a while, and a backfill changes none. */
export function makeFeedIndex(world: World): FeedIndex {
  const cached = {
    updated: { revision: -1, list: [] as Change[] },
    deleted: { revision: -1, list: [] as Change[] },
  }
  function fresh(kind: 'updated' | 'deleted', make: () => Change[]): readonly Change[] {
    if (cached[kind].revision !== world.revision()) {
      const list = make().sort((a, b) => a.at - b.at || a.id - b.id)
      cached[kind] = { revision: world.revision(), list }
    }
    return cached[kind].list
  }
  return {
    updated: () =>
      fresh('updated', () =>
        [...world.state.worklogs.values()].map(({ id, updated }) => ({ id, at: updated })),
      ),
    deleted: () =>
      fresh('deleted', () =>
        [...world.state.tombstones.values()]
          .filter(({ isListed }) => isListed)
          .map(({ worklog, deletedAt }) => ({ id: worklog.id, at: deletedAt })),
      ),
  }
}

/** Position of the first change at or after the moment. */
export function firstAt(changes: readonly Change[], at: number): number {
  let low = 0
  let high = changes.length
  while (low < high) {
    const middle = (low + high) >> 1
    if (changes[middle]!.at < at) low = middle + 1
    else high = middle
  }
  return low
}
