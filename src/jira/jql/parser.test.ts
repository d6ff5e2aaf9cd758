import { describe, expect, it } from 'vitest'
import { DomainError } from '../../domain/errors.ts'
import type { JqlTerminal } from './ast.ts'
import { toCloudJqlMessage } from './parse-errors.ts'
import { makeJqlParser, parseJql } from './parser.ts'
import { renderJql } from './render.ts'

const prefix = 'Error in the JQL Query: '
const operators =
  "The valid operators are '=', '!=', '<', '>', '<=', '>=', '~', '!~', 'IN', 'NOT IN', 'IS' and 'IS NOT'."
const quote = (what: string, use: string) =>
  `You must surround '${what}' in quotation marks to use it as ${use}.`
const escapes = "The valid escape sequences are \\', \\\", \\t, \\n, \\r, \\\\, '\\ ' and \\uXXXX."

function errorOf(text: string): string {
  try {
    parseJql(text)
  } catch (error) {
    if (!(error instanceof DomainError)) throw error
    expect(error.code).toBe('invalid')
    const { errorMessages } = error.details
    expect(errorMessages).toEqual([error.message])
    return error.message.replace(prefix, '')
  }
  return 'no error'
}

// Every row of contract C9; `at N` stands for " (line 1, character N)".
const errors: readonly (readonly [string, string])[] = [
  ['a =', 'Expecting either a value, list or function before the end of the query.'],
  ['a in (b,', 'Expecting either a value, list or function before the end of the query.'],
  [
    'a = =',
    `Expecting either a value, list or function but got '='. ${quote('=', 'a value')} at 5`,
  ],
  [
    'a in ()',
    `Expecting either a value, list or function but got ')'. ${quote(')', 'a value')} at 7`,
  ],
  [
    'a = and',
    `Expecting either a value, list or function but got 'and'. ${quote('and', 'a value')} at 5`,
  ],
  ['a x', `Expecting operator but got 'x'. ${operators} at 3`],
  ['a "x y"', `Expecting operator but got 'x y'. ${operators} at 3`],
  ['a', `Expecting operator before the end of the query. ${operators}`],
  ['a = b c = d', "Expecting either 'OR' or 'AND' but got 'c'. at 7"],
  ['a = b)', "Expecting either 'OR' or 'AND' but got ')'. at 6"],
  ['a = b and', 'Expecting a field name at the end of the query.'],
  ['not', 'Expecting a field name at the end of the query.'],
  ['order by', 'Expecting a field name at the end of the query.'],
  ['a = 1 order by b,', 'Expecting a field name at the end of the query.'],
  [', = 1', `Expecting a field name but got ','. ${quote(',', 'a field name')} at 1`],
  ['a = 1 and != 2', `Expecting a field name but got '!='. ${quote('!=', 'a field name')} at 11`],
  ['[x] = 1', "Expecting a field name but got '['. Did you mean 'cf['? at 1"],
  ['(a = b', "Expecting ')' before the end of the query."],
  ['a in (b', "Expecting ')' before the end of the query."],
  ['(a = b abc', "Expecting ')' but got 'abc'. at 8"],
  ['a in (b abc)', "Expecting ')' but got 'abc'. at 9"],
  ['a = f(b!', "Expecting ')' or ',' but got '!'. at 8"],
  ['a = f(b,)', 'Function argument must be specified. at 9'],
  ['a = f(,b)', 'Function argument must be specified. at 7'],
  ['a = f(', 'Expecting a function argument at the end of the query.'],
  ['a = f(b,', 'Expecting a function argument at the end of the query.'],
  ['a = f(!', `Expecting a function argument but got '!'. ${quote('!', 'an argument')} at 7`],
  ['a = f(g())', "Expecting ')' or ',' but got '('. at 8"],
  ['cf', "Expecting '[' before the end of the query."],
  ['cf[]', "Expecting a custom field id (a positive number) but got ']'. at 4"],
  ['cf[-1] = 2', "Expecting a custom field id (a positive number) but got '-1'. at 4"],
  ['cf[1 = 2', "Expecting ']' but got '='. at 6"],
  ['a = 1 order', "Expecting 'by' before the end of the query."],
  ['order x', "Expecting 'by' but got 'x'. at 7"],
  ['order by a blah', "Expecting either 'ASC' or 'DESC' but got 'blah'. at 12"],
  ['order by a asc b', "Expecting ',' but got 'b'. at 16"],
  ['a not is empty', "Expecting 'IN' but got 'is'. at 7"],
  ['a is ! empty', "Expecting 'NOT' but got '!'. at 6"],
  ["a = 'test", "The quoted string 'test' has not been completed. at 5"],
  ['a = "', 'The quoted string has not been completed. at 5'],
  ['a = x\\c', `'\\c' is an illegal JQL escape sequence. ${escapes} at 6`],
  ['a = "x\\u12g4"', `'\\u' is an illegal JQL escape sequence. ${escapes} at 7`],
  [
    'a = {',
    "The character '{' is a reserved JQL character. You must enclose it in a string or use the escape '\\u007b' instead. at 5",
  ],
  [
    'a = joe@x',
    "The character '@' is a reserved JQL character. You must enclose it in a string or use the escape '\\u0040' instead. at 8",
  ],
  [
    'abcdef = \u007f',
    "The character 'U+007F' on line 1 at position 10 must be escaped. Use the escape '\\u007f' instead.",
  ],
  [
    'a = "x\ty"',
    "The character 'U+0009' on line 1 at position 7 must be escaped. Use the escape '\\u0009' instead.",
  ],
  [
    'user = 1',
    "'user' is a reserved JQL word. You must surround it in quotation marks to use it in a query. at 1",
  ],
  [
    'a = LIMIT',
    "'LIMIT' is a reserved JQL word. You must surround it in quotation marks to use it in a query. at 5",
  ],
  [
    'a = 9223372036854775808',
    "'9223372036854775808' is not a valid number. Numbers must be between -9,223,372,036,854,775,808 and 9,223,372,036,854,775,807. at 5",
  ],
  ['"" = 1', 'A field name cannot be empty. at 1'],
  ['a = ""()', 'A function name cannot be empty. at 5'],
]

