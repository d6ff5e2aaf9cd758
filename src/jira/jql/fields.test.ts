import { describe, expect, it } from 'vitest'
import type { JqlOperator } from './ast.ts'
import { plainContext, problemsOf } from './context.contract.ts'
import { makeFieldCatalogue } from './fields.ts'
import { jqlFunctions } from './functions.ts'

describe('fields and operators', () => {
  const ordered = '=|!=|<|<=|>|>=|in|not in|is|is not'
  const listed = '=|!=|in|not in|is|is not'
  const table: readonly (readonly [string, string])[] = [
    ['worklogDate', ordered],
    ['worklogAuthor', listed],
    ['worklogComment', '~|!~'],
    ['project', listed],
    ...['key', 'issue', 'issuekey', 'id'].map((name) => [name, ordered] as const),
    ...['filter', 'request', 'searchrequest', 'savedfilter'].map(
      (name) => [name, '=|!=|in|not in'] as const,
    ),
    ...['assignee', 'reporter', 'creator', 'status', 'issuetype', 'type', 'resolution'].map(
      (name) => [name, listed] as const,
    ),
    ['priority', ordered],
    ...['statusCategory', 'component', 'fixVersion', 'affectedVersion', 'labels', 'sprint'].map(
      (name) => [name, listed] as const,
    ),
    ...['parent', '"Epic Link"', 'level', 'category'].map((name) => [name, listed] as const),
    ...['created', 'createdDate', 'updated', 'updatedDate', 'resolved', 'resolutiondate'].map(
      (name) => [name, ordered] as const,
    ),
    ...['due', 'duedate', 'lastViewed'].map((name) => [name, ordered] as const),
    ...['summary', 'description', 'environment'].map((name) => [name, '~|!~|is|is not'] as const),
    ['comment', '~|!~'],
    ['text', '~'],
    ...['timespent', 'originalEstimate', 'remainingEstimate', 'workratio'].map(
      (name) => [name, ordered] as const,
    ),
    ['"Story Points"', ordered],
    ['cf[10002]', '~|!~|is|is not'],
    ['"Target[Date]"', ordered],
    ['Approver', listed],
    ['Color', listed],
  ]
  const all: readonly JqlOperator[] = [
    '=',
    '!=',
    '<',
    '<=',
    '>',
    '>=',
    '~',
    '!~',
    'in',
    'not in',
    'is',
    'is not',
  ]

  it.each(table)('%s takes %s', async (name, operators) => {
    const allowed = operators.split('|')
    for (const operator of all) {
      const operand = operator.endsWith('in') ? '(x)' : operator.startsWith('is') ? 'EMPTY' : 'x'
      const problems = await problemsOf(`${name} ${operator} ${operand}`)
      const isRefused = problems.some((text) =>
        text.startsWith(`The operator '${operator}' is not supported`),
      )
      expect([operator, isRefused]).toEqual([operator, !allowed.includes(operator)])
    }
  })

  it('are found whatever their case', async () => {
    expect(
      await problemsOf('WORKLOGAUTHOR = Alice and IssueType in (BUG, subtaskissuetypes())'),
    ).toEqual([])
  })

  it('list what autocompletion shows', () => {
    const names = makeFieldCatalogue(plainContext.fields)
      .list()
      .map((entry) => entry.names[0])
    expect(names).toContain('worklogDate')
    expect(names).toContain('Story Points')
    expect(jqlFunctions.map(({ name }) => name)).toContain('workedIssues')
  })
})
