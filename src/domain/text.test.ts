import { describe, expect, it } from 'vitest'
import { textProblem } from './text.ts'

describe('textProblem', () => {
  it.each([
    ['', 0],
    ['abc', 3],
    ['👩‍💻', 5],
    ['\u0001\t\r\n\u200b\ufeff\uffff', 7],
    ['\ud83d\ude00\ud83d\ude00', 4],
  ])('accepts %j within %i', (text, most) => {
    expect(textProblem(text, most)).toBeUndefined()
  })

  it.each([
    ['abcd', 3, /at most 3 /],
    ['\0', 9, /NUL/],
    ['a\0b', 9, /NUL/],
    ['\ud83d', 9, /surrogate/],
    ['\ude00', 9, /surrogate/],
    ['\ude00\ud83d', 9, /surrogate/],
    ['\ud83d\ud83d\ude00', 9, /surrogate/],
    ['😀\ude00', 9, /surrogate/],
    ['\ufeffabc', 9, /byte order mark/],
  ])('refuses %j within %i', (text, most, why) => {
    expect(textProblem(text, most)).toMatch(why)
  })
})
