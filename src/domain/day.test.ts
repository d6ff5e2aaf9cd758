import fc from 'fast-check'
import { Temporal } from 'temporal-polyfill'
import { describe, expect, it } from 'vitest'
import {
  addDays,
  addMonths,
  type Day,
  dayOfEpoch,
  daysBetween,
  daysOf,
  endOfMonth,
  epochOfDate,
  epochOfDay,
  isDay,
  isoWeek,
  isoWeekKey,
  monthKey,
  parseDay,
  parsePeriod,
  periodContains,
  periodLength,
  periodsOverlap,
  quarterKey,
  startOfMonth,
  startOfQuarter,
  startOfWeek,
  startOfYear,
  type Weekday,
  weekday,
} from './day.ts'
import { DomainError } from './errors.ts'

const first = epochOfDay('0001-01-01' as Day)
const last = epochOfDay('9999-12-31' as Day)
const anyDay = fc.integer({ min: first, max: last }).map(dayOfEpoch)
const innerDay = fc.integer({ min: first + 7, max: last - 7 }).map(dayOfEpoch)
const day = (text: string) => parseDay(text)
const plain = (value: Day) => Temporal.PlainDate.from(value)

describe('isDay', () => {
  it.each(['0001-01-01', '9999-12-31', '2024-02-29', '2000-02-29', '1970-01-01'])(
    'accepts %s',
    (text) => {
      expect(isDay(text)).toBe(true)
    },
  )

  it.each([
    '',
    '2023-02-29',
    '1900-02-29',
    '2026-04-31',
    '2026-13-01',
    '2026-00-10',
    '2026-01-00',
    '0000-01-01',
    '2026-1-1',
    '20260101',
    '2026-01-01T00:00',
    ' 2026-01-01',
    '٢٠٢٦-01-01',
    '2026-01-01\n',
  ])('refuses %j', (text) => {
    expect(isDay(text)).toBe(false)
  })

  it('agrees with Temporal on every text of the right shape', () => {
    const parts = fc.tuple(
      fc.integer({ min: 0, max: 9999 }),
      fc.integer({ min: 0, max: 13 }),
      fc.integer({ min: 0, max: 32 }),
    )
    fc.assert(
      fc.property(parts, ([year, month, dayOfMonth]) => {
        const text = `${String(year).padStart(4, '0')}-${String(month).padStart(2, '0')}-${String(dayOfMonth).padStart(2, '0')}`
        const exists = year > 0 && temporalAccepts(year, month, dayOfMonth)
        expect(isDay(text)).toBe(exists)
        expect(epochOfDate(year, month, dayOfMonth)).toBe(
          exists ? epochOfDay(text as Day) : undefined,
        )
      }),
      { numRuns: 2000 },
    )
  })
})

describe('parseDay', () => {
  it('names the field and the text it refuses', () => {
    expect(() => parseDay('2026-02-30', 'startDate')).toThrow(
      'startDate: not a calendar date (YYYY-MM-DD): 2026-02-30',
    )
    expect(() => parseDay('x')).toThrow(DomainError)
  })
})

describe('against Temporal.PlainDate', () => {
  it('counts days alike', () => {
    const epoch = Temporal.PlainDate.from('1970-01-01')
    fc.assert(
      fc.property(anyDay, (value) => {
        expect(epochOfDay(value)).toBe(epoch.until(plain(value)).days)
        expect(weekday(value)).toBe(plain(value).dayOfWeek)
        expect(isoWeek(value)).toEqual({
          year: plain(value).yearOfWeek,
          week: plain(value).weekOfYear,
        })
      }),
      { numRuns: 3000 },
    )
  })

  it('adds days and clamps months alike', () => {
    const steps = fc.integer({ min: -5000, max: 5000 })
    fc.assert(
      fc.property(anyDay, steps, (value, step) => {
        const later = plain(value).add({ days: step })
        if (later.year >= 1 && later.year <= 9999) {
          expect(addDays(value, step)).toBe(later.toString())
        } else expect(() => addDays(value, step)).toThrow(DomainError)
        const moved = plain(value).add({ months: step })
        if (moved.year >= 1 && moved.year <= 9999) {
          expect(addMonths(value, step)).toBe(moved.toString())
        } else expect(() => addMonths(value, step)).toThrow(DomainError)
      }),
      { numRuns: 2000 },
    )
  })

  it('finds the ends of months, quarters and years alike', () => {
    fc.assert(
      fc.property(anyDay, (value) => {
        const date = plain(value)
        expect(startOfMonth(value)).toBe(date.with({ day: 1 }).toString())
        expect(endOfMonth(value)).toBe(date.with({ day: date.daysInMonth }).toString())
        expect(startOfYear(value)).toBe(date.with({ day: 1, month: 1 }).toString())
        const quarter = Math.floor((date.month - 1) / 3)
        expect(startOfQuarter(value)).toBe(date.with({ day: 1, month: quarter * 3 + 1 }).toString())
        expect(quarterKey(value)).toBe(`${value.slice(0, 4)}-Q${quarter + 1}`)
        expect(monthKey(value)).toBe(value.slice(0, 7))
      }),
    )
  })
})

