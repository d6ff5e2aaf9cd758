import fc from 'fast-check'
import { expect, it } from 'vitest'
import type { EventBody } from '../../../src/api/contract.ts'
import { addDays } from '../time/days.ts'
import { layBars } from './bars.ts'
import { figuresOf, offStretches } from './load.ts'
import { resized, shifted } from './placement.ts'
import type { TimelinePerson } from './planner-query.ts'

const from = '2026-03-02'

const events = fc
  .array(fc.tuple(fc.integer({ min: -9, max: 30 }), fc.integer({ min: 0, max: 12 })), {
    maxLength: 40,
  })
  .map((spans) =>
    spans.map(
      ([start, length], at) =>
        ({
          id: String(at + 1),
          from: addDays(from, start),
          to: addDays(from, start + length),
        }) as EventBody,
    ),
  )

it('lays every bar where no other lies, in as few lanes as ever lie above one another', () => {
  fc.assert(
    fc.property(events, (list) => {
      const { bars, lanes } = layBars(list, from)
      expect(bars).toHaveLength(list.length)
      for (const a of bars)
        for (const b of bars)
          if (a !== b && a.lane === b.lane) expect(a.first > b.last || b.first > a.last).toBe(true)
      const deepest = bars.map(
        ({ first }) => bars.filter((one) => one.first <= first && first <= one.last).length,
      )
      expect(lanes).toBe(Math.max(0, ...deepest))
    }),
  )
})

it('counts what is too much day by day, so that a free Friday hides no Monday', () => {
  const person = {
    loadSeconds: [36_000, 0],
    capacitySeconds: [28_800, 28_800],
  } as unknown as TimelinePerson
  expect(figuresOf([person], 2, 7)).toEqual([
    {
      at: 0,
      length: 2,
      loadSeconds: 36_000,
      capacitySeconds: 57_600,
      overSeconds: 7_200,
      band: 'over',
    },
  ])
  expect(figuresOf([person], 2, 1).map(({ band }) => band)).toEqual(['over', 'none'])
})

it('finds the days somebody does not work', () => {
  expect(offStretches('wwaawoo')).toEqual([
    { at: 2, length: 2, kind: 'a' },
    { at: 5, length: 2, kind: 'o' },
  ])
})

it('moves and resizes by whole days, and never below one', () => {
  const place = { from, to: '2026-03-04', person: null, team: null }
  expect(shifted(place, 7)).toMatchObject({ from: '2026-03-09', to: '2026-03-11' })
  expect(resized(place, 'to', -9)).toMatchObject({ from, to: from })
  expect(resized(place, 'from', 9)).toMatchObject({ from: '2026-03-04', to: '2026-03-04' })
})
