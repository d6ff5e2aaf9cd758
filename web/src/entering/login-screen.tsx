import { Button, TextInput } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { type FormEvent, useRef } from 'react'
import { reasonOf } from '../api/problem.ts'
import { signIn, useSession } from '../api/session.ts'
import { PasswordField } from '../parts/password-field.tsx'
import classes from './entering.module.css'
import { EnteringPage } from './entering-page.tsx'
import { useEnteringTexts } from './entering-texts.ts'

const route = getRouteApi('/login')

/** Signing in with a password, or through the identity provider. */
export function LoginScreen() {
  const t = useEnteringTexts()
  const { data: session } = useSession()
  const { to = '/week', problem } = route.useSearch()
  const password = useRef<HTMLInputElement>(null)
  const navigate = route.useNavigate()
  const enter = useMutation({
    mutationFn: signIn,
    onSuccess: () => void navigate({ href: to, replace: true }),
    onError: () => password.current?.select(),
  })
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const form = new FormData(event.currentTarget)
    enter.mutate({ name: String(form.get('name')), password: String(form.get('password')) })
  }
  const said = enter.error ? reasonOf(enter.error) : problem && t[problem]
  return (
    <EnteringPage title={t.title(session?.siteName ?? '')}>
      <div role="alert">{said ? <p className={classes.problem}>{said}</p> : null}</div>
      {session?.needsFirstStart ? <p className={classes.lead}>{t.firstStart}</p> : null}
      <form className={classes.form} onSubmit={submit}>
        <TextInput
          name="name"
          label={t.name}
          autoComplete="username"
          autoCapitalize="none"
          spellCheck={false}
          maxLength={255}
          required
          withAsterisk={false}
          data-autofocus
          autoFocus
        />
        <PasswordField
          ref={password}
          name="password"
          label={t.password}
          autoComplete="current-password"
          maxLength={256}
          required
          withAsterisk={false}
        />
        <Button type="submit" fullWidth loading={enter.isPending}>
          {t.signIn}
        </Button>
        {session?.singleSignOn ? (
          <>
            <div className={classes.or}>{t.or}</div>
            <Button
              component="a"
              variant="default"
              fullWidth
              href={`/api/v1/session/single-sign-on?to=${encodeURIComponent(to)}`}
            >
              {t.signOnWith(session.singleSignOn)}
            </Button>
          </>
        ) : null}
      </form>
      <p className={classes.note}>{t.forgot}</p>
    </EnteringPage>
  )
}
