import type { TimelinePerson } from './planner-query.ts'

/** How full a stretch of days is. */
export type Band = 'off' | 'none' | 'light' | 'good' | 'full' | 'over'

export type Figure = {
  /** First column it covers, and how many. */
  readonly at: number
  readonly length: number
  readonly loadSeconds: number
  readonly capacitySeconds: number
  /** What is planned beyond the capacity of single days, so that a free Friday hides no Monday. */
  readonly overSeconds: number
  readonly band: Band
}

/** Figures of the load strip, each over `group` days, of one person or of several together. */
export function figuresOf(
  people: readonly TimelinePerson[],
  days: number,
  group: number,
): readonly Figure[] {
  const figures: Figure[] = []
  for (let at = 0; at < days; at += group) {
    const length = Math.min(group, days - at)
    let [load, capacity, over] = [0, 0, 0]
    for (const person of people)
      for (let day = at; day < at + length; day++) {
        const [planned, can] = [person.loadSeconds[day] ?? 0, person.capacitySeconds[day] ?? 0]
        load += planned
        capacity += can
        over += Math.max(0, planned - can)
      }
    figures.push({
      at,
      length,
      loadSeconds: load,
      capacitySeconds: capacity,
      overSeconds: over,
      band: bandOf(load, capacity, over),
    })
  }
  return figures
}

function bandOf(load: number, capacity: number, over: number): Band {
  if (over > 0) return 'over'
  if (capacity === 0) return 'off'
  if (load === 0) return 'none'
  if (load * 2 < capacity) return 'light'
  return load * 10 < capacity * 9 ? 'good' : 'full'
}

/** Stretches of days somebody does not work, as first column and length. */
export function offStretches(
  days: string,
): readonly { at: number; length: number; kind: string }[] {
  return [...days.matchAll(/o+|a+/g)].map(({ 0: run, index }) => ({
    at: index,
    length: run.length,
    kind: run[0]!,
  }))
}
