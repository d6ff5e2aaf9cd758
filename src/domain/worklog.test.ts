import { describe, expect, it } from 'vitest'
import { day } from '../../test/builders.ts'
import { DomainError } from './errors.ts'
import { checkWorklogValues, type WorklogValues } from './worklog.ts'

const plain: WorklogValues = {
  timeSpentSeconds: 3_600,
  billableSeconds: null,
  comment: '',
  category: null,
  visibility: null,
  attributes: {},
}

function problemsOf(values: Partial<WorklogValues>, on = '2026-03-02'): string[] {
  try {
    checkWorklogValues({ ...plain, ...values }, day(on))
    return []
  } catch (error) {
    if (!(error instanceof DomainError) || error.code !== 'invalid') throw error
    return (error.details.problems ?? []).map((problem) => problem.field)
  }
}

const many = (count: number) =>
  Object.fromEntries(Array.from({ length: count }, (_, at) => [`key ${at}`, 'v']))

describe('the bounds of a worklog', () => {
  it.each<[string, Partial<WorklogValues>, string?]>([
    ['one second', { timeSpentSeconds: 1 }],
    ['10,000 hours', { timeSpentSeconds: 36_000_000 }],
    ['nothing billable', { billableSeconds: 0 }],
    ['more billable than spent', { billableSeconds: 36_000_000 }],
    ['the first day', {}, '1900-01-01'],
    ['the last day', {}, '2199-12-31'],
    ['the longest comment', { comment: 'x'.repeat(32_767) }],
    ['emoji, CJK, zero-width', { comment: '👩‍💻 開発 \u200b', category: '会議' }],
    ['100 attributes', { attributes: many(100) }],
    ['the longest attribute', { attributes: { ['k'.repeat(255)]: 'v'.repeat(4_000) } }],
  ])('hold %s', (_, values, on) => {
    expect(problemsOf(values, on)).toEqual([])
  })

  it.each<[string, Partial<WorklogValues>, string, string?]>([
    ['no time', { timeSpentSeconds: 0 }, 'timeSpentSeconds'],
    ['negative time', { timeSpentSeconds: -1 }, 'timeSpentSeconds'],
    ['too much time', { timeSpentSeconds: 36_000_001 }, 'timeSpentSeconds'],
    ['parts of seconds', { timeSpentSeconds: 1.5 }, 'timeSpentSeconds'],
    ['no number', { timeSpentSeconds: Number.NaN }, 'timeSpentSeconds'],
    ['endless time', { timeSpentSeconds: Number.POSITIVE_INFINITY }, 'timeSpentSeconds'],
    ['negative billable time', { billableSeconds: -1 }, 'billableSeconds'],
    ['parts of billable seconds', { billableSeconds: 0.5 }, 'billableSeconds'],
    ['a day too early', {}, 'day', '1899-12-31'],
    ['a day too late', {}, 'day', '2200-01-01'],
    ['a long comment', { comment: 'x'.repeat(32_768) }, 'comment'],
    ['NUL in a comment', { comment: '\0' }, 'comment'],
    ['half a surrogate pair', { comment: '\ud83d' }, 'comment'],
    ['NUL in a category', { category: '\0' }, 'category'],
    ['a long category', { category: 'x'.repeat(256) }, 'category'],
    ['NUL in a group', { visibility: { type: 'group', value: '\0' } }, 'visibility.value'],
    ['101 attributes', { attributes: many(101) }, 'attributes'],
    ['NUL in an attribute', { attributes: { a: '\0' } }, 'attributes.a'],
    ['NUL in an attribute key', { attributes: { 'a\0': '' } }, 'attributes.a\0'],
    ['a long attribute', { attributes: { a: 'v'.repeat(4_001) } }, 'attributes.a'],
  ])('refuse %s', (_, values, field, on) => {
    expect(problemsOf(values, on)).toEqual([field])
  })

  it('name every field that is wrong at once', () => {
    const wrong = { timeSpentSeconds: 0, billableSeconds: -1, comment: '\0', category: '\0' }
    expect(problemsOf(wrong, '1000-01-01')).toEqual([
      'timeSpentSeconds',
      'billableSeconds',
      'day',
      'comment',
      'category',
    ])
  })
})
