import { cellText, toHtml } from '../../formats/html-text.ts'
import type { IssueEntries } from '../../reports/issue-entries.ts'
import { progressPercent } from '../../reports/measures.ts'
import { csvCell } from './csv.ts'
import type { Surroundings } from './entries.ts'
import { workbookEnd, workbookStart } from './html.ts'
import type { Numbers } from './numbers.ts'

function headers({ language: { words }, numbers: { letter } }: Surroundings, isPretty = false) {
  const times = [
    words.originalestimate,
    words.remainingestimate,
    words.timespent,
    words.variance,
    words.originalremaining,
  ]
  return [
    ...[words.project, words.issuetype, words.key, words.summary, words.priority],
    ...times.map((title) => (isPretty ? title : `${title} (${letter})`)),
    words.progress,
  ]
}

type Text = Numbers['text']

type Tracked = { readonly original: number; readonly remaining: number; readonly spent: number }

/** exportData.csv of the TimeTracking report (contract 5.8): one line per issue. */
export async function* renderTimeTracking(
  entries: AsyncIterable<readonly IssueEntries[]>,
  around: Surroundings,
): AsyncGenerator<string> {
  yield `\ufeff${headers(around).join(',')}\n`
  for await (const rows of trackedRows(entries, around.numbers.text))
    yield rows
      .map(({ names, figures }) => {
        const cells = names.map((name, at) => csvCell(name, at === 1 || at === 2 ? 'bare' : 'text'))
        const label = names.length === 0 ? [around.language.words.total, '', '', '', ''] : cells
        return `${[...label, ...figures.map((one) => csvCell(one, 'hours'))].join(',')}\n`
      })
      .join('')
}

/** The same as a table that spreadsheets open. */
export async function* renderTimeTrackingXls(
  entries: AsyncIterable<readonly IssueEntries[]>,
  around: Surroundings,
  isView: boolean,
): AsyncGenerator<string> {
  const { numbers } = around
  const textOf = isView ? numbers.shown : numbers.text
  const heads = headers(around, isView && numbers.isPretty).map(
    (header) => `    <th>${toHtml(header)}</th>\n`,
  )
  yield `${workbookStart(numbers)}<table>\n  <tr>\n${heads.join('')}  </tr>\n`
  for await (const rows of trackedRows(entries, textOf))
    yield rows
      .map(({ names, figures }) => {
        const label =
          names.length === 0 ? [around.language.words.total, '', '', '', ''] : names.map(cellText)
        const cells = [...label, ...figures].map((one) => `    <td>${one}</td>\n`)
        return `  <tr>\n${cells.join('')}  </tr>\n`
      })
      .join('')
  yield `</table>\n${workbookEnd}`
}

type TrackedRow = { readonly names: readonly string[]; readonly figures: readonly string[] }

/** A row per issue; the total is the row without names. */
async function* trackedRows(
  entries: AsyncIterable<readonly IssueEntries[]>,
  textOf: Text,
): AsyncGenerator<readonly TrackedRow[]> {
  const total = { original: 0, remaining: 0, spent: 0 }
  let open = 0
  for await (const batch of entries) {
    const rows: TrackedRow[] = []
    for (const { info, worklogs, isLast } of batch) {
      open += worklogs.reduce((sum, { timeSpentSeconds }) => sum + timeSpentSeconds, 0)
      if (!isLast) continue
      const { issue, project } = info
      const tracked = {
        original: issue.originalEstimateSeconds ?? 0,
        remaining: issue.remainingEstimateSeconds ?? 0,
        spent: open,
      }
      open = 0
      total.original += tracked.original
      total.remaining += tracked.remaining
      total.spent += tracked.spent
      rows.push({
        names: [
          project.name,
          issue.issueType ?? '',
          issue.key,
          issue.summary,
          issue.priority ?? '',
        ],
        figures: figuresOf(tracked, textOf),
      })
    }
    yield rows
  }
  yield [{ names: [], figures: figuresOf(total, textOf) }]
}

function figuresOf({ original, remaining, spent }: Tracked, textOf: Text): string[] {
  const hours = [original, remaining, spent, original - (spent + remaining), original - spent]
  const progress = progressPercent(spent, remaining)
  return [...hours.map(textOf), progress === null ? '' : `${progress}%`]
}
