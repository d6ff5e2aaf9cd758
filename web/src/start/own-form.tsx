import { Button, Textarea, TextInput } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { ProblemError, reasonOf } from '../api/problem.ts'
import { notify } from '../parts/notices.tsx'
import { useFormat } from '../time/format.ts'
import { keyFor, readFirstPeople } from './first-people.ts'
import classes from './start.module.css'
import { beginWithoutJira } from './start-query.ts'
import { useStartTexts } from './start-texts.ts'

/** A first project, a first issue and the first people, at once. */
export function OwnForm({ onDone }: { onDone: () => void }) {
  const t = useStartTexts()
  const format = useFormat()
  const client = useQueryClient()
  const [key, setKey] = useState('')
  const [isOwnKey, setOwnKey] = useState(false)
  const [badLine, setBadLine] = useState<string>()
  const begin = useMutation({
    mutationFn: beginWithoutJira,
    onSuccess({ project, added, refused }) {
      notify({ text: t.begun(project.key, format.number(added)) })
      for (const { name, error } of refused)
        notify({ kind: 'bad', text: t.personNot(name, reasonOf(error)) })
      onDone()
    },
    onSettled: () => void client.invalidateQueries(),
  })
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const form = new FormData(event.currentTarget)
    const of = (name: string) => String(form.get(name) ?? '').trim()
    const read = readFirstPeople(of('people'))
    setBadLine(read.bad)
    if (read.bad === undefined)
      begin.mutate({ name: of('name'), key, issue: of('issue'), people: read.people })
  }
  const problem = begin.error instanceof ProblemError ? begin.error : undefined
  const isShown = problem?.field('key') ?? problem?.field('name') ?? problem?.field('summary')
  return (
    <form className={classes.form} onSubmit={submit}>
      <TextInput
        name="name"
        label={t.projectName}
        error={problem?.field('name')}
        maxLength={255}
        required
        withAsterisk={false}
        autoFocus
        onChange={(event) => {
          if (!isOwnKey) setKey(keyFor(event.currentTarget.value))
        }}
      />
      <TextInput
        name="key"
        label={t.projectKey}
        description={t.projectKeyHint}
        error={problem?.field('key')}
        value={key}
        maxLength={10}
        required
        withAsterisk={false}
        onChange={(event) => {
          setOwnKey(true)
          setKey(event.currentTarget.value.toUpperCase())
        }}
      />
      <TextInput
        name="issue"
        label={t.issue}
        error={problem?.field('summary')}
        defaultValue={t.usualIssue}
        maxLength={1_000}
        required
        withAsterisk={false}
      />
      <Textarea
        name="people"
        label={t.people}
        description={t.peopleHint}
        placeholder={t.peoplePlaceholder}
        error={badLine === undefined ? undefined : t.badPerson(badLine)}
        rows={4}
      />
      {begin.error && isShown === undefined ? (
        <p role="alert" className={classes.problem}>
          {reasonOf(begin.error)}
        </p>
      ) : null}
      <Button type="submit" loading={begin.isPending}>
        {t.begin}
      </Button>
    </form>
  )
}
