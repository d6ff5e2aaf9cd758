import type { WeekBody } from '../../../src/api/contract.ts'
import { useConflictTexts } from '../conflicts/conflict-texts.ts'
import { useFormat } from '../time/format.ts'
import { divergenceText } from './divergences.ts'
import { DivergenceSign } from './entry-marks.tsx'
import { lockText } from './locks.ts'
import marks from './marks.module.css'
import classes from './week.module.css'
import type { Cell } from './week-model.ts'
import { useWeekTexts } from './week-texts.ts'

type Props = {
  readonly issueKey: string
  readonly cell: Cell
  readonly day: WeekBody['days'][number]
  readonly isToday: boolean
  readonly isFocus: boolean
  readonly isSelected: boolean
  /** What is being typed; undefined while nobody edits. */
  readonly draft: string | undefined
  readonly onDraft: (text: string) => void
  readonly onLeave: () => void
  readonly onFocus: () => void
  readonly onEdit: () => void
  /** Shows what is in it at the side. */
  readonly onOpen: () => void
}

/** One issue on one day. */
export function GridCell(props: Props) {
  const { issueKey, cell, day, isToday, isFocus, isSelected, draft } = props
  const t = useWeekTexts()
  const format = useFormat()
  const { seconds, worklogs, lock, divergences } = cell
  const both = useConflictTexts()
  const notes = [
    ...(lock ? [lockText(t, format, lock)] : []),
    ...divergences.map((one) => divergenceText(both, one)),
  ]
  const isPending = worklogs.some((one) => one.isPending)
  const shown = seconds === 0 ? '·' : format.hours(seconds)
  const label = [
    t.cellLabel(
      issueKey,
      format.longDay(cell.day),
      seconds === 0 ? t.nothing : format.hours(seconds),
    ),
    worklogs.length > 1 ? t.several(worklogs.length) : undefined,
    isPending ? t.pending : undefined,
    ...notes,
    divergences.length > 0 ? both.spaceShows : undefined,
  ]
  const text = label.filter(Boolean).join(', ')
  const kinds = [...new Set(divergences.map(({ kind }) => kind))]
  return (
    <td
      role="gridcell"
      tabIndex={isFocus ? 0 : -1}
      aria-label={draft === undefined ? text : undefined}
      aria-selected={isSelected}
      aria-readonly={lock !== undefined}
      title={notes.length === 0 ? undefined : notes.join('\n')}
      className={classes.cell}
      data-empty={seconds === 0 || undefined}
      data-today={isToday || undefined}
      data-locked={lock ? true : undefined}
      data-off={day.requiredSeconds === 0 || day.absence ? true : undefined}
      data-pending={isPending || undefined}
      onFocus={props.onFocus}
      onDoubleClick={props.onEdit}
    >
      {draft === undefined ? (
        <>
          {shown}
          {worklogs.length > 1 ? <span className={classes.dot} aria-hidden /> : null}
          {divergences.length > 0 ? (
            <button
              type="button"
              className={marks.corner}
              tabIndex={-1}
              aria-label={notes.join(', ')}
              onClick={props.onOpen}
            >
              {kinds.map((kind) => (
                <DivergenceSign key={kind} kind={kind} />
              ))}
            </button>
          ) : null}
        </>
      ) : (
        <input
          className={classes.input}
          aria-label={text}
          value={draft}
          // biome-ignore lint/a11y/noAutofocus: typing into a cell is what put it here
          autoFocus
          inputMode="text"
          maxLength={40}
          onChange={(event) => props.onDraft(event.currentTarget.value)}
          onBlur={props.onLeave}
          onDoubleClick={(event) => event.stopPropagation()}
        />
      )}
    </td>
  )
}
