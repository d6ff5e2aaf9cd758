import { describe, expect, it } from 'vitest'
import type { IssueCondition } from '../../domain/issue-query.ts'
import { parseInstant } from '../../domain/zone.ts'
import { problemsOf, resolve } from './context.contract.ts'

const conditionOf = async (text: string, more = {}) => (await resolve(text, more)).condition
const instant = (text: string) => parseInstant(text).instant

/** The queries of contract C12, in the names of the tests' world. */
const corpus = [
  `filter=10001 and worklogDate > '2016-03-01' and worklogDate < endOfDay() and worklogAuthor in membersOf("developers")`,
  'key in workedIssues("2013/10/14","2013/10/14","developers")',
  "worklogAuthor in (currentUser()) and worklogDate >= '2023-10-08' and worklogDate < '2023-10-17'",
  'worklogDate >= "2018-09-30" and worklogDate < "2018-11-01" and (worklogAuthor in (membersOf("developers")) or worklogAuthor in (membersOf("testers")))',
  'worklogAuthor = alice AND worklogDate >= startOfYear(-1) AND worklogDate <= endOfYear(-1)',
  "assignee = alice\\u0040example.com AND status in (Open, 'In Progress', Done)",
  "updated >= '2026-01-01 10:00' order by updated asc",
  'worklogDate >= -365d and worklogAuthor = bob order by updatedDate DESC',
  'issuekey = ABC-1',
  'project = "X and Y" AND NOT labels in (x) AND parent = ABC-1 AND sprint in openSprints()',
]

describe('the corpus', () => {
  it.each(corpus)('%s', async (text) => {
    expect(await problemsOf(text)).toEqual([])
  })

  it('keeps the account id of a Cloud client one word', async () => {
    const text = 'worklogAuthor = 712020:6b7a-1 AND worklogDate >= startOfYear(-1)'
    expect(await problemsOf(text)).toEqual([
      "The value '712020:6b7a-1' does not exist for the field 'worklogAuthor'.",
    ])
  })

  it('makes of the seed query one condition about one worklog, beside the filter', async () => {
    expect(await conditionOf(corpus[0]!)).toEqual({
      kind: 'and',
      conditions: [
        {
          kind: 'or',
          conditions: [
            {
              kind: 'people',
              field: 'assignee',
              people: { personIds: ['1'], groupIds: [] },
              not: false,
            },
            {
              kind: 'workedOn',
              worklog: [{ kind: 'author', people: { personIds: ['1'], groupIds: [] }, not: false }],
            },
          ],
        },
        {
          kind: 'workedOn',
          worklog: [
            {
              kind: 'started',
              spans: [{ from: instant('2016-03-02T00:00:00+01:00') }],
              not: false,
            },
            {
              kind: 'started',
              spans: [{ before: instant('2026-03-02T00:00:00+01:00') }],
              not: false,
            },
            { kind: 'author', people: { personIds: [], groupIds: ['1'] }, not: false },
          ],
        },
      ],
    })
  })

  it('resolves workedIssues in the authors’ days, both ends included', async () => {
    expect(await conditionOf(corpus[1]!)).toEqual({
      kind: 'workedOn',
      worklog: [
        { kind: 'days', spans: [{ from: '2013-10-14', to: '2013-10-14' }], not: false },
        { kind: 'author', people: { personIds: [], groupIds: ['1'] }, not: false },
      ],
    })
  })
})

