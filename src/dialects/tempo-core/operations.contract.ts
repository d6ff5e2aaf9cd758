import { accounting, attributes } from './operations-accounting.contract.ts'
import { type Facts, type Row, removed, week } from './operations-rows.contract.ts'
import { plans, staffing } from './operations-staffing.contract.ts'
import { approvals, schemes, time } from './operations-time.contract.ts'
import { worklogs } from './operations-worklogs.contract.ts'

const removals: readonly Row[] = [
  removed('/plans', 'plan', { employee: 404 }),
  {
    op: 'DELETE /skill-assignments/{other}/USER/{skill}',
    in: 4,
    answers: 204,
    bad: { path: '/skill-assignments/{other}/NOPE/{skill}' },
    unknown: null,
  },
  removed('/skills', 'skill', { in: 4 }),
  {
    op: 'DELETE /teams/{team}/generic-resources/{resource}',
    answers: 204,
    bad: null,
    unknown: { path: '/teams/{team}/generic-resources/999999' },
  },
  removed('/generic-resources', 'resource'),
  removed('/permission-roles', 'permissionRole'),
  removed('/team-links', 'teamLink'),
  removed('/team-memberships', 'membership'),
  removed('/teams', 'team'),
  removed('/programs', 'program'),
  removed('/roles', 'role'),
  {
    op: 'DELETE /holiday-schemes/{holidayScheme}/holidays/{holiday}',
    answers: 204,
    bad: null,
    unknown: { path: '/holiday-schemes/{holidayScheme}/holidays/999999' },
  },
  // What is the usual one stays until another is.
  { ...schemes('/holiday-schemes', 'spare', { description: '' })[0]! },
  removed('/holiday-schemes', 'spare', { bad: { path: '/holiday-schemes/{holidayScheme}' } }),
  { ...schemes('/workload-schemes', 'spareWeek', { description: '', days: week })[0]! },
  removed('/workload-schemes', 'spareWeek', { bad: { path: '/workload-schemes/{scheme}' } }),
  {
    op: 'DELETE /worklogs/{worklog}',
    in: 3,
    answers: 204,
    bad: null,
    unknown: { path: '/worklogs/999999' },
    employee: 404,
  },
  {
    op: 'DELETE /worklogs/{worklog}',
    in: 4,
    query: 'bypassPeriodClosuresAndApprovals=false',
    answers: 204,
    bad: { query: 'bypassPeriodClosuresAndApprovals=perhaps' },
    unknown: { path: '/worklogs/999999' },
    employee: 404,
  },
  removed('/account-links', 'accountLink'),
  removed('/work-attributes', 'attribute'),
  {
    op: 'POST /accounts',
    body: ({ version, me }: Facts) => ({
      key: `SPARE${version}`,
      name: `Spare ${version}`,
      status: 'OPEN',
      leadAccountId: me,
    }),
    keep: { spareAccount: 'key' },
    bad: { body: {} },
    unknown: null,
  },
  removed('/accounts', 'spareAccount', { unknown: { path: '/accounts/NOPE' } }),
  removed('/customers', 'customer', { unknown: { path: '/customers/NOPE' } }),
  removed('/account-categories', 'category', { unknown: { path: '/account-categories/NOPE' } }),
]

/** Every operation of both versions at least once. */
export const table: readonly Row[] = [
  ...accounting,
  ...attributes,
  ...worklogs,
  ...staffing,
  ...plans,
  ...time,
  ...approvals,
  ...removals,
]

/** Rows of one version. */
export function rowsOf(version: 3 | 4): readonly Row[] {
  return table.filter((row) => row.in === undefined || row.in === version)
}

/** The statuses a row stands for, for the page of coverage. */
export function statusesOf(row: Row): number[] {
  return [row.answers ?? 200, ...(row.bad ? [400] : []), ...(row.unknown ? [404] : []), 403]
}
