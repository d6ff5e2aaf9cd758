import { guardFormula } from '../../formats/formula-guard.ts'
import type { IssueEntries } from '../../reports/issue-entries.ts'
import type { ExportColumn, ExportRow } from './columns.ts'
import type { Surroundings } from './entries.ts'

/** exportData.csv (contract 5): a byte order mark, line feeds, the total as the last line. */
export async function* renderCsv(
  columns: readonly ExportColumn[],
  entries: AsyncIterable<readonly IssueEntries[]>,
  guardsFormulas: boolean,
  { numbers, language }: Surroundings,
): AsyncGenerator<string> {
  let text = `\ufeff${columns.map(({ header }) => header).join(',')}\n`
  let seconds = 0
  for await (const batch of entries) {
    for (const { info, worklogs } of batch)
      for (const worklog of worklogs) {
        text += `${renderRow(columns, { info, worklog }, guardsFormulas)}\n`
        seconds += worklog.timeSpentSeconds
      }
    if (text.length > 0) yield text
    text = ''
  }
  yield `${text}${totalLine(columns, language.words.total, numbers.text(seconds))}\n`
}

function renderRow(
  columns: readonly ExportColumn[],
  row: ExportRow,
  guardsFormulas: boolean,
): string {
  return columns.map(({ kind, value }) => csvCell(value(row), kind, guardsFormulas)).join(',')
}

/** Texts are always quoted, and nothing is nothing; words and numbers only where they must be. */
export function csvCell(value: string, kind: ExportColumn['kind'], guardsFormulas = false): string {
  if (value === '') return ''
  if (kind === 'text') return quoted(guardsFormulas ? guardFormula(value) : value)
  return /[",\n\r]/.test(value) ? quoted(value) : value
}

function quoted(text: string): string {
  return `"${text.replaceAll('"', '""')}"`
}

/** `Total,,,,,,,48,`: the sum of the seconds, rounded once. */
function totalLine(columns: readonly ExportColumn[], label: string, total: string): string {
  return columns
    .map(({ kind }, at) => {
      if (kind === 'hours') return csvCell(total, 'hours')
      return at === 0 ? label : ''
    })
    .join(',')
}
