import type { KeyboardEvent, ReactNode } from 'react'
import { useFormat } from '../../time/format.ts'
import { CellEditor } from './cell-editor.tsx'
import { type Column, isFigure, type Value } from './column.ts'
import type { Ending } from './edit-table.tsx'
import classes from './table.module.css'
import { useTableTexts } from './table-texts.ts'

type Props<R> = {
  readonly row: R
  readonly column: Column<R>
  readonly label: string
  readonly value: Value
  readonly isPending: boolean
  readonly isOpen: boolean
  /** Whether Tab comes here. */
  readonly isStop: boolean
  readonly isEditing: boolean
  readonly typed: string
  readonly place: string
  readonly onFocus: () => void
  readonly onKey: (event: KeyboardEvent) => void
  readonly onBegin: () => void
  readonly onEnd: (ending: Ending) => void
}

/** One cell: what it holds, or the field where it is changed. */
export function EditCell<R>(props: Props<R>) {
  const { row, column, value, isEditing, isOpen } = props
  return (
    <td
      role="gridcell"
      tabIndex={props.isStop ? 0 : -1}
      data-at={props.place}
      data-kind={column.kind}
      data-figure={isFigure(column) || undefined}
      data-pending={props.isPending || undefined}
      data-open={isOpen || undefined}
      data-editing={isEditing || undefined}
      aria-readonly={!isOpen}
      onFocus={props.onFocus}
      onKeyDown={props.onKey}
      onClick={isEditing ? undefined : props.onBegin}
    >
      {isEditing ? (
        <CellEditor
          column={column}
          value={value}
          label={props.label}
          typed={props.typed}
          onEnd={props.onEnd}
        />
      ) : (
        (column.show?.(row) ?? <Shown column={column} value={value} label={props.label} />)
      )}
    </td>
  )
}

function Shown<R>({ column, value, label }: { column: Column<R>; value: Value; label: string }) {
  const t = useTableTexts()
  const format = useFormat()
  const shown = ((): ReactNode => {
    if (column.kind === 'flag')
      return (
        <span className={classes.flag} data-on={value === true || undefined}>
          <span className="hb-hidden">{`${label}: ${value === true ? t.yes : t.no}`}</span>
        </span>
      )
    if (value === null || value === '') return null
    if (typeof value === 'object') return value.displayName
    if (column.kind === 'hours') return value === 0 ? null : format.hours(Number(value))
    if (column.kind === 'number') return format.number(Number(value))
    if (column.kind === 'day') return format.shortDate(String(value))
    if (column.kind === 'choice')
      return column.options?.find((one) => one.value === value)?.label ?? String(value)
    return String(value)
  })()
  if (shown !== null) return shown
  return (
    <span className={classes.faint}>
      <span aria-hidden>·</span>
      <span className="hb-hidden">{t.none}</span>
    </span>
  )
}
