import fc from 'fast-check'
import { Temporal } from 'temporal-polyfill'
import { describe, expect, it } from 'vitest'
import { type Day, dayOfEpoch, epochOfDay, parseDay } from './day.ts'
import { DomainError } from './errors.ts'
import {
  formatInstant,
  formatSecond,
  instantOf,
  isTimeZone,
  localIn,
  localOf,
  offsetSecondsAt,
  parseInstant,
} from './zone.ts'

const allZones = Intl.supportedValuesOf('timeZone')
const someZones = [
  'UTC',
  'Europe/Berlin',
  'Europe/Amsterdam',
  'Africa/Casablanca',
  'Africa/Monrovia',
  'America/St_Johns',
  'America/Sao_Paulo',
  'Asia/Kathmandu',
  'Asia/Calcutta',
  'Australia/Lord_Howe',
  'Pacific/Apia',
  'Antarctica/Troll',
]
const firstMilli = Date.parse('0001-01-03T00:00:00Z')
const lastMilli = Date.parse('9999-12-29T00:00:00Z')
const anyZone = fc.constantFrom(...someZones)
const anyInstant = fc.integer({ min: firstMilli, max: lastMilli })

const zoned = (zone: string, instant: number) =>
  Temporal.Instant.fromEpochMilliseconds(instant).toZonedDateTimeISO(zone)

describe('isTimeZone', () => {
  it.each([
    'UTC',
    'Etc/UTC',
    'Asia/Calcutta',
    'Europe/Berlin',
    'EST5EDT',
    'Etc/GMT+5',
    'America/Argentina/Buenos_Aires',
    'europe/berlin',
  ])('knows %s', (name) => {
    expect(isTimeZone(name)).toBe(true)
  })

  it.each([
    '',
    '+01:00',
    '-05',
    'GMT+5',
    'Z',
    'Europe',
    'Mars/Olympus',
    'Europe/Berlin ',
    '2020-01-01T00:00Z[Europe/Berlin]',
  ])('does not know %j', (name) => {
    expect(isTimeZone(name)).toBe(false)
  })

  it('knows every zone of the runtime', () => {
    expect(allZones.filter((name) => !isTimeZone(name))).toEqual([])
  })
})

describe('offsetSecondsAt', () => {
  it('agrees with Temporal at any instant of the years 0001 to 9999', () => {
    fc.assert(
      fc.property(anyZone, anyInstant, (zone, instant) => {
        expect(offsetSecondsAt(zone, instant)).toBe(zoned(zone, instant).offsetNanoseconds / 1e9)
      }),
      { numRuns: 1000 },
    )
  })

  it('agrees with Temporal around every change since the first', () => {
    for (const zone of someZones) {
      let at = zoned(zone, -5e12).getTimeZoneTransition('next')
      while (at && at.epochMilliseconds < 2e12) {
        const before = at.subtract({ milliseconds: 1 })
        expect(offsetSecondsAt(zone, before.epochMilliseconds)).toBe(before.offsetNanoseconds / 1e9)
        expect(offsetSecondsAt(zone, at.epochMilliseconds)).toBe(at.offsetNanoseconds / 1e9)
        at = at.getTimeZoneTransition('next')
      }
    }
  })

  it('keeps the seconds of local mean time', () => {
    expect(offsetSecondsAt('Europe/Berlin', Date.parse('1850-01-01T00:00:00Z'))).toBe(3208)
    expect(offsetSecondsAt('Africa/Casablanca', firstMilli)).toBe(-1820)
  })

  it('takes a name in any case', () => {
    expect(offsetSecondsAt('ASIA/kolkata', 0)).toBe(19_800)
  })

  it('refuses an unknown zone', () => {
    expect(() => offsetSecondsAt('Mars/Olympus', 0)).toThrow('timeZone: unknown time zone')
  })
})

describe('every change of every zone, 2015 to 2030', () => {
  // A test per area: readable failures without four hundred tests. All changes take over a minute,
  // so that each zone shows a few, every zone other ones, unless everything is asked for.
  const groups = grouped()
  const step = process.env.HOURBOOK_THOROUGH === '1' ? 1 : 8

  it.each([...groups])('%s: the local day and its inverse', (_name, zones) => {
    for (const zone of zones) {
      const format = intlFormat(zone)
      const first = allZones.indexOf(zone) % step
      for (const change of changes(zone).filter((_, at) => at % step === first)) {
        for (const instant of [change - 1, change, change + 1]) {
          const local = localIn(zone, instant)
          const reference = zoned(zone, instant)
          const stamp = `${zone} ${instant}: ${local.day}T${local.startTime}`
          expect(stamp).toBe(`${zone} ${instant}: ${wallClock(reference)}`)
          expect(stamp).toBe(`${zone} ${instant}: ${format(instant)}`)
          expect(local.offsetSeconds).toBe(reference.offsetNanoseconds / 1e9)
          expectInverse(zone, local.day, local.startTime)
        }
        for (const minutes of [-90, -30, 0, 30, 90]) {
          const skipped = zoned(zone, change - 1)
            .toPlainDateTime()
            .add({ minutes })
          const text = skipped.toString({ smallestUnit: 'second' })
          expectInverse(zone, text.slice(0, 10) as Day, text.slice(11))
        }
      }
    }
  })
})

describe('localOf', () => {
  it.each([
    [0, 0, '1970-01-01', '00:00:00'],
    [-1, 0, '1969-12-31', '23:59:59'],
    [999, 3600, '1970-01-01', '01:00:00'],
    [Date.parse('2024-03-04T22:30:00Z'), 7200, '2024-03-05', '00:30:00'],
    [Date.parse('0016-01-11T16:22:26Z'), 0, '0016-01-11', '16:22:26'],
    [Date.parse('0099-12-31T23:59:59Z'), 1, '0100-01-01', '00:00:00'],
  ])('%d at %d s is %s %s', (instant, offsetSeconds, day, startTime) => {
    expect(localOf(instant, offsetSeconds)).toEqual({ day, startTime })
  })
})

