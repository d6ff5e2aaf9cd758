import { Button, NativeSelect } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { type ReactNode, useState } from 'react'
import { useCommands } from '../frame/commands.ts'
import { ErrorState, Skeleton, StateMessage } from '../parts/states.tsx'
import { PinPanel } from './pin-panel.tsx'
import { PinnedReport } from './pinned-report.tsx'
import classes from './team-home.module.css'
import { homeQuery, homesQuery } from './team-home-query.ts'
import { useTeamHomeTexts } from './team-home-texts.ts'

const route = getRouteApi('/inside/teams')

/** The home of a team: the reports that whoever leads it has pinned, one's own team at first. */
export function TeamHomeScreen() {
  const t = useTeamHomeTexts()
  const { team } = route.useSearch()
  const navigate = route.useNavigate()
  const { data: teams, error, isPending, refetch } = useQuery(homesQuery)
  const go = (id: string) => void navigate({ search: { team: id } })
  useCommands(
    (teams ?? []).map(({ id, name }) => ({
      id: `team-home-${id}`,
      label: t.homeOf(name),
      run: () => go(id),
    })),
  )
  if (isPending) return <Skeleton lines={10} />
  if (error) return <ErrorState error={error} onRetry={() => void refetch()} />
  const shown = team ?? teams[0]?.id
  if (shown === undefined) return <StateMessage title={t.none}>{t.noneHint}</StateMessage>
  return (
    <Home
      key={shown}
      team={shown}
      chooser={
        teams.length > 1 ? (
          <NativeSelect
            aria-label={t.team}
            value={shown}
            onChange={(event) => go(event.currentTarget.value)}
            data={teams.map(({ id, name }) => ({ value: id, label: name }))}
          />
        ) : null
      }
    />
  )
}

function Home({ team, chooser }: { team: string; chooser: ReactNode }) {
  const t = useTeamHomeTexts()
  const [pins, setPins] = useState(false)
  const { data, error, isPending, refetch } = useQuery(homeQuery(team))
  const pin = data?.mayChange ? <Button onClick={() => setPins(true)}>{t.pin}</Button> : null
  return (
    <div className={classes.screen}>
      <div className={classes.bar}>
        <h1 className={classes.title}>{chooser ? t.title : (data?.name ?? t.title)}</h1>
        {chooser}
        {data && data.reports.length > 0 ? <div className={classes.acts}>{pin}</div> : null}
      </div>
      {data?.summary ? <p className={classes.summary}>{data.summary}</p> : null}
      {isPending ? (
        <Skeleton lines={8} />
      ) : error ? (
        <ErrorState error={error} onRetry={() => void refetch()} />
      ) : data.reports.length === 0 ? (
        <StateMessage title={t.empty} actions={pin ?? <Link to="/reports">{t.toReports}</Link>}>
          {data.mayChange ? t.emptyLead : t.emptyMember}
        </StateMessage>
      ) : (
        <div className={classes.reports}>
          {data.reports.map((pinned) => (
            <PinnedReport key={pinned.report.id} home={data} pinned={pinned} />
          ))}
        </div>
      )}
      {data && pins ? <PinPanel home={data} onClose={() => setPins(false)} /> : null}
    </div>
  )
}
