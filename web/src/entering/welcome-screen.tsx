import { Button } from '@mantine/core'
import { useMutation, useQuery } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import { type FormEvent, useState } from 'react'
import type { ClaimBody, LinkBody } from '../../../src/api/contract.ts'
import { AwayError, ProblemError, reasonOf } from '../api/problem.ts'
import { claimLink, readLink, useSession } from '../api/session.ts'
import { PasswordField } from '../parts/password-field.tsx'
import { ErrorState, Skeleton } from '../parts/states.tsx'
import classes from './entering.module.css'
import { EnteringPage } from './entering-page.tsx'
import { useEnteringTexts } from './entering-texts.ts'

type Claiming = ClaimBody & { readonly purpose: LinkBody['purpose'] | undefined }

/** Choosing a password with a link that works once; its secret stands behind the #. */
export function WelcomeScreen() {
  const t = useEnteringTexts()
  const navigate = useNavigate()
  const { data: session } = useSession()
  const [secret] = useState(() => window.location.hash.slice(1))
  const claim = useMutation({
    mutationFn: ({ secret: spent, password }: Claiming) => claimLink({ secret: spent, password }),
    // Going there replaces the address, so that the secret does not stay in the history.
    onSuccess: (_, { purpose }) =>
      void navigate({ to: purpose === 'first-start' ? '/start' : '/week', replace: true }),
  })
  const link = useQuery({
    queryKey: ['link', secret],
    queryFn: () => readLink(secret),
    // Spent by now: it must not be looked at again on the way out. Without one nothing is asked.
    enabled: secret !== '' && !claim.isSuccess,
    retry: false,
    staleTime: Number.POSITIVE_INFINITY,
  })
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const password = String(new FormData(event.currentTarget).get('password'))
    claim.mutate({ secret, password, purpose: link.data?.purpose })
  }
  if (secret !== '' && link.isPending)
    return (
      <EnteringPage title="">
        <Skeleton lines={4} />
      </EnteringPage>
    )
  if (link.error instanceof AwayError)
    return (
      <EnteringPage title="">
        <ErrorState error={link.error} onRetry={() => void link.refetch()} />
      </EnteringPage>
    )
  if (!link.data)
    return (
      <EnteringPage title={t.badLink}>
        <p className={classes.lead}>{session?.needsFirstStart ? t.badLinkFirst : t.badLinkHint}</p>
        <Link to="/login">{t.toSignIn}</Link>
      </EnteringPage>
    )
  const { displayName, name, purpose } = link.data
  const { error } = claim
  const onField = error instanceof ProblemError ? error.field('password') : undefined
  return (
    <EnteringPage title={t.welcome(displayName)}>
      <p className={classes.lead}>{purpose === 'first-start' ? t.welcomeFirst : t.welcomeReset}</p>
      <div role="alert">
        {error && onField === undefined ? (
          <p className={classes.problem}>{reasonOf(error)}</p>
        ) : null}
      </div>
      <form className={classes.form} onSubmit={submit}>
        <input type="hidden" name="username" autoComplete="username" value={name} readOnly />
        <PasswordField
          name="password"
          label={t.newPassword}
          description={t.passwordHint}
          error={onField}
          autoComplete="new-password"
          minLength={10}
          maxLength={256}
          required
          withAsterisk={false}
          autoFocus
        />
        <Button type="submit" fullWidth loading={claim.isPending}>
          {t.setPassword}
        </Button>
      </form>
      <p className={classes.note}>{t.signInAs(name)}</p>
    </EnteringPage>
  )
}
