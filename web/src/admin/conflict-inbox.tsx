import { Button } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import type { PersonBody } from '../../../src/api/contract.ts'
import { call } from '../api/client.ts'
import { reasonOf } from '../api/problem.ts'
import { notify } from '../parts/notices.tsx'
import { ErrorState, Skeleton } from '../parts/states.tsx'
import { useFormat } from '../time/format.ts'
import classes from './admin.module.css'
import { type Conflict, conflictsQuery, settle } from './connections-query.ts'
import { useConnectionsTexts } from './connections-texts.ts'
import { Scroller } from './scroller.tsx'

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
      </div>
    </div>
  )
}
