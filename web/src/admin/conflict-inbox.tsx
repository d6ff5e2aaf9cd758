import { Button, Textarea, TextInput } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import type { PersonBody } from '../../../src/api/contract.ts'
import { formatHoursMinutes } from '../../../src/domain/duration.ts'
import { call } from '../api/client.ts'
import { reasonOf } from '../api/problem.ts'
import { notify } from '../parts/notices.tsx'
import { ErrorState, Skeleton } from '../parts/states.tsx'
import { useFormat } from '../time/format.ts'
import classes from './admin.module.css'
import { type Conflict, conflictsQuery, settle, settleWith } from './connections-query.ts'
import { useConnectionsTexts } from './connections-texts.ts'
import { Scroller } from './scroller.tsx'
import { SidePanel } from './side-panel.tsx'
import { parseValue } from './table/column.ts'
import { useTableTexts } from './table/table-texts.ts'

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

function ConflictCase({ of, where }: { of: Conflict; where: string }) {
  const t = useConnectionsTexts()
  const format = useFormat()
  const client = useQueryClient()
  const { data: person } = useQuery({
    queryKey: ['people', of.personId],
    queryFn: () => call<PersonBody>('GET', `/people/${of.personId}`),
  })
  const choose = useMutation({
    mutationFn: (resolution: 'ours' | 'theirs') => settle(of.id, resolution),
    onSuccess: () => notify({ text: t.settled }),
    onError: (error) => notify({ kind: 'bad', text: reasonOf(error) }),
    onSettled: () => void client.invalidateQueries({ queryKey: conflictsQuery.queryKey }),
  })
  const [hasThird, setThird] = useState(false)
  const { ours, theirs } = of
  const rows = (['started', 'time', 'comment', 'visibility'] as const)
    .map((name) => ({ name, ours: textOf(ours, name), theirs: theirs && textOf(theirs, name) }))
    .filter((row) => row.ours !== undefined || (row.theirs ?? undefined) !== undefined)

  function textOf(side: Conflict['ours'], name: 'started' | 'time' | 'comment' | 'visibility') {
    if (name === 'started') return side.startedAt && format.moment(side.startedAt)
    if (name === 'time')
      return side.timeSpentSeconds === undefined ? undefined : format.hours(side.timeSpentSeconds)
    return name === 'comment' ? side.comment : side.visibility?.value
  }
  return (
    <div className={classes.conflict}>
      <strong>{t.worklogOf(person?.displayName ?? '', of.jiraId)}</strong>{' '}
      <span className={classes.soft}>
        {where}, {t[of.reason]}, {format.moment(of.createdAt)}
      </span>
      <Scroller label={t.conflicts}>
        <table className={classes.table}>
          <thead>
            <tr>
              <td />
              <th scope="col">{t.ours}</th>
              <th scope="col">{t.theirs}</th>
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <tr key={row.name}>
                <th scope="row">{t[row.name]}</th>
                <td>{row.ours}</td>
                <td>
                  {theirs === null ? (
                    t.deleted
                  ) : row.ours === row.theirs ? (
                    row.theirs
                  ) : (
                    <mark className={classes.other}>{row.theirs}</mark>
                  )}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </Scroller>
      <div className={classes.actions}>
        <Button variant="default" loading={choose.isPending} onClick={() => choose.mutate('ours')}>
          {t.keepOurs}
        </Button>
        <Button
          variant="default"
          loading={choose.isPending}
          onClick={() => choose.mutate('theirs')}
        >
          {t.keepTheirs}
        </Button>
        {of.worklogId === null || theirs === null ? null : (
          <Button variant="default" onClick={() => setThird(true)}>
            {t.keepThird}
          </Button>
        )}
      </div>
      {hasThird ? <ThirdVersion of={of} onClose={() => setThird(false)} /> : null}
    </div>
  )
}

/** Neither version: what shall stand on both sides is typed here. */
function ThirdVersion({ of, onClose }: { of: Conflict; onClose: () => void }) {
  const t = useConnectionsTexts()
  const table = useTableTexts()
  const client = useQueryClient()
  const [problem, setProblem] = useState<string>()
  const { data: worklog } = useQuery({
    queryKey: ['worklogs', of.worklogId],
    queryFn: () =>
      call<{ timeSpentSeconds: number; comment: string }>('GET', `/worklogs/${of.worklogId}`),
  })
  const write = useMutation({
    mutationFn: (body: { timeSpentSeconds: number; comment: string }) => settleWith(of, body),
    onSuccess() {
      notify({ text: t.settled })
      onClose()
    },
    onError: (error) => setProblem(reasonOf(error)),
    onSettled: () => void client.invalidateQueries({ queryKey: conflictsQuery.queryKey }),
  })
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const form = new FormData(event.currentTarget)
    const time = parseValue(
      { kind: 'hours', isRequired: true, least: 60 },
      String(form.get('time') ?? ''),
    )
    if (time.problem !== undefined) setProblem(table[time.problem])
    else
      write.mutate({
        timeSpentSeconds: Number(time.value),
        comment: String(form.get('comment') ?? ''),
      })
  }
  return (
    <SidePanel title={t.third} onClose={onClose}>
      {worklog ? (
        <form className={classes.form} onSubmit={submit}>
          <TextInput
            name="time"
            label={t.time}
            defaultValue={formatHoursMinutes(of.ours.timeSpentSeconds ?? worklog.timeSpentSeconds)}
            data-autofocus
          />
          <Textarea
            name="comment"
            label={t.comment}
            defaultValue={of.ours.comment ?? worklog.comment}
            autosize
          />
          {problem === undefined ? null : (
            <p role="alert" className={classes.problem}>
              {problem}
            </p>
          )}
          <div className={classes.actions}>
            <Button type="submit" loading={write.isPending}>
              {t.writeThird}
            </Button>
          </div>
        </form>
      ) : (
        <Skeleton lines={4} />
      )}
    </SidePanel>
  )
}
