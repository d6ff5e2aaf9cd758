/** What a place in a list is remembered by; keyset conditions read the columns they sort by. */
export type RowBookmark = { readonly id: string } & Readonly<Record<string, string>>

/**
 * Remembers, for the queries read lately, which row ended at which offset, so that a client that
 * pages by offset reads page 900 as cheaply as page 1, and rows written meanwhile shift nothing.
 * Whoever pauses for longer than `lifeMs`, or begins anew, reads rows as they are by then.
 */
export type Bookmarks = {
  /** The nearest remembered row at or before `offset`. */
  nearest(query: string, offset: number): { offset: number; bookmark: RowBookmark } | undefined
  keep(query: string, offset: number, bookmark: RowBookmark): void
  /** Somebody reads from the beginning: what earlier readings left behind holds no more. */
  restart(query: string): void
}

type Kept = { readonly bookmark: RowBookmark; readonly at: number }

const mostQueries = 200
const mostOffsets = 5_000
const lifeMs = 600_000

export function makeBookmarks(now: () => number = Date.now): Bookmarks {
  const queries = new Map<string, Map<number, Kept>>()
  const touch = (query: string): Map<number, Kept> => {
    const offsets = queries.get(query) ?? new Map<number, Kept>()
    queries.delete(query)
    queries.set(query, offsets)
    const oldest = queries.size > mostQueries ? queries.keys().next().value : undefined
    if (oldest !== undefined) queries.delete(oldest)
    return offsets
  }
  return {
    nearest(query, offset) {
      const offsets = queries.get(query)
      if (!offsets) return undefined
      const oldest = now() - lifeMs
      const exact = offsets.get(offset)
      if (exact && exact.at >= oldest) return { offset, bookmark: exact.bookmark }
      let best = 0
      for (const [known, { at }] of offsets)
        if (known < offset && known > best && at >= oldest) best = known
      const bookmark = offsets.get(best)?.bookmark
      return bookmark && { offset: best, bookmark }
    },
    keep(query, offset, bookmark) {
      const offsets = touch(query)
      offsets.set(offset, { bookmark, at: now() })
      const oldest = offsets.size > mostOffsets ? offsets.keys().next().value : undefined
      if (oldest !== undefined) offsets.delete(oldest)
    },
    restart: (query) => void queries.delete(query),
  }
}
