/** One of the two versions this dialect shows of the same facts. */
export type Face = {
  readonly version: 3 | 4
  readonly base: string
  /** Rows of a page at most; a caller that asks for more gets these. */
  readonly mostRows: number
}

export const faces: readonly Face[] = [
  { version: 3, base: '/core/3', mostRows: 1_000 },
  { version: 4, base: '/4', mostRows: 5_000 },
]

/** The old name of the feeds of deletions and its drop-in replacement [seed][S4]. */
export const feedFaces: readonly Face[] = [
  { version: 4, base: '/audit/1', mostRows: 1_000 },
  { version: 4, base: '/papertrail/1', mostRows: 1_000 },
]
