import { type Facts, march, named, nobody, type Row, week } from './operations-rows.contract.ts'

/** Both kinds of schemes have the same family of operations. */
export function schemes(path: string, fact: string, body: object): Row[] {
  const one = `${path}/{${fact}}`
  const gone = (rest = '') => ({ path: `${path}/999999${rest}` })
  return [
    {
      op: `POST ${path}`,
      body: named('Scheme', body),
      keep: { [fact]: 'id' },
      bad: { body: {} },
      unknown: null,
    },
    { op: `GET ${path}`, bad: { query: 'limit=x' }, unknown: null },
    { op: `GET ${one}`, bad: null, unknown: gone() },
    { op: `PUT ${one}`, body: named('Scheme of', body), bad: { body: {} }, unknown: gone() },
    {
      op: `POST ${one}/members`,
      answers: 204,
      body: ({ employee }: Facts) => ({ accountIds: [employee] }),
      bad: { body: { accountIds: [nobody] } },
      unknown: gone('/members'),
    },
    { op: `GET ${one}/members`, bad: { query: 'limit=0' }, unknown: gone('/members') },
    {
      op: `GET ${path}/users/{employee}`,
      bad: null,
      unknown: { path: `${path}/users/${nobody}` },
    },
    {
      op: `POST ${path}/members/search`,
      in: 4,
      isSearch: true,
      body: (facts: Facts) => ({ schemeIds: [Number(facts[fact])] }),
      bad: { body: {} },
      unknown: null,
    },
    { op: `PUT ${one}/default`, bad: null, unknown: gone('/default') },
  ]
}

const holiday = {
  type: 'FIXED',
  name: 'New Year',
  description: '',
  durationSeconds: 28_800,
  date: '2026-01-01',
}

/** Schedules, holidays, periods. */
export const time: readonly Row[] = [
  ...schemes('/workload-schemes', 'scheme', { description: 'Full time', days: week }),
  ...schemes('/holiday-schemes', 'holidayScheme', { description: 'Days off' }),
  {
    op: 'POST /holiday-schemes/{holidayScheme}/holidays',
    body: holiday,
    keep: { holiday: 'id' },
    bad: { body: { type: 'NOPE', durationSeconds: 0 } },
    unknown: { path: '/holiday-schemes/999999/holidays' },
  },
  {
    op: 'GET /holiday-schemes/{holidayScheme}/holidays',
    query: 'year=2027',
    bad: { query: 'year=MMXXVI' },
    unknown: { path: '/holiday-schemes/999999/holidays' },
  },
  {
    op: 'GET /holiday-schemes/{holidayScheme}/holidays/floating',
    bad: null,
    unknown: { path: '/holiday-schemes/999999/holidays/floating' },
  },
  {
    op: 'GET /holiday-schemes/{holidayScheme}/holidays/{holiday}',
    bad: null,
    unknown: { path: '/holiday-schemes/{holidayScheme}/holidays/999999' },
  },
  {
    op: 'PUT /holiday-schemes/{holidayScheme}/holidays/{holiday}',
    body: { ...holiday, type: 'FLOATING', date: '2026-01-02' },
    bad: { body: {} },
    unknown: { path: '/holiday-schemes/{holidayScheme}/holidays/999999' },
  },
  { op: 'GET /user-schedule', query: march, bad: { query: 'from=x' }, unknown: null },
  {
    op: 'GET /user-schedule/{other}',
    query: march,
    bad: { query: 'from=2026-03-01' },
    unknown: { path: `/user-schedule/${nobody}` },
    employee: 403,
  },
  { op: 'GET /periods', query: march, bad: { query: 'from=x&to=y' }, unknown: null },
  { op: 'GET /globalconfiguration', bad: null, unknown: null },
]

/** One step of the employee's timesheet, by an administrator, who may do them all. */
const step = (action: string, more: Partial<Row> = {}): Row => ({
  op: `POST /timesheet-approvals/user/{employee}/${action}`,
  query: march,
  body: ({ me }: Facts) => ({ comment: `${action} it`, reviewerAccountId: me }),
  bad: { query: 'from=2026-03-001&to=2026-03-31' },
  unknown: { path: `/timesheet-approvals/user/${nobody}/${action}` },
  ...more,
})

/** Timesheets from submit to reopen, and the log of it. */
export const approvals: readonly Row[] = [
  {
    op: 'GET /timesheet-approvals/user/{employee}',
    query: march,
    bad: { query: 'from=2022-05-011&to=2022-06-01' },
    unknown: { path: `/timesheet-approvals/user/${nobody}` },
    employee: 200,
  },
  {
    op: 'GET /timesheet-approvals/user/{employee}/reviewers',
    bad: null,
    unknown: { path: `/timesheet-approvals/user/${nobody}/reviewers` },
  },
  // The owner hands in and takes back; whoever reviews does the rest.
  step('submit', { employee: null }),
  { op: 'GET /timesheet-approvals/waiting', bad: null, unknown: null },
  {
    op: 'GET /timesheet-approvals/team/{team}',
    query: march,
    bad: { query: 'from=x&to=y' },
    unknown: { path: '/timesheet-approvals/team/999999' },
  },
  step('recall', { in: 4, employee: null }),
  step('submit', { in: 4, employee: null }),
  step('reject'),
  step('submit', { employee: null }),
  step('approve'),
  step('reopen'),
  {
    op: 'POST /timesheet-approvals/logs/search',
    in: 4,
    isSearch: true,
    body: ({ employee }: Facts) => ({
      updatedFrom: '2020-01-01',
      userAccountIds: [employee, nobody],
    }),
    bad: { body: { updatedFrom: '2022-05-011' } },
    unknown: null,
  },
  {
    op: 'POST /papertrail/search',
    in: 4,
    isSearch: true,
    body: { from: '2020-01-01T00:00:00Z', action: ['Created'], entityType: ['worklog'] },
    bad: { body: { action: ['Nope'] } },
    unknown: null,
    employee: 403,
  },
]
