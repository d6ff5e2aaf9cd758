import { Button } from '@mantine/core'
import { useInfiniteQuery } from '@tanstack/react-query'
import type { ReportDefinitionBody } from '../../../src/api/contract.ts'
import { Completeness } from '../parts/completeness.tsx'
import { SideDrawer } from '../parts/side-drawer.tsx'
import { ErrorState, Skeleton } from '../parts/states.tsx'
import { useFormat } from '../time/format.ts'
import { DrillEntry } from './drill-entry.tsx'
import classes from './reports.module.css'
import { drillQuery, type Place } from './reports-query.ts'
import { useReportsTexts } from './reports-texts.ts'

type Props = {
  readonly definition: ReportDefinitionBody
  readonly place: Place
  readonly title: string
  readonly onClose: () => void
}

/** The worklogs behind a cell: as many, and as many hours, as the cell says. */
export function DrillPanel({ definition, place, title, onClose }: Props) {
  const t = useReportsTexts()
  const format = useFormat()
  const query = useInfiniteQuery(drillQuery(definition, place))
  const { data, error, isPending, hasNextPage, isFetchingNextPage } = query
  const whole = data?.pages[0]?.completeness
  const worklogs = data?.pages.flatMap((page) => page.worklogs) ?? []
  return (
    <SideDrawer title={title} onClose={onClose}>
      {isPending ? (
        <Skeleton lines={8} height={40} />
      ) : error ? (
        <ErrorState error={error} onRetry={() => void query.refetch()} />
      ) : (
        <>
          <p className={classes.drillSum}>
            <strong>{format.hours(whole?.seconds ?? 0)}</strong>
            <span>{t.worklogCount(format.number(whole?.total ?? 0))}</span>
          </p>
          <ul className={classes.entries}>
            {worklogs.map((worklog) => (
              <DrillEntry key={worklog.id} worklog={worklog} />
            ))}
          </ul>
          {hasNextPage ? (
            <Button
              variant="default"
              loading={isFetchingNextPage}
              onClick={() => void query.fetchNextPage()}
            >
              {t.showMore}
            </Button>
          ) : null}
          {whole ? <Completeness of={whole} /> : null}
        </>
      )}
    </SideDrawer>
  )
}
