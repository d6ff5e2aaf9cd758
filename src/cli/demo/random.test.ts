import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { makeRandom } from './random.ts'

describe('makeRandom', () => {
  it('repeats itself for the same seed', () => {
    const draw = (seed: number) => Array.from({ length: 5 }, makeRandom(seed).next)
    expect(draw(42)).toEqual(draw(42))
    expect(draw(42)).not.toEqual(draw(43))
  })

  it('stays within its bounds', () => {
    fc.assert(
      fc.property(
        fc.integer(),
        fc.integer({ min: -50, max: 50 }),
        fc.nat(90),
        (seed, from, span) => {
          const random = makeRandom(seed)
          for (let at = 0; at < 50; at += 1) {
            const value = random.whole(from, from + span)
            expect(Number.isInteger(value) && value >= from && value <= from + span).toBe(true)
          }
        },
      ),
    )
  })

  it('spreads evenly and follows weights', () => {
    const random = makeRandom(1)
    const values = Array.from({ length: 20_000 }, random.next)
    expect(values.reduce((sum, value) => sum + value, 0) / values.length).toBeCloseTo(0.5, 1)
    const heads = Array.from({ length: 20_000 }, () =>
      random.weighted([
        ['heads', 3],
        ['tails', 1],
      ]),
    ).filter((side) => side === 'heads')
    expect(heads.length / 20_000).toBeCloseTo(0.75, 1)
  })

  it('forks into streams that do not depend on what was drawn before', () => {
    const fresh = makeRandom(9)
    const used = makeRandom(9)
    used.next()
    expect(used.fork('people').next()).toBe(fresh.fork('people').next())
    expect(fresh.fork('people').next()).not.toBe(fresh.fork('issues').next())
  })
})
