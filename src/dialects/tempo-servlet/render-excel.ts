import type { HandOverRow } from '../../domain/hand-over.ts'
import { type Column, type Look, worklogColumns } from './render-worklog.ts'
import { approvalNames } from './render-worklogs.ts'
import { stamp, xmlAttribute } from './xml.ts'

/** An HTML table under the name of a spreadsheet [contract 2.6]: names first, then a row a worklog. */
export async function* renderExcel(
  rows: AsyncIterable<readonly HandOverRow[]>,
  look: Look,
): AsyncGenerator<string> {
  yield '<html><head><meta http-equiv="Content-Type" content="text/html; charset=UTF-8"/></head><body><table border="1">\n'
  const columns = excelColumns(look)
  yield line(
    'th',
    columns.map(([name]) => name),
  )
  for await (const batch of rows)
    yield batch
      .map((row) =>
        line(
          'td',
          columns.map(([, text]) => text(row) ?? ''),
        ),
      )
      .join('')
  yield '</table></body></html>\n'
}

/** The default set and what else is flat; descriptions, parents and properties are for XML only. */
function excelColumns(look: Look): readonly Column[] {
  const { params, zone } = look
  const columns: Column[] = [...worklogColumns(look)]
  if (params.addIssueSummary) columns.push(['issue_summary', (row) => row.issueSummary])
  if (params.addWorklogDetails)
    columns.push(
      ['created', (row) => stamp(row.createdAt, zone)],
      ['updated', (row) => stamp(row.updatedAt, zone)],
    )
  if (params.addUserDetails) columns.push(['full_name', (row) => row.fullName ?? null])
  if (params.addIssueDetails)
    columns.push(
      ['type_name', (row) => row.issue?.type.name ?? null],
      ['priority_name', (row) => row.issue?.priority.name ?? null],
      ['project_key', (row) => row.issue?.projectKey ?? null],
      ['project_name', (row) => row.issue?.projectName ?? null],
      ['project_category', (row) => row.issue?.projectCategory ?? null],
    )
  if (params.addBillingInfo)
    columns.push(
      ['billing_name', (row) => row.account?.name ?? null],
      ['client_name', (row) => row.account?.customerName ?? null],
    )
  if (params.addApprovalStatus)
    columns.push([
      'approval_status',
      (row) => (row.approval ? approvalNames[row.approval.status] : null),
    ])
  return columns
}

function line(tag: 'th' | 'td', cells: readonly string[]): string {
  return `<tr>${cells.map((text) => `<${tag}>${xmlAttribute(text)}</${tag}>`).join('')}</tr>\n`
}
