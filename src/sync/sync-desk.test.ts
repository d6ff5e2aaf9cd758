import { describe, expect, it } from 'vitest'
import { noCounts } from '../domain/ingest-source.ts'
import { progressOf } from './sync-desk.ts'

describe('the progress of a reading', () => {
  const day = 86_400_000
  const at = Date.UTC(2026, 2, 2)
  const watched = (step: 'worklogs' | 'catalogue', readDays: number, leftDays: number) => {
    const cursor = at - leftDays * day
    const counts = { ...noCounts(), worklogs: { ...noCounts().worklogs, new: 300, unchanged: 100 } }
    return {
      startedAt: at - 20_000,
      firstCursor: cursor - readDays * day,
      last: { step, counts, cursor, requests: 7 },
      at,
    }
  }

  it('tells rows, their rate, and how long the days left will take', () => {
    expect(progressOf(watched('worklogs', 100, 50))).toEqual({
      step: 'worklogs',
      startedAt: at - 20_000,
      rows: 400,
      rowsPerSecond: 20,
      requests: 7,
      readUpTo: at - 50 * day,
      secondsLeft: 10,
    })
  })

  it('guesses nothing before days went by, nor while it does something else', () => {
    expect(progressOf(watched('worklogs', 0, 50)).secondsLeft).toBeNull()
    expect(progressOf(watched('catalogue', 100, 0)).secondsLeft).toBeNull()
  })
})
