import type { WorklogView } from '../../domain/worklog.ts'
import { cellText, toHtml } from '../../formats/html-text.ts'
import type { IssueEntries } from '../../reports/issue-entries.ts'
import { type IssueInfo, issueField } from '../../reports/issue-fields.ts'
import type { Surroundings } from './entries.ts'
import { fieldHeader, fieldText } from './field-text.ts'
import { workbookEnd, workbookStart } from './html.ts'
import type { Axis } from './view-axis.ts'

/** A group of worklogs; `labels` are those of its categories, outermost first, as HTML. */
export type ViewGroup = {
  readonly labels: readonly string[]
  readonly entries: () => AsyncIterable<readonly IssueEntries[]>
  readonly sums: ReadonlyMap<string, number>
}

export type View = {
  readonly axis: Axis
  readonly isDetailed: boolean
  readonly moreFields: readonly string[]
  readonly around: Surroundings
  /** Captions of the grouping columns; empty where rows are issues. */
  readonly groupings: readonly string[]
  readonly sums: ReadonlyMap<string, number>
}

const blank = "<td class='nav border'>&nbsp;</td>"

/** exportView.xls with a row per issue and, unless compressed, one per worklog below it. */
export async function* renderIssueView(
  view: View,
  entries: AsyncIterable<readonly IssueEntries[]>,
): AsyncGenerator<string> {
  const fieldSums = view.moreFields.map(() => 0)
  const open = newIssue()
  yield head(view)
  for await (const batch of entries) {
    let text = ''
    for (const { info, worklogs, isLast } of batch) {
      for (const worklog of worklogs) {
        addTo(open.sums, view.axis.keyOf(worklog), worklog.timeSpentSeconds)
        if (view.isDetailed) open.rows.push(detailRow(view, worklog))
      }
      if (!isLast) continue
      view.moreFields.forEach((id, at) => {
        fieldSums[at]! += secondsOf(id, info) ?? 0
      })
      const description = view.isDetailed ? [cell('')] : []
      const cells = [...issueCells(view, info, undefined), ...description]
      text += row([...cells, ...sumCells(view, open.sums)]) + open.rows.join('')
      Object.assign(open, newIssue())
    }
    yield text
  }
  yield footer(view, fieldSums)
}

/** exportView.xls by groups: a row per group, then its worklogs with everything of their issue. */
export async function* renderGroupView(
  view: View,
  groups: readonly ViewGroup[],
): AsyncGenerator<string> {
  yield head(view)
  for (const group of groups) {
    const labels = group.labels.map((label) => `<td class='nav border'>${label}</td>`)
    const rest = Array.from({ length: issueWidth(view) }, () => cell(''))
    yield row([...labels, ...rest, ...sumCells(view, group.sums)])
    if (!view.isDetailed) continue
    for await (const batch of group.entries()) {
      let text = ''
      for (const { info, worklogs } of batch)
        for (const worklog of worklogs)
          text += row([
            ...view.groupings.map(() => blank),
            ...issueCells(view, info, worklog),
            cell(cellText(worklog.comment)),
            ...hourCells(view, worklog),
          ])
      yield text
    }
  }
  yield footer(view, undefined)
}

function newIssue() {
  return { sums: new Map<string, number>(), rows: [] as string[] }
}

function addTo(sums: Map<string, number>, key: string, seconds: number): void {
  sums.set(key, (sums.get(key) ?? 0) + seconds)
}

/** Columns between the groupings and the hours; none where only groups are shown. */
function issueWidth({ groupings, isDetailed, moreFields }: View): number {
  if (groupings.length > 0 && !isDetailed) return 0
  return 5 + moreFields.length + (isDetailed ? 1 : 0)
}

