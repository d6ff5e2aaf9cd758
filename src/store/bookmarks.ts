/** What a place in a list is remembered by; keyset conditions read the columns they sort by. */
export type RowBookmark = { readonly id: string } & Readonly<Record<string, string>>

/**
 * Remembers, for the queries read lately, which row ended at which offset, so that a client that
 * pages by offset reads page 900 as cheaply as page 1, and rows written meanwhile shift nothing.
 */
export type Bookmarks = {
  /** The nearest remembered row at or before `offset`. */
  nearest(query: string, offset: number): { offset: number; bookmark: RowBookmark } | undefined
  keep(query: string, offset: number, bookmark: RowBookmark): void
}

const mostQueries = 200
const mostOffsets = 5_000

export function makeBookmarks(): Bookmarks {
  const queries = new Map<string, Map<number, RowBookmark>>()
  const touch = (query: string): Map<number, RowBookmark> => {
    const offsets = queries.get(query) ?? new Map<number, RowBookmark>()
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
      const exact = offsets.get(offset)
      if (exact) return { offset, bookmark: exact }
      let best = 0
      for (const known of offsets.keys()) if (known < offset && known > best) best = known
      const bookmark = offsets.get(best)
      return bookmark && { offset: best, bookmark }
    },
    keep(query, offset, bookmark) {
      const offsets = touch(query)
      offsets.set(offset, bookmark)
      const oldest = offsets.size > mostOffsets ? offsets.keys().next().value : undefined
      if (oldest !== undefined) offsets.delete(oldest)
    },
  }
}
