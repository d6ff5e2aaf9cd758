import { Button } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import type { WeekBody } from '../../../src/api/contract.ts'
import { call, newKey } from '../api/client.ts'
import { reasonOf } from '../api/problem.ts'
import { useConflictTexts } from '../conflicts/conflict-texts.ts'
import classes from '../conflicts/conflicts.module.css'
import { settle } from '../conflicts/conflicts-query.ts'
import { ThirdForm } from '../conflicts/third-form.tsx'
import { notify } from '../parts/notices.tsx'
import type { Divergence } from './divergences.ts'

type Props = {
  readonly of: Divergence
  readonly week: WeekBody
  readonly onSettled: () => Promise<void>
}

/** Ours, Jira's, or something else. Where Jira deleted it, ours means to book it again. */
export function ConflictChoices({ of, week, onSettled }: Props) {
  const t = useConflictTexts()
  const [hasThird, setThird] = useState(false)
  const [key] = useState(newKey)
  const isGone = of.theirs === null
  const choose = useMutation({
    mutationFn: async (which: 'ours' | 'theirs') => {
      if (which === 'ours' && isGone) await bookAgain()
      return settle(of.id, which === 'ours' && !isGone ? 'ours' : 'theirs')
    },
    onSuccess: onSettled,
    onError: (error) => notify({ kind: 'bad', text: reasonOf(error) }),
  })
  async function bookAgain(): Promise<void> {
    if (!of.ours) return
    const { startedAt, timeSpentSeconds, comment, visibility } = of.ours
    const entry = { startedAt, timeSpentSeconds, comment, visibility }
    const body = { issue: of.issue.id, author: week.person.id, ...entry }
    await call('POST', '/worklogs', { body, idempotencyKey: key })
  }
  return (
    <>
      <div className={classes.choices}>
        <Button
          size="compact-sm"
          variant="default"
          loading={choose.isPending}
          onClick={() => choose.mutate('ours')}
        >
          {isGone ? t.bookAgain : t.keepOurs}
        </Button>
        <Button
          size="compact-sm"
          variant="default"
          loading={choose.isPending}
          onClick={() => choose.mutate('theirs')}
        >
          {t.keepTheirs}
        </Button>
        {isGone ? null : (
          <Button
            size="compact-sm"
            variant="default"
            aria-expanded={hasThird}
            onClick={() => setThird(!hasThird)}
          >
            {t.keepThird}
          </Button>
        )}
      </div>
      {hasThird && of.ours ? (
        <ThirdForm
          of={of}
          timeSpentSeconds={of.ours.timeSpentSeconds}
          comment={of.ours.comment}
          onDone={onSettled}
        />
      ) : null}
    </>
  )
}
