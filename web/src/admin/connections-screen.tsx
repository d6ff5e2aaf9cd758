import { Button } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { reasonOf } from '../api/problem.ts'
import { notify } from '../parts/notices.tsx'
import { ErrorState, Skeleton, StateMessage } from '../parts/states.tsx'
import { useSharedTexts } from '../texts/shared.ts'
import { useFormat } from '../time/format.ts'
import classes from './admin.module.css'
import { ConflictInbox } from './conflict-inbox.tsx'
import { ConnectionForm } from './connection-form.tsx'
import { ConnectionProgress } from './connection-progress.tsx'
import {
  type Connection,
  connectionsQuery,
  dryRun,
  forgetConnection,
  startSync,
  testConnection,
} from './connections-query.ts'
import { useConnectionsTexts } from './connections-texts.ts'
import { DryRunPanel } from './dry-run-panel.tsx'
import { ProjectsPanel } from './projects-panel.tsx'
import { Scroller } from './scroller.tsx'

/** Every way to a Jira: how it stands, what the last cycle did, what went wrong. */
export function ConnectionsScreen() {
  const t = useConnectionsTexts()
  const { data, error, isPending, refetch } = useQuery(connectionsQuery)
  const [connects, setConnects] = useState(false)
  if (isPending) return <Skeleton lines={8} />
  if (error) return <ErrorState error={error} onRetry={() => void refetch()} />
  const ways = data.connections.filter(({ isOwn }) => !isOwn)
  const button = <Button onClick={() => setConnects(true)}>{t.connect}</Button>
  return (
    <>
      {ways.length === 0 ? (
        <StateMessage title={t.none} actions={button}>
          {t.noneHint}
        </StateMessage>
      ) : (
        <div className={classes.bar}>
          <p className={classes.lead}>{t.lead}</p>
          {button}
        </div>
      )}
      {ways.map((way) => (
        <Way key={way.id} way={way} />
      ))}
      <ConflictInbox names={new Map(ways.map(({ id, name }) => [id, name]))} />
      {connects ? <ConnectionForm onClose={() => setConnects(false)} /> : null}
    </>
  )
}

const kinds = { new: 'plain', backfill: 'warn', ready: 'good', stopped: 'bad' } as const

function Way({ way }: { way: Connection }) {
  const t = useConnectionsTexts()
  const format = useFormat()
  const { sync } = way
  const held = format.number(way.worklogsHeld ?? 0)
  return (
    <section className={classes.section} aria-labelledby={`connection-${way.id}`}>
      <h2 id={`connection-${way.id}`}>
        {way.name}{' '}
        {sync ? (
          <span className={classes.state} data-kind={kinds[sync.phase]}>
            {t[sync.phase]}
          </span>
        ) : null}
      </h2>
      {sync?.trouble ? (
        <p className={classes.problem} role="alert">
          {sync.trouble}
          {sync.troubleAt === null ? null : ` (${format.moment(sync.troubleAt)})`}
        </p>
      ) : null}
      {sync?.trouble ? (
        <p className={classes.intro}>
          <strong>{t.whatToDo}</strong> {sync.phase === 'stopped' ? t.stoppedHint : t.troubleHint}
        </p>
      ) : null}
      {sync?.progress ? <ConnectionProgress of={sync.progress} /> : null}
      <dl className={classes.pairs}>
        <dt>{t.url}</dt>
        <dd>{way.baseUrl}</dd>
        <dt>{t.lastCycle}</dt>
        <dd>
          {way.ageSeconds === null || way.syncedAt === null
            ? t.never
            : `${format.ago(way.ageSeconds)}, ${format.moment(way.syncedAt)}`}
        </dd>
        <dt>{t.held}</dt>
        <dd>
          {way.worklogsAnnounced === null
            ? held
            : t.heldOf(held, format.number(way.worklogsAnnounced))}
        </dd>
        {sync ? (
          <>
            <dt>{t.mode}</dt>
            <dd>{t[sync.mode]}</dd>
            {sync.user === null ? null : (
              <>
                <dt>{t.as}</dt>
                <dd>{sync.user}</dd>
              </>
            )}
            <dt>{t.reads}</dt>
            <dd>{t[sync.reads]}</dd>
            <dt>{t.projects}</dt>
            <dd>{sync.projects?.map(({ key }) => key).join(', ') ?? t.allProjects}</dd>
          </>
        ) : null}
      </dl>
      {sync?.counters ? <Counters of={sync.counters} /> : null}
      {sync && sync.incidents.length > 0 ? (
        <>
          <h3>{t.incidents}</h3>
          <ul className={classes.list}>
            {sync.incidents.map((one) => (
              <li key={`${one.at} ${one.kind} ${one.message}`}>
                <span className={classes.soft}>{format.moment(one.at)}</span> {one.message}
                {isAdvised(one.kind) ? (
                  <div className={classes.soft}>
                    {t.whatToDo}: {t[one.kind]}
                  </div>
                ) : null}
              </li>
            ))}
          </ul>
        </>
      ) : null}
      {sync ? (
        <Acts name={way.name} isMoving={sync.progress !== null} projects={sync.projects} />
      ) : null}
    </section>
  )
}

