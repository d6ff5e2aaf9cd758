import { Button } from '@mantine/core'
import { queryOptions, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import type { SessionsBody } from '../../../src/api/contract.ts'
import { call } from '../api/client.ts'
import { reasonOf } from '../api/problem.ts'
import { notify } from '../parts/notices.tsx'
import { ErrorState, Skeleton } from '../parts/states.tsx'
import { useFormat } from '../time/format.ts'
import { browserOf } from './browser-name.ts'
import classes from './settings.module.css'
import { useSettingsTexts } from './settings-texts.ts'

const sessionsQuery = queryOptions({
  queryKey: ['sessions'],
  queryFn: () => call<SessionsBody>('GET', '/sessions'),
})

/** Every browser one is signed in with, and the way to end each. */
export function SessionList() {
  const t = useSettingsTexts()
  const format = useFormat()
  const client = useQueryClient()
  const { data, error, isPending, refetch } = useQuery(sessionsQuery)
  const end = useMutation({
    mutationFn: (id: string | undefined) =>
      call('DELETE', id === undefined ? '/sessions' : `/sessions/${id}`),
    onSuccess: () => {
      notify({ text: t.ended })
      void client.invalidateQueries({ queryKey: sessionsQuery.queryKey })
    },
    onError: (failure) => notify({ kind: 'bad', text: reasonOf(failure) }),
  })
  if (isPending) return <Skeleton lines={3} />
  if (error) return <ErrorState error={error} onRetry={() => void refetch()} />
  return (
    <>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard */}
      <section className={classes.scroller} tabIndex={0} aria-label={t.sessions}>
        <table className={classes.table}>
          <thead>
            <tr>
              <th scope="col">{t.device}</th>
              <th scope="col">{t.from}</th>
              <th scope="col">{t.lastUsed}</th>
              <th scope="col">{t.signedIn}</th>
              <td />
            </tr>
          </thead>
          <tbody>
            {data.sessions.map((one) => (
              <tr key={one.id}>
                <td>
                  {browserOf(one.userAgent)}
                  {one.isThis ? <span className={classes.this}>{t.thisOne}</span> : null}
                </td>
                <td>{one.lastUsedFrom}</td>
                <td>{format.moment(one.lastUsedAt)}</td>
                <td>{format.moment(one.createdAt)}</td>
                <td className={classes.act}>
                  {one.isThis ? null : (
                    <Button size="compact-sm" variant="default" onClick={() => end.mutate(one.id)}>
                      {t.end}
                    </Button>
                  )}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
      {data.sessions.length > 1 ? (
        <Button variant="default" onClick={() => end.mutate(undefined)}>
          {t.endOthers}
        </Button>
      ) : null}
    </>
  )
}
