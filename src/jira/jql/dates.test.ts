import { describe, expect, it } from 'vitest'
import { formatInstant, offsetSecondsAt, parseInstant } from '../../domain/zone.ts'
import { dateEdge } from './date-functions.ts'
import { type DateScope, parseAbsoluteDay, parseJqlDay, parseJqlInstant } from './dates.ts'

const scopeAt = (now: string, zone = 'Europe/Berlin', firstWeekday: 1 | 7 = 1): DateScope => ({
  now: parseInstant(now).instant,
  zone,
  firstWeekday,
})
const monday = scopeAt('2026-03-02T10:17:40.123+01:00')

function shown(instant: number | undefined, { zone }: DateScope): string | undefined {
  return instant === undefined ? undefined : formatInstant(instant, offsetSecondsAt(zone, instant))
}

describe('date-time literals', () => {
  it.each([
    ['2026-03-01', '2026-03-01T00:00:00.000+01:00'],
    ['2026/3/1', '2026-03-01T00:00:00.000+01:00'],
    ['2026-03-01 9:05', '2026-03-01T09:05:00.000+01:00'],
    ['2026/07/01 23:59', '2026-07-01T23:59:00.000+02:00'],
    // The hour that a clock change skips, and the one that comes twice.
    ['2026-03-29 02:30', '2026-03-29T03:30:00.000+02:00'],
    ['2026-10-25 02:30', '2026-10-25T02:30:00.000+02:00'],
    ['1772442000000', '2026-03-02T10:00:00.000+01:00'],
    ['-5d', '2026-02-25T10:17:00.000+01:00'],
    ['4w 2d', '2026-04-01T11:17:00.000+02:00'],
    ['-1h 30m', '2026-03-02T08:47:00.000+01:00'],
    ['+1d', '2026-03-03T10:17:00.000+01:00'],
    ['1w2d', '2026-03-11T10:17:00.000+01:00'],
  ])('%s', (text, expected) => {
    expect(shown(parseJqlInstant(text, monday), monday)).toBe(expected)
  })

  it.each([
    '',
    'x',
    '2026-13-01',
    '2026-02-29',
    '2026-03-01 24:00',
    '2026-03-01T10:00',
    '2026-03-01 10',
    '26-03-01',
    '-5',
    '5M',
    '1d -2h',
    '99999999999999999d',
    '10000-01-01',
    '0001-01-01',
    '9999-12-31',
  ])('none: %s', (text) => {
    const found = parseJqlInstant(text, monday)
    expect(text === '-5' ? shown(found, scopeAt('2026-03-02T00:00:00Z', 'UTC')) : found).toBe(
      text === '-5' ? '1969-12-31T23:59:00.000Z' : undefined,
    )
  })
})

describe('local-date literals', () => {
  it.each([
    ['2026-03-01', '2026-03-01'],
    ['2026/3/1', '2026-03-01'],
    ['-1d', '2026-03-01'],
    ['-11h', '2026-03-01'],
    ['4w 2d', '2026-04-01'],
    ['2026-03-01 10:00', undefined],
    ['1772442000000', undefined],
    ['2026-02-29', undefined],
  ])('%s is %s', (text, expected) => {
    expect(parseJqlDay(text, monday)).toBe(expected)
  })

  it('are whole days for workedIssues', () => {
    expect(parseAbsoluteDay('2013/10/14')).toBe('2013-10-14')
    expect(parseAbsoluteDay('-1d')).toBeUndefined()
  })
})