function head(view: View): string {
  const { groupings, isDetailed, moreFields, around, axis } = view
  const { words } = around.language
  const issue =
    issueWidth(view) === 0
      ? []
      : [
          ...[words.issuetype, words.parent, words.key, words.summary, words.priority],
          ...moreFields.map((id) => fieldHeader(id, around)),
          ...(isDetailed ? [words.descriptionstatus] : []),
        ]
  const captions = axis.columns.map(({ caption }) => caption)
  const heads = [...groupings, ...issue, ...captions, words.total].map(
    (caption) => `<th class='nav border total'>${toHtml(caption)}</th>`,
  )
  return `${workbookStart(around.numbers)}<table class="aui aui-table-list">\n<tr class='rowFooter'>${heads.join('')}</tr>\n`
}

function issueCells(view: View, info: IssueInfo, worklog: WorklogView | undefined): string[] {
  const { issue, parent } = info
  const { around, moreFields } = view
  const link = (key: string) =>
    `<a href='${toHtml(around.jiraUrlOf(issue.connectionId))}/browse/${toHtml(key)}'>${toHtml(key)}</a>`
  return [
    cell(cellText(issue.issueType ?? '')),
    `<td class='nav border' nowrap>${parent ? link(parent.key) : ''}</td>`,
    `<td class='nav border' nowrap>${link(issue.key)}</td>`,
    cell(cellText(issue.summary)),
    cell(cellText(issue.priority ?? '')),
    ...moreFields.map((id) => cell(cellText(fieldText(id, { info, worklog }, around)))),
  ]
}

function detailRow(view: View, worklog: WorklogView): string {
  const blanks = Array.from({ length: 5 + view.moreFields.length }, () => blank)
  return row([...blanks, cell(cellText(worklog.comment)), ...hourCells(view, worklog)])
}

/** The hours of one worklog in its column, nothing in the others. */
function hourCells({ axis, around }: View, worklog: WorklogView): string[] {
  const key = axis.keyOf(worklog)
  return [
    ...axis.columns.map((column) =>
      column.key === key ? cell(around.numbers.shown(worklog.timeSpentSeconds)) : blank,
    ),
    "<td class='nav border total'>&nbsp;</td>",
  ]
}

function sumCells({ axis, around }: View, sums: ReadonlyMap<string, number>): string[] {
  const cells = axis.columns.map(({ key }) => {
    const seconds = sums.get(key)
    return cell(seconds === undefined ? '' : around.numbers.shown(seconds))
  })
  return [...cells, `<td class='nav border total'>${around.numbers.shown(totalOf(sums))}</td>`]
}

function totalOf(sums: ReadonlyMap<string, number>): number {
  let total = 0
  for (const seconds of sums.values()) total += seconds
  return total
}

function footer(view: View, fieldSums: readonly number[] | undefined): string {
  const { groupings, isDetailed, moreFields, axis, sums, around } = view
  const { shown: text } = around.numbers
  const span = issueWidth(view) === 0 ? groupings.length : 5 + groupings.length
  const th = (shown: string, more = '') => `<th class='nav border total'${more}>${shown}</th>`
  const fields =
    issueWidth(view) === 0
      ? []
      : moreFields.map((id, at) => th(isSeconds(id) && fieldSums ? text(fieldSums[at] ?? 0) : ''))
  const cells = [
    th(around.language.words.total, ` colspan=${span}`),
    ...fields,
    ...(isDetailed ? [th('')] : []),
    ...axis.columns.map(({ key }) => th(text(sums.get(key) ?? 0))),
    th(text(totalOf(sums))),
  ]
  return `<tr class='rowFooter'>${cells.join('')}</tr>\n</table>\n${workbookEnd}`
}

function isSeconds(id: string): boolean {
  return /^time(?:spent|estimate|originalestimate)$/i.test(id)
}

function secondsOf(id: string, info: IssueInfo): number | undefined {
  const value = isSeconds(id) ? issueField(id, info) : null
  return value?.kind === 'seconds' ? value.seconds : undefined
}

function row(cells: readonly string[]): string {
  return `<tr>${cells.join('')}</tr>\n`
}

function cell(html: string): string {
  return `<td class='nav border'>${html}</td>`
}
