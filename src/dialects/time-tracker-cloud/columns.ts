import { invalidField } from '../../domain/errors.ts'
import type { WorklogView } from '../../domain/worklog.ts'
import type { IssueInfo } from '../../reports/issue-fields.ts'
import type { Surroundings } from './entries.ts'
import { clockText, fieldHeader, fieldText } from './field-text.ts'

export type ExportRow = { readonly info: IssueInfo; readonly worklog: WorklogView }

/**
 * A column of exportData. `text` is quoted and may be guarded, `bare` is a word or date as it is,
 * `hours` is the sum's column.
 */
export type ExportColumn = {
  readonly id: string
  readonly header: string
  readonly kind: 'text' | 'bare' | 'hours'
  readonly value: (row: ExportRow) => string
  readonly isLink?: boolean
}

/** What may be exported beside the hours, in the order it always has (contract 5.2). */
export const exportColumnIds = [
  'project',
  'issuetype',
  'key',
  'summary',
  'priority',
  'workcreated',
  'worklogid',
  'datestarted',
  'displayname',
  'emailaddress',
  'accountid',
  'descriptionstatus',
] as const

type ExportColumnId = (typeof exportColumnIds)[number]

export const usualExportColumns: readonly ExportColumnId[] = [
  'project',
  'issuetype',
  'key',
  'summary',
  'priority',
  'datestarted',
  'displayname',
  'descriptionstatus',
]

const mostMoreFields = 100

/** The columns of one export: those chosen, the request's own after Priority, the hours always. */
export function exportColumns(
  chosen: readonly string[],
  moreFields: readonly string[],
  around: Surroundings,
): readonly ExportColumn[] {
  if (moreFields.length > mostMoreFields)
    throw invalidField('moreFields', `at most ${mostMoreFields}`)
  const columns = fixedColumns(around)
  const isShown = (id: string) => chosen.includes(id)
  const before = exportColumnIds.slice(0, 5).filter(isShown)
  const middle = exportColumnIds.slice(5, 11).filter(isShown)
  const own = moreFields.filter((id) => !before.some((one) => one === id.toLowerCase()))
  return [
    ...before.map((id) => columns[id]),
    ...own.map(
      (id): ExportColumn => ({
        id,
        header: fieldHeader(id, around),
        kind: 'text',
        value: (row) => fieldText(id, row, around),
      }),
    ),
    ...middle.map((id) => columns[id]),
    {
      id: 'timespent',
      header: `${around.language.words.timespent} (${around.numbers.letter})`,
      kind: 'hours',
      value: ({ worklog }) =>
        worklog.timeSpentSeconds === 0 ? '' : around.numbers.text(worklog.timeSpentSeconds),
    },
    ...(isShown('descriptionstatus') ? [columns.descriptionstatus] : []),
  ]
}

function fixedColumns({
  zone,
  language,
}: Surroundings): Readonly<Record<ExportColumnId, ExportColumn>> {
  const column = (
    id: ExportColumnId,
    kind: ExportColumn['kind'],
    value: ExportColumn['value'],
    isLink = false,
  ): ExportColumn => ({
    id,
    header: language.words[id],
    kind,
    value,
    ...(isLink ? { isLink } : {}),
  })
  return {
    project: column('project', 'text', ({ info }) => info.project.name),
    issuetype: column('issuetype', 'bare', ({ info }) => info.issue.issueType ?? ''),
    key: column('key', 'bare', ({ info }) => info.issue.key, true),
    summary: column('summary', 'text', ({ info }) => info.issue.summary, true),
    priority: column('priority', 'text', ({ info }) => info.issue.priority ?? ''),
    workcreated: column('workcreated', 'bare', ({ worklog }) => clockText(worklog.createdAt, zone)),
    worklogid: column('worklogid', 'bare', ({ worklog }) => worklog.jiraId),
    datestarted: column(
      'datestarted',
      'bare',
      ({ worklog }) => `${worklog.day} ${worklog.startTime}`,
    ),
    displayname: column('displayname', 'text', ({ worklog }) => worklog.author.displayName),
    emailaddress: column('emailaddress', 'text', ({ worklog }) => worklog.author.email ?? ''),
    accountid: column('accountid', 'bare', ({ worklog }) => worklog.author.accountId),
    descriptionstatus: column('descriptionstatus', 'text', ({ worklog }) =>
      oneLine(worklog.comment),
    ),
  }
}

/** A comment on one line, its tags made harmless as the original does. */
export function oneLine(comment: string): string {
  return comment.replace(/\r\n|\n/g, ' ').replace(/<([^<>]*)>/g, '&lt;$1&gt;')
}
