import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decimalHours, formatHoursMinutes, parseWorked } from './duration.ts'
import { DomainError } from './errors.ts'

const hour = 3600
const anySeconds = fc.integer({ min: 0, max: 999_999 * hour })

describe('formatHoursMinutes', () => {
  it.each([
    [0, '0:00'],
    [59, '0:00:59'],
    [60, '0:01'],
    [5400, '1:30'],
    [36_000, '10:00'],
    [7_561_800, '2100:30'],
    [-21_300, '-5:55'],
    [-36, '-0:00:36'],
    [5401, '1:30:01'],
  ])('%d s is %s', (seconds, text) => {
    expect(formatHoursMinutes(seconds)).toBe(text)
  })
})

describe('decimalHours', () => {
  it.each([
    [0, 2, '0.00'],
    [5400, 2, '1.50'],
    [5000, 2, '1.39'],
    [18, 2, '0.01'],
    [17, 2, '0.00'],
    [-18, 2, '-0.01'],
    [-17, 2, '0.00'],
    [3599, 2, '1.00'],
    [1800, 0, '1'],
    [1799, 0, '0'],
    [-1800, 0, '-1'],
    [-1799, 0, '0'],
    [12_000, 4, '3.3333'],
    [3_628_800, 1, '1008.0'],
  ])('%d s at %d digits is %s', (seconds, digits, text) => {
    expect(decimalHours(seconds, digits)).toBe(text)
  })

  it('equals exact arithmetic', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: -1e12, max: 1e12 }),
        fc.integer({ min: 0, max: 9 }),
        (seconds, digits) => {
          const scale = 10n ** BigInt(digits)
          const halves = BigInt(Math.abs(seconds)) * scale * 2n
          const rounded = (halves + 3600n) / 7200n
          const text = decimalHours(seconds, digits)
          expect(BigInt(text.replace('.', ''))).toBe(seconds < 0 ? -rounded : rounded)
          expect(text.startsWith('-')).toBe(seconds < 0 && rounded > 0n)
        },
      ),
      { numRuns: 2000 },
    )
  })
})

describe('parseWorked', () => {
  it.each([
    ['1h30', 5400],
    ['1h 30m', 5400],
    ['1H30M', 5400],
    ['1h', hour],
    ['90m', 5400],
    ['1h90m', 9000],
    ['1:30', 5400],
    ['0:05', 300],
    ['1:30:15', 5415],
    ['30:00', 30 * hour],
    ['1.5', 5400],
    ['1,5', 5400],
    ['.25', 900],
    ['1.5h', 5400],
    ['1,25h', 4500],
    ['1.5m', 90],
    ['0.33', 1188],
    ['1.3333', 4800],
    ['0', 0],
    ['8', 8 * hour],
    ['24', 24 * hour],
    ['45m', 2700],
    ['45h', 45 * hour],
    ['  2 ', 2 * hour],
  ])('%j is %d s', (text, seconds) => {
    expect(parseWorked(text)).toEqual({ kind: 'set', seconds })
  })

  it.each([
    ['930-1100', 5400, '09:30', '11:00'],
    ['9:30-11:00', 5400, '09:30', '11:00'],
    ['09:30 – 11:00', 5400, '09:30', '11:00'],
    ['9-11', 7200, '09:00', '11:00'],
    ['9-11:15', 8100, '09:00', '11:15'],
    ['0000-2400', 86_400, '00:00', '24:00'],
    ['2200-24', 7200, '22:00', '24:00'],
  ])('%j is %d s from %s to %s', (text, seconds, start, end) => {
    expect(parseWorked(text)).toEqual({ kind: 'set', seconds, start, end })
  })

  it.each([
    ['+15m', { kind: 'add', seconds: 900 }],
    ['+ 1:30', { kind: 'add', seconds: 5400 }],
    ['+0.5', { kind: 'add', seconds: 1800 }],
    ['+13-14', { kind: 'add', seconds: 3600, start: '13:00', end: '14:00' }],
  ])('%j adds', (text, worked) => {
    expect(parseWorked(text)).toEqual(worked)
  })

  it.each([
    '',
    ' ',
    '+',
    '-',
    '-1h',
    '+-1h',
    '++1h',
    'abc',
    '1x',
    'h',
    'm',
    '1h90',
    '1:60',
    '1:5',
    '1 2',
    '1 30',
    '1.5.5',
    '1.h',
    '1:30-',
    '1100-930',
    '9-9',
    '24-24',
    '25-26',
    '960-1000',
    '=1',
    '1e3',
    '1234567',
  ])('refuses %j', (text) => {
    expect(() => parseWorked(text)).toThrow(DomainError)
  })

  it('says what is understood, and names the field', () => {
    expect(() => parseWorked('soon', { field: 'cell' })).toThrow(
      'cell: soon is not a time; write 1h30, 1:30, 1.5 (hours), 90m, 9:30-11:00 or 930-1100',
    )
  })

  it('asks what a large bare number means', () => {
    expect(() => parseWorked('45')).toThrow('write 45m for minutes or 45h for hours')
    expect(() => parseWorked('24.5')).toThrow('write 24.5m for minutes or 24.5h for hours')
  })

  it('explains work past midnight', () => {
    expect(() => parseWorked('22:00-02:00')).toThrow('log work past midnight on each')
  })

  it('reads back what formatHoursMinutes writes', () => {
    fc.assert(
      fc.property(anySeconds, (seconds) => {
        expect(parseWorked(formatHoursMinutes(seconds))).toEqual({ kind: 'set', seconds })
      }),
    )
  })

  it('either gives whole seconds or refuses, whatever is typed', () => {
    const keys = fc.constantFrom(...'0123456789hm:.,+-– x'.split(''))
    fc.assert(
      fc.property(fc.string({ unit: keys, maxLength: 10 }), (text) => {
        try {
          const { seconds } = parseWorked(text)
          expect(Number.isSafeInteger(seconds) && seconds >= 0).toBe(true)
        } catch (error) {
          expect(error).toBeInstanceOf(DomainError)
        }
      }),
      { numRuns: 5000 },
    )
  })
})
