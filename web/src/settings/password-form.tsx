import { Button } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useRef } from 'react'
import { call } from '../api/client.ts'
import { ProblemError, reasonOf } from '../api/problem.ts'
import { notify } from '../parts/notices.tsx'
import { PasswordField } from '../parts/password-field.tsx'
import classes from './settings.module.css'
import { useSettingsTexts } from './settings-texts.ts'

/** Changes one's own password. */
export function PasswordForm() {
  const t = useSettingsTexts()
  const form = useRef<HTMLFormElement>(null)
  const client = useQueryClient()
  const change = useMutation({
    mutationFn: (body: { current: string; next: string }) =>
      call('POST', '/session/password', { body }),
    onSuccess: () => {
      form.current?.reset()
      notify({ text: t.changed })
      void client.invalidateQueries({ queryKey: ['sessions'] })
    },
    onError: (error) => {
      if (!(error instanceof ProblemError)) notify({ kind: 'bad', text: reasonOf(error) })
    },
  })
  const problem = change.error instanceof ProblemError ? change.error : undefined
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const values = new FormData(event.currentTarget)
    change.mutate({ current: String(values.get('current')), next: String(values.get('next')) })
  }
  return (
    <form ref={form} className={classes.form} onSubmit={submit}>
      <PasswordField
        name="current"
        label={t.current}
        autoComplete="current-password"
        error={problem?.field('current')}
        maxLength={256}
        required
        withAsterisk={false}
      />
      <PasswordField
        name="next"
        label={t.next}
        description={t.nextHint}
        autoComplete="new-password"
        error={
          problem &&
          (problem.field('password') ?? (problem.field('current') ? null : problem.message))
        }
        minLength={10}
        maxLength={256}
        required
        withAsterisk={false}
      />
      <div>
        <Button type="submit" loading={change.isPending}>
          {t.change}
        </Button>
      </div>
    </form>
  )
}
