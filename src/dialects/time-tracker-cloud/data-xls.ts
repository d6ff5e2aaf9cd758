import { cellText, toHtml } from '../../formats/html-text.ts'
import type { IssueEntries } from '../../reports/issue-entries.ts'
import type { ExportColumn, ExportRow } from './columns.ts'
import type { Surroundings } from './entries.ts'
import { workbookEnd, workbookStart } from './html.ts'

/** exportData.xls (contract 6.1): the rows of the CSV as a table that spreadsheets open. */
export async function* renderDataXls(
  columns: readonly ExportColumn[],
  entries: AsyncIterable<readonly IssueEntries[]>,
  around: Surroundings,
): AsyncGenerator<string> {
  const heads = columns.map(({ header }) => `    <th>${toHtml(header)}</th>\n`)
  let text = `${workbookStart(around.numbers)}<table>\n  <tr>\n${heads.join('')}  </tr>\n`
  let seconds = 0
  for await (const batch of entries) {
    for (const { info, worklogs } of batch)
      for (const worklog of worklogs) {
        const cells = columns.map((column) => renderCell(column, { info, worklog }, around))
        text += row(cells)
        seconds += worklog.timeSpentSeconds
      }
    yield text
    text = ''
  }
  const totals = columns.map(({ kind }, at) =>
    kind === 'hours' ? around.numbers.text(seconds) : at === 0 ? around.language.words.total : '',
  )
  yield `${text}${row(totals)}</table>\n${workbookEnd}`
}

function row(cells: readonly string[]): string {
  return `  <tr>\n${cells.map((cell) => `    <td>${cell}</td>\n`).join('')}  </tr>\n`
}

function renderCell(column: ExportColumn, entry: ExportRow, { jiraUrlOf }: Surroundings): string {
  // the CSV has its own way with tags; here the text is escaped as all others are
  const isComment = column.id === 'descriptionstatus'
  const value = isComment ? entry.worklog.comment : column.value(entry)
  const text = column.kind === 'text' ? cellText(value) : toHtml(value)
  if (!column.isLink) return text
  const { issue } = entry.info
  return `<a href='${toHtml(jiraUrlOf(issue.connectionId))}/browse/${toHtml(issue.key)}'>${text}</a>`
}
