import { Button, NativeSelect, Switch } from '@mantine/core'
import type { Static } from '@sinclair/typebox'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { useState } from 'react'
import type { PlanningSettings } from '../../../src/api/contract.ts'
import { reasonOf } from '../api/problem.ts'
import { notify } from '../parts/notices.tsx'
import { PasswordField } from '../parts/password-field.tsx'
import { addDays } from '../time/days.ts'
import { useFormat } from '../time/format.ts'
import { useToday } from '../time/today.ts'
import classes from './admin.module.css'
import { CopyLine } from './copy-line.tsx'
import { curlOf, type ForeignApi, foreignApis, requestOf } from './foreign-apis.ts'
import { useScriptsTexts } from './scripts-texts.ts'
import { makeToken, tokensQuery } from './tokens-query.ts'
import { useSettings } from './use-settings.ts'

const route = getRouteApi('/inside/admin/scripts')
const shownCharacters = 600

/** For each API scripts speak: the old address, the new one, a token, a line to try, a live test. */
export function ScriptsScreen() {
  const t = useScriptsTexts()
  const { api: id } = route.useSearch()
  const navigate = route.useNavigate()
  const api = foreignApis.find((one) => one.id === id) ?? foreignApis[0]!
  return (
    <>
      <p className={classes.lead}>{t.lead}</p>
      <div className={classes.section}>
        <NativeSelect
          className={classes.narrow}
          label={t.api}
          value={api.id}
          onChange={(event) =>
            void navigate({ search: { api: event.currentTarget.value }, replace: true })
          }
          data={foreignApis.map((one) => ({ value: one.id, label: one.name }))}
        />
      </div>
      <Way key={api.id} api={api} />
      <p className={classes.lead}>{t.value}</p>
    </>
  )
}

function Way({ api }: { api: ForeignApi }) {
  const t = useScriptsTexts()
  const client = useQueryClient()
  const to = useToday()
  const from = addDays(to, -6)
  const [secret, setSecret] = useState('')
  const { origin } = window.location
  const request = requestOf(api, secret.trim() || t.placeholder, from, to)
  const shown = requestOf(api, t.placeholder, from, to)
  const make = useMutation({
    mutationFn: () =>
      makeToken({ name: t.tokenName(api.name), scopes: [api.scope], networks: [], expires: null }),
    onSuccess: (made) => {
      setSecret(made.secret)
      void client.invalidateQueries({ queryKey: tokensQuery.queryKey })
    },
    onError: (error) => notify({ kind: 'bad', text: reasonOf(error) }),
  })
  const [line] = Object.entries(shown.headers)
  return (
    <>
      <div className={classes.section}>
        <dl className={classes.pairs}>
          <dt>{t.today}</dt>
          <dd>
            <code>{api.old + api.path(from, to)}</code>
          </dd>
          <dt>{t.tomorrow}</dt>
          <dd>
            <CopyLine text={origin + api.path(from, to)} label={t.copyUrl} />
          </dd>
          <dt>{t.sends}</dt>
          <dd>
            <code>{line ? `${line[0]}: ${line[1]}` : `…&tempoApiToken=${t.placeholder}`}</code>
          </dd>
        </dl>
        {api.note === undefined ? null : <p className={classes.lead}>{t[api.note]}</p>}
        {api.note === 'switchedOn' ? <TimelineSwitch /> : null}
      </div>
      <div className={classes.section}>
        <div className={classes.bar}>
          <PasswordField
            className={classes.narrow}
            label={t.token}
            description={t.tokenHint}
            value={secret}
            onChange={(event) => setSecret(event.currentTarget.value)}
            autoComplete="off"
          />
          <Button variant="default" loading={make.isPending} onClick={() => make.mutate()}>
            {t.make}
          </Button>
        </div>
        <h3>{t.curl}</h3>
        <CopyLine text={curlOf(origin, request)} shown={curlOf(origin, shown)} label={t.copyCurl} />
      </div>
      <LiveTest path={request.path} headers={request.headers} isReady={secret.trim() !== ''} />
    </>
  )
}

type TestProps = {
  readonly path: string
  readonly headers: Readonly<Record<string, string>>
  readonly isReady: boolean
}

/** Sends the very request, without the session of this browser, and shows what comes back. */
function LiveTest({ path, headers, isReady }: TestProps) {
  const t = useScriptsTexts()
  const format = useFormat()
  const test = useMutation({
    mutationFn: async () => {
      const start = performance.now()
      const answer = await fetch(path, { headers, credentials: 'omit', cache: 'no-store' })
      const text = (await answer.text()).trim()
      return { ok: answer.ok, status: answer.status, text, ms: performance.now() - start }
    },
  })
  const { data, error } = test
  return (
    <div className={classes.section}>
      <div className={classes.bar}>
        <Button disabled={!isReady} loading={test.isPending} onClick={() => test.mutate()}>
          {t.test}
        </Button>
        {isReady ? null : <span className={classes.soft}>{t.needsToken}</span>}
        <span role="status">
          {data ? (
            <span className={classes.state} data-kind={data.ok ? 'good' : 'bad'}>
              {data.ok
                ? t.works(String(data.status), format.number(Math.round(data.ms)))
                : t.refused(String(data.status))}
            </span>
          ) : null}
          {error ? reasonOf(error) : null}
        </span>
      </div>
      {data ? (
        <>
          <h3>{data.text === '' ? t.noAnswer : t.answered}</h3>
          {data.text === '' ? null : (
            <pre className={classes.answer}>{data.text.slice(0, shownCharacters)}</pre>
          )}
        </>
      ) : null}
    </div>
  )
}

/** ActivityTimeline's API is off until somebody switches it on. */
function TimelineSwitch() {
  const t = useScriptsTexts()
  const { query, isSaving, change } =
    useSettings<Static<typeof PlanningSettings>>('/planning/settings')
  return (
    <Switch
      label={t.isOn}
      checked={query.data?.isActivityTimelineOn ?? false}
      disabled={!query.data || isSaving}
      onChange={(event) => change(t.isOn, { isActivityTimelineOn: event.currentTarget.checked })}
    />
  )
}
