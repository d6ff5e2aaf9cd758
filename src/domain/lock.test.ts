import { describe, expect, it } from 'vitest'
import { day } from '../../test/builders.ts'
import { checkUnlocked, type Lock, lockOver } from './lock.ts'
import type { PersonId } from './person.ts'

const [ann, bob] = ['1', '2'] as unknown as [PersonId, PersonId]
const closed: Lock = {
  reason: 'period-closed',
  personId: null,
  from: day('2026-03-01'),
  to: day('2026-03-31'),
}
const approved: Lock = {
  reason: 'timesheet-approved',
  personId: ann,
  from: day('2026-04-06'),
  to: day('2026-04-12'),
}
const locks = [closed, approved]

describe('a lock', () => {
  it.each<[string, PersonId, Lock | undefined]>([
    ['2026-02-28', ann, undefined],
    ['2026-03-01', ann, closed],
    ['2026-03-31', bob, closed],
    ['2026-04-01', bob, undefined],
    ['2026-04-05', ann, undefined],
    ['2026-04-06', ann, approved],
    ['2026-04-12', ann, approved],
    ['2026-04-12', bob, undefined],
    ['2026-04-13', ann, undefined],
  ])('on %s for person %s', (on, person, expected) => {
    expect(lockOver(locks, person, day(on))).toBe(expected)
    if (expected) expect(() => checkUnlocked(locks, person, day(on))).toThrow()
    else expect(() => checkUnlocked(locks, person, day(on))).not.toThrow()
  })

  it.each([
    ['2026-03-05', 'the period is closed (2026-03-01 to 2026-03-31)', closed],
    ['2026-04-07', 'the timesheet is approved (2026-04-06 to 2026-04-12)', approved],
  ])('says of %s why it cannot change', (on, why, { reason, from, to }) => {
    expect(() => checkUnlocked(locks, ann, day(on))).toThrow(
      expect.objectContaining({
        code: 'locked',
        message: `${on} cannot change: ${why}`,
        details: { lock: { reason, from, to } },
      }),
    )
  })
})
