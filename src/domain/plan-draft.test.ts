import fc from 'fast-check'
import { expect, it } from 'vitest'
import type { EventId, PlannedEvent } from './event.ts'
import { changesOf, type DraftChange, shortened, statesOf } from './plan-draft.ts'

const state = (version: number) => ({ version }) as PlannedEvent

/** Steps as people make them: each begins with what the one before left of an event. */
const someSteps = fc
  .array(fc.array(fc.nat(6), { minLength: 1, maxLength: 5 }), { maxLength: 30 })
  .map((steps) => {
    const now = new Map<string, PlannedEvent | null>()
    let version = 0
    return steps.map((ids) =>
      [...new Set(ids)].map((id): DraftChange => {
        const eventId = String(id) as EventId
        const before = now.get(eventId) ?? (id % 2 === 0 && !now.has(eventId) ? state(-id) : null)
        version += 1
        const after = version % 3 === 0 && before ? null : state(version)
        now.set(eventId, after)
        return { eventId, before, after }
      }),
    )
  })

const sorted = (changes: readonly DraftChange[]) =>
  changes.toSorted((a, b) => Number(a.eventId) - Number(b.eventId))

it('says the same when it is shortened, within its bound', () => {
  fc.assert(
    fc.property(someSteps, fc.integer({ min: 5, max: 40 }), (steps, most) => {
      const short = shortened(steps, most)
      expect(sorted(changesOf(short))).toEqual(sorted(changesOf(steps)))
      const [first = [], ...others] = short
      expect(others.flat().length).toBeLessThanOrEqual(most)
      // What came and went within the oldest steps leaves no trace, all else stands as before.
      for (const [id, after] of statesOf(short)) expect(statesOf(steps).get(id)).toEqual(after)
      if (short !== steps) expect(first.length).toBeLessThanOrEqual(7)
      expect(short.slice(1)).toEqual(others.length === 0 ? [] : steps.slice(-others.length))
    }),
  )
})
