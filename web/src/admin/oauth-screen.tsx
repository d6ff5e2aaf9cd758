import { Button } from '@mantine/core'
import type { Static } from '@sinclair/typebox'
import { queryOptions, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { OAuthApp, OAuthAppsAnswer } from '../../../src/api/contract.ts'
import { call } from '../api/client.ts'
import { reasonOf } from '../api/problem.ts'
import { notify } from '../parts/notices.tsx'
import { ErrorState, Skeleton, StateMessage } from '../parts/states.tsx'
import { useSharedTexts } from '../texts/shared.ts'
import { useFormat } from '../time/format.ts'
import classes from './admin.module.css'
import { OAuthForm } from './oauth-form.tsx'
import { useOAuthTexts } from './oauth-texts.ts'
import { Scroller } from './scroller.tsx'

type App = Static<typeof OAuthApp>

const appsQuery = queryOptions({
  queryKey: ['oauth-apps'],
  queryFn: () => call<Static<typeof OAuthAppsAnswer>>('GET', '/oauth-apps'),
})

/** Programs that may ask people to let them act for them. */
export function OAuthScreen() {
  const t = useOAuthTexts()
  const client = useQueryClient()
  const { data, error, isPending, refetch } = useQuery(appsQuery)
  const [adds, setAdds] = useState(false)
  if (isPending) return <Skeleton lines={6} />
  if (error) return <ErrorState error={error} onRetry={() => void refetch()} />
  const add = <Button onClick={() => setAdds(true)}>{t.add}</Button>
  return (
    <>
      {data.apps.length === 0 ? (
        <StateMessage title={t.empty} actions={add}>
          {`${t.lead} ${t.emptyHint}`}
        </StateMessage>
      ) : (
        <>
          <div className={classes.bar}>
            <p className={classes.lead}>{t.lead}</p>
            {add}
          </div>
          <Scroller label={t.table}>
            <table className={classes.table}>
              <thead>
                <tr>
                  <th scope="col">{t.name}</th>
                  <th scope="col">{t.clientId}</th>
                  <th scope="col">{t.redirects}</th>
                  <th scope="col">{t.since}</th>
                  <td />
                </tr>
              </thead>
              <tbody>
                {data.apps.map((app) => (
                  <AppRow key={app.id} app={app} />
                ))}
              </tbody>
            </table>
          </Scroller>
        </>
      )}
      {adds ? (
        <OAuthForm
          onMade={() => void client.invalidateQueries({ queryKey: appsQuery.queryKey })}
          onClose={() => setAdds(false)}
        />
      ) : null}
    </>
  )
}

function AppRow({ app }: { app: App }) {
  const t = useOAuthTexts()
  const shared = useSharedTexts()
  const format = useFormat()
  const client = useQueryClient()
  const [asks, ask] = useState(false)
  const remove = useMutation({
    mutationFn: () => call('DELETE', `/oauth-apps/${app.id}`),
    onSuccess: () => notify({ text: t.removed(app.name) }),
    onError: (error) => notify({ kind: 'bad', text: reasonOf(error) }),
    onSettled: () => client.invalidateQueries({ queryKey: appsQuery.queryKey }),
  })
  return (
    <tr>
      <td>{app.name}</td>
      <td>
        <code>{app.clientId}</code>
      </td>
      <td>
        {app.redirectUris.map((address) => (
          <div key={address}>{address}</div>
        ))}
      </td>
      <td className={classes.nowrap}>{format.moment(app.createdAt)}</td>
      <td className={classes.act}>
        {asks ? (
          <>
            <div className={classes.soft}>{t.removeHint}</div>
            <Button size="compact-sm" variant="default" onClick={() => ask(false)}>
              {shared.cancel}
            </Button>{' '}
            <Button size="compact-sm" loading={remove.isPending} onClick={() => remove.mutate()}>
              {t.removeSure}
            </Button>
          </>
        ) : (
          <Button
            size="compact-sm"
            variant="default"
            aria-label={t.removeOf(app.name)}
            onClick={() => ask(true)}
          >
            {t.remove}
          </Button>
        )}
      </td>
    </tr>
  )
}
