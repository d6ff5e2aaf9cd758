import type {
  HandOverAccount,
  HandOverApproval,
  HandOverIssue,
  HandOverRow,
  Named,
} from '../../domain/hand-over.ts'
import { type Column, type Look, worklogColumns } from './render-worklog.ts'
import { element, stamp, attributes as xmlAttributes, xmlDeclaration } from './xml.ts'

export type Header = {
  readonly from: string
  readonly to: string
  readonly count: number
  readonly durationMs: number
}

/** The document as it goes out: nothing of it is ever whole in memory. */
export async function* renderWorklogs(
  header: Header,
  rows: AsyncIterable<readonly HandOverRow[]>,
  look: Look,
): AsyncGenerator<string> {
  yield `${xmlDeclaration}<worklogs${xmlAttributes(rootAttributes(header, look))}>\n`
  const columns = worklogColumns(look)
  for await (const batch of rows) yield batch.map((row) => renderRow(row, columns, look)).join('')
  yield '</worklogs>\n'
}

/** All of them, always, in this order [contract 2.2]: a client fails on others, and on blanks for booleans. */
function rootAttributes(header: Header, { params }: Look): (readonly [string, string])[] {
  const flag = (value: boolean) => String(value)
  return [
    ['date_from', `${header.from} 00:00:00`],
    ['date_to', `${header.to} 23:59:59`],
    ['number_of_worklogs', String(header.count)],
    ['format', params.format],
    ['diffOnly', flag(params.diffOnly)],
    ['errorsOnly', flag(params.errorsOnly)],
    ['validOnly', flag(params.validOnly)],
    ...(params.saysDeleted
      ? [['addDeletedWorklogs', flag(params.addDeletedWorklogs)] as const]
      : []),
    ['addBillingInfo', flag(params.addBillingInfo)],
    ['addIssueSummary', flag(params.addIssueSummary)],
    ['addIssueDescription', flag(params.addIssueDescription)],
    ['duration_ms', String(header.durationMs)],
    ['headerOnly', flag(params.headerOnly)],
    ['userName', params.userName],
    ['addIssueDetails', flag(params.addIssueDetails)],
    ['addParentIssue', flag(params.addParentIssue)],
    ['addUserDetails', flag(params.addUserDetails)],
    ['addWorklogDetails', flag(params.addWorklogDetails)],
    ['billingKey', params.billingKey],
    ['issueKey', params.issueKey],
    ['projectKey', params.projectKey],
    ['addApprovalStatus', flag(params.addApprovalStatus)],
  ]
}

function renderRow(row: HandOverRow, columns: readonly Column[], look: Look): string {
  const lines = columns.map(([name, text]) => element(name, text(row)))
  const all = [...lines, ...optionalBlocks(row, look)]
  return `  <worklog>\n${all.map((line) => `    ${line}\n`).join('')}  </worklog>\n`
}

/** In the order of contract 2.5: `worklog_details` before `issue_details`. */
function* optionalBlocks(row: HandOverRow, { params, zone }: Look): Iterable<string> {
  if (params.addIssueSummary) yield element('issue_summary', row.issueSummary)
  // Descriptions of issues are not held.
  if (params.addIssueDescription) yield element('issue_description', null)
  if (params.addParentIssue && row.parent)
    yield block('parent_issue', [
      ['issue_key', row.parent.key],
      ['issue_summary', row.parent.summary],
    ])
  if (params.addWorklogDetails)
    yield block('worklog_details', [
      ['created', stamp(row.createdAt, zone)],
      ['updated', stamp(row.updatedAt, zone)],
    ])
  if (params.addUserDetails) yield block('user_details', [['full_name', row.fullName ?? '']])
  if (params.addIssueDetails && row.issue) yield issueDetails(row.issue, zone)
  if (params.addBillingInfo) yield billingInfo(row.account)
  if (params.addApprovalStatus && row.approval) yield* approvalCells(row.approval, zone)
}

/** Children without a value are left out. */
function issueDetails(issue: HandOverIssue, zone: string): string {
  const named = (name: string, { id, name: text }: Named) =>
    [
      [`${name}_id`, id],
      [`${name}_name`, text],
    ] as const
  const seconds = (value: number | null) => (value === null ? null : String(value))
  const at = (value: number | null) => (value === null ? null : stamp(value, zone))
  const cells: (readonly [string, string | null])[] = [
    ...named('type', issue.type),
    ...named('status', issue.status),
    ...named('priority', issue.priority),
    ['project_key', issue.projectKey],
    ['project_name', issue.projectName],
    ['project_category', issue.projectCategory],
    ...named('component', issue.component),
    ...named('version', issue.version),
    ['original_estimate', seconds(issue.originalEstimateSeconds)],
    ['remaining_estimate', seconds(issue.remainingEstimateSeconds)],
    ['created', at(issue.createdAt)],
    ['updated', at(issue.updatedAt)],
  ]
  return block(
    'issue_details',
    cells.filter(([, text]) => text !== null && text !== ''),
  )
}

/** The vocabulary of the billing key list, as elements. */
function billingInfo(account: HandOverAccount | undefined): string {
  if (!account) return '<billing_info/>'
  return block('billing_info', [
    ['key', account.key],
    ['name', account.name],
    ['client', account.customerKey],
    ['client_name', account.customerName],
    ['category', account.categoryName],
    ['category_code', account.categoryKey],
    ['project_owner', account.contactName],
    ['responsable', account.leadName],
    ['enabled', account.status === 'open' ? '3' : '2'],
  ])
}

/** Contract 2.5. */
export const approvalNames = {
  open: 'open',
  waiting: 'waiting_for_approval',
  approved: 'approved',
  rejected: 'rejected',
} as const satisfies Record<HandOverApproval['status'], string>

function* approvalCells(approval: HandOverApproval, zone: string): Iterable<string> {
  yield element('approval_status', approvalNames[approval.status])
  yield element('approval_reviewer', approval.reviewer)
  yield element('approval_tstamp', approval.at === null ? null : stamp(approval.at, zone))
  yield element('approval_comment', approval.comment)
}

function block(name: string, cells: readonly (readonly [string, string | null])[]): string {
  return `<${name}>${cells.map(([child, text]) => element(child, text)).join('')}</${name}>`
}
