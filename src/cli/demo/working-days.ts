import { type Day, daysOf, weekday } from '../../domain/day.ts'
import { agreedHours, type DemoPerson, isEmployedOn } from './people.ts'
import type { Random } from './random.ts'

/** A stretch of work in quarters of an hour since local midnight. */
export type Stretch = { readonly from: number; readonly quarters: number }

/** The days a person works: agreed, employed and not absent. */
export function workingDays(
  person: DemoPerson,
  absent: ReadonlySet<Day>,
  period: { from: Day; to: Day },
): Day[] {
  return [...daysOf(period)].filter(
    (day) => isEmployedOn(person, day) && agreedHours(person, day) > 0 && !absent.has(day),
  )
}

/** One day's stretches, one to five, with a break at noon and now and then a slip of the clock. */
export function stretchesOf(random: Random, person: DemoPerson, day: Day): Stretch[] {
  const agreed = agreedHours(person, day) * 4
  const isLong = weekday(day) < 5 && random.chance(0.03)
  const total = Math.round(agreed) + (isLong ? random.whole(8, 14) : random.whole(-3, 3))
  const count = random.weighted([
    [1, 26],
    [2, 38],
    [3, 22],
    [4, 10],
    [5, 4],
  ])
  let from = random.whole(32, 39)
  let hadBreak = false
  return partsOf(random, total, count).map((quarters) => {
    if (!hadBreak && from + quarters / 2 >= 50) {
      from += random.whole(2, 4)
      hadBreak = true
    }
    const stretch = { from, quarters }
    // Nobody's notes are exact: one row in forty begins before the last one ended.
    from += quarters - (quarters > 1 && random.chance(0.025) ? 1 : 0)
    return stretch
  })
}

/** `total` cut into `count` whole parts, none empty. */
function partsOf(random: Random, total: number, count: number): number[] {
  const cuts = new Set<number>()
  while (cuts.size < Math.min(count, total) - 1) cuts.add(random.whole(1, total - 1))
  const ends = [...cuts].sort((a, b) => a - b)
  return [...ends, total].map((end, at) => end - (ends[at - 1] ?? 0))
}