describe('what is no query', () => {
  it.each(errors)('%s', (text, expected) => {
    expect(errorOf(text)).toBe(expected.replace(/ at (\d+)$/, ' (line 1, character $1)'))
  })

  it('is placed by line and character', () => {
    expect(errorOf('a = 1\n  and b\n = {')).toMatch(/\(line 3, character 4\)$/)
    expect(errorOf('a = "x\ny" b')).toMatch(/\(line 2, character 4\)$/)
  })

  it.each(['limit', 'group', 'end', 'date', 'field', 'start'])(
    'refuses the bare word %s',
    (word) => {
      expect(errorOf(`${word} = 1`)).toContain('is a reserved JQL word')
      expect(errorOf(`a = ${word}`)).toContain('is a reserved JQL word')
      expect(errorOf(`"${word}" = "${word}"`)).toBe('no error')
    },
  )

  it('is worded without "the" for Cloud where an operand is missing', () => {
    expect(toCloudJqlMessage(`${prefix}${errorOf('a =')}`)).toBe(
      'Error in JQL Query: Expecting either a value, list or function before the end of the query.',
    )
    expect(toCloudJqlMessage(`${prefix}x`)).toBe(`${prefix}x`)
  })
})

describe('the bounds of C10', () => {
  const clauses = (count: number) => Array.from({ length: count }, () => 'a = 1').join(' and ')
  const list = (count: number) => `a in (${Array.from({ length: count }, () => '1').join(',')})`
  const nested = (count: number) => `${'('.repeat(count)}a = 1${')'.repeat(count)}`
  it.each([
    ['20,000 characters', `a = ${'x'.repeat(19_996)}`, `a = ${'x'.repeat(19_997)}`],
    ['100 clauses', clauses(100), clauses(101)],
    ['1,000 items', list(1_000), list(1_001)],
    ['50 levels', nested(50), nested(51)],
    ['50 NOTs', `${'!'.repeat(50)}a = 1`, `${'!'.repeat(51)}a = 1`],
    [
      '50 lists in lists',
      `a in ${'('.repeat(50)}1${')'.repeat(50)}`,
      `a in ${'('.repeat(51)}1${')'.repeat(51)}`,
    ],
  ])('are kept: %s', (_, within, beyond) => {
    expect(errorOf(within)).toBe('no error')
    expect(errorOf(beyond)).toMatch(/must/)
  })
})