describe('date functions', () => {
  it.each([
    ['startOfDay', undefined, '2026-03-02T00:00:00.000+01:00'],
    ['endOfDay', undefined, '2026-03-02T23:59:59.999+01:00'],
    ['startofday', '-1', '2026-03-01T00:00:00.000+01:00'],
    ['startOfDay', '+1w', '2026-03-09T00:00:00.000+01:00'],
    ['startOfDay', '-36h', '2026-02-28T12:00:00.000+01:00'],
    ['startOfDay', '90m', '2026-03-02T01:30:00.000+01:00'],
    ['startOfWeek', undefined, '2026-03-02T00:00:00.000+01:00'],
    ['startOfWeek', '-1w', '2026-02-23T00:00:00.000+01:00'],
    ['startOfWeek', '+4w', '2026-03-30T00:00:00.000+02:00'],
    ['endOfWeek', undefined, '2026-03-08T23:59:59.999+01:00'],
    ['startOfMonth', '+14d', '2026-03-15T00:00:00.000+01:00'],
    ['startOfMonth', '-1', '2026-02-01T00:00:00.000+01:00'],
    ['endOfMonth', undefined, '2026-03-31T23:59:59.999+02:00'],
    ['endOfMonth', '-1M', '2026-02-28T23:59:59.999+01:00'],
    ['endOfMonth', '+15d', '2026-04-15T23:59:59.999+02:00'],
    ['startOfYear', '-1', '2025-01-01T00:00:00.000+01:00'],
    ['endOfYear', '-1', '2025-12-31T23:59:59.999+01:00'],
    ['endOfYear', '-2M', '2026-10-31T23:59:59.999+01:00'],
  ])('%s(%s)', (name, argument, expected) => {
    expect(shown(dateEdge(name, argument, monday), monday)).toBe(expected)
  })

  it('know a week that begins on Sunday', () => {
    const scope = scopeAt('2026-03-01T12:00:00Z', 'UTC', 7)
    expect(shown(dateEdge('startOfWeek', undefined, scope), scope)).toBe('2026-03-01T00:00:00.000Z')
    expect(shown(dateEdge('endOfWeek', undefined, scope), scope)).toBe('2026-03-07T23:59:59.999Z')
    const iso = scopeAt('2026-03-01T12:00:00Z', 'UTC', 1)
    expect(shown(dateEdge('startOfWeek', undefined, iso), iso)).toBe('2026-02-23T00:00:00.000Z')
    // The week that holds the turn of the year.
    const turn = scopeAt('2027-01-01T12:00:00Z', 'UTC', 1)
    expect(shown(dateEdge('startOfWeek', undefined, turn), turn)).toBe('2026-12-28T00:00:00.000Z')
  })

  it('know days of 23 and 25 hours, and one that begins at one', () => {
    const spring = scopeAt('2026-03-29T12:00:00+02:00')
    const hours = (scope: DateScope) =>
      (dateEdge('endOfDay', undefined, scope)! + 1 - dateEdge('startOfDay', undefined, scope)!) /
      3_600_000
    expect(hours(spring)).toBe(23)
    expect(hours(scopeAt('2026-10-25T12:00:00+01:00'))).toBe(25)
    const saoPaulo = scopeAt('2018-11-04T12:00:00-02:00', 'America/Sao_Paulo')
    expect(shown(dateEdge('startOfDay', undefined, saoPaulo), saoPaulo)).toBe(
      '2018-11-04T01:00:00.000-02:00',
    )
    expect(hours(saoPaulo)).toBe(23)
  })

  it('ask whose day it is: the same moment lies in two days', () => {
    const late = scopeAt('2026-03-02T23:30:00+01:00')
    const kiritimati = scopeAt('2026-03-02T23:30:00+01:00', 'Pacific/Kiritimati')
    expect(shown(dateEdge('startOfDay', undefined, late), late)).toBe(
      '2026-03-02T00:00:00.000+01:00',
    )
    expect(shown(dateEdge('startOfDay', undefined, kiritimati), kiritimati)).toBe(
      '2026-03-03T00:00:00.000+14:00',
    )
  })

  it('the end of a month follows the month, from its last day too', () => {
    const leap = scopeAt('2024-02-29T12:00:00Z', 'UTC')
    expect(shown(dateEdge('endOfMonth', '-1M', leap), leap)).toBe('2024-01-31T23:59:59.999Z')
    expect(shown(dateEdge('endOfMonth', '-1y', leap), leap)).toBe('2023-02-28T23:59:59.999Z')
  })

  it.each(['', 'x', '1x', '--1d', '1d 2h', '1.5d'])('refuse the increment "%s"', (text) => {
    expect(dateEdge('startOfDay', text, monday)).toBeUndefined()
  })
})
