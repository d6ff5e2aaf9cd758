import { expect, it } from 'vitest'
import type { TimelinePlanBody } from '../../../src/api/contract.ts'
import type { PlanEntry } from './entry.ts'
import { bodyOf, changedPlan, placedBody } from './plan-bodies.ts'
import { followed, type PlanWrite } from './plan-write.ts'
import type { Row } from './rows.ts'
import { daysNeeded } from './schedule.ts'

const plan = {
  ...{ id: '7', personId: '1', resourceId: null, issueId: '3', projectId: null },
  ...{ from: '2026-03-02', to: '2026-03-03', seconds: 60, effort: 'per-day', version: 4 },
  ...{ startTime: null, includesNonWorkingDays: false, rule: 'weekly', description: null },
  recursUntil: '2026-03-17',
  status: 'approved',
  occurrences: [
    { from: '2026-03-02', to: '2026-03-03', seconds: 120 },
    { from: '2026-03-09', to: '2026-03-10', seconds: 120 },
  ],
} as unknown as TimelinePlanBody

const second = { id: 'plan-7-1', plan, from: '2026-03-09', to: '2026-03-10' } as PlanEntry
const ann = { id: '1', accountId: 'a', displayName: 'Ann' }

it.each([
  [
    'a later turn moved takes the first one along',
    { from: '2026-03-12', to: '2026-03-13' },
    ['2026-03-05', '2026-03-06', '2026-03-20'],
  ],
  [
    'a turn made longer makes all of them longer',
    { from: '2026-03-09', to: '2026-03-12' },
    ['2026-03-02', '2026-03-05', '2026-03-17'],
  ],
  [
    'a turn that begins later makes all of them shorter',
    { from: '2026-03-10', to: '2026-03-10' },
    ['2026-03-03', '2026-03-03', '2026-03-18'],
  ],
])('%s', (_, days, expected) => {
  const { from, to, recursUntil } = placedBody(second, { ...days, person: ann, team: null })
  expect([from, to, recursUntil]).toEqual(expected)
})

it('goes from a person to a generic resource', () => {
  const resource = { id: '9', name: 'A tester' }
  const body = placedBody(second, { ...second, person: null, team: null, resource })
  expect(body).toMatchObject({ personId: null, resourceId: '9', from: plan.from, to: plan.to })
})

it('is shown where it was put before the server has told its turns', () => {
  const body = placedBody(second, {
    ...{ from: '2026-03-10', to: '2026-03-12', person: ann, team: null },
  })
  const { occurrences, version, status } = changedPlan(plan, body, 5)
  expect([version, status]).toEqual([5, 'approved'])
  expect(occurrences.map(({ from, to }) => [from, to])).toEqual([
    ['2026-03-03', '2026-03-05'],
    ['2026-03-10', '2026-03-12'],
  ])
})

it('is taken back step by step: each way back learns what the one before it has left', () => {
  const body = bodyOf(plan)
  const waiting: readonly PlanWrite[] = [
    { kind: 'change', id: '7', version: 4, body, before: body },
    { kind: 'change', id: '8', version: 4, body, before: body },
  ]
  const last = { id: '7', version: 4 }
  const undo = { kind: 'change', id: '7', version: 5, body, before: body, was: last } as const
  const left = { kind: 'change', id: '7', version: 6, body, before: body } as const
  expect(followed(waiting, undo, left)).toMatchObject([{ version: 6 }, { id: '8', version: 4 }])
  const revive = { kind: 'create', body, was: last } as const
  const revived = { kind: 'remove', id: '21', version: 9, before: body } as const
  expect(followed(waiting, revive, revived)).toMatchObject([{ id: '21', version: 9 }, { id: '8' }])
})

it.each([
  ['needs no time that anybody has said', 0, 0, 1],
  ['fits into one day', 0, 3_600, 1],
  ['goes over a day off', 0, 4 * 3_600, 3],
  ['begins on a day off', 1, 3_600, 2],
  ['does not fit into what is shown', 2, 90_000, 2],
])('an issue that %s', (_, column, seconds, days) => {
  const person = { capacitySeconds: [7_200, 0, 7_200, 7_200] }
  const row = { person } as unknown as Row
  expect(daysNeeded(row, column, 4, seconds)).toBe(days)
})
