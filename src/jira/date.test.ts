import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseJiraDate, renderJiraDate } from './date.ts'

const firstMilli = Date.parse('0001-01-03T00:00:00Z')
const lastMilli = Date.parse('9999-12-29T00:00:00Z')
const anyInstant = fc.integer({ min: firstMilli, max: lastMilli })
const anyOffset = fc.integer({ min: -18 * 60, max: 18 * 60 }).map((minutes) => minutes * 60)

describe('parseJiraDate', () => {
  it.each([
    ['2017-08-21T22:02:27.140+0200', '2017-08-21T20:02:27.140Z', 7200],
    ['2017-08-21T20:02:27.140Z', '2017-08-21T20:02:27.140Z', 0],
    ['2017-08-21T22:02:27.140+02:00', '2017-08-21T20:02:27.140Z', 7200],
    ['2017-08-21T20:02:27+0000', '2017-08-21T20:02:27.000Z', 0],
    ['2017-08-21T20:02:27Z', '2017-08-21T20:02:27.000Z', 0],
    ['2017-08-21T20:02:27.5Z', '2017-08-21T20:02:27.500Z', 0],
    ['2017-08-21T20:02:27.140999Z', '2017-08-21T20:02:27.140Z', 0],
    ['2011-08-03T17:45:55.749-0500', '2011-08-03T22:45:55.749Z', -18_000],
    ['2020-06-15T17:07:56.793+0545', '2020-06-15T11:22:56.793Z', 20_700],
    ['0016-01-11T16:22:26.000+0000', '0016-01-11T16:22:26.000Z', 0],
    ['2024-02-29T00:00:00.000-0000', '2024-02-29T00:00:00.000Z', 0],
    ['2024-01-01T00:00:00.000+0000+0000', '2024-01-01T00:00:00.000Z', 0],
  ])('reads %s', (text, utc, offsetSeconds) => {
    expect(parseJiraDate(text)).toStrictEqual({ instant: Date.parse(utc), offsetSeconds })
  })

  it.each([
    '',
    '2014-10-00T08:00:00.000+0100',
    '2014-00-10T08:00:00.000+0100',
    '2014-13-10T08:00:00.000+0100',
    '2014-02-31T08:00:00.000+0100',
    '2023-02-29T08:00:00.000+0100',
    '1900-02-29T08:00:00.000+0100',
    '0000-01-01T08:00:00.000+0100',
    '2014-10-01T24:00:00.000+0100',
    '2014-10-01T08:60:00.000+0100',
    '2014-10-01T08:00:60.000+0100',
    '2014-10-01T08:00:00.000',
    '2014-10-01T08:00:00.+0100',
    '2014-10-01T08:00:00.000+01',
    '2014-10-01T08:00:00.000+2400',
    '2014-10-01T08:00:00.000+0100x',
    '2014-10-01T08:00:00.000+0100+0200',
    '2014-10-01T08:00:00.000ZZ',
    '2014-10-01 08:00:00.000+0100',
    '2014/10/01T08:00:00.000+0100',
    '2014-10-01',
    '\\N',
    'yesterday',
  ])('finds no moment in %j', (text) => {
    expect(parseJiraDate(text)).toBeUndefined()
  })

  it('agrees with Date wherever Date reads the text strictly', () => {
    fc.assert(
      fc.property(anyInstant, (instant) => {
        const text = new Date(instant).toISOString()
        expect(parseJiraDate(text)).toEqual({ instant, offsetSeconds: 0 })
      }),
      { numRuns: 2000 },
    )
  })

  it('never throws', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 40 }), (text) => {
        parseJiraDate(text)
        parseJiraDate(`2017-08-21T22:02:27${text}`)
      }),
    )
  })
})

describe('renderJiraDate', () => {
  it.each([
    ['2017-08-21T20:02:27.140Z', 7200, '2017-08-21T22:02:27.140+0200'],
    ['2017-08-21T20:02:27.140Z', 0, '2017-08-21T20:02:27.140+0000'],
    ['2017-08-21T20:02:27.140Z', -12_600, '2017-08-21T16:32:27.140-0330'],
    ['1850-01-01T00:00:00.000Z', 3208, '1850-01-01T00:53:00.000+0053'],
    ['1969-12-31T23:59:59.999Z', 0, '1969-12-31T23:59:59.999+0000'],
  ])('%s at %d s is %s', (utc, offsetSeconds, text) => {
    expect(renderJiraDate(Date.parse(utc), offsetSeconds)).toBe(text)
  })

  it('is read back by parseJiraDate', () => {
    fc.assert(
      fc.property(anyInstant, anyOffset, (instant, offsetSeconds) => {
        expect(parseJiraDate(renderJiraDate(instant, offsetSeconds))).toEqual({
          instant,
          offsetSeconds,
        })
      }),
      { numRuns: 2000 },
    )
  })
})
