import { describe, expect, it } from 'vitest'
import { completionAt, jqlValue } from './jql-completion.ts'
import { problemSpan } from './jql-problem.ts'

describe('completion of a query', () => {
  it.each([
    ['', 'field', ''],
    ['proj', 'field', 'proj'],
    ['project ', 'operator', ''],
    ['project = ', 'value', ''],
    ['project = PL', 'value', 'PL'],
    ['project = PLAT ', 'word', ''],
    ['project = PLAT AND st', 'field', 'st'],
    ['status in (Open, ', 'value', ''],
    ['status in (Open) ', 'word', ''],
    ['status not in ("In Prog', 'value', 'In Prog'],
    ['assignee is ', 'value', ''],
    ['(project = A) or (', 'field', ''],
    ['project = A order by ', 'field', ''],
  ])('of %j is a %s', (text, kind, typed) => {
    expect(completionAt(text, text.length)).toMatchObject({ kind, typed })
  })

  it('quotes what must be quoted', () => {
    expect(jqlValue('PLAT')).toBe('PLAT')
    expect(jqlValue('In Progress')).toBe('"In Progress"')
    expect(jqlValue('a "b"')).toBe('"a \\"b\\""')
  })
})

describe('what is wrong with a query', () => {
  it.each([
    ['project == A', 'Error (line 1, character 10)', '='],
    ['project = ', 'It ends early (line 1, character 11)', '= '],
    ['colour = red', "Field 'colour' does not exist", 'colour'],
    ['project = NONE', 'Nothing is told of a place', 'project = NONE'],
  ])('in %j is found by %j', (text, message, part) => {
    const { from, to } = problemSpan(text, message)
    expect(text.slice(from, to)).toBe(part)
  })
})
