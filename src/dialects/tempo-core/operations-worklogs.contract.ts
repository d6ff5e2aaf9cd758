import { type Facts, march, nobody, type Row } from './operations-rows.contract.ts'

const values = ({ attribute, account }: Facts) => [
  { key: attribute, value: 'Red' },
  { key: '_Account_', value: account },
]

/** Worklogs, by whatever way they are found. */
export const worklogs: readonly Row[] = [
  ...([3, 4] as const).map(
    (version): Row => ({
      op: 'POST /worklogs',
      in: version,
      body: ({ me, issueKey, issue, account }: Facts) => ({
        ...(version === 3 ? { issueKey } : { issueId: Number(issue) }),
        timeSpentSeconds: 3_600,
        startDate: '2026-03-02',
        startTime: '09:00:00',
        description: 'Cable check',
        authorAccountId: me,
        attributes: [{ key: '_Account_', value: account }],
      }),
      keep: { worklog: 'tempoWorklogId' },
      bad: { body: { timeSpentSeconds: 0, startDate: '' } },
      unknown: null,
    }),
  ),
  { op: 'GET /worklogs', query: march, bad: { query: 'from=1.3.2026' }, unknown: null },
  {
    op: 'GET /worklogs/{worklog}',
    bad: null,
    unknown: { path: '/worklogs/999999' },
    employee: 404,
  },
  ...([3, 4] as const).map(
    (version): Row => ({
      op: 'PUT /worklogs/{worklog}',
      in: version,
      body: ({ me, issueKey, account }: Facts) => ({
        ...(version === 3 ? { issueKey } : {}),
        timeSpentSeconds: 7_200,
        startDate: '2026-03-03',
        authorAccountId: me,
        attributes: [{ key: '_Account_', value: account }],
      }),
      bad: { body: ({ issueKey, me }: Facts) => ({ issueKey, authorAccountId: me }) },
      unknown: { path: '/worklogs/999999' },
      employee: 404,
    }),
  ),
  {
    op: 'POST /worklogs/work-attribute-values',
    answers: 204,
    body: ({ worklog, attribute }: Facts) => [
      { tempoWorklogId: Number(worklog), attributeValues: [{ key: attribute, value: 'Red' }] },
    ],
    bad: {
      body: ({ worklog, attribute }: Facts) => [
        { tempoWorklogId: Number(worklog), attributeValues: [{ key: attribute, value: 'Pink' }] },
      ],
    },
    unknown: {
      body: ({ worklog }: Facts) => [
        { tempoWorklogId: Number(worklog), attributeValues: [{ key: '_Nope_', value: 'Red' }] },
      ],
    },
    employee: 404,
  },
  {
    op: 'GET /worklogs/{worklog}/work-attribute-values',
    bad: null,
    unknown: { path: '/worklogs/999999/work-attribute-values' },
    employee: 404,
  },
  {
    op: 'GET /worklogs/{worklog}/work-attribute-values/{attribute}',
    bad: null,
    unknown: { path: '/worklogs/{worklog}/work-attribute-values/_Nope_' },
    employee: 404,
  },
  {
    op: 'POST /worklogs/work-attribute-values/search',
    in: 4,
    isSearch: true,
    body: ({ worklog }: Facts) => ({ tempoWorklogIds: [Number(worklog)] }),
    bad: { body: { tempoWorklogIds: [] } },
    unknown: null,
  },
  { op: 'GET /worklogs/user/{me}', in: 3, bad: { query: 'updatedFrom=soon' }, unknown: null },
  {
    op: 'GET /worklogs/user/{me}',
    in: 4,
    bad: { query: 'updatedFrom=soon' },
    unknown: { path: `/worklogs/user/${nobody}` },
  },
  {
    op: 'GET /worklogs/project/{projectKey}',
    in: 3,
    bad: { query: 'limit=0' },
    unknown: null,
  },
  {
    op: 'GET /worklogs/project/{project}',
    in: 4,
    bad: { query: 'orderBy=NOPE' },
    unknown: { path: '/worklogs/project/999999' },
  },
  {
    op: 'GET /worklogs/issue/{issueKey}',
    in: 3,
    bad: { query: 'offset=x' },
    unknown: { path: '/worklogs/issue/NOPE-1' },
  },
  {
    op: 'GET /worklogs/issue/{issue}',
    in: 4,
    bad: { query: 'offset=x' },
    unknown: { path: '/worklogs/issue/999999' },
  },
  { op: 'GET /worklogs/account/{account}', in: 3, bad: { query: 'to=x' }, unknown: null },
  {
    op: 'GET /worklogs/account/{account}',
    in: 4,
    bad: { query: 'to=x' },
    unknown: { path: '/worklogs/account/NOPE' },
  },
  {
    op: 'POST /worklogs/search',
    in: 4,
    isSearch: true,
    body: ({ me, issue, project }: Facts) => ({
      authorIds: [me],
      issueIds: [Number(issue)],
      projectIds: [Number(project)],
      from: '2026-03-01',
      to: '2026-03-31',
      updatedFrom: '2020-01-01T00:00:00Z',
      orderBy: [{ field: 'UPDATED', order: 'DESC' }],
    }),
    bad: { body: { orderBy: [{ field: 'NOPE' }] } },
    unknown: null,
  },
  {
    op: 'POST /worklogs/tempo-to-jira',
    in: 4,
    isSearch: true,
    body: ({ worklog }: Facts) => ({ tempoWorklogIds: [Number(worklog)] }),
    keep: { jiraWorklog: 'results.0.jiraWorklogId' },
    bad: { body: { tempoWorklogIds: 'x' } },
    unknown: null,
  },
  {
    op: 'POST /worklogs/jira-to-tempo',
    in: 4,
    isSearch: true,
    body: ({ jiraWorklog }: Facts) => ({ jiraWorklogIds: [Number(jiraWorklog)] }),
    bad: { body: { jiraWorklogIds: [true] } },
    unknown: null,
  },
  {
    op: 'GET /worklogs/{worklog}',
    in: 3,
    keep: { jiraWorklog: 'jiraWorklogId' },
    bad: null,
    unknown: { path: '/worklogs/x' },
  },
  {
    op: 'GET /worklogs/jira/{jiraWorklog}',
    in: 3,
    bad: null,
    unknown: { path: '/worklogs/jira/999999' },
    employee: 404,
  },
  {
    op: 'GET /worklogs/jira/filter/{filter}',
    in: 3,
    bad: { query: 'from=x' },
    unknown: { path: '/worklogs/jira/filter/999999' },
  },
  {
    op: 'POST /worklogs/issue/{issue}/bulk',
    in: 4,
    body: (facts: Facts) => [
      {
        authorAccountId: facts.me,
        startDate: '2026-03-04',
        timeSpentSeconds: 60,
        attributes: values(facts),
      },
    ],
    bad: { body: [] },
    unknown: { path: '/worklogs/issue/999999/bulk' },
  },
]