describe('instantOf', () => {
  it('agrees with Temporal for any wall clock', () => {
    const anyDay = fc
      .integer({
        min: epochOfDay(parseDay('0001-01-03')),
        max: epochOfDay(parseDay('9999-12-29')),
      })
      .map(dayOfEpoch)
    fc.assert(
      fc.property(anyZone, anyDay, fc.integer({ min: 0, max: 86_399 }), (zone, day, second) => {
        const time = localOf(second * 1000, 0).startTime
        expectInverse(zone, day, time)
      }),
      { numRuns: 500 },
    )
  })

  it('moves a skipped time later and takes the first of two', () => {
    expect(instantOf('2026-03-29' as Day, '02:30', 'Europe/Berlin')).toEqual({
      instant: Date.parse('2026-03-29T03:30:00+02:00'),
      offsetSeconds: 7200,
    })
    expect(instantOf('2026-10-25' as Day, '02:30', 'Europe/Berlin')).toEqual({
      instant: Date.parse('2026-10-25T02:30:00+02:00'),
      offsetSeconds: 7200,
    })
    // Samoa had no 30 December 2011.
    expect(instantOf('2011-12-30' as Day, '12:00', 'Pacific/Apia')).toEqual({
      instant: Date.parse('2011-12-31T12:00:00+14:00'),
      offsetSeconds: 50_400,
    })
  })

  it.each(['', '24:00', '9:00', '09:60', '09:00:60', '09:00Z'])('refuses the time %j', (time) => {
    expect(() => instantOf('2026-01-01' as Day, time, 'UTC')).toThrow(DomainError)
  })
})

describe('formatInstant and parseInstant', () => {
  it.each([
    ['2026-03-01T09:00:00.000+01:00', '2026-03-01T08:00:00.000Z', 3600],
    ['2026-03-01T08:00:00Z', '2026-03-01T08:00:00.000Z', 0],
    ['2026-03-01t08:00:00.5z', '2026-03-01T08:00:00.500Z', 0],
    ['2026-03-01 08:00:00.123456-05:30', '2026-03-01T13:30:00.123Z', -19_800],
    ['2016-12-31T23:59:60Z', '2016-12-31T23:59:59.000Z', 0],
    ['0016-01-11T16:22:26+00:00', '0016-01-11T16:22:26.000Z', 0],
    ['1850-01-01T00:53:28.000+00:53:28', '1850-01-01T00:00:00.000Z', 3208],
    ['2026-03-01T08:00:00-00:00', '2026-03-01T08:00:00.000Z', 0],
  ])('reads %s', (text, utc, offsetSeconds) => {
    const parsed = parseInstant(text)
    expect(parsed).toStrictEqual({ instant: Date.parse(utc), offsetSeconds })
    expect(formatInstant(parsed.instant)).toBe(utc)
  })

  it.each([
    '',
    '2026-03-01',
    '2026-03-01T08:00Z',
    '2026-03-01T08:00:00',
    '2026-02-29T08:00:00Z',
    '2026-03-01T24:00:00Z',
    '2026-03-01T08:60:00Z',
    '2026-03-01T08:00:00+24:00',
    '2026-03-01T08:00:00+0100',
    '2026-03-01T08:00:00.000Z ',
  ])('refuses %j', (text) => {
    expect(() => parseInstant(text, 'updatedFrom')).toThrow('updatedFrom: not a moment')
  })

  it('undo each other', () => {
    fc.assert(
      fc.property(anyInstant, fc.integer({ min: -64_800, max: 64_800 }), (instant, offset) => {
        expect(parseInstant(formatInstant(instant, offset))).toEqual({
          instant,
          offsetSeconds: offset,
        })
        expect(formatInstant(instant)).toBe(
          Temporal.Instant.fromEpochMilliseconds(instant).toString({ smallestUnit: 'millisecond' }),
        )
        expect(formatSecond(instant)).toBe(`${new Date(instant).toISOString().slice(0, -5)}Z`)
      }),
      { numRuns: 1000 },
    )
  })
})

function expectInverse(zone: string, day: Day, time: string): void {
  const reference = Temporal.PlainDateTime.from(`${day}T${time}`).toZonedDateTime(zone)
  const { instant, offsetSeconds } = instantOf(day, time, zone)
  expect(`${zone} ${day} ${time} ${instant} ${offsetSeconds}`).toBe(
    `${zone} ${day} ${time} ${reference.epochMilliseconds} ${reference.offsetNanoseconds / 1e9}`,
  )
}

function changes(zone: string): number[] {
  const found: number[] = []
  let at = zoned(zone, Date.parse('2015-01-01T00:00:00Z')).getTimeZoneTransition('next')
  while (at && at.year <= 2030) {
    found.push(at.epochMilliseconds)
    at = at.getTimeZoneTransition('next')
  }
  return found
}

function wallClock(at: Temporal.ZonedDateTime): string {
  return at.toPlainDateTime().toString({ smallestUnit: 'second', roundingMode: 'floor' })
}

function intlFormat(zone: string): (instant: number) => string {
  const format = new Intl.DateTimeFormat('sv-SE', {
    timeZone: zone,
    dateStyle: 'short',
    timeStyle: 'medium',
  })
  return (instant) => format.format(instant).replace(' ', 'T')
}

function grouped(): Map<string, string[]> {
  const groups = new Map<string, string[]>()
  for (const zone of allZones) {
    const area = zone.split('/')[0]!
    groups.set(area, [...(groups.get(area) ?? []), zone])
  }
  return groups
}
