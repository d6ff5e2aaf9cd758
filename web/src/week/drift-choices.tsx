import { Button, Textarea } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { type FormEvent, useState } from 'react'
import type { WeekBody } from '../../../src/api/contract.ts'
import { reasonOf } from '../api/problem.ts'
import { useMe } from '../api/session.ts'
import { useConflictTexts } from '../conflicts/conflict-texts.ts'
import classes from '../conflicts/conflicts.module.css'
import { dismissDrift, unapprove } from '../conflicts/conflicts-query.ts'
import { notify } from '../parts/notices.tsx'
import type { Divergence } from './divergences.ts'

type Props = {
  readonly of: Divergence
  readonly week: WeekBody
  readonly onSettled: () => Promise<void>
  readonly onLeave: () => void
}

/** The locked hours stand, the days are opened for Jira's, or a correction is booked elsewhere. */
export function DriftChoices({ of, week, onSettled, onLeave }: Props) {
  const t = useConflictTexts()
  const me = useMe()
  const [isWhy, setWhy] = useState(false)
  const [problem, setProblem] = useState<string>()
  const dismiss = useMutation({
    mutationFn: (comment: string) => dismissDrift(of.id, comment),
    onSuccess: onSettled,
    onError: (error) => setProblem(reasonOf(error)),
  })
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    dismiss.mutate(String(new FormData(event.currentTarget).get('why')))
  }
  const release = useMutation({
    mutationFn: unapprove,
    onSuccess: onSettled,
    onError: (error) => notify({ kind: 'bad', text: reasonOf(error) }),
  })
  const lock = week.days.find(({ day }) => day === of.day)?.lock
  const isSheet = lock?.reason === 'timesheet-approved'
  const isPeriod = lock?.reason === 'period-closed' && me.role === 'administrator'
  const held = lock ? undefined : week.approvals.find((one) => one.worklogId === of.worklogId)
  const person = week.person.id === me.person.id ? {} : { person: week.person.id }
  return (
    <>
      <div className={classes.choices}>
        <Button
          size="compact-sm"
          variant="default"
          aria-expanded={isWhy}
          onClick={() => setWhy(!isWhy)}
        >
          {t.letStand}
        </Button>
        {isSheet ? (
          <Link
            className={classes.choice}
            to="/approvals"
            search={{ person: week.person.id, day: of.day }}
          >
            {t.reopenSheet}
          </Link>
        ) : isPeriod ? (
          <Link className={classes.choice} to="/approvals" search={{ tab: 'periods' }}>
            {t.reopenPeriod}
          </Link>
        ) : held ? (
          <Button
            size="compact-sm"
            variant="default"
            loading={release.isPending}
            onClick={() => release.mutate(held.worklogId)}
          >
            {t.unapprove}
          </Button>
        ) : null}
        <Link
          className={classes.choice}
          to="/week"
          search={{ ...person, add: of.issue.key }}
          onClick={onLeave}
        >
          {t.correct}
        </Link>
      </div>
      {isWhy ? (
        <form className={classes.form} onSubmit={submit}>
          <Textarea
            name="why"
            label={t.whyStand}
            error={problem}
            required
            withAsterisk={false}
            maxLength={4_000}
            autosize
            autoFocus
          />
          <div className={classes.choices}>
            <Button type="submit" size="compact-sm" loading={dismiss.isPending}>
              {t.letThemStand}
            </Button>
          </div>
        </form>
      ) : isSheet || isPeriod || held ? (
        <p>{t.reopenHint}</p>
      ) : null}
    </>
  )
}
