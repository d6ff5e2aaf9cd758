import { figureText } from '../reports/figure.ts'
import type { ReportNames } from '../reports/report-names.ts'
import { rowId } from '../reports/report-rows.ts'
import type { ReportBody } from '../reports/reports-query.ts'
import { useFormat } from '../time/format.ts'
import classes from './team-home.module.css'
import { useTeamHomeTexts } from './team-home-texts.ts'

const mostRows = 8

type Props = {
  readonly name: string
  readonly report: ReportBody
  readonly across: string | null
  readonly names: ReportNames
}

/** The outermost rows of a report with their figures, the largest of them, and the total of all. */
export function PinnedTable({ name, report, across, names }: Props) {
  const t = useTeamHomeTexts()
  const format = useFormat()
  const dimension = report.columns.find(({ role }) => role === 'dimension')?.dimension
  const values = report.columns
    .map((column, at) => ({ column, at }))
    .filter(({ column }) => column.role === 'value')
    // What all of it comes to stands in sight, however far the rest goes.
    .toSorted((a, b) => Number(a.column.columnKey != null) - Number(b.column.columnKey != null))
  const hasMany = new Set(values.map(({ column }) => column.measure)).size > 1
  const outer = dimension === undefined ? [] : report.rows.filter(({ keys }) => keys.length === 1)
  const first = values[0]?.at ?? 0
  const shown = outer
    .toSorted((a, b) => Number(b.cells[first] ?? 0) - Number(a.cells[first] ?? 0))
    .slice(0, mostRows)
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard
    <section className={classes.scroller} tabIndex={0} aria-label={t.figuresOf(name)}>
      <table className={classes.table}>
        <thead>
          <tr>
            <th scope="col">{dimension === undefined ? '' : names.dimension(dimension)}</th>
            {values.map(({ column }) => (
              <th key={column.key} scope="col">
                {names.column(column, across, hasMany)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {shown.map(({ keys, cells }) => (
            <tr key={rowId(keys)}>
              <th scope="row">
                {names.value(dimension ?? '', keys[0] ?? '', String(cells[0] ?? ''))}
              </th>
              {values.map(({ column, at }) => (
                <td key={column.key}>{figureText(format, column, cells[at])}</td>
              ))}
            </tr>
          ))}
        </tbody>
        <tfoot>
          <tr>
            <th scope="row">
              {t.total}
              {outer.length > shown.length ? (
                <span className={classes.soft}>
                  {` · ${t.moreRows(format.number(outer.length - shown.length))}`}
                </span>
              ) : null}
            </th>
            {values.map(({ column, at }) => (
              <td key={column.key}>{figureText(format, column, report.total[at])}</td>
            ))}
          </tr>
        </tfoot>
      </table>
    </section>
  )
}
