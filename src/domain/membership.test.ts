import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { addDays, type Day, dayOfEpoch } from './day.ts'
import {
  checkOpenPeriod,
  commitmentOn,
  openPeriodContains,
  openPeriodsOverlap,
} from './membership.ts'

const first = dayOfEpoch(20_000)
const days = Array.from({ length: 12 }, (_, at) => addDays(first, at))
const end = fc.option(fc.constantFrom(...days))
const openPeriod = fc
  .record({ from: end, to: end })
  .filter(({ from, to }) => from === null || to === null || from <= to)

describe('days with open ends', () => {
  it('overlap where they share a day', () => {
    // One more day at each side stands for the open ends.
    const sample = [addDays(first, -1), ...days, addDays(first, days.length)]
    fc.assert(
      fc.property(openPeriod, openPeriod, (a, b) => {
        const shared = sample.some(
          (day) => openPeriodContains(a, day) && openPeriodContains(b, day),
        )
        expect(openPeriodsOverlap(a, b)).toBe(shared)
        expect(openPeriodsOverlap(b, a)).toBe(shared)
      }),
    )
  })

  it('refuse an end before the beginning', () => {
    expect(() => checkOpenPeriod({ from: days[1] as Day, to: days[0] as Day })).toThrow('is before')
    for (const from of [null, days[0] as Day])
      for (const to of [null, days[0] as Day])
        expect(() => checkOpenPeriod({ from, to })).not.toThrow()
  })
})

describe('commitment on a day', () => {
  it('is that of the place somebody has, and 0 without one', () => {
    const places = [
      { from: null, to: days[3] as Day, commitmentPercent: 100 },
      { from: days[4] as Day, to: days[6] as Day, commitmentPercent: 50 },
    ]
    const on = (at: number) => commitmentOn(places, days[at] as Day)
    expect([on(0), on(3), on(4), on(6), on(7)]).toEqual([100, 100, 50, 50, 0])
  })
})
