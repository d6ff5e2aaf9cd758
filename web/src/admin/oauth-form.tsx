import { Button, Textarea, TextInput } from '@mantine/core'
import type { Static } from '@sinclair/typebox'
import { useMutation } from '@tanstack/react-query'
import type { FormEvent } from 'react'
import type { NewOAuthAppBody, OAuthAppMade } from '../../../src/api/contract.ts'
import { call } from '../api/client.ts'
import { ProblemError, reasonOf } from '../api/problem.ts'
import { useSharedTexts } from '../texts/shared.ts'
import classes from './admin.module.css'
import { CopyLine } from './copy-line.tsx'
import { useOAuthTexts } from './oauth-texts.ts'
import { SidePanel } from './side-panel.tsx'

/** A side panel that registers a program, and shows its secret once. */
export function OAuthForm({ onMade, onClose }: { onMade: () => void; onClose: () => void }) {
  const t = useOAuthTexts()
  const shared = useSharedTexts()
  const make = useMutation({
    mutationFn: (body: NewOAuthAppBody) =>
      call<Static<typeof OAuthAppMade>>('POST', '/oauth-apps', { body }),
    onSuccess: onMade,
  })
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const values = new FormData(event.currentTarget)
    make.mutate({
      name: String(values.get('name')).trim(),
      redirectUris: String(values.get('redirectUris')).split(/\s+/).filter(Boolean),
    })
  }
  const problem = make.error instanceof ProblemError ? make.error : undefined
  const fields = problem?.problem.problems ?? []
  const atRedirects = fields.find(({ field }) => field.startsWith('redirectUris'))?.message
  const isAtField = problem?.field('name') !== undefined || atRedirects !== undefined
  if (make.data)
    return (
      <SidePanel title={t.add} onClose={onClose}>
        <div className={classes.form} role="status">
          <strong>{t.made}</strong>
          <p className={classes.lead}>{t.madeHint}</p>
          <h3>{t.clientId}</h3>
          <CopyLine text={make.data.app.clientId} label={t.copyId(make.data.app.name)} />
          <h3>{t.clientSecret}</h3>
          <CopyLine text={make.data.clientSecret} label={t.copySecret} />
          <div>
            <Button onClick={onClose} data-autofocus>
              {t.done}
            </Button>
          </div>
        </div>
      </SidePanel>
    )
  return (
    <SidePanel title={t.add} onClose={onClose}>
      <form className={classes.form} onSubmit={submit}>
        <TextInput
          name="name"
          label={t.name}
          error={problem?.field('name')}
          maxLength={255}
          required
          withAsterisk={false}
          data-autofocus
        />
        <Textarea
          name="redirectUris"
          label={t.redirects}
          description={t.redirectsHint}
          error={atRedirects}
          minRows={2}
          autosize
          required
          withAsterisk={false}
        />
        {make.error && !isAtField ? (
          <p role="alert" className={classes.problem}>
            {reasonOf(make.error)}
          </p>
        ) : null}
        <div className={classes.actions}>
          <Button type="submit" loading={make.isPending}>
            {t.add}
          </Button>
          <Button variant="default" onClick={onClose}>
            {shared.cancel}
          </Button>
        </div>
      </form>
    </SidePanel>
  )
}
