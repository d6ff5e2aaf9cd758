/** Chance that repeats: the same seed gives the same queries on every machine. */
export type Dice = {
  /** A whole number from 0 to below `n`. */
  below(n: number): number
  chance(probability: number): boolean
  pick<T>(items: readonly T[]): T
  /** Between `least` and `most` results, made anew each. */
  some<T>(least: number, most: number, make: () => T): T[]
}

/** Many queries by hand, with HOURBOOK_THOROUGH=1; fewer with every change. */
export const isThorough = process.env.HOURBOOK_THOROUGH === '1'

/** The seed of a run: HOURBOOK_SEED, to see other queries than everybody has seen. */
export function seedOr(usual: number): number {
  return Number(process.env.HOURBOOK_SEED ?? usual)
}

export function makeDice(seed: number): Dice {
  let state = seed >>> 0
  const next = () => {
    // mulberry32
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
  const below = (n: number) => Math.floor(next() * n)
  return {
    below,
    chance: (probability) => next() < probability,
    pick: (items) => items[below(items.length)]!,
    some: (least, most, make) =>
      Array.from({ length: least + below(most - least + 1) }, () => make()),
  }
}
