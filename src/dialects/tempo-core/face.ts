/** One of the two versions this dialect shows of the same facts. */
export type Face = {
  readonly version: 3 | 4
  readonly base: '/core/3' | '/4'
  /** Rows of a page at most; a caller that asks for more gets these. */
  readonly mostRows: 1000 | 5000
}

export const faces: readonly Face[] = [
  { version: 3, base: '/core/3', mostRows: 1_000 },
  { version: 4, base: '/4', mostRows: 5_000 },
]
