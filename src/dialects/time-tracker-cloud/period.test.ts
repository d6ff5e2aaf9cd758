import { describe, expect, it } from 'vitest'
import { parseDay } from '../../domain/day.ts'
import { readParams } from './params.ts'
import { exportPeriod } from './period.ts'

// A Tuesday.
const today = parseDay('2026-03-31')

describe('the period of an export', () => {
  it.each([
    ['start alone is a week', { start: '2026-03-02' }, '2026-03-02', '2026-03-08'],
    ['start with weeks', { start: '2026-03-02', numOfWeeks: '2' }, '2026-03-02', '2026-03-15'],
    [
      'start in the month view',
      { start: '2024-01-31', view: 'month', numOfWeeks: '2' },
      '2024-01-31',
      '2024-02-29',
    ],
    ['end alone is the week before', { end: '2026-03-08' }, '2026-03-02', '2026-03-08'],
    [
      'both win',
      { start: '2026-01-01', end: '2026-01-01', numOfWeeks: '9' },
      '2026-01-01',
      '2026-01-01',
    ],
    [
      'start beats startDate',
      { start: '2026-01-01', startDate: '2025-01-01', end: '2026-01-02' },
      '2026-01-01',
      '2026-01-02',
    ],
    ['nothing is the week of today', {}, '2026-03-30', '2026-04-05'],
    ['offset moves by weeks', { offset: '-1' }, '2026-03-23', '2026-03-29'],
    ['more weeks end with this one', { numOfWeeks: '2' }, '2026-03-23', '2026-04-05'],
    ['Sunday begins the week', { reportingDay: '0' }, '2026-03-29', '2026-04-04'],
    ['the week begins today', { reportingDay: '-1' }, '2026-03-31', '2026-04-06'],
    ['the month of today', { view: 'month' }, '2026-03-01', '2026-03-31'],
    ['months before', { view: 'month', numOfWeeks: '3', offset: '-1' }, '2025-12-01', '2026-02-28'],
  ])('%s', (_what, query, from, to) => {
    expect(exportPeriod(readParams(query), today, 1)).toEqual({ from, to })
  })

  it.each([{ start: '2026-02-30' }, { offset: 'x' }, { numOfWeeks: '0' }, { reportingDay: '7' }])(
    'refuses %j',
    (query) => {
      expect(() => exportPeriod(readParams(query), today, 1)).toThrow()
    },
  )
})
