import type { Day } from '../domain/day.ts'
import type {
  HandOverAccount,
  HandOverApproval,
  HandOverIssue,
  HandOverPart,
  HandOverRow,
  Named,
} from '../domain/hand-over.ts'
import type { WorklogId } from '../domain/worklog.ts'
import { instantOfText, instantOrNull, numberOrNull } from './rows.ts'

/** A row's cells by the names of `handOverColumns`, as text. */
export type Cells = Readonly<Record<string, string | null>>

/** A row as the domain has it; `accounts` holds those that the rows of its batch name. */
export function toHandOverRow(
  cells: Cells,
  parts: ReadonlySet<HandOverPart>,
  accounts: ReadonlyMap<string, HandOverAccount>,
): HandOverRow {
  const text = (name: string) => cells[name] ?? ''
  const version = named(cells, 'version')
  const component = named(cells, 'component')
  const { account_key: accountKey = null, parent_key: parentKey = null } = cells
  return {
    id: text('id') as WorklogId,
    isGone: text('is_gone') === 'true',
    issueId: text('issue_id'),
    issueKey: text('issue_key'),
    issueSummary: text('issue_summary'),
    timeSpentSeconds: Number(cells.seconds),
    billableSeconds: Number(cells.billable),
    day: text('day') as Day,
    startTime: text('start_time'),
    username: text('username'),
    staffId: text('staff_id'),
    accountKey,
    attributes: jsonOf<[string, string][]>(cells.attributes) ?? [],
    activity: isThere(version)
      ? { kind: 'version', ...version }
      : isThere(component)
        ? { kind: 'component', ...component }
        : { kind: null, id: null, name: null },
    comment: text('comment'),
    parentKey,
    reporter: cells.reporter ?? null,
    createdAt: instantOfText(text('created_at')),
    updatedAt: instantOfText(text('updated_at')),
    external: externalOf(cells),
    fingerprint: text('fingerprint'),
    ...(parts.has('account')
      ? { account: accountKey === null ? undefined : accounts.get(accountKey) }
      : {}),
    ...(parts.has('issue') ? { issue: issueOf(cells, version, component) } : {}),
    ...(parts.has('parent')
      ? {
          parent:
            parentKey === null ? undefined : { key: parentKey, summary: text('parent_summary') },
        }
      : {}),
    ...(parts.has('person') ? { fullName: text('full_name') } : {}),
    ...(parts.has('approval') ? { approval: approvalOf(cells.approval) } : {}),
    ...(parts.has('customFields') ? { customFields: jsonOf(cells.custom_fields) ?? {} } : {}),
  }
}

function externalOf(cells: Cells): HandOverRow['external'] {
  const { external_fingerprint: fingerprint, external_result: result, external_at: at } = cells
  if (fingerprint == null) return undefined
  return {
    externalId: cells.external_id ?? null,
    hours: cells.external_hours ?? null,
    result: result ?? '',
    at: instantOfText(at ?? ''),
    fingerprint,
  }
}

function issueOf(cells: Cells, version: Named, component: Named): HandOverIssue {
  return {
    type: named(cells, 'type'),
    status: named(cells, 'status'),
    priority: named(cells, 'priority'),
    projectKey: cells.project_key ?? '',
    projectName: cells.project_name ?? '',
    projectCategory: cells.project_category ?? null,
    component,
    version,
    originalEstimateSeconds: numberOrNull(cells.original_estimate ?? null),
    remainingEstimateSeconds: numberOrNull(cells.remaining_estimate ?? null),
    createdAt: instantOrNull(cells.issue_created_at ?? null),
    updatedAt: instantOrNull(cells.issue_updated_at ?? null),
  }
}

/** A timesheet nobody touched is open. */
function approvalOf(cell: string | null | undefined): HandOverApproval {
  const known = jsonOf<[HandOverApproval['status'], string | null, string | null, string]>(cell)
  if (!known) return { status: 'open', reviewer: null, at: null, comment: '' }
  const [status, reviewer, at, comment] = known
  return { status, reviewer, at: at === null ? null : Date.parse(at), comment }
}

function named(cells: Cells, what: string): Named {
  return { id: cells[`${what}_id`] ?? null, name: cells[`${what}_name`] ?? null }
}

function isThere({ id, name }: Named): boolean {
  return id !== null || name !== null
}

function jsonOf<T>(cell: string | null | undefined): T | undefined {
  return cell == null ? undefined : (JSON.parse(cell) as T)
}
