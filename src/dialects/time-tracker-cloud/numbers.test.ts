import { expect, it } from 'vitest'
import { numbersOf } from './numbers.ts'

it.each([
  [{ unit: 'hours', example: '1,234.5', digits: 2 }, '1,234.51', 'h', '.'],
  [{ unit: 'hours', example: '1234.5', digits: 1 }, '1234.5', 'h', '.'],
  [{ unit: 'hours', example: '1.234,5', digits: 4 }, '1.234,5083', 'h', ','],
  [{ unit: 'hours', example: '1234,5', digits: 0 }, '1235', 'h', ','],
  [{ unit: 'days', example: '1,234.5', digits: 2 }, '154.31', 'd', '.'],
  [{ unit: 'minutes', example: '1,234.5', digits: 2 }, '74,070.5', 'm', '.'],
  [{ unit: 'pretty', digits: 2 }, '1234,51', 'h', ','],
] as const)('%j is written as %s', (settings, text, letter, decimalMark) => {
  const numbers = numbersOf(settings, '1234,5', { workingHoursPerDay: 8, workingDaysPerWeek: 5 })
  expect([numbers.text(1_234 * 3_600 + 1_830), numbers.letter, numbers.decimalMark]).toEqual([
    text,
    letter,
    decimalMark,
  ])
})

it('shows pretty durations in the view, by the working day and week of the site', () => {
  const week = { workingHoursPerDay: 7.5, workingDaysPerWeek: 4 }
  const { shown, text } = numbersOf({ unit: 'pretty', digits: 2 }, '1,234.5', week)
  expect([5_400, 27_000, 9 * 27_000, 0, -5_400].map(shown)).toEqual([
    ...['1h 30m', '1d', '2w 1d', '0m', '-1h 30m'],
  ])
  expect(text(5_400)).toBe('1.5')
  const days = numbersOf({ unit: 'days', digits: 2 }, '1,234.5', week)
  expect(days.text(27_000)).toBe('1')
})
