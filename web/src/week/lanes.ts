/** Something with a beginning and an end, in minutes of a day. */
export type Span = { readonly from: number; readonly to: number }

export type Laned<T> = { readonly item: T; readonly lane: number; readonly lanes: number }

/** Puts what overlaps side by side: each item with its lane, and how many lanes its cluster needs. */
export function layLanes<T extends Span>(items: readonly T[]): Laned<T>[] {
  const sorted = [...items].sort((a, b) => a.from - b.from || b.to - a.to)
  const laid: Laned<T>[] = []
  let cluster: { item: T; lane: number }[] = []
  let ends: number[] = []
  const close = () => {
    for (const one of cluster) laid.push({ ...one, lanes: ends.length })
    cluster = []
    ends = []
  }
  for (const item of sorted) {
    if (ends.every((end) => end <= item.from)) close()
    const free = ends.findIndex((end) => end <= item.from)
    const lane = free < 0 ? ends.length : free
    ends[lane] = item.to
    cluster.push({ item, lane })
  }
  close()
  return laid
}
