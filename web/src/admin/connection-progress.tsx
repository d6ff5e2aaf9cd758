import { useFormat } from '../time/format.ts'
import classes from './admin.module.css'
import type { Connection } from './connections-query.ts'
import { useConnectionsTexts } from './connections-texts.ts'

type Moving = NonNullable<NonNullable<Connection['sync']>['progress']>

/** How far a reading under way has come, and how long it may take. */
export function ConnectionProgress({ of }: { of: Moving }) {
  const t = useConnectionsTexts()
  const format = useFormat()
  const elapsed = Math.max(1, (Date.now() - Date.parse(of.startedAt)) / 1_000)
  const part = of.secondsLeft === null ? undefined : elapsed / (elapsed + of.secondsLeft)
  return (
    <div className={classes.progress} role="status">
      <strong>{`${t.progress}: ${t.step(of.step)}`}</strong>
      <progress aria-label={t.progress} {...(part === undefined ? {} : { value: part })} />
      <span>
        {t.soFar(
          format.number(of.rows),
          format.number(of.rowsPerSecond),
          format.number(of.requests),
        )}
        {of.readUpTo === null ? null : `, ${t.readUpTo(format.moment(of.readUpTo))}`}
        {of.secondsLeft === null ? null : `, ${t.left(format.span(of.secondsLeft))}`}
      </span>
    </div>
  )
}
