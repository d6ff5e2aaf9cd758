import { Button, Textarea, TextInput } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { formatHoursMinutes } from '../../../src/domain/duration.ts'
import { parseValue } from '../admin/table/column.ts'
import { useTableTexts } from '../admin/table/table-texts.ts'
import { reasonOf } from '../api/problem.ts'
import { useConflictTexts } from './conflict-texts.ts'
import classes from './conflicts.module.css'
import { type Conflict, settleWith } from './conflicts-query.ts'

type Props = {
  readonly of: Pick<Conflict, 'id' | 'worklogId'>
  readonly timeSpentSeconds: number
  readonly comment: string
  readonly onDone: () => void | Promise<void>
}

/** Neither version: what shall stand on both sides is typed here. */
export function ThirdForm({ of, timeSpentSeconds, comment, onDone }: Props) {
  const t = useConflictTexts()
  const table = useTableTexts()
  const [problem, setProblem] = useState<string>()
  const write = useMutation({
    mutationFn: (body: { timeSpentSeconds: number; comment: string }) => settleWith(of, body),
    onSuccess: onDone,
    onError: (error) => setProblem(reasonOf(error)),
  })
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const form = new FormData(event.currentTarget)
    const time = parseValue(
      { kind: 'hours', isRequired: true, least: 60 },
      String(form.get('time') ?? ''),
    )
    if (time.problem !== undefined) setProblem(table[time.problem])
    else
      write.mutate({
        timeSpentSeconds: Number(time.value),
        comment: String(form.get('comment') ?? ''),
      })
  }
  return (
    <form className={classes.form} onSubmit={submit}>
      <TextInput
        name="time"
        label={t.timeSpentSeconds}
        defaultValue={formatHoursMinutes(timeSpentSeconds)}
        data-autofocus
      />
      <Textarea name="comment" label={t.comment} defaultValue={comment} autosize />
      {problem === undefined ? null : (
        <p role="alert" className={classes.problem}>
          {problem}
        </p>
      )}
      <div className={classes.choices}>
        <Button type="submit" loading={write.isPending}>
          {t.writeThird}
        </Button>
      </div>
    </form>
  )
}
