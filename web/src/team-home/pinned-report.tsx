import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { lazy, Suspense, useId } from 'react'
import type { TeamHomeBody } from '../../../src/api/contract.ts'
import { reasonOf } from '../api/problem.ts'
import { Completeness } from '../parts/completeness.tsx'
import { notify } from '../parts/notices.tsx'
import { PlainButton } from '../parts/plain-button.tsx'
import { ErrorState, Skeleton } from '../parts/states.tsx'
import { searchFrom } from '../reports/report-definition.ts'
import { useReportNames } from '../reports/report-names.ts'
import { useFormat } from '../time/format.ts'
import { PinnedTable } from './pinned-table.tsx'
import classes from './team-home.module.css'
import { homeQuery, type Pinned, pinnedQuery, pinReport, unpinReport } from './team-home-query.ts'
import { useTeamHomeTexts } from './team-home-texts.ts'

const ReportChart = lazy(async () => ({
  default: (await import('../reports/report-chart.tsx')).ReportChart,
}))

const chartHeight = 260

type Props = { readonly home: TeamHomeBody; readonly pinned: Pinned }

/** One report at the home of a team, as a small table or a chart. */
export function PinnedReport({ home, pinned }: Props) {
  const t = useTeamHomeTexts()
  const format = useFormat()
  const names = useReportNames()
  const client = useQueryClient()
  const id = useId()
  const { report, shownAs } = pinned
  const { data, error, isPending, refetch } = useQuery(pinnedQuery(home.id, pinned))
  const renew = () => client.invalidateQueries({ queryKey: homeQuery(home.id).queryKey })
  const fail = (failure: Error) => notify({ kind: 'bad', text: reasonOf(failure) })
  const pin = useMutation({
    mutationFn: (shape: typeof shownAs) => pinReport(home.id, report.id, shape),
    onError: fail,
    onSettled: renew,
  })
  const unpin = useMutation({
    mutationFn: () => unpinReport(home.id, report.id),
    onSuccess: () =>
      notify({
        text: t.unpinned(report.name),
        action: { label: t.undo, run: () => pin.mutate(shownAs) },
      }),
    onError: fail,
    onSettled: renew,
  })
  const other = shownAs === 'chart' ? 'table' : 'chart'
  const across = report.definition.columns ?? null
  const { period } = data ?? {}
  return (
    <section className={classes.report} aria-labelledby={id}>
      <div className={classes.head}>
        <h2 id={id} className={classes.name}>
          {report.name}
        </h2>
        {period?.from && period.to ? (
          <span className={classes.soft}>{format.range(period.from, period.to)}</span>
        ) : null}
        <div className={classes.tools}>
          <Link
            to="/reports"
            search={{
              ...searchFrom(report.id, report.definition),
              ...(shownAs === 'chart' ? { view: 'chart' as const } : {}),
            }}
            aria-label={t.openOf(report.name)}
          >
            {t.open}
          </Link>
          {home.mayChange ? (
            <>
              <PlainButton
                aria-label={
                  other === 'chart' ? t.showChartOf(report.name) : t.showTableOf(report.name)
                }
                onClick={() => pin.mutate(other)}
              >
                {other === 'chart' ? t.showChart : t.showTable}
              </PlainButton>
              <PlainButton aria-label={t.unpinOf(report.name)} onClick={() => unpin.mutate()}>
                {t.unpin}
              </PlainButton>
            </>
          ) : null}
        </div>
      </div>
      {isPending ? (
        <Skeleton lines={6} height={24} />
      ) : error ? (
        <ErrorState error={error} onRetry={() => void refetch()} />
      ) : data.completeness.total === 0 ? (
        <p className={classes.soft}>{t.noHours}</p>
      ) : shownAs === 'chart' ? (
        <Suspense fallback={<Skeleton lines={6} height={24} />}>
          <ReportChart report={data} across={across} names={names} height={chartHeight} />
        </Suspense>
      ) : (
        <PinnedTable name={report.name} report={data} across={across} names={names} />
      )}
      {data ? <Completeness of={data.completeness} /> : null}
    </section>
  )
}
