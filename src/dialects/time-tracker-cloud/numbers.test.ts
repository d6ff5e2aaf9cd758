import { expect, it } from 'vitest'
import { numbersOf } from './numbers.ts'

it.each([
  [{ unit: 'hours', example: '1,234.5', digits: 2 }, '1,234.51', 'h', '.'],
  [{ unit: 'hours', example: '1234.5', digits: 1 }, '1234.5', 'h', '.'],
  [{ unit: 'hours', example: '1.234,5', digits: 4 }, '1.234,5083', 'h', ','],
  [{ unit: 'hours', example: '1234,5', digits: 0 }, '1235', 'h', ','],
  [{ unit: 'days', example: '1,234.5', digits: 2 }, '154.31', 'd', '.'],
  [{ unit: 'minutes', example: '1,234.5', digits: 2 }, '74,070.5', 'm', '.'],
] as const)('%j is written as %s', (settings, text, letter, decimalMark) => {
  const numbers = numbersOf(settings)
  expect([numbers.text(1_234 * 3_600 + 1_830), numbers.letter, numbers.decimalMark]).toEqual([
    text,
    letter,
    decimalMark,
  ])
})
