import type { WeekBody } from '../../../src/api/contract.ts'
import { useFormat } from '../time/format.ts'
import { lockText } from './locks.ts'
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
}

/** One issue on one day. */
export function GridCell(props: Props) {
  const { issueKey, cell, day, isToday, isFocus, isSelected, draft } = props
  const t = useWeekTexts()
  const format = useFormat()
  const { seconds, worklogs, lock } = cell
  const why = lock && lockText(t, format, lock)
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
    why,
  ]
  const text = label.filter(Boolean).join(', ')
  return (
    <td
      role="gridcell"
      tabIndex={isFocus ? 0 : -1}
      aria-label={draft === undefined ? text : undefined}
      aria-selected={isSelected}
      aria-readonly={lock !== undefined}
      title={why}
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
