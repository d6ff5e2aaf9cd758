import { IconArrowsDiff, IconArrowsSplit2, IconLock } from '@tabler/icons-react'
import type { WeekBody } from '../../../src/api/contract.ts'
import { useConflictTexts } from '../conflicts/conflict-texts.ts'
import type { Day } from '../time/days.ts'
import { useFormat } from '../time/format.ts'
import { type Divergence, divergenceText } from './divergences.ts'
import { lockOf, lockText } from './locks.ts'
import classes from './marks.module.css'
import type { ShownWorklog } from './operations.ts'
import type { Opened } from './week-screen.tsx'
import { useWeekTexts } from './week-texts.ts'

/** What is special about one worklog, as signs that are also read out. */
export function EntryMarks({ week, of }: { week: WeekBody; of: ShownWorklog }) {
  const t = useWeekTexts()
  const both = useConflictTexts()
  const format = useFormat()
  const lock = lockOf(week, of)
  const why = lock && lockText(t, format, lock)
  return (
    <>
      {why === undefined ? null : (
        <span className={classes.mark} title={why}>
          <IconLock size={12} aria-hidden />
          <span className="hb-hidden">, {why}</span>
        </span>
      )}
      {week.divergences
        .filter(({ worklogId }) => worklogId === of.id)
        .map((one) => (
          <span key={one.id} className={classes.mark} title={divergenceText(both, one)}>
            <DivergenceSign kind={one.kind} />
            <span className="hb-hidden">, {divergenceText(both, one)}</span>
          </span>
        ))}
    </>
  )
}

/** The sign alone; whoever shows it says in words what it means. */
export function DivergenceSign({ kind, size = 14 }: { kind: Divergence['kind']; size?: number }) {
  const Sign = kind === 'conflict' ? IconArrowsDiff : IconArrowsSplit2
  return <Sign size={size} className={classes.sign} data-kind={kind} aria-hidden />
}

type LooseProps = {
  readonly week: WeekBody
  readonly worklogs: readonly ShownWorklog[]
  readonly day: Day
  readonly onOpen: (opened: Opened) => void
}

/** What a Jira says of a day without an entry of ours that could carry the mark. */
export function LooseMarks({ week, worklogs, day, onOpen }: LooseProps) {
  const t = useConflictTexts()
  return looseOn(week, worklogs, day).map((one) => (
    <button
      key={`${one.kind} ${one.id}`}
      type="button"
      className={classes.loose}
      title={divergenceText(t, one)}
      onClick={() => onOpen({ issueId: one.issue.id, day })}
    >
      <DivergenceSign kind={one.kind} /> {one.issue.key}
      <span className="hb-hidden">, {divergenceText(t, one)}</span>
    </button>
  ))
}

/** Divergences of a day that no shown worklog carries. */
export function looseOn(
  { divergences }: Pick<WeekBody, 'divergences'>,
  worklogs: readonly Pick<ShownWorklog, 'id'>[],
  day: Day,
): readonly Divergence[] {
  return divergences.filter(
    (one) => one.day === day && !worklogs.some(({ id }) => id === one.worklogId),
  )
}
