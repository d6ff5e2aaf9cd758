import { Button, Checkbox, NativeSelect, TextInput } from '@mantine/core'
import { useDebouncedCallback } from '@mantine/hooks'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useRef, useState } from 'react'
import type { LookBody } from '../../../src/api/contract.ts'
import { ProblemError, reasonOf } from '../api/problem.ts'
import { notify } from '../parts/notices.tsx'
import { PasswordField } from '../parts/password-field.tsx'
import { SideDrawer } from '../parts/side-drawer.tsx'
import { useSharedTexts } from '../texts/shared.ts'
import classes from './admin.module.css'
import { connect, connectionsQuery, lookAt, startSync } from './connections-query.ts'
import { useConnectionsTexts } from './connections-texts.ts'
import { ProjectChoice } from './project-choice.tsx'

const ways = ['basic', 'pat', 'password'] as const
const typingMs = 300

/**
 * A side panel that connects a Jira: nothing is kept before that Jira has said who we are. A test
 * says so first, and shows the projects to choose from.
 */
export function ConnectionForm({
  startsReading = false,
  onClose,
}: {
  /** Whether it is read at once, without waiting for the next round. */
  startsReading?: boolean
  onClose: () => void
}) {
  const t = useConnectionsTexts()
  const shared = useSharedTexts()
  const client = useQueryClient()
  const form = useRef<HTMLFormElement>(null)
  const [auth, setAuth] = useState<(typeof ways)[number]>('basic')
  const [offer, setOffer] = useState<LookBody>()
  const [text, setText] = useState('')
  const [chosen, setChosen] = useState<readonly string[] | null>(null)
  const send = useMutation({
    mutationFn: connect,
    onSuccess: async ({ user }, { name }) => {
      notify({ text: t.connected(user) })
      // Who reads it already tells so; nothing else can be wrong that the screen will not show.
      if (startsReading) await startSync(name, false).catch(() => {})
      void client.invalidateQueries({ queryKey: connectionsQuery.queryKey })
      void client.invalidateQueries({ queryKey: ['first-start'] })
      onClose()
    },
  })
  const look = useMutation({ mutationFn: lookAt, onSuccess: setOffer })
  const valuesOf = () => {
    const values = new FormData(form.current ?? undefined)
    const of = (name: string) => String(values.get(name) ?? '').trim()
    const login = {
      url: of('url'),
      auth,
      ...(auth === 'pat' ? {} : { user: of('user') }),
      secret: of('secret'),
      ...(values.has('allowPrivate') ? { allowPrivate: true } : {}),
    }
    return { of, login }
  }
  const lookFor = (words: string) => {
    send.reset()
    look.mutate({ ...valuesOf().login, ...(words === '' ? {} : { text: words }) })
  }
  const lookSoon = useDebouncedCallback(lookFor, typingMs)
  const test = () => {
    // The name is for here alone: the Jira is asked without it.
    const isComplete = [...(form.current?.querySelectorAll('input') ?? [])]
      .filter(({ name }) => name !== 'name')
      .every((input) => input.reportValidity())
    if (!isComplete) return
    setOffer(undefined)
    setText('')
    lookFor('')
  }
  const forget = () => {
    setOffer(undefined)
    setChosen(null)
    look.reset()
  }
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const { of, login } = valuesOf()
    look.reset()
    send.mutate({
      name: of('name'),
      ...login,
      mode: of('mode') === 'mirror' ? 'mirror' : 'read',
      ...(chosen === null ? {} : { projects: [...chosen] }),
    })
  }
  const error = send.error ?? look.error
  const problem = error instanceof ProblemError ? error : undefined
  const plain = { required: true, withAsterisk: false } as const
  return (
    <SideDrawer title={t.connect} onClose={onClose}>
      <form ref={form} className={classes.form} onSubmit={submit}>
        <TextInput
          name="name"
          label={t.name}
          error={problem?.field('name')}
          {...plain}
          data-autofocus
        />
        <TextInput
          name="url"
          type="url"
          label={t.url}
          error={problem?.field('url')}
          onChange={forget}
          {...plain}
        />
        <NativeSelect
          label={t.auth}
          value={auth}
          onChange={(event) => {
            setAuth(ways.find((one) => one === event.currentTarget.value) ?? 'basic')
            forget()
          }}
          data={ways.map((one) => ({ value: one, label: t[one] }))}
        />
        {auth === 'pat' ? null : (
          <TextInput
            name="user"
            label={t.user}
            error={problem?.field('user') ?? problem?.field('login')}
            autoComplete="off"
            onChange={forget}
            {...plain}
          />
        )}
        <PasswordField
          name="secret"
          label={t.secret}
          description={t.secretHint}
          error={problem?.field('secret')}
          autoComplete="off"
          onChange={forget}
          {...plain}
        />
        <Checkbox name="allowPrivate" label={t.allowPrivate} />
        <NativeSelect
          name="mode"
          label={t.mode}
          data={(['read', 'mirror'] as const).map((one) => ({ value: one, label: t[one] }))}
        />
        {offer ? (
          <>
            <p role="status" className={classes.good}>
              {t.tested(offer.user, offer.version)}
            </p>
            <ProjectChoice
              offer={offer}
              text={text}
              onText={(words) => {
                setText(words)
                if (offer.isMore || words.trim() === '') lookSoon(words.trim())
              }}
              chosen={chosen}
              onChange={setChosen}
            />
          </>
        ) : (
          <p className={classes.lead}>{t.testHint}</p>
        )}
        {error ? (
          <p role="alert" className={classes.problem}>
            {reasonOf(error)}
          </p>
        ) : null}
        <div className={classes.actions}>
          <Button type="submit" loading={send.isPending} disabled={chosen?.length === 0}>
            {t.connect}
          </Button>
          {offer ? null : (
            <Button variant="default" loading={look.isPending} onClick={test}>
              {t.testAndChoose}
            </Button>
          )}
          <Button variant="default" onClick={onClose}>
            {shared.cancel}
          </Button>
        </div>
      </form>
    </SideDrawer>
  )
}
