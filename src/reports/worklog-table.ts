import type { WorklogField, WorklogQuery, WorklogStore } from '../domain/worklog.ts'
import type { CellType, Column, Table } from '../formats/table.ts'

const columns: Readonly<Record<WorklogField, { title: string; type: CellType }>> = {
  id: { title: 'Worklog', type: 'integer' },
  jiraId: { title: 'Jira worklog', type: 'integer' },
  issueId: { title: 'Issue id', type: 'integer' },
  issueKey: { title: 'Issue', type: 'text' },
  issueSummary: { title: 'Summary', type: 'text' },
  issueType: { title: 'Issue type', type: 'text' },
  projectKey: { title: 'Project', type: 'text' },
  projectName: { title: 'Project name', type: 'text' },
  authorId: { title: 'Author id', type: 'integer' },
  accountId: { title: 'Account id', type: 'text' },
  username: { title: 'Username', type: 'text' },
  author: { title: 'Author', type: 'text' },
  email: { title: 'E-mail', type: 'text' },
  day: { title: 'Day', type: 'day' },
  startTime: { title: 'Start', type: 'text' },
  startedAt: { title: 'Started at', type: 'instant' },
  timeSpentSeconds: { title: 'Seconds', type: 'seconds' },
  billableSeconds: { title: 'Billable seconds', type: 'seconds' },
  comment: { title: 'Comment', type: 'text' },
  category: { title: 'Category', type: 'text' },
  createdAt: { title: 'Created', type: 'instant' },
  updatedAt: { title: 'Updated', type: 'instant' },
  version: { title: 'Version', type: 'integer' },
}

/** What an export holds when nobody says which fields. */
export const usualWorklogFields: readonly WorklogField[] = [
  'id',
  'issueKey',
  'issueSummary',
  'projectKey',
  'author',
  'accountId',
  'day',
  'startTime',
  'timeSpentSeconds',
  'billableSeconds',
  'comment',
  'category',
]

/** Worklogs as a table, one row each in (day, id) order, read while it is written. */
export function worklogTable(
  worklogs: Pick<WorklogStore, 'scan'>,
  query: WorklogQuery,
  fields: readonly WorklogField[],
): Table {
  return {
    name: 'worklogs',
    columns: fields.map((field): Column => {
      const { title, type } = columns[field]
      return { key: field, title, type, ...(type === 'seconds' ? { isSummed: true } : {}) }
    }),
    batches: worklogs.scan(query, fields),
  }
}
