import { describe, expect, it } from 'vitest'
import { parseMoment, readQuery, toUpdatedFrom } from './query.ts'

describe('parseMoment', () => {
  it.each([
    ['2019-06-30T00:00', '2019-06-30T00:00:00.000Z'],
    ['2019-06-30T00:00:01', '2019-06-30T00:00:01.000Z'],
    ['2019-06-30T00:00:01Z', '2019-06-30T00:00:01.000Z'],
    ['2019-06-30T00:00:01.123456Z', '2019-06-30T00:00:01.123Z'],
    ['2019-06-30T02:00:01+02:00', '2019-06-30T00:00:01.000Z'],
    ['2019-06-30T02:00:01 02:00', '2019-06-30T00:00:01.000Z'],
    ['2019-06-29T19:30:01-0430', '2019-06-30T00:00:01.000Z'],
    ['2019-06-30T23:59:59z', '2019-06-30T23:59:59.000Z'],
  ])('reads %s', (text, expected) => {
    expect(new Date(parseMoment(text) ?? 0).toISOString()).toBe(expected)
  })

  it.each(['', '2019-06-30', '2019-02-30T00:00', '2019-06-30T24:00', 'yesterday', '20190630T0000'])(
    'refuses %j',
    (text) => {
      expect(parseMoment(text)).toBeUndefined()
    },
  )
})

it('begins a day in UTC', () => {
  expect(toUpdatedFrom('2019-06-30')).toBe(Date.UTC(2019, 5, 30))
  expect(() => toUpdatedFrom('30.06.2019')).toThrow(/yyyy-MM-dd/)
})

it('counts repeated values once and knows no empty ones', () => {
  const query = readQuery('issue=A&issue=B&issue=A&issue=&to=')
  expect(query.all('issue')).toEqual(['A', 'B'])
  expect(query.one('to')).toBeUndefined()
  expect(query.one('none')).toBeUndefined()
  const many = readQuery(Array.from({ length: 1_001 }, (_, at) => `a=${at}`).join('&'))
  expect(() => many.all('a')).toThrow(/at most 1000/)
})
