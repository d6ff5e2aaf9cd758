import { describe, expect, it } from 'vitest'
import { parseTextQuery, wordsOf } from './text-query.ts'

const word = (text: string) => ({ kind: 'word', word: text })
const all = (...queries: unknown[]) => ({ kind: 'all', queries })
const any = (...queries: unknown[]) => ({ kind: 'any', queries })
const none = (query: unknown) => ({ kind: 'none', query })
const phrase = (...words: string[]) => ({ kind: 'phrase', words, isPrefix: false })

describe('the value of ~', () => {
  it.each([
    ['Red', word('red')],
    ['red green', all(word('red'), word('green'))],
    ['red AND green', all(word('red'), word('green'))],
    ['red OR green blue', any(word('red'), all(word('green'), word('blue')))],
    ['red || green', any(word('red'), word('green'))],
    ['red or green', all(word('red'), word('or'), word('green'))],
    ['+red -green', all(word('red'), none(word('green')))],
    ['NOT green', none(word('green'))],
    ['"red green"', phrase('red', 'green')],
    ['-"red green"', none(phrase('red', 'green'))],
    ['"red"', word('red')],
    ['"red green"~10', phrase('red', 'green')],
    ['red-green', phrase('red', 'green')],
    ['ABC-12: x', all(phrase('abc', '12'), word('x'))],
    ['red*', { kind: 'prefix', word: 'red' }],
    ['re-gre*', { kind: 'phrase', words: ['re', 'gre'], isPrefix: true }],
    ['r?d', { kind: 'pattern', word: 'r?d' }],
    ['*ed', { kind: 'pattern', word: '*ed' }],
    ['r*d-blue', all({ kind: 'pattern', word: 'r*d' }, word('blue'))],
    ['red~0.8 blue^4', all(word('red'), word('blue'))],
    ['(red OR blue)', any(word('red'), word('blue'))],
    ['red - blue', all(word('red'), word('blue'))],
    ['Über', word('über')],
  ])('%s', (value, expected) => {
    expect(parseTextQuery(value)).toEqual(expected)
  })

  it.each(['AND', 'OR red', 'red AND', 'red AND OR blue', '"red', '!!!', '-', ''])(
    'cannot be read: %s',
    (value) => {
      expect(parseTextQuery(value)).toBeUndefined()
    },
  )

  it('sees letters and digits of any script as words', () => {
    expect(wordsOf('Café: 日本 x_1/2—ok')).toEqual(['café', '日本', 'x', '1', '2', 'ok'])
  })
})
