/** Repeatable choices: the same seed always gives the same company. */
export type Random = {
  /** From 0 up to, never including, 1. */
  next(): number
  /** A whole number, both ends included. */
  whole(least: number, most: number): number
  chance(probability: number): boolean
  pick<T>(values: readonly T[]): T
  weighted<T>(choices: readonly (readonly [value: T, weight: number])[]): T
  hex(length: number): string
  /** A stream of its own, so that one part of the company never shifts another. */
  fork(name: string): Random
}

/** Mulberry32: 32 bits of state, plenty for sample data and quick. */
export function makeRandom(seed: number): Random {
  let state = seed >>> 0
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
  const whole = (least: number, most: number) => least + Math.floor(next() * (most - least + 1))
  return {
    next,
    whole,
    chance: (probability) => next() < probability,
    pick: (values) => values[whole(0, values.length - 1)]!,
    weighted(choices) {
      let rest = next() * choices.reduce((sum, [, weight]) => sum + weight, 0)
      for (const [value, weight] of choices) {
        rest -= weight
        if (rest < 0) return value
      }
      return choices.at(-1)![0]
    },
    hex: (length) => Array.from({ length }, () => whole(0, 15).toString(16)).join(''),
    fork: (name) => makeRandom(hashOf(`${seed} ${name}`)),
  }
}

// FNV-1a, for its spread over short names.
function hashOf(text: string): number {
  let hash = 0x811c9dc5
  for (let at = 0; at < text.length; at += 1)
    hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193)
  return hash >>> 0
}
