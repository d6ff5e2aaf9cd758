import { Button } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import type { PersonBody } from '../../../src/api/contract.ts'
import { reasonOf } from '../api/problem.ts'
import { notify } from '../parts/notices.tsx'
import { ErrorState, Skeleton } from '../parts/states.tsx'
import { browserOf } from '../settings/browser-name.ts'
import { useFormat } from '../time/format.ts'
import classes from './admin.module.css'
import { CopyLine } from './copy-line.tsx'
import { endSessions, makePasswordLink, sessionsQuery } from './people-query.ts'
import { usePeopleTexts } from './people-texts.ts'
import { SidePanel } from './side-panel.tsx'

/** How somebody gets in: a link for a new password, and where they are signed in. */
export function AccessPanel({ person, onClose }: { person: PersonBody; onClose: () => void }) {
  const t = usePeopleTexts()
  const format = useFormat()
  const client = useQueryClient()
  const { data, error, isPending, refetch } = useQuery(sessionsQuery(person.id))
  const fail = (failure: Error) => notify({ kind: 'bad', text: reasonOf(failure) })
  const link = useMutation({ mutationFn: () => makePasswordLink(person.id), onError: fail })
  const end = useMutation({
    mutationFn: () => endSessions(person.id),
    onSuccess: () => notify({ text: t.signedOut(person.displayName) }),
    onError: fail,
    onSettled: () => void client.invalidateQueries({ queryKey: sessionsQuery(person.id).queryKey }),
  })
  const others = data?.sessions.filter(({ isThis }) => !isThis) ?? []
  return (
    <SidePanel title={t.accessOf(person.displayName)} size="lg" onClose={onClose}>
      <section>
        <h3 className={classes.smallTitle}>{t.password}</h3>
        <p className={classes.lead}>{t.passwordHint}</p>
        {link.data ? (
          <>
            <p className={classes.lead}>{t.linkHint(format.moment(link.data.expiresAt))}</p>
            <CopyLine text={window.location.origin + link.data.path} label={t.copyLink} />
          </>
        ) : (
          <Button
            variant="default"
            disabled={!person.isActive}
            loading={link.isPending}
            aria-label={t.linkOf(person.displayName)}
            onClick={() => link.mutate()}
          >
            {t.link}
          </Button>
        )}
      </section>
      <section>
        <h3 className={classes.smallTitle}>{t.sessions}</h3>
        {isPending ? <Skeleton lines={3} /> : null}
        {error ? <ErrorState error={error} onRetry={() => void refetch()} /> : null}
        {data?.sessions.length === 0 ? <p className={classes.lead}>{t.noSessions}</p> : null}
        {data && data.sessions.length > 0 ? (
          <table className={classes.table} aria-label={t.sessions}>
            <thead>
              <tr>
                <th scope="col">{t.device}</th>
                <th scope="col">{t.from}</th>
                <th scope="col">{t.lastUsed}</th>
              </tr>
            </thead>
            <tbody>
              {data.sessions.map((one) => (
                <tr key={one.id}>
                  <td>
                    {browserOf(one.userAgent) || t.unknown}{' '}
                    {one.isThis ? (
                      <span className={classes.state} data-kind="good">
                        {t.thisOne}
                      </span>
                    ) : null}
                  </td>
                  <td>{one.lastUsedFrom}</td>
                  <td className={classes.nowrap}>{format.moment(one.lastUsedAt)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        ) : null}
        {others.length > 0 ? (
          <Button variant="default" loading={end.isPending} onClick={() => end.mutate()}>
            {t.signOutAll}
          </Button>
        ) : null}
      </section>
    </SidePanel>
  )
}
