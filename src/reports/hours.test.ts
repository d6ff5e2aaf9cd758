import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { hoursText, plainHours } from './hours.ts'

describe('hoursText', () => {
  it.each([
    [0, '0'],
    [17, '0'],
    [18, '0.01'],
    [4_800, '1.33'],
    [5_400, '1.5'],
    [28_800, '8'],
    [4_444_200, '1,234.5'],
    [3_600_000_000, '1,000,000'],
    [-7_200, '-2'],
    [-1, '0'],
  ])('%i seconds are %s', (seconds, expected) => {
    expect(hoursText(seconds)).toBe(expected)
  })

  it('writes a German mark, days and minutes', () => {
    expect(hoursText(4_444_200, { ...plainHours, decimalMark: ',' })).toBe('1.234,5')
    expect(hoursText(14_400, { ...plainHours, unitSeconds: 28_800 })).toBe('0.5')
    expect(hoursText(90, { ...plainHours, unitSeconds: 60 })).toBe('1.5')
  })

  it('is never further from the truth than half of its last digit', () => {
    fc.assert(
      fc.property(fc.integer({ min: -36_000_000, max: 36_000_000 }), (seconds) => {
        const hundredths = BigInt(
          Math.round(Number(hoursText(seconds, { ...plainHours, isGrouped: false })) * 100),
        )
        const error = 2n * (hundredths * 3_600n - BigInt(seconds) * 100n)
        expect(error <= 3_600n && error >= -3_600n).toBe(true)
      }),
    )
  })
})
