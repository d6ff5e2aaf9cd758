import { describe, expect, it } from 'vitest'
import { makeRowSource } from './row-source.ts'
import { inBatches } from './table.ts'

async function* batchesOf(...batches: number[][]) {
  for (const batch of batches) yield batch.map((n) => [n])
}

describe('row source', () => {
  it('splits a batch at the limit and steps over empty ones', async () => {
    const source = makeRowSource(batchesOf([1, 2, 3], [], [4]))
    expect(await source.take(2)).toEqual([[1], [2]])
    expect(await source.take(2)).toEqual([[3]])
    expect(await source.isEmpty()).toBe(false)
    expect(await source.take(2)).toEqual([[4]])
    expect(await source.isEmpty()).toBe(true)
    expect(await source.take(2)).toEqual([])
  })

  it('cuts rows in memory into batches', async () => {
    const lengths: number[] = []
    for await (const batch of inBatches([[1], [2], [3]], 2)) lengths.push(batch.length)
    expect(lengths).toEqual([2, 1])
  })
})
