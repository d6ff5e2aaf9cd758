import { Button, Checkbox } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { TokenBody } from '../../../src/api/contract.ts'
import { reasonOf } from '../api/problem.ts'
import { notify } from '../parts/notices.tsx'
import { ErrorState, Skeleton, StateMessage } from '../parts/states.tsx'
import { useSharedTexts } from '../texts/shared.ts'
import { useFormat } from '../time/format.ts'
import classes from './admin.module.css'
import { useAdminTexts } from './admin-texts.ts'
import { Scroller } from './scroller.tsx'
import { TokenForm } from './token-form.tsx'
import { revokeToken, tokensQuery } from './tokens-query.ts'
import { useTokensTexts } from './tokens-texts.ts'

/** Every token of the site: whose, what it may, from where, and when it was last used. */
export function TokensScreen() {
  const t = useTokensTexts()
  const { data, error, isPending, refetch } = useQuery(tokensQuery)
  const [form, setForm] = useState<'new' | 'adopt'>()
  const [showsAll, showAll] = useState(false)
  if (isPending) return <Skeleton lines={8} />
  if (error) return <ErrorState error={error} onRetry={() => void refetch()} />
  const shown = [...data.tokens].reverse().filter((one) => showsAll || stateOf(one) === 'works')
  const buttons = (
    <div className={classes.actions}>
      <Button onClick={() => setForm('new')}>{t.create}</Button>
      <Button variant="default" onClick={() => setForm('adopt')}>
        {t.adopt}
      </Button>
    </div>
  )
  return (
    <>
      {data.tokens.length === 0 ? (
        <StateMessage title={t.empty} actions={buttons}>
          {t.emptyHint}
        </StateMessage>
      ) : (
        <>
          <div className={classes.bar}>
            <p className={classes.lead}>{t.lead}</p>
            {buttons}
          </div>
          <TokenTable tokens={shown} />
          <Checkbox
            label={t.showRevoked}
            checked={showsAll}
            onChange={(event) => showAll(event.currentTarget.checked)}
          />
        </>
      )}
      {form ? <TokenForm adopts={form === 'adopt'} onClose={() => setForm(undefined)} /> : null}
    </>
  )
}

function TokenTable({ tokens }: { tokens: readonly TokenBody[] }) {
  const t = useTokensTexts()
  const all = useAdminTexts()
  return (
    <Scroller label={all.tokens}>
      <table className={classes.table}>
        <thead>
          <tr>
            <th scope="col">{t.name}</th>
            <th scope="col">{t.owner}</th>
            <th scope="col">{t.scopes}</th>
            <th scope="col">{t.networks}</th>
            <th scope="col">{t.lastUse}</th>
            <th scope="col">{t.state}</th>
            <td />
          </tr>
        </thead>
        <tbody>
          {tokens.map((token) => (
            <TokenRow key={token.id} token={token} />
          ))}
        </tbody>
      </table>
    </Scroller>
  )
}

function TokenRow({ token }: { token: TokenBody }) {
  const t = useTokensTexts()
  const shared = useSharedTexts()
  const format = useFormat()
  const client = useQueryClient()
  const [asks, ask] = useState(false)
  const revoke = useMutation({
    mutationFn: () => revokeToken(token.id),
    onSuccess: () => {
      notify({ text: t.revoked(token.name) })
      void client.invalidateQueries({ queryKey: tokensQuery.queryKey })
    },
    onError: (error) => notify({ kind: 'bad', text: reasonOf(error) }),
  })
  const state = stateOf(token)
  const used = token.lastUsedAt
  return (
    <tr>
      <td>
        {token.name}
        <div className={classes.soft}>
          {token.hint === '' ? t.isAdopted : <code>{t.begins(token.hint)}</code>}
        </div>
      </td>
      <td>{token.owner.displayName}</td>
      <td>{token.scopes.map((scope) => t[scope]).join(', ')}</td>
      <td>{token.networks.length === 0 ? t.anywhere : token.networks.join(', ')}</td>
      <td className={classes.nowrap}>
        {used === null ? t.never : format.moment(used)}
        {used !== null && token.lastUsedFrom !== null ? (
          <div className={classes.soft}>{t.from(token.lastUsedFrom)}</div>
        ) : null}
      </td>
      <td className={classes.nowrap}>
        <span className={classes.state} data-kind={state === 'works' ? 'good' : 'plain'}>
          {t[state]}
        </span>
        {token.expiresAt !== null && state === 'works' ? (
          <div className={classes.soft}>{t.until(format.moment(token.expiresAt))}</div>
        ) : null}
      </td>
      <td className={classes.act}>
        {state !== 'works' ? null : asks ? (
          <>
            <div className={classes.soft}>{t.revokeHint}</div>
            <Button size="compact-sm" variant="default" onClick={() => ask(false)}>
              {shared.cancel}
            </Button>{' '}
            <Button size="compact-sm" loading={revoke.isPending} onClick={() => revoke.mutate()}>
              {t.revokeSure}
            </Button>
          </>
        ) : (
          <Button
            size="compact-sm"
            variant="default"
            aria-label={t.revokeOf(token.name)}
            onClick={() => ask(true)}
          >
            {t.revoke}
          </Button>
        )}
      </td>
    </tr>
  )
}

function stateOf({ revokedAt, expiresAt }: TokenBody): 'works' | 'isRevoked' | 'isExpired' {
  if (revokedAt !== null) return 'isRevoked'
  return expiresAt !== null && Date.parse(expiresAt) <= Date.now() ? 'isExpired' : 'works'
}
