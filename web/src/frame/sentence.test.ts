import { expect, it } from 'vitest'
import { parseSentence } from './sentence.ts'

// A Wednesday.
const today = '2026-03-04'

it.each([
  ['log 1h30 on ABC-12 yesterday', 'ABC-12', '2026-03-03', 5400, undefined, ''],
  ['ABC-12 90m', 'ABC-12', today, 5400, undefined, ''],
  ['1:30 abc-12 gestern: Plan gelesen', 'ABC-12', '2026-03-03', 5400, undefined, 'Plan gelesen'],
  ['buche 2 auf OPS-7 montag', 'OPS-7', '2026-03-02', 7200, undefined, ''],
  ['log 930-1100 on OPS-7 friday', 'OPS-7', '2026-02-27', 5400, '09:30', ''],
  ['log 1h on A_1-2 2026-01-31 - fixed: it', 'A_1-2', '2026-01-31', 3600, undefined, 'fixed: it'],
  ['wednesday 1h OPS-7', 'OPS-7', today, 3600, undefined, ''],
])('reads %j', (text, issue, day, seconds, startTime, comment) => {
  expect(parseSentence(text, today)).toEqual({ issue, day, seconds, startTime, comment })
})

it.each(['', 'ABC-12', '1h30', 'log 45 on ABC-12', 'ABC-12 0', 'open the settings', 'ABC-12 +1h'])(
  'makes nothing of %j',
  (text) => {
    expect(parseSentence(text, today)).toBeUndefined()
  },
)
