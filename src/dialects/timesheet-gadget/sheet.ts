import type { WorklogView } from '../../domain/worklog.ts'
import { guardFormula } from '../../formats/formula-guard.ts'
import { toHtml } from '../../formats/html-text.ts'
import { hoursText, plainHours } from '../../reports/hours.ts'
import type { IssueEntries } from '../../reports/issue-entries.ts'
import { type IssueInfo, issueFieldTitle } from '../../reports/issue-fields.ts'
import type { Caller } from './caller.ts'
import { fieldLabel, userName } from './field-label.ts'

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']

/** Hours without grouping: naive readers split lines at commas and parse what they find. */
export function sheetHours(seconds: number): string {
  return hoursText(seconds, { ...plainHours, isGrouped: false })
}

/** Headers of the raw rows; CSV and Excel view call two of them differently (contract 4.4, 4.5). */
function headers(moreFields: readonly string[], caller: Caller, isExcel: boolean): string[] {
  return [
    ...['Project', 'Type', 'Key', 'Title'],
    ...moreFields.map((id) => fieldTitle(id, caller)),
    isExcel ? 'Date' : 'Started',
    'Username',
    isExcel ? 'Time Spent (h)' : 'Time Spent (Hours)',
    'Comment',
  ]
}

function cells(
  info: IssueInfo,
  worklog: WorklogView,
  moreFields: readonly string[],
  caller: Caller,
): string[] {
  const { issue, project } = info
  return [
    project.name,
    issue.issueType ?? '',
    issue.key,
    issue.summary,
    ...moreFields.map((id) => fieldCell(id, info, caller)),
    startedText(worklog, caller),
    userName(worklog.author),
    sheetHours(worklog.timeSpentSeconds),
    worklog.comment,
  ]
}

/** Fields as Jira's own lists call them. */
function fieldTitle(id: string, { fields }: Caller): string {
  return times.get(id.toLowerCase()) ?? issueFieldTitle(id, fields)
}

const times = new Map([
  ['timespent', 'Time Spent'],
  ['timetracking', 'Time Tracking'],
])

/** As in the raw form, but times in hours like all others of the sheet. */
function fieldCell(id: string, info: IssueInfo, { zone }: Caller): string {
  const label = fieldLabel(id, info, zone)
  const isTime = /^time(?:spent|tracking|estimate|originalestimate)$/i.test(id)
  return isTime && label !== '' ? sheetHours(Number(label)) : label
}

/** The label first, the hours in their column, nothing else. */
function totals(moreFields: readonly string[], seconds: number): string[] {
  const blanks = Array.from({ length: 5 + moreFields.length }, () => '')
  return ['Total', ...blanks, sheetHours(seconds), '']
}

/** Jira's own form `04/Mar/24 9:00 AM` where there is a Jira, else ISO's; never a comma. */
function startedText({ day, startTime }: WorklogView, { hasJira }: Caller): string {
  const minutes = startTime.slice(0, 5)
  if (!hasJira) return `${day} ${minutes}`
  const hour = Number(startTime.slice(0, 2))
  const month = months[Number(day.slice(5, 7)) - 1]
  const clock = `${hour % 12 === 0 ? 12 : hour % 12}:${minutes.slice(3)} ${hour < 12 ? 'AM' : 'PM'}`
  return `${day.slice(8)}/${month}/${day.slice(2, 4)} ${clock}`
}

/** csvExport: raw worklogs, every value quoted, the total last, no byte order mark. */
export async function* renderCsv(
  batches: AsyncIterable<readonly IssueEntries[]>,
  moreFields: readonly string[],
  caller: Caller,
): AsyncGenerator<string> {
  let text = csvLine(headers(moreFields, caller, false))
  let seconds = 0
  for await (const batch of batches) {
    for (const { info, worklogs } of batch)
      for (const worklog of worklogs) {
        text += csvLine(cells(info, worklog, moreFields, caller))
        seconds += worklog.timeSpentSeconds
      }
    yield text
    text = ''
  }
  yield text + csvLine(totals(moreFields, seconds))
}

function csvLine(values: readonly string[]): string {
  return `${values.map((value) => `"${value.replaceAll('"', '""')}"`).join(',')}\n`
}

/** The document that Excel opens, around whatever table it shows (contract 4.5). */
export const excelStart = `<html>
<head>
<meta http-equiv="Content-Type" content="application/vnd.ms-excel; charset=UTF-8"/>
<title>Timesheet Report</title>
</head>
<body>
<table><tr><td>
`
export const excelEnd = '</td></tr></table>\n</body>\n</html>\n'

/** htmlExport: the raw rows as a table. */
export async function* renderExcel(
  batches: AsyncIterable<readonly IssueEntries[]>,
  moreFields: readonly string[],
  caller: Caller,
): AsyncGenerator<string> {
  const bold = headers(moreFields, caller, true).map(
    (header) => `<td><b>${toHtml(header)}</b></td>`,
  )
  let text = `${excelStart}<table border="1">\n<tr class=rowHeader>${bold.join('')}</tr>\n`
  let seconds = 0
  for await (const batch of batches) {
    for (const { info, worklogs } of batch)
      for (const worklog of worklogs) {
        text += excelRow(cells(info, worklog, moreFields, caller))
        seconds += worklog.timeSpentSeconds
      }
    yield text
    text = ''
  }
  yield `${text}${excelRow(totals(moreFields, seconds))}</table>\n${excelEnd}`
}

function excelRow(values: readonly string[]): string {
  return `<tr>${values.map((value) => `<td>${excelText(value)}</td>`).join('')}</tr>\n`
}

function excelText(value: string): string {
  const isFormula = guardFormula(value) !== value
  return `${isFormula ? "'" : ''}${toHtml(value)}`
}
