import { Button, Textarea } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { type FormEvent, useState } from 'react'
import type { TimesheetBody } from '../../../src/api/contract.ts'
import { ErrorState, Skeleton } from '../parts/states.tsx'
import { useSharedTexts } from '../texts/shared.ts'
import type { Day } from '../time/days.ts'
import { useFormat } from '../time/format.ts'
import classes from './approvals.module.css'
import { type Log, logQuery, timesheetQuery, useStep } from './approvals-query.ts'
import { useApprovalsTexts } from './approvals-texts.ts'
import { FindingList } from './finding-list.tsx'
import { HoursTable } from './hours-table.tsx'
import { SubmitForm } from './submit-form.tsx'

type Props = {
  readonly person: string
  readonly day: Day
  readonly isRejecting?: boolean
  readonly onRejecting?: (isRejecting: boolean) => void
}

/** One timesheet: what is odd about it first, then its hours, what may be done, and its history. */
export function TimesheetDetail({ person, day, isRejecting = false, onRejecting }: Props) {
  const t = useApprovalsTexts()
  const format = useFormat()
  const { data: sheet, error, isPending, refetch } = useQuery(timesheetQuery(person, day))
  const step = useStep()
  const [reopening, setReopening] = useState(false)
  if (isPending) return <Skeleton lines={10} height={28} />
  if (error) return <ErrorState error={error} onRetry={() => void refetch()} />
  const { from, to, actions, spentSeconds, requiredSeconds, spentSecondsAtSubmit } = sheet
  const take = (action: 'approve' | 'recall') => step.mutate({ action, person, day })
  return (
    <article className={classes.detail} aria-label={sheet.person.displayName}>
      <header className={classes.detailHead}>
        <h2>{sheet.person.displayName}</h2>
        <span>{format.range(from, to)}</span>
        <span className={classes.status} data-status={sheet.status}>
          {statusText(t, sheet)}
        </span>
        <Link to="/week" search={{ person, day: from }}>
          {t.openWeek}
        </Link>
      </header>
      <p className={classes.sums}>
        <strong>{t.ofRequired(format.hours(spentSeconds), format.hours(requiredSeconds))}</strong>
        <span>
          {t.difference} {format.difference(spentSeconds - requiredSeconds)}
        </span>
        {spentSecondsAtSubmit !== null && spentSecondsAtSubmit !== spentSeconds ? (
          <span className={classes.flag}>
            {t.changedSince(format.hours(spentSeconds), format.hours(spentSecondsAtSubmit))}
          </span>
        ) : null}
      </p>
      <FindingList findings={sheet.findings} />
      {actions.includes('submit') ? (
        <SubmitForm sheet={sheet} step={step} />
      ) : (
        <div className={classes.acts}>
          {actions.includes('approve') ? (
            <Button loading={step.isPending} onClick={() => take('approve')}>
              {t.approve}
            </Button>
          ) : null}
          {actions.includes('reject') && !isRejecting ? (
            <Button variant="default" onClick={() => onRejecting?.(true)}>
              {t.reject}
            </Button>
          ) : null}
          {actions.includes('recall') ? (
            <Button variant="default" loading={step.isPending} onClick={() => take('recall')}>
              {t.recall}
            </Button>
          ) : null}
          {actions.includes('reopen') && !reopening ? (
            <Button variant="default" onClick={() => setReopening(true)}>
              {t.reopen}
            </Button>
          ) : null}
        </div>
      )}
      {isRejecting && actions.includes('reject') ? (
        <ReasonForm
          verb={t.reject}
          isPending={step.isPending}
          onCancel={() => onRejecting?.(false)}
          onSend={(comment) =>
            step.mutate(
              { action: 'reject', person, day, comment },
              { onSuccess: () => onRejecting?.(false) },
            )
          }
        />
      ) : null}
      {reopening && actions.includes('reopen') ? (
        <ReasonForm
          verb={t.reopen}
          isPending={step.isPending}
          onCancel={() => setReopening(false)}
          onSend={(comment) =>
            step.mutate(
              { action: 'reopen', person, day, comment },
              { onSuccess: () => setReopening(false) },
            )
          }
        />
      ) : null}
      <HoursTable person={person} from={from} to={to} />
      <History person={person} from={from} />
    </article>
  )
}

type ReasonProps = {
  readonly verb: string
  readonly isPending: boolean
  readonly onSend: (reason: string) => void
  readonly onCancel: () => void
}

/** A step that must say why. */
export function ReasonForm({ verb, isPending, onSend, onCancel }: ReasonProps) {
  const t = useApprovalsTexts()
  const shared = useSharedTexts()
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    onSend(String(new FormData(event.currentTarget).get('reason')).trim())
  }
  return (
    <form
      className={classes.form}
      onSubmit={submit}
      onKeyDown={(event) => {
        if (event.key === 'Escape') onCancel()
        if (
          event.key === 'Enter' &&
          !event.shiftKey &&
          event.target instanceof HTMLTextAreaElement
        ) {
          event.preventDefault()
          event.currentTarget.requestSubmit()
        }
      }}
    >
      <Textarea
        name="reason"
        label={t.reason}
        description={t.reasonHint}
        maxLength={4_000}
        required
        withAsterisk={false}
        autoFocus
      />
      <div className={classes.acts}>
        <Button type="submit" loading={isPending}>
          {verb}
        </Button>
        <Button variant="default" onClick={onCancel}>
          {shared.cancel}
        </Button>
      </div>
    </form>
  )
}

function History({ person, from }: { person: string; from: Day }) {
  const t = useApprovalsTexts()
  const format = useFormat()
  const { data } = useQuery(logQuery(person))
  const entries = (data?.entries ?? []).filter((one) => one.from === from).toReversed()
  return (
    <section className={classes.history} aria-label={t.history}>
      <h3>{t.history}</h3>
      {entries.length === 0 ? <p className={classes.soft}>{t.noHistory}</p> : null}
      <ol>
        {entries.map((one) => (
          <li key={one.id}>
            <span className={classes.soft}>{format.moment(one.at)}</span>
            <span>
              {stepText(t, one)}
              {one.comment ? <q>{one.comment}</q> : null}
              {one.overrideReason ? <q>{one.overrideReason}</q> : null}
            </span>
            <span className={classes.figure}>
              {t.ofRequired(format.hours(one.spentSeconds), format.hours(one.requiredSeconds))}
            </span>
          </li>
        ))}
      </ol>
    </section>
  )
}

type Texts = ReturnType<typeof useApprovalsTexts>

function statusText(t: Texts, { status }: Pick<TimesheetBody, 'status'>): string {
  return {
    open: t.statusOpen,
    waiting: t.statusWaiting,
    approved: t.statusApproved,
    rejected: t.statusRejected,
  }[status]
}

function stepText(t: Texts, { action, actor }: Log): string {
  return {
    submit: t.stepSubmit,
    approve: t.stepApprove,
    reject: t.stepReject,
    recall: t.stepRecall,
    reopen: t.stepReopen,
  }[action](actor.displayName)
}
