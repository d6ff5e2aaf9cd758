import { describe, expect, it } from 'vitest'
import { toSheetName } from './xlsx-parts.ts'

describe('sheet names', () => {
  it.each([
    { name: 'worklogs', index: 0, expected: 'worklogs' },
    { name: 'worklogs', index: 1, expected: 'worklogs (2)' },
    { name: "'a/b:[c]'", index: 0, expected: 'a b  c' },
    { name: 'x'.repeat(40), index: 0, expected: 'x'.repeat(31) },
    { name: 'x'.repeat(40), index: 9, expected: `${'x'.repeat(26)} (10)` },
    { name: '', index: 0, expected: 'Sheet' },
    { name: 'History', index: 0, expected: 'Sheet History' },
  ])('calls sheet $index of "$name" "$expected"', ({ name, index, expected }) => {
    expect(toSheetName(name, index).trim()).toBe(expected)
  })
})
