import { Button } from '@mantine/core'
import { IconBuildingSkyscraper, IconPlugConnected, IconSeeding } from '@tabler/icons-react'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { type ReactNode, useId } from 'react'
import { ConnectionForm } from '../admin/connection-form.tsx'
import { ConnectionProgress } from '../admin/connection-progress.tsx'
import { connectionsQuery } from '../admin/connections-query.ts'
import { reasonOf } from '../api/problem.ts'
import { useMe } from '../api/session.ts'
import { notify } from '../parts/notices.tsx'
import { ErrorState, Skeleton, StateMessage } from '../parts/states.tsx'
import { useFormat } from '../time/format.ts'
import { OwnForm } from './own-form.tsx'
import classes from './start.module.css'
import { fillSample, firstStartQuery } from './start-query.ts'
import { useStartTexts } from './start-texts.ts'

const route = getRouteApi('/inside/start')

/** The first page of a new site: three doors, of which one is taken. */
export function StartScreen() {
  const t = useStartTexts()
  const me = useMe()
  if (me.role !== 'administrator')
    return (
      <>
        <h1 className="hb-hidden">{t.title(me.site.name)}</h1>
        <StateMessage title={t.forbidden} actions={<Link to="/week">{t.toWeek}</Link>}>
          {t.forbiddenHint}
        </StateMessage>
      </>
    )
  return <Doors siteName={me.site.name} />
}

function Doors({ siteName }: { siteName: string }) {
  const t = useStartTexts()
  const { door } = route.useSearch()
  const navigate = route.useNavigate()
  const { data, error, isPending, refetch } = useQuery(firstStartQuery)
  if (isPending) return <Skeleton lines={8} height={32} />
  if (error) return <ErrorState error={error} onRetry={() => void refetch()} />
  const open = (next: 'jira' | 'own' | undefined) =>
    void navigate({ search: next ? { door: next } : {}, replace: true })
  return (
    <div className={classes.screen}>
      <h1 className={classes.title}>{t.title(siteName)}</h1>
      <p className={classes.lead}>{t.lead}</p>
      <div className={classes.doors}>
        <Door
          icon={<IconPlugConnected size={28} stroke={1.5} aria-hidden />}
          title={t.jiraTitle}
          text={t.jiraText}
        >
          {data.hasJira ? (
            <Reading />
          ) : (
            <>
              <p className={classes.soft}>{t.jiraProjects}</p>
              <Button onClick={() => open('jira')}>{t.jiraOpen}</Button>
            </>
          )}
        </Door>
        <Door
          icon={<IconSeeding size={28} stroke={1.5} aria-hidden />}
          title={t.ownTitle}
          text={t.ownText}
        >
          {door === 'own' ? (
            <OwnForm onDone={() => open(undefined)} />
          ) : (
            <Button variant="default" onClick={() => open('own')}>
              {t.ownOpen}
            </Button>
          )}
        </Door>
        <Door
          icon={<IconBuildingSkyscraper size={28} stroke={1.5} aria-hidden />}
          title={t.sampleTitle}
          text={t.sampleText}
        >
          <Sample isEmpty={data.isEmpty} />
        </Door>
      </div>
      <p>
        <Link to="/week">{t.toWeek}</Link>
      </p>
      {door === 'jira' ? <ConnectionForm startsReading onClose={() => open(undefined)} /> : null}
    </div>
  )
}

type DoorProps = {
  readonly icon: ReactNode
  readonly title: string
  readonly text: string
  readonly children: ReactNode
}

function Door({ icon, title, text, children }: DoorProps) {
  const id = useId()
  return (
    <section className={classes.door} aria-labelledby={id}>
      {icon}
      <h2 id={id}>{title}</h2>
      <p>{text}</p>
      <div className={classes.act}>{children}</div>
    </section>
  )
}

/** What the sync of a Jira that has just been connected is doing. */
function Reading() {
  const t = useStartTexts()
  const { data } = useQuery(connectionsQuery)
  const moving = data?.connections.flatMap(({ sync }) => sync?.progress ?? []) ?? []
  return (
    <>
      {moving.map((progress) => (
        <ConnectionProgress key={progress.startedAt} of={progress} />
      ))}
      <Link to="/admin/connections">{t.seeAll}</Link>
    </>
  )
}

function Sample({ isEmpty }: { isEmpty: boolean }) {
  const t = useStartTexts()
  const format = useFormat()
  const client = useQueryClient()
  const navigate = route.useNavigate()
  const fill = useMutation({
    mutationFn: fillSample,
    onSuccess({ people, worklogs }) {
      notify({ text: t.sampleDone(format.number(people), format.number(worklogs)) })
      void client.invalidateQueries()
      void navigate({ to: '/week' })
    },
    onError: (error) => notify({ kind: 'bad', text: reasonOf(error) }),
  })
  return (
    <>
      {isEmpty ? null : <p className={classes.soft}>{t.notEmpty}</p>}
      <Button
        variant="default"
        disabled={!isEmpty}
        loading={fill.isPending}
        onClick={() => fill.mutate()}
      >
        {t.sampleOpen}
      </Button>
      <p role="status" className={classes.soft}>
        {fill.isPending ? t.sampleBusy : null}
      </p>
    </>
  )
}
