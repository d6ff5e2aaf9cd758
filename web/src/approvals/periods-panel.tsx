import { Button, Modal, Textarea } from '@mantine/core'
import { useMutation, useQuery } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { call } from '../api/client.ts'
import { reasonOf } from '../api/problem.ts'
import { useFocusReturn } from '../parts/focus-return.ts'
import { notify } from '../parts/notices.tsx'
import { ErrorState, Skeleton } from '../parts/states.tsx'
import { useSharedTexts } from '../texts/shared.ts'
import { addDays, type Day } from '../time/days.ts'
import { useFormat } from '../time/format.ts'
import { useToday } from '../time/today.ts'
import classes from './approvals.module.css'
import { periodsQuery, usePeriodStep, verify } from './approvals-query.ts'
import { useApprovalsTexts } from './approvals-texts.ts'
import { ManifestChain } from './manifest-chain.tsx'
import { verdictText } from './verdict.ts'

type Chosen = { readonly step: 'close' | 'reopen'; readonly from: Day; readonly to: Day }

const daysBack = 120

/** Periods of the site: closing them for everybody, opening them again, and the proof of it. */
export function PeriodsPanel() {
  const t = useApprovalsTexts()
  const format = useFormat()
  const today = useToday()
  const { data, error, isPending, refetch } = useQuery(
    periodsQuery(addDays(today, -daysBack), today),
  )
  const [chosen, setChosen] = useState<Chosen>()
  const check = useMutation({
    mutationFn: verify,
    onError: (failure) => notify({ kind: 'bad', text: reasonOf(failure) }),
  })
  if (isPending)
    return (
      <div className={classes.body}>
        <Skeleton lines={8} height={32} />
      </div>
    )
  if (error) return <ErrorState error={error} onRetry={() => void refetch()} />
  // Runs of closed days may not follow the rule of the site: they are opened as they were closed.
  const lines: readonly (Chosen & { readonly isClosed: boolean })[] = [
    ...data.periods
      .filter(({ isClosed }) => !isClosed)
      .map(({ from, to }) => ({ from, to, isClosed: false, step: 'close' as const })),
    ...data.closed.map(({ from, to }) => ({ from, to, isClosed: true, step: 'reopen' as const })),
  ].sort((a, b) => b.from.localeCompare(a.from))
  return (
    <div className={classes.body}>
      <div className={classes.scroller}>
        <table className={classes.periods}>
          <thead>
            <tr>
              <th scope="col">{t.period}</th>
              <th scope="col">{t.state}</th>
              <td />
            </tr>
          </thead>
          <tbody>
            {lines.map(({ from, to, isClosed, step }) => (
              <tr key={`${from} ${to}`}>
                <th scope="row">{format.range(from, to)}</th>
                <td>
                  <span className={classes.status} data-status={isClosed ? 'approved' : 'open'}>
                    {isClosed ? t.closed : t.open}
                  </span>
                </td>
                <td>
                  <Button
                    size="compact-sm"
                    variant="default"
                    onClick={() => setChosen({ step, from, to })}
                  >
                    {isClosed ? t.reopen : t.close}
                    <span className="hb-hidden">{` ${format.range(from, to)}`}</span>
                  </Button>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <h2 className={classes.smallTitle}>{t.chain}</h2>
      <div className={classes.acts}>
        <Button variant="default" loading={check.isPending} onClick={() => check.mutate()}>
          {t.verify}
        </Button>
        <p
          role="status"
          className={check.data ? (check.data.isSound ? classes.clean : classes.bad) : undefined}
        >
          {check.data ? verdictText(t, format, check.data) : ''}
        </p>
      </div>
      <ManifestChain />
      {chosen ? <StepDialog chosen={chosen} onClose={() => setChosen(undefined)} /> : null}
    </div>
  )
}

/** Says what will be frozen, or asks why it shall be opened. */
function StepDialog({ chosen, onClose }: { chosen: Chosen; onClose: () => void }) {
  useFocusReturn()
  const t = useApprovalsTexts()
  const shared = useSharedTexts()
  const format = useFormat()
  const step = usePeriodStep()
  const { from, to } = chosen
  const isClosing = chosen.step === 'close'
  const range = format.range(from, to)
  const { data } = useQuery({
    queryKey: ['approvals', 'frozen', from, to],
    queryFn: () =>
      call<{ completeness: { total?: number; seconds?: number } }>('POST', '/reports/run', {
        body: { rows: [], filters: { from, to } },
      }),
    enabled: isClosing,
  })
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const comment = String(new FormData(event.currentTarget).get('comment')).trim()
    step.mutate(
      { ...chosen, comment },
      {
        onSuccess() {
          notify({ text: isClosing ? t.frozen(range) : t.reopened(range) })
          onClose()
        },
      },
    )
  }
  const { total = 0, seconds = 0 } = data?.completeness ?? {}
  return (
    <Modal
      opened
      onClose={onClose}
      title={isClosing ? t.closeTitle(range) : t.reopenTitle(range)}
      closeButtonProps={{ 'aria-label': shared.close }}
    >
      <form className={classes.form} onSubmit={submit}>
        <p>
          {isClosing
            ? data
              ? t.closeHint(format.number(total), format.hours(seconds))
              : shared.loading
            : t.reopenHint}
        </p>
        <Textarea
          name="comment"
          label={isClosing ? t.comment : t.reason}
          required={!isClosing}
          withAsterisk={false}
          maxLength={4_000}
          data-autofocus
          autosize
        />
        <div className={classes.acts}>
          <Button type="submit" loading={step.isPending}>
            {isClosing ? t.close : t.reopen}
          </Button>
          <Button variant="default" onClick={onClose}>
            {shared.cancel}
          </Button>
        </div>
      </form>
    </Modal>
  )
}
