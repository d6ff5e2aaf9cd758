import { Button, Checkbox, Drawer, NativeSelect, PasswordInput, TextInput } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { ProblemError, reasonOf } from '../api/problem.ts'
import { notify } from '../parts/notices.tsx'
import { useSharedTexts } from '../texts/shared.ts'
import classes from './admin.module.css'
import { connect, connectionsQuery, startSync } from './connections-query.ts'
import { useConnectionsTexts } from './connections-texts.ts'

const ways = ['basic', 'pat', 'password'] as const

/** A side panel that connects a Jira: nothing is kept before that Jira has said who we are. */
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
  const [auth, setAuth] = useState<(typeof ways)[number]>('basic')
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
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const values = new FormData(event.currentTarget)
    const of = (name: string) => String(values.get(name) ?? '').trim()
    send.mutate({
      name: of('name'),
      url: of('url'),
      auth,
      ...(auth === 'pat' ? {} : { user: of('user') }),
      secret: of('secret'),
      mode: of('mode') === 'mirror' ? 'mirror' : 'read',
      ...(values.has('allowPrivate') ? { allowPrivate: true } : {}),
    })
  }
  const problem = send.error instanceof ProblemError ? send.error : undefined
  const plain = { required: true, withAsterisk: false } as const
  return (
    <Drawer
      opened
      onClose={onClose}
      position="right"
      size="md"
      overlayProps={{ backgroundOpacity: 0.15 }}
      closeButtonProps={{ 'aria-label': shared.close }}
      title={t.connect}
    >
      <form className={classes.form} onSubmit={submit}>
        <TextInput
          name="name"
          label={t.name}
          error={problem?.field('name')}
          {...plain}
          data-autofocus
        />
        <TextInput name="url" type="url" label={t.url} error={problem?.field('url')} {...plain} />
        <NativeSelect
          label={t.auth}
          value={auth}
          onChange={(event) =>
            setAuth(ways.find((one) => one === event.currentTarget.value) ?? 'basic')
          }
          data={ways.map((one) => ({ value: one, label: t[one] }))}
        />
        {auth === 'pat' ? null : (
          <TextInput
            name="user"
            label={t.user}
            error={problem?.field('user') ?? problem?.field('login')}
            autoComplete="off"
            {...plain}
          />
        )}
        <PasswordInput
          name="secret"
          label={t.secret}
          description={t.secretHint}
          error={problem?.field('secret')}
          autoComplete="off"
          {...plain}
        />
        <NativeSelect
          name="mode"
          label={t.mode}
          data={(['read', 'mirror'] as const).map((one) => ({ value: one, label: t[one] }))}
        />
        <Checkbox name="allowPrivate" label={t.allowPrivate} />
        {send.error ? (
          <p role="alert" className={classes.problem}>
            {reasonOf(send.error)}
          </p>
        ) : null}
        <div className={classes.actions}>
          <Button type="submit" loading={send.isPending}>
            {t.connect}
          </Button>
          <Button variant="default" onClick={onClose}>
            {shared.cancel}
          </Button>
        </div>
      </form>
    </Drawer>
  )
}
