import { Button, Checkbox, Textarea, TextInput } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { ProblemError, reasonOf } from '../api/problem.ts'
import { useMe } from '../api/session.ts'
import { PasswordField } from '../parts/password-field.tsx'
import { SideDrawer } from '../parts/side-drawer.tsx'
import { useSharedTexts } from '../texts/shared.ts'
import classes from './admin.module.css'
import { CopyLine } from './copy-line.tsx'
import { type Chosen, PersonField } from './person-field.tsx'
import { makeToken, tokensQuery } from './tokens-query.ts'
import { useTokensTexts } from './tokens-texts.ts'

const scopes = ['read', 'write', 'admin', 'servlet'] as const

/** A side panel that makes a token, or adopts a value, and shows the secret once. */
export function TokenForm({ adopts, onClose }: { adopts: boolean; onClose: () => void }) {
  const t = useTokensTexts()
  const shared = useSharedTexts()
  const me = useMe()
  const client = useQueryClient()
  const [owner, setOwner] = useState<Chosen | null>(me.person)
  const [granted, grant] = useState<string[]>(['read'])
  const make = useMutation({
    mutationFn: makeToken,
    onSuccess: () => void client.invalidateQueries({ queryKey: tokensQuery.queryKey }),
  })
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const values = new FormData(event.currentTarget)
    const of = (name: string) => String(values.get(name) ?? '').trim()
    make.mutate({
      name: of('name'),
      ...(owner ? { owner: owner.id } : {}),
      scopes: scopes.filter((scope) => granted.includes(scope)),
      networks: of('networks')
        .split(/[\s,]+/)
        .filter(Boolean),
      expires: of('expires') || null,
      ...(adopts ? { value: of('value') } : {}),
    })
  }
  const problem = make.error instanceof ProblemError ? make.error : undefined
  const isAtField = problem?.problem.problems !== undefined
  return (
    <SideDrawer title={adopts ? t.adopt : t.create} onClose={onClose} closesOutside={!make.data}>
      {make.data ? (
        <div className={classes.form} role="status">
          <strong>{adopts ? t.adopted : t.made}</strong>
          <p className={classes.lead}>{adopts ? t.adoptedHint : t.madeHint}</p>
          {adopts ? null : <CopyLine text={make.data.secret} label={t.copySecret} />}
          <div>
            <Button onClick={onClose} data-autofocus>
              {t.done}
            </Button>
          </div>
        </div>
      ) : (
        <form className={classes.form} onSubmit={submit}>
          <TextInput
            name="name"
            label={t.name}
            placeholder={t.nameExample}
            error={problem?.field('name')}
            maxLength={255}
            required
            withAsterisk={false}
            data-autofocus
          />
          {adopts ? (
            <PasswordField
              name="value"
              label={t.value}
              description={t.valueHint}
              error={problem?.field('value')}
              autoComplete="off"
              minLength={16}
              maxLength={4096}
              required
              withAsterisk={false}
            />
          ) : null}
          <PersonField label={t.owner} value={owner} onChange={setOwner} />
          <Checkbox.Group
            label={t.scopes}
            value={granted}
            onChange={grant}
            error={problem?.field('scopes')}
          >
            <div className={classes.checks}>
              {scopes.map((scope) => (
                <Checkbox
                  key={scope}
                  value={scope}
                  label={t[scope]}
                  description={t[`${scope}Hint`]}
                />
              ))}
            </div>
          </Checkbox.Group>
          <Textarea
            name="networks"
            label={t.networks}
            description={t.networksHint}
            error={problem?.field('networks')}
            minRows={2}
            autosize
          />
          <TextInput
            name="expires"
            type="date"
            label={t.expires}
            description={t.expiresHint}
            error={problem?.field('expires')}
          />
          {make.error && !isAtField ? (
            <p role="alert" className={classes.problem}>
              {reasonOf(make.error)}
            </p>
          ) : null}
          <div className={classes.actions}>
            <Button type="submit" loading={make.isPending} disabled={granted.length === 0}>
              {adopts ? t.adopt : t.make}
            </Button>
            <Button variant="default" onClick={onClose}>
              {shared.cancel}
            </Button>
          </div>
        </form>
      )}
    </SideDrawer>
  )
}