describe('negation', () => {
  const pairs: readonly (readonly [string, string])[] = [
    ['not status = Open', 'status != Open'],
    ['not status != Open', 'status = Open'],
    ['not created > -1d', 'created <= -1d'],
    ['not created >= -1d', 'created < -1d'],
    ['not status in (Open, Done)', 'status not in (Open, Done)'],
    ['not summary ~ x', 'summary !~ x'],
    ['not assignee is empty', 'assignee is not empty'],
    ['not (status = Open and assignee = bob)', 'status != Open or assignee != bob'],
    ['not (status = Open or not assignee = bob)', 'status != Open and assignee = bob'],
    ['not not status = Open', 'status = Open'],
    [
      'not (worklogAuthor = bob or worklogDate < -1d)',
      'worklogAuthor != bob and worklogDate >= -1d',
    ],
    ['status = EMPTY', 'status is empty'],
    ['status != NULL', 'status is not empty'],
    ['resolution = Unresolved', 'resolution is empty'],
    ['resolution in (unresolved, Fixed)', 'resolution is empty or resolution = Fixed'],
    ['resolution not in (unresolved, Fixed)', 'resolution is not empty and resolution != Fixed'],
    ['filter != Mine', 'not filter = 10001'],
    ['not filter not in (Mine)', 'assignee = alice or worklogAuthor = alice'],
    ['filter = Nested', '(assignee = alice or worklogAuthor = alice) and status != Done'],
    ['filter = All', 'key is not empty'],
  ]
  it.each(pairs)('%s is %s', async (one, other) => {
    expect(await conditionOf(one)).toEqual(await conditionOf(other))
  })

  it('of a filter is whatever it does not find, and of a function too', async () => {
    expect(await conditionOf('filter != All')).toEqual({ kind: 'nothing' })
    expect(await conditionOf('not filter = Mine')).toMatchObject({ kind: 'complement' })
    expect(await conditionOf('key not in workedIssues("2026-01-01", "2026-01-02")')).toMatchObject({
      kind: 'complement',
    })
  })
})

describe('worklog clauses', () => {
  const kinds = (condition: IssueCondition): unknown =>
    'conditions' in condition
      ? [condition.kind, ...condition.conditions.map(kinds)]
      : condition.kind === 'workedOn'
        ? condition.worklog.map(({ kind }) => kind).join('+')
        : condition.kind
  it.each([
    [
      'worklogAuthor = bob and status = Open and worklogDate > -1d',
      ['and', 'names', 'author+started'],
    ],
    [
      'worklogAuthor = bob and (status = Open and (worklogDate > -1d))',
      ['and', 'names', 'author+started'],
    ],
    ['worklogAuthor = bob and filter = Logged', 'author+author'],
    ['worklogAuthor = bob or worklogDate > -1d', ['or', 'author', 'started']],
    [
      'worklogDate > -1d and (worklogAuthor = bob or worklogAuthor = alice)',
      ['and', ['or', 'author', 'author'], 'started'],
    ],
    ['worklogDate is not empty and worklogComment ~ x', 'comment'],
    ['worklogDate is empty', 'complement'],
    ['worklogAuthor in (EMPTY, bob)', ['or', 'complement', 'author']],
    ['worklogAuthor not in (EMPTY, bob)', 'author'],
    [
      'worklogAuthor = bob and key in workedIssues("2026-01-01", "2026-01-02")',
      ['and', 'days', 'author'],
    ],
  ])('%s', async (text, expected) => {
    expect(kinds(await conditionOf(text))).toEqual(expected)
  })

  it('follow the setting whose days count', async () => {
    const text = 'worklogDate = 2026-03-01'
    const started = (from: string, before: string) => ({
      kind: 'workedOn',
      worklog: [
        { kind: 'started', spans: [{ from: instant(from), before: instant(before) }], not: false },
      ],
    })
    expect(await conditionOf(text)).toEqual(
      started('2026-03-01T00:00:00+01:00', '2026-03-02T00:00:00+01:00'),
    )
    expect(await conditionOf(text, { worklogDateZone: 'server', serverZone: 'UTC' })).toEqual(
      started('2026-03-01T00:00:00Z', '2026-03-02T00:00:00Z'),
    )
    expect(await conditionOf(text, { worklogDateZone: 'author' })).toEqual({
      kind: 'workedOn',
      worklog: [{ kind: 'days', spans: [{ from: '2026-03-01', to: '2026-03-01' }], not: false }],
    })
  })
})
