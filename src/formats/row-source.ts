import type { Row, Table } from './table.ts'

/** Batches read piecemeal, for a format that splits rows at a place of its own choosing. */
export type RowSource = {
  /** At least one row and at most `limit`, or none at the end. */
  readonly take: (limit: number) => Promise<readonly Row[]>
  readonly isEmpty: () => Promise<boolean>
  readonly close: () => Promise<void>
}

/** Makes a source that pulls a batch only when the one before is used up. */
export function makeRowSource(batches: Table['batches']): RowSource {
  const iterator = batches[Symbol.asyncIterator]()
  let rest: readonly Row[] = []

  const isEmpty = async () => {
    while (rest.length === 0) {
      const next = await iterator.next()
      if (next.done) return true
      rest = next.value
    }
    return false
  }

  return {
    isEmpty,
    take: async (limit) => {
      if (await isEmpty()) return []
      const taken = rest.slice(0, limit)
      rest = rest.slice(limit)
      return taken
    },
    close: async () => {
      await iterator.return?.()
    },
  }
}