describe('a query', () => {
  it.each([
    ['a=1 or b=2 and not c=3', 'a = 1 OR (b = 2 AND NOT c = 3)'],
    ['A = 1 && b = 2 | c = 3', '(A = 1 AND b = 2) OR c = 3'],
    [
      '!(a is null) and b not in (x,"y z",f(1),(EMPTY))',
      'NOT a IS EMPTY AND b NOT IN (x, "y z", f(1), (EMPTY))',
    ],
    ['cf[12]~"x" order by cf [ 12 ] desc, "a b"', 'cf[12] ~ x ORDER BY cf[12] DESC, "a b"'],
    ['issue.property[k].a.b = 1', 'issue.property[k].a.b = 1'],
    ['s was not in (a) before -1d by (x)', 's WAS NOT IN (a) BEFORE -1d BY (x)'],
    [
      's changed from a to b during ("2020/01/01", now())',
      's CHANGED FROM a TO b DURING ("2020/01/01", now())',
    ],
    ['summary in test', 'summary IN test'],
    ['  \n ', ''],
  ])('%s', (text, rendered) => {
    expect(renderJql(parseJql(text))).toBe(rendered)
  })

  it('undoes escapes bare and quoted', () => {
    const values = (text: string) => (parseJql(text).where as JqlTerminal).operand
    expect(values('a = joe\\u0040x.org')).toMatchObject({ text: 'joe@x.org' })
    expect(values('a = "\\u0022\\\'\\t\\n\\r\\\\"')).toMatchObject({ text: '"\'\t\n\r\\' })
    expect(values('a = two\\ words')).toMatchObject({ text: 'two words' })
    expect(values('a = 5')).toMatchObject({ text: '5', isNumber: true })
    expect(values('a = "5"')).toMatchObject({ text: '5', isNumber: false })
    expect(values('a = 5.5')).toMatchObject({ text: '5.5', isNumber: false })
  })

  it('is remembered by its text, the 500 read last', () => {
    const parse = makeJqlParser()
    const first = parse('a = 1')
    for (let made = 0; made < 499; made += 1) parse(`a = ${made}x`)
    expect(parse('a = 1')).toBe(first)
    for (let made = 0; made < 500; made += 1) parse(`b = ${made}x`)
    expect(parse('a = 1')).not.toBe(first)
  })

  // Bounds ten times the goals of C10, so that a busy machine passes; the bench has the figures.
  it('is read in well under a millisecond', () => {
    const short = `project = ABC AND status in (Open, "In Progress") AND ${'assignee = bob OR '.repeat(7)} a = 1`
    const keys = `key in (${Array.from({ length: 1_000 }, (_, at) => `ABCDE-${at}`).join(', ')})`
    const time = (text: string, times: number) => {
      for (let run = 0; run < times; run += 1) parseJql(text)
      const start = performance.now()
      for (let run = 0; run < times; run += 1) parseJql(text)
      return (performance.now() - start) / times
    }
    expect(time(short, 500)).toBeLessThan(1)
    expect(time(keys, 20)).toBeLessThan(30)
  })
})