function Counters({ of }: { of: Readonly<Record<string, number>> }) {
  const t = useConnectionsTexts()
  const format = useFormat()
  const told = ['requests', 'added', 'edited', 'removed', 'issues', 'throttled', 'ms'] as const
  const keys = { added: 'new', edited: 'changed', removed: 'deleted' } as const
  return (
    <>
      <h3>{t.lastRun}</h3>
      <Scroller label={t.lastRun}>
        <table className={classes.table}>
          <thead>
            <tr>
              {told.map((name) => (
                <th key={name} scope="col">
                  {t[name]}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            <tr>
              {told.map((name) => (
                <td key={name}>
                  {format.number(of[name in keys ? keys[name as keyof typeof keys] : name] ?? 0)}
                </td>
              ))}
            </tr>
          </tbody>
        </table>
      </Scroller>
    </>
  )
}

const advised = ['feed-fails', 'hot-millisecond', 'many-gone', 'groups-unreadable'] as const

function isAdvised(kind: string): kind is (typeof advised)[number] {
  return (advised as readonly string[]).includes(kind)
}

type ActsProps = {
  readonly name: string
  readonly isMoving: boolean
  readonly projects: readonly { readonly key: string }[] | null
}

function Acts({ name, isMoving, projects }: ActsProps) {
  const t = useConnectionsTexts()
  const shared = useSharedTexts()
  const client = useQueryClient()
  const [asks, ask] = useState(false)
  const [chooses, choose] = useState(false)
  const fail = (error: Error) => notify({ kind: 'bad', text: reasonOf(error) })
  const again = () => void client.invalidateQueries({ queryKey: connectionsQuery.queryKey })
  const test = useMutation({
    mutationFn: () => testConnection(name),
    onSuccess: ({ user, version }) => notify({ text: t.tested(user, version) }),
    onError: fail,
    onSettled: again,
  })
  const forget = useMutation({
    mutationFn: () => forgetConnection(name),
    onSuccess: () => notify({ text: t.forgotten(name) }),
    onError: fail,
    onSettled: again,
  })
  const read = useMutation({
    mutationFn: (isFull: boolean) => startSync(name, isFull),
    onSuccess: () => notify({ text: t.begun(name) }),
    onError: fail,
    onSettled: again,
  })
  const dry = useMutation({ mutationFn: () => dryRun(name), onError: fail })
  return (
    <div className={classes.actions}>
      <Button
        disabled={isMoving}
        loading={read.isPending}
        aria-label={t.readNowOf(name)}
        onClick={() => read.mutate(false)}
      >
        {t.readNow}
      </Button>
      <Button
        variant="default"
        disabled={isMoving}
        aria-label={t.readAllOf(name)}
        onClick={() => read.mutate(true)}
      >
        {t.readAll}
      </Button>
      <Button
        variant="default"
        loading={dry.isPending}
        aria-label={t.dryOf(name)}
        onClick={() => dry.mutate()}
      >
        {t.dry}
      </Button>
      <Button variant="default" aria-label={t.chooseOf(name)} onClick={() => choose(true)}>
        {t.choose}
      </Button>
      {chooses ? (
        <ProjectsPanel name={name} projects={projects} onClose={() => choose(false)} />
      ) : null}
      {dry.data ? <DryRunPanel name={name} of={dry.data} onClose={() => dry.reset()} /> : null}
      <Button
        variant="default"
        loading={test.isPending}
        aria-label={t.testOf(name)}
        onClick={() => test.mutate()}
      >
        {t.test}
      </Button>
      {asks ? (
        <>
          <span className={classes.lead}>{t.forgetHint}</span>
          <Button variant="default" onClick={() => ask(false)}>
            {shared.cancel}
          </Button>
          <Button loading={forget.isPending} onClick={() => forget.mutate()}>
            {t.forgetSure}
          </Button>
        </>
      ) : (
        <Button variant="default" onClick={() => ask(true)}>
          {t.forget}
        </Button>
      )}
    </div>
  )
}
