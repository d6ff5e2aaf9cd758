import { Button } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { AwayError, ProblemError, reasonOf } from '../api/problem.ts'
import { useSharedTexts } from '../texts/shared.ts'
import classes from './states.module.css'

type StateProps = {
  readonly title: string
  readonly children?: ReactNode
  readonly actions?: ReactNode
  readonly isAlert?: boolean
}

/** A screen, or a part of one, that has nothing to show: says why, and the one next thing to do. */
export function StateMessage({ title, children, actions, isAlert = false }: StateProps) {
  return (
    <div className={classes.state} role={isAlert ? 'alert' : undefined}>
      <h2 className={classes.title}>{title}</h2>
      {children === undefined ? null : <p className={classes.text}>{children}</p>}
      {actions === undefined ? null : <div className={classes.actions}>{actions}</div>}
    </div>
  )
}

/** Whatever went wrong while reading: no right, nothing there, server away, or a fault. */
export function ErrorState({ error, onRetry }: { error: unknown; onRetry?: () => void }) {
  const t = useSharedTexts()
  const retry = onRetry && (
    <Button variant="default" onClick={onRetry}>
      {t.retry}
    </Button>
  )
  if (error instanceof AwayError)
    return (
      <StateMessage title={t.awayTitle} actions={retry} isAlert>
        {t.awayHint}
      </StateMessage>
    )
  if (error instanceof ProblemError && error.code === 'forbidden')
    return <StateMessage title={t.forbiddenTitle}>{t.forbiddenHint}</StateMessage>
  if (error instanceof ProblemError && error.code === 'not-found') return <NotFound />
  const details = detailsOf(error)
  return (
    <StateMessage
      title={t.failedTitle}
      isAlert
      actions={
        <>
          {retry}
          <Button variant="subtle" onClick={() => void navigator.clipboard?.writeText(details)}>
            {t.copyDetails}
          </Button>
        </>
      }
    >
      {reasonOf(error)}
      <br />
      {t.failedHint}
      {error instanceof ProblemError ? (
        <>
          <br />
          <code>{t.requestId(error.requestId)}</code>
        </>
      ) : null}
    </StateMessage>
  )
}

/** An address that shows nothing. */
export function NotFound() {
  const t = useSharedTexts()
  return (
    <StateMessage title={t.notFoundTitle} actions={<Link to="/week">{t.goToWeek}</Link>}>
      {t.notFoundHint}
    </StateMessage>
  )
}

/** Grey lines in the place of what is coming, so that nothing jumps when it comes. */
export function Skeleton({ lines, height = 20 }: { lines: number; height?: number }) {
  const t = useSharedTexts()
  return (
    <div role="status" aria-label={t.loading} className={classes.skeleton} data-loading>
      {Array.from({ length: lines }, (_, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: lines that are all the same
        <span key={at} className={classes.line} style={{ height, opacity: 1 - at / (lines + 2) }} />
      ))}
    </div>
  )
}

/** More rows than are shown. */
export function TooMuch({ shown }: { shown: string }) {
  return <p className={classes.note}>{useSharedTexts().tooMuch(shown)}</p>
}

function detailsOf(error: unknown): string {
  if (error instanceof ProblemError)
    return JSON.stringify({ ...error.problem, requestId: error.requestId }, null, 2)
  return error instanceof Error ? `${error.name}: ${error.message}` : String(error)
}
