import { useQuery } from '@tanstack/react-query'
import { Completeness } from '../parts/completeness.tsx'
import { ErrorState, Skeleton } from '../parts/states.tsx'
import { type Day, isDay, weekdayOf } from '../time/days.ts'
import { useFormat } from '../time/format.ts'
import classes from './approvals.module.css'
import { hoursQuery } from './approvals-query.ts'
import { useApprovalsTexts } from './approvals-texts.ts'

type Props = { readonly person: string; readonly from: Day; readonly to: Day }

const nothing = '·'

/** The hours of a timesheet by issue and day, to read. */
export function HoursTable({ person, from, to }: Props) {
  const t = useApprovalsTexts()
  const format = useFormat()
  const { data, error, isPending, refetch } = useQuery(hoursQuery(person, from, to))
  if (isPending) return <Skeleton lines={6} height={28} />
  if (error) return <ErrorState error={error} onRetry={() => void refetch()} />
  const figure = (cell: unknown) =>
    typeof cell === 'number' && cell > 0 ? format.hours(cell) : nothing
  const isRest = (key: string | null | undefined) => isDay(key) && weekdayOf(key) > 5
  return (
    <>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard */}
      <section className={classes.scroller} tabIndex={0} aria-label={t.hours}>
        <table className={classes.hours}>
          <thead>
            <tr>
              {data.columns.map(({ key, columnKey, role }) => (
                <th key={key} scope="col" data-rest={isRest(columnKey) || undefined}>
                  {role === 'dimension'
                    ? t.issue
                    : isDay(columnKey)
                      ? format.weekday(columnKey)
                      : t.total}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {data.rows.map((row) => (
              <tr key={row.keys.join()}>
                {data.columns.map((column, at) =>
                  column.role === 'dimension' ? (
                    <th key={column.key} scope="row">
                      {String(row.cells[at] ?? '')}
                      <span className={classes.soft}>{row.hints[0]}</span>
                    </th>
                  ) : (
                    <td key={column.key} data-rest={isRest(column.columnKey) || undefined}>
                      {figure(row.cells[at])}
                    </td>
                  ),
                )}
              </tr>
            ))}
          </tbody>
          <tfoot>
            <tr>
              {data.columns.map((column, at) =>
                column.role === 'dimension' ? (
                  <th key={column.key} scope="row">
                    {data.rows.length === 0 ? t.noHours : t.total}
                  </th>
                ) : (
                  <td key={column.key}>{figure(data.total[at])}</td>
                ),
              )}
            </tr>
          </tfoot>
        </table>
      </section>
      {(data.completeness.hidden ?? 0) > 0 ? <Completeness of={data.completeness} /> : null}
    </>
  )
}
