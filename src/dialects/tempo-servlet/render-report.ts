import type { HandOverRow } from '../../domain/hand-over.ts'
import { attributes, decimalText, element, hoursText, xmlDeclaration } from './xml.ts'

export type ReportHeader = {
  readonly from: string
  readonly to: string
  readonly billingKey: string
  readonly usesExternalHours: boolean
}

export type ReportTotals = { readonly count: number; readonly hours: string }

/** Ten digits of an hour: more than any system writes. */
const scale = 10n ** 10n

/** Adds up what the rows of a report say; whole numbers, so that no order of rows changes it. */
export async function sumReport(
  rows: AsyncIterable<readonly HandOverRow[]>,
  usesExternalHours: boolean,
): Promise<ReportTotals> {
  let [count, seconds, external] = [0, 0, 0n]
  for await (const batch of rows)
    for (const row of batch) {
      count += 1
      const hours = usesExternalHours ? row.external?.hours : null
      if (hours == null) seconds += row.timeSpentSeconds
      else external += scaled(hours)
    }
  return { count, hours: decimalText(seconds / 3_600 + Number(external) / Number(scale)) }
}

/** Contract 5: the layout is ours; reporting tools map flat rows. */
export async function* renderReport(
  header: ReportHeader,
  totals: ReportTotals,
  rows: AsyncIterable<readonly HandOverRow[]>,
): AsyncGenerator<string> {
  yield `${xmlDeclaration}<worklog_report${attributes([
    ['date_from', `${header.from} 00:00:00`],
    ['date_to', `${header.to} 23:59:59`],
    ['billing_key', header.billingKey],
    ['use_external_hours', String(header.usesExternalHours)],
    ['number_of_worklogs', String(totals.count)],
    ['total_hours', totals.hours],
  ])}>\n`
  for await (const batch of rows)
    yield batch.map((row) => renderRow(row, header.usesExternalHours)).join('')
  yield '</worklog_report>\n'
}

function renderRow(row: HandOverRow, usesExternalHours: boolean): string {
  const external = usesExternalHours ? row.external?.hours : null
  const cells = [
    element('worklog_id', row.id),
    element('work_date', row.day),
    element('username', row.username),
    element('full_name', row.fullName ?? null),
    element('issue_key', row.issueKey),
    element('issue_summary', row.issueSummary),
    element('project_key', row.issue?.projectKey ?? null),
    element('project_name', row.issue?.projectName ?? null),
    element('billing_key', row.accountKey),
    element('billing_name', row.account?.name ?? null),
    element('activity_name', row.activity.name),
    element('work_description', row.comment),
    element('hours', external ?? hoursText(row.timeSpentSeconds)),
  ]
  return `  <worklog>\n${cells.map((cell) => `    ${cell}\n`).join('')}  </worklog>\n`
}

function scaled(hours: string): bigint {
  const [, sign = '', whole = '0', fraction = ''] = /^(-?)(\d+)(?:\.(\d+))?$/.exec(hours) ?? []
  const value = BigInt(whole) * scale + BigInt(fraction.slice(0, 10).padEnd(10, '0'))
  return sign === '-' ? -value : value
}
