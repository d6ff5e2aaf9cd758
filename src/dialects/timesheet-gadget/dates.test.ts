import { describe, expect, it } from 'vitest'
import { parseDay } from '../../domain/day.ts'
import { parsePickerDate } from './dates.ts'
import { readParams } from './params.ts'
import { givenPeriod, windowPeriod } from './period.ts'

describe('dates of the date picker', () => {
  it.each([
    ['2024-03-04', null, '2024-03-04'],
    ['04/Mar/2024', null, '2024-03-04'],
    ['4/mar/24', null, '2024-03-04'],
    ['04/MAR/69', null, '2069-03-04'],
    ['04/Mar/70', null, '1970-03-04'],
    ['29/Feb/2024', null, '2024-02-29'],
    ['04/Mär/24', 'de_DE', '2024-03-04'],
    ['04/Dez./2024', 'de', '2024-12-04'],
    ['04/Dec/2024', 'de', '2024-12-04'],
    ['04/févr./2024', 'fr_FR', '2024-02-04'],
  ])('%s in %s is %s', (text, locale, day) => {
    expect(parsePickerDate(text, 'startDate', locale)).toBe(day)
  })

  it.each(['', '2024-02-30', '29/Feb/2023', '04/Mär/24', '4/13/2024', '04.03.2024', '04/Mar/024'])(
    'refuses %j in English',
    (text) => {
      expect(() => parsePickerDate(text, 'startDate', null)).toThrow(/startDate/)
    },
  )
})

// A Tuesday.
const today = parseDay('2026-03-31')

describe('the window of the gadget', () => {
  it.each([
    ['Monday', { reportingDay: '2' }, '2026-03-30', '2026-04-05'],
    ['Sunday', { reportingDay: '1' }, '2026-03-29', '2026-04-04'],
    ['Saturday', { reportingDay: '7' }, '2026-03-28', '2026-04-03'],
    ['today itself is not after today', { reportingDay: '3' }, '2026-03-31', '2026-04-06'],
    ['today', { reportingDay: '0' }, '2026-03-25', '2026-03-31'],
    ['empty is today', { reportingDay: '' }, '2026-03-25', '2026-03-31'],
    ['left out is the site', {}, '2026-03-30', '2026-04-05'],
    ['offset', { reportingDay: '2', offset: '-1', numOfWeeks: '2' }, '2026-03-16', '2026-03-29'],
    ['the month before', { monthView: 'true', offset: '-1' }, '2026-02-01', '2026-02-28'],
  ])('%s', (_what, query, from, to) => {
    expect(windowPeriod(readParams(query), today, 1)).toEqual({ from, to })
  })

  it('is not asked where days are given', () => {
    expect(givenPeriod(readParams({ startDate: '' }), today, null)).toBeUndefined()
    expect(givenPeriod(readParams({ startDate: '2026-04-02' }), today, null)).toEqual({
      from: '2026-04-02',
      to: '2026-04-02',
    })
  })
})
