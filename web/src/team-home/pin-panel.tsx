import { Button } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { TeamHomeBody } from '../../../src/api/contract.ts'
import { reasonOf } from '../api/problem.ts'
import { notify } from '../parts/notices.tsx'
import { SideDrawer } from '../parts/side-drawer.tsx'
import { ErrorState, Skeleton, StateMessage } from '../parts/states.tsx'
import { savedReportsQuery } from '../reports/reports-query.ts'
import classes from './team-home.module.css'
import { homeQuery, pinReport, type Shape } from './team-home-query.ts'
import { useTeamHomeTexts } from './team-home-texts.ts'

type Props = { readonly home: TeamHomeBody; readonly onClose: () => void }

/** Kept reports to choose from for the home of a team. */
export function PinPanel({ home, onClose }: Props) {
  const t = useTeamHomeTexts()
  const client = useQueryClient()
  const { data, error, isPending, refetch } = useQuery(savedReportsQuery)
  const pin = useMutation({
    mutationFn: ({ id, shape }: { id: string; name: string; shape: Shape }) =>
      pinReport(home.id, id, shape),
    onSuccess(_, { name }) {
      notify({ text: t.pinned(name, home.name) })
      onClose()
    },
    onError: (failure) => notify({ kind: 'bad', text: reasonOf(failure) }),
    onSettled: () => client.invalidateQueries({ queryKey: homeQuery(home.id).queryKey }),
  })
  const pinned = new Set(home.reports.map(({ report }) => report.id))
  const reports = (data?.reports ?? []).filter(({ id }) => !pinned.has(id))
  return (
    <SideDrawer title={t.pin} onClose={onClose}>
      {isPending ? (
        <Skeleton lines={4} />
      ) : error ? (
        <ErrorState error={error} onRetry={() => void refetch()} />
      ) : reports.length === 0 ? (
        <StateMessage title={t.pin} actions={<Link to="/reports">{t.toReports}</Link>}>
          {t.nothingToPin}
        </StateMessage>
      ) : (
        <>
          <p className={classes.soft}>{t.pinHint}</p>
          <ul className={classes.choices}>
            {reports.map(({ id, name }) => (
              <li key={id}>
                <span>{name}</span>
                <Button
                  variant="default"
                  size="compact-sm"
                  aria-label={t.asTableOf(name)}
                  onClick={() => pin.mutate({ id, name, shape: 'table' })}
                >
                  {t.asTable}
                </Button>
                <Button
                  variant="default"
                  size="compact-sm"
                  aria-label={t.asChartOf(name)}
                  onClick={() => pin.mutate({ id, name, shape: 'chart' })}
                >
                  {t.asChart}
                </Button>
              </li>
            ))}
          </ul>
        </>
      )}
    </SideDrawer>
  )
}
