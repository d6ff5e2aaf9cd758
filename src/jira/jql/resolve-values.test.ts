import { describe, expect, it } from 'vitest'
import { parseInstant } from '../../domain/zone.ts'
import { resolve } from './context.contract.ts'

const conditionOf = async (text: string, more = {}) => (await resolve(text, more)).condition
const instant = (text: string) => parseInstant(text).instant

describe('values', () => {
  it.each([
    ['project in (ABC, "x AND y")', { kind: 'projects', projectIds: ['1', '2'], not: false }],
    ['key > abc-21', { kind: 'keys', projectId: '1', span: { after: 21 } }],
    ['key is empty', { kind: 'nothing' }],
    ['key is not empty', { kind: 'everything' }],
    ['status = 2', { kind: 'names', field: 'status', names: ['In Progress'], not: false }],
    [
      'statusCategory != "in progress"',
      { kind: 'names', field: 'statusCategory', names: ['indeterminate'], not: true },
    ],
    ['priority > low', { kind: 'names', field: 'priority', names: ['Medium', 'High'], not: false }],
    [
      'priority <= Medium',
      { kind: 'names', field: 'priority', names: ['Low', 'Medium'], not: false },
    ],
    [
      'parent = 20003',
      { kind: 'parents', parents: [{ connectionId: 0, jiraId: '20003' }], not: false },
    ],
    [
      'timespent >= "1d 2h"',
      { kind: 'numbers', field: 'timeSpentSeconds', spans: [{ from: 36_000 }], not: false },
    ],
    [
      'originalEstimate = 90',
      {
        kind: 'numbers',
        field: 'originalEstimateSeconds',
        spans: [{ from: 5_400, to: 5_400 }],
        not: false,
      },
    ],
    [
      'due > 2026-03-01',
      { kind: 'days', field: 'dueDay', spans: [{ after: '2026-03-01' }], not: false },
    ],
    [
      'created = now()',
      {
        kind: 'instants',
        field: 'createdAt',
        spans: [
          {
            from: instant('2026-03-02T10:17:00+01:00'),
            before: instant('2026-03-02T10:18:00+01:00'),
          },
        ],
        not: false,
      },
    ],
    [
      'created <= "2021-06-30"',
      {
        kind: 'instants',
        field: 'createdAt',
        spans: [{ before: instant('2021-06-30T00:01:00+02:00') }],
        not: false,
      },
    ],
    ['environment ~ x', { kind: 'nothing' }],
    ['environment is empty', { kind: 'everything' }],
    ['lastViewed not in (-1d, EMPTY)', { kind: 'nothing' }],
    [
      'text ~ x',
      {
        kind: 'text',
        fields: [
          'summary',
          { customFieldIds: ['customfield_10002'] },
          { customFieldIds: ['description'] },
        ],
        query: { kind: 'word', word: 'x' },
        not: false,
      },
    ],
    [
      'Color in (RED)',
      {
        kind: 'options',
        field: { customFieldIds: ['customfield_10006'] },
        values: ['red'],
        not: false,
      },
    ],
    ['created > lastLogin()', { kind: 'instants', field: 'createdAt', spans: [], not: false }],
    ['project in projectsLeadByUser()', { kind: 'projects', projectIds: ['1'], not: false }],
    [
      'sprint in openSprints()',
      { kind: 'names', field: 'sprints', names: ['Sprint 2'], not: false },
    ],
  ])('%s', async (text, expected) => {
    expect(await conditionOf(text)).toEqual(expected)
  })

  it('of nobody match nobody', async () => {
    expect(await conditionOf('assignee = currentUser()', { currentUser: null })).toMatchObject({
      people: { personIds: [], groupIds: [] },
    })
  })
})

describe('the order', () => {
  it.each([
    ['', [{ by: 'createdAt', direction: 'desc' }]],
    [
      'order by created, priority, due, key',
      [
        { by: 'createdAt', direction: 'desc' },
        { by: { priorityNames: ['Low', 'Medium', 'High'] }, direction: 'desc' },
        { by: 'dueDay', direction: 'desc' },
        { by: 'key', direction: 'asc' },
      ],
    ],
    [
      'order by updated asc, "Story Points" desc',
      [
        { by: 'updatedAt', direction: 'asc' },
        { by: { customFieldIds: ['customfield_10001'], type: 'number' }, direction: 'desc' },
      ],
    ],
    ['order by votes, lastViewed', []],
  ])('%s', async (text, expected) => {
    expect((await resolve(text)).order).toEqual(expected)
  })
})