describe('laws', () => {
  it('dayOfEpoch and epochOfDay undo each other', () => {
    fc.assert(
      fc.property(fc.integer({ min: first, max: last }), (epochDay) => {
        expect(epochOfDay(dayOfEpoch(epochDay))).toBe(epochDay)
      }),
    )
  })

  it('adding the days between two days leads from one to the other', () => {
    fc.assert(
      fc.property(anyDay, anyDay, (a, b) => {
        expect(addDays(a, daysBetween(a, b))).toBe(b)
        expect(Math.sign(daysBetween(a, b))).toBe(a < b ? 1 : a > b ? -1 : 0)
      }),
    )
  })

  it('a week starts on its first weekday, at most six days back', () => {
    const weekdays = fc.integer({ min: 1, max: 7 }).map((n) => n as Weekday)
    fc.assert(
      fc.property(innerDay, weekdays, (value, firstWeekday) => {
        const start = startOfWeek(value, firstWeekday)
        expect(weekday(start)).toBe(firstWeekday)
        expect(daysBetween(start, value)).toBeGreaterThanOrEqual(0)
        expect(daysBetween(start, value)).toBeLessThanOrEqual(6)
      }),
    )
  })

  it('refuses days outside the years 0001 to 9999', () => {
    expect(() => dayOfEpoch(first - 1)).toThrow(DomainError)
    expect(() => dayOfEpoch(last + 1)).toThrow(DomainError)
    expect(() => dayOfEpoch(0.5)).toThrow(DomainError)
    expect(() => dayOfEpoch(Number.NaN)).toThrow(DomainError)
    expect(() => addMonths(day('2026-01-01'), Number.NaN)).toThrow(DomainError)
  })
})

describe('weeks', () => {
  it.each([
    ['2020-12-31', '2020-W53'],
    ['2021-01-03', '2020-W53'],
    ['2021-01-04', '2021-W01'],
    ['2024-12-30', '2025-W01'],
    ['0001-01-01', '0001-W01'],
    ['9999-12-31', '9999-W52'],
  ])('%s is in %s', (text, key) => {
    expect(isoWeekKey(day(text))).toBe(key)
  })

  it('a Sunday belongs to the week before it, unless weeks begin on Sunday', () => {
    expect(startOfWeek(day('2024-03-10'))).toBe('2024-03-04')
    expect(startOfWeek(day('2024-03-10'), 7)).toBe('2024-03-10')
    expect(startOfWeek(day('2024-03-09'), 7)).toBe('2024-03-03')
  })
})

describe('periods', () => {
  const march = parsePeriod('2026-03-01', '2026-03-31')

  it('includes both ends', () => {
    expect(periodLength(march)).toBe(31)
    expect([...daysOf(march)]).toHaveLength(31)
    expect(periodContains(march, day('2026-03-01'))).toBe(true)
    expect(periodContains(march, day('2026-03-31'))).toBe(true)
    expect(periodContains(march, day('2026-04-01'))).toBe(false)
    expect(periodContains(march, day('2026-02-28'))).toBe(false)
  })

  it('may be one day and may not run backwards', () => {
    expect([...daysOf(parsePeriod('2024-02-29', '2024-02-29'))]).toEqual(['2024-02-29'])
    expect(() => parsePeriod('2026-03-02', '2026-03-01')).toThrow(
      'to: 2026-03-01 is before 2026-03-02',
    )
    expect(() => parsePeriod('2026-03-02', '')).toThrow('to: not a calendar date')
  })

  it('overlap when one shared day exists', () => {
    fc.assert(
      fc.property(anyPeriod(), anyPeriod(), (a, b) => {
        const shared = [...daysOf(a)].some((value) => periodContains(b, value))
        expect(periodsOverlap(a, b)).toBe(shared)
        expect(periodsOverlap(b, a)).toBe(shared)
      }),
    )
  })
})

function anyPeriod() {
  const start = epochOfDay(day('2024-02-20'))
  return fc
    .tuple(fc.integer({ min: 0, max: 40 }), fc.integer({ min: 0, max: 15 }))
    .map(([offset, length]) =>
      parsePeriod(dayOfEpoch(start + offset), dayOfEpoch(start + offset + length)),
    )
}

function temporalAccepts(year: number, month: number, dayOfMonth: number): boolean {
  try {
    Temporal.PlainDate.from({ year, month, day: dayOfMonth }, { overflow: 'reject' })
    return true
  } catch {
    return false
  }
}
