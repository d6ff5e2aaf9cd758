import { Button, Textarea, TextInput } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { parseWorked } from '../../../src/domain/duration.ts'
import { call } from '../api/client.ts'
import { ProblemError, reasonOf } from '../api/problem.ts'
import { useMe } from '../api/session.ts'
import type { WorklogBody } from '../api/types.ts'
import { notify } from '../parts/notices.tsx'
import { PlainButton } from '../parts/plain-button.tsx'
import { useSharedTexts } from '../texts/shared.ts'
import { useFormat } from '../time/format.ts'
import classes from './reports.module.css'
import { useReportsTexts } from './reports-texts.ts'

/** One worklog behind a cell; its hours and words can be changed where the server allows it. */
export function DrillEntry({ worklog }: { worklog: WorklogBody }) {
  const t = useReportsTexts()
  const shared = useSharedTexts()
  const format = useFormat()
  const me = useMe()
  const client = useQueryClient()
  const [isOpen, setOpen] = useState(false)
  const [problem, setProblem] = useState<string>()
  const renew = () =>
    void client.invalidateQueries({
      predicate: ({ queryKey }) => /^(report|week)/.test(String(queryKey[0])),
    })
  const save = useMutation({
    mutationFn: (body: { timeSpentSeconds: number; comment: string }) =>
      call('PATCH', `/worklogs/${worklog.id}`, { body, ifVersion: worklog.version }),
    onSuccess: () => {
      setOpen(false)
      notify({ text: t.changed })
      renew()
    },
    onError: (error) => {
      if (error instanceof ProblemError && error.status === 412) setProblem(shared.staleTitle)
      else setProblem(reasonOf(error))
    },
  })
  const isStale = save.error instanceof ProblemError && save.error.status === 412
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const form = new FormData(event.currentTarget)
    try {
      const worked = parseWorked(String(form.get('time')))
      const before = worked.kind === 'add' ? worklog.timeSpentSeconds : 0
      setProblem(undefined)
      save.mutate({
        timeSpentSeconds: worked.seconds + before,
        comment: String(form.get('comment')),
      })
    } catch (error) {
      setProblem(reasonOf(error))
    }
  }
  const mayTry = worklog.author.id === me.person.id || me.role === 'administrator'
  return (
    <li className={classes.entry}>
      <div className={classes.entryHead}>
        <strong>{format.hours(worklog.timeSpentSeconds)}</strong>
        <span>{format.shortDay(worklog.day)}</span>
        <span>{format.clock(worklog.startTime)}</span>
        <span className={classes.entryWho}>{worklog.author.displayName}</span>
        {mayTry ? (
          <PlainButton aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
            {t.edit}
            <span className="hb-hidden">
              {` ${worklog.issue.key} ${format.shortDay(worklog.day)}`}
            </span>
          </PlainButton>
        ) : null}
      </div>
      <div className={classes.entryIssue}>
        <span>{worklog.issue.key}</span> {worklog.issue.summary}
      </div>
      {isOpen ? (
        <form className={classes.entryForm} onSubmit={submit} key={worklog.version}>
          <TextInput
            name="time"
            label={t.time}
            defaultValue={format.hours(worklog.timeSpentSeconds)}
            error={problem}
            required
            withAsterisk={false}
            data-autofocus
          />
          <Textarea name="comment" label={t.comment} defaultValue={worklog.comment} autosize />
          <div className={classes.entryActs}>
            <Button type="submit" size="compact-md" loading={save.isPending}>
              {shared.save}
            </Button>
            {isStale ? (
              <Button
                size="compact-md"
                variant="default"
                onClick={() => {
                  setProblem(undefined)
                  setOpen(false)
                  renew()
                }}
              >
                {shared.reload}
              </Button>
            ) : null}
          </div>
        </form>
      ) : worklog.comment ? (
        <p className={classes.entryComment}>{worklog.comment}</p>
      ) : null}
    </li>
  )
}
