import { Button, NativeSelect, Textarea } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import type { FormEvent } from 'react'
import type { TimesheetBody } from '../../../src/api/contract.ts'
import classes from './approvals.module.css'
import { reviewersQuery, type useStep } from './approvals-query.ts'
import { useApprovalsTexts } from './approvals-texts.ts'

type Props = { readonly sheet: TimesheetBody; readonly step: ReturnType<typeof useStep> }

/** Hands a timesheet in; whoever may approve it can pass over what blocks, with a reason. */
export function SubmitForm({ sheet, step }: Props) {
  const t = useApprovalsTexts()
  const { data } = useQuery(reviewersQuery(sheet.person.id))
  const isBlocked = sheet.findings.some(({ severity }) => severity === 'block')
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const form = new FormData(event.currentTarget)
    const textOf = (name: string) => String(form.get(name) ?? '').trim()
    const [comment, reviewer, overrideReason] = [
      textOf('comment'),
      textOf('reviewer'),
      textOf('override'),
    ]
    step.mutate({
      action: 'submit',
      person: sheet.person.id,
      day: sheet.from,
      ...(comment ? { comment } : {}),
      ...(reviewer ? { reviewer } : {}),
      ...(overrideReason ? { overrideReason } : {}),
    })
  }
  return (
    <form className={classes.form} onSubmit={submit}>
      <NativeSelect
        name="reviewer"
        label={t.reviewer}
        data={[
          { value: '', label: t.anyReviewer },
          ...(data?.reviewers ?? []).map(({ id, displayName }) => ({
            value: id,
            label: displayName,
          })),
        ]}
      />
      <Textarea name="comment" label={t.comment} maxLength={4_000} autosize />
      {isBlocked ? (
        <Textarea name="override" label={t.override} maxLength={4_000} autosize />
      ) : null}
      <div className={classes.acts}>
        <Button type="submit" loading={step.isPending}>
          {t.submit}
        </Button>
      </div>
    </form>
  )
}
