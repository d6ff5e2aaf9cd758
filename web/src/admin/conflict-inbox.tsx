import { Button } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { PersonBody } from '../../../src/api/contract.ts'
import { call } from '../api/client.ts'
import { reasonOf } from '../api/problem.ts'
import { useConflictTexts } from '../conflicts/conflict-texts.ts'
import { type Conflict, conflictsQuery, settle } from '../conflicts/conflicts-query.ts'
import { ThirdForm } from '../conflicts/third-form.tsx'
import { VersionsTable } from '../conflicts/versions-table.tsx'
import { notify } from '../parts/notices.tsx'
import { ErrorState, Skeleton } from '../parts/states.tsx'
import { useFormat } from '../time/format.ts'
import classes from './admin.module.css'
import { useConnectionsTexts } from './connections-texts.ts'
import { Scroller } from './scroller.tsx'
import { SidePanel } from './side-panel.tsx'

/** What we and a Jira both changed: the two versions side by side, and who wins. */
export function ConflictInbox({ names }: { names: ReadonlyMap<number, string> }) {
  const t = useConnectionsTexts()
  const { data, error, isPending, refetch } = useQuery(conflictsQuery)
  return (
    <section className={classes.section} aria-labelledby="conflicts">
      <h2 id="conflicts">{t.conflicts}</h2>
      {isPending ? <Skeleton lines={2} /> : null}
      {error ? <ErrorState error={error} onRetry={() => void refetch()} /> : null}
      {data ? (
        <p className={classes.lead}>
          {data.conflicts.length === 0 ? t.noConflicts : t.conflictLead}
        </p>
      ) : null}
      {data?.conflicts.map((one) => (
        <ConflictCase key={one.id} of={one} where={names.get(one.connectionId) ?? ''} />
      ))}
    </section>
  )
}

const fields = ['startedAt', 'timeSpentSeconds', 'comment', 'visibility'] as const

function ConflictCase({ of, where }: { of: Conflict; where: string }) {
  const t = useConnectionsTexts()
  const both = useConflictTexts()
  const format = useFormat()
  const client = useQueryClient()
  const { data: person } = useQuery({
    queryKey: ['people', of.personId],
    queryFn: () => call<PersonBody>('GET', `/people/${of.personId}`),
  })
  const ask = () => void client.invalidateQueries({ queryKey: conflictsQuery.queryKey })
  const choose = useMutation({
    mutationFn: (resolution: 'ours' | 'theirs') => settle(of.id, resolution),
    onSuccess: () => notify({ text: both.settled }),
    onError: (error) => notify({ kind: 'bad', text: reasonOf(error) }),
    onSettled: ask,
  })
  const [hasThird, setThird] = useState(false)
  const { ours, theirs } = of
  const rows = fields
    .map((field) => {
      const [here, there] = [textOf(ours, field), theirs ? textOf(theirs, field) : undefined]
      return {
        name: both[field],
        ours: here,
        theirs: there,
        isDifferent: theirs !== null && here !== there,
      }
    })
    .filter((row) => row.ours !== undefined || row.theirs !== undefined)

  function textOf(side: Conflict['ours'], field: (typeof fields)[number]): string | undefined {
    if (field === 'startedAt') return side.startedAt && format.moment(side.startedAt)
    if (field === 'timeSpentSeconds')
      return side.timeSpentSeconds === undefined ? undefined : format.hours(side.timeSpentSeconds)
    return field === 'comment' ? side.comment : side.visibility?.value
  }
  return (
    <div className={classes.conflict}>
      <strong>{t.worklogOf(person?.displayName ?? '', of.jiraId)}</strong>{' '}
      <span className={classes.soft}>
        {where}, {t[of.reason]}, {format.moment(of.createdAt)}
      </span>
      <Scroller label={t.conflicts}>
        <VersionsTable rows={rows} hasOurs hasTheirs={theirs !== null} />
      </Scroller>
      <div className={classes.actions}>
        <Button variant="default" loading={choose.isPending} onClick={() => choose.mutate('ours')}>
          {both.keepOurs}
        </Button>
        <Button
          variant="default"
          loading={choose.isPending}
          onClick={() => choose.mutate('theirs')}
        >
          {both.keepTheirs}
        </Button>
        {of.worklogId === null || theirs === null ? null : (
          <Button variant="default" onClick={() => setThird(true)}>
            {both.keepThird}
          </Button>
        )}
      </div>
      {hasThird ? (
        <ThirdVersion
          of={of}
          onClose={() => setThird(false)}
          onDone={() => {
            notify({ text: both.settled })
            setThird(false)
            ask()
          }}
        />
      ) : null}
    </div>
  )
}

type ThirdProps = {
  readonly of: Conflict
  readonly onClose: () => void
  readonly onDone: () => void
}

function ThirdVersion({ of, onClose, onDone }: ThirdProps) {
  const t = useConnectionsTexts()
  const { data: worklog } = useQuery({
    queryKey: ['worklogs', of.worklogId],
    queryFn: () =>
      call<{ timeSpentSeconds: number; comment: string }>('GET', `/worklogs/${of.worklogId}`),
  })
  return (
    <SidePanel title={t.third} onClose={onClose}>
      {worklog ? (
        <ThirdForm
          of={of}
          timeSpentSeconds={of.ours.timeSpentSeconds ?? worklog.timeSpentSeconds}
          comment={of.ours.comment ?? worklog.comment}
          onDone={onDone}
        />
      ) : (
        <Skeleton lines={4} />
      )}
    </SidePanel>
  )
}
