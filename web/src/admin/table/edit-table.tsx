import { Button } from '@mantine/core'
import { type KeyboardEvent, type ReactNode, useId, useRef, useState } from 'react'
import { useSharedTexts } from '../../texts/shared.ts'
import { type Column, isFigure, type Row, type Value } from './column.ts'
import { ColumnMenu, useShownColumns } from './column-menu.tsx'
import { EditCell } from './edit-cell.tsx'
import classes from './table.module.css'
import { useTableTexts } from './table-texts.ts'
import type { TableWrites } from './use-table-writes.ts'

type Props<R extends Row> = {
  readonly label: string
  readonly rows: readonly R[]
  readonly columns: readonly Column<R>[]
  readonly writes: TableWrites<R>
  /** Whether cells can be changed at all. */
  readonly mayChange?: boolean
  readonly mayRemove?: (row: R) => boolean
  /** Further buttons at the end of a row. */
  readonly acts?: (row: R) => ReactNode
  /** The row that something beside the table belongs to. */
  readonly chosen?: string | undefined
}

/** Rows whose cells are changed in place, by pointer or by keyboard alone. */
export function EditTable<R extends Row>(props: Props<R>) {
  const { label, rows, writes, mayChange = true } = props
  const t = useTableTexts()
  const shared = useSharedTexts()
  const hint = useId()
  const grid = useRef<HTMLTableElement>(null)
  const [at, setAt] = useState({ row: 0, column: 0 })
  const [editing, setEditing] = useState<string | null>(null)
  const [first, setFirst] = useState('')
  const { source } = writes
  const { shown: columns, ...menu } = useShownColumns(source.queryKey, props.columns)
  const hasMenu = menu.choices.length > 0
  const hasEnd = hasMenu || Boolean(props.acts) || (mayChange && Boolean(source.remove))
  const stop = Math.min(at.column, columns.length - 1)
  const focus = (row: number, column: number) => {
    const next = {
      row: Math.max(0, Math.min(rows.length - 1, row)),
      column: Math.max(0, Math.min(columns.length - 1, column)),
    }
    setAt(next)
    // At once, so that the next key finds it there.
    grid.current?.querySelector<HTMLElement>(`[data-at="${next.row} ${next.column}"]`)?.focus()
  }
  const canEdit = (row: R, column: Column<R>) =>
    mayChange &&
    Boolean(source.change) &&
    column.kind !== 'shown' &&
    !column.isFixed &&
    (column.isOpen?.(row) ?? true)
  const begin = (row: R, column: Column<R>, typed = '') => {
    if (!canEdit(row, column)) return
    if (column.kind === 'flag') {
      void writes.change(row, column, !writes.valueOf(row, column))
      return
    }
    setFirst(typed)
    setEditing(`${row.id} ${column.id}`)
  }
  const onKey = (event: KeyboardEvent, row: R, column: Column<R>, r: number, c: number) => {
    if (event.target !== event.currentTarget) return
    const move = moves[event.key]
    if (move && !event.ctrlKey && !event.metaKey && !event.altKey) {
      event.preventDefault()
      focus(r + move[0], c + move[1])
      return
    }
    const isPlain = !event.ctrlKey && !event.metaKey && !event.altKey
    if (event.key === 'Home') focus(event.ctrlKey ? 0 : r, 0)
    else if (event.key === 'End') focus(event.ctrlKey ? rows.length - 1 : r, columns.length - 1)
    else if (event.key === 'Enter' || event.key === 'F2') begin(row, column)
    else if (event.key === ' ' && column.kind === 'flag') begin(row, column)
    else if (isPlain && event.key.length === 1 && isTyped(column)) begin(row, column, event.key)
    else return
    event.preventDefault()
  }
  const end = (row: R, column: Column<R>, r: number, c: number, ending: Ending) => {
    setEditing(null)
    if (ending.kind === 'leave') {
      focus(r, c)
      return
    }
    if (ending.next) focus(r + ending.next[0], c + ending.next[1])
    void writes.change(row, column, ending.value)
  }
  return (
    <section className={classes.scroller} aria-label={label}>
      <p id={hint} className="hb-hidden">
        {t.keys}
      </p>
      <table
        ref={grid}
        role="grid"
        aria-label={label}
        aria-describedby={hint}
        aria-readonly={!mayChange}
        className={classes.table}
      >
        <thead>
          <tr>
            {columns.map((column) => (
              <th
                key={column.id}
                scope="col"
                data-kind={column.kind}
                data-figure={isFigure(column) || undefined}
              >
                {column.label}
              </th>
            ))}
            {hasEnd ? (
              <th scope="col" className={classes.act}>
                <span className="hb-hidden">{t.acts}</span>
                {hasMenu ? <ColumnMenu {...menu} /> : null}
              </th>
            ) : null}
          </tr>
        </thead>
        <tbody>
          {rows.map((row, r) => (
            <tr key={row.id} aria-current={props.chosen === row.id ? 'true' : undefined}>
              {columns.map((column, c) => (
                <EditCell
                  key={column.id}
                  row={row}
                  column={column}
                  label={t.cell(column.label, source.nameOf(row))}
                  value={writes.valueOf(row, column)}
                  isPending={writes.isPending(row, column)}
                  isOpen={canEdit(row, column)}
                  isStop={at.row === r && stop === c}
                  isEditing={editing === `${row.id} ${column.id}`}
                  typed={first}
                  place={`${r} ${c}`}
                  onFocus={() => setAt({ row: r, column: c })}
                  onKey={(event) => onKey(event, row, column, r, c)}
                  onBegin={() => begin(row, column)}
                  onEnd={(ending) => end(row, column, r, c, ending)}
                />
              ))}
              {hasEnd ? (
                <td className={classes.act}>
                  {props.acts?.(row)}
                  {mayChange && source.remove ? (
                    (props.mayRemove?.(row) ?? true) ? (
                      <RemoveButton row={row} writes={writes} />
                    ) : (
                      <span className={classes.noRemove}>{shared.remove}</span>
                    )
                  ) : null}
                </td>
              ) : null}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}

/** How the editing of a cell ended. */
export type Ending =
  | { readonly kind: 'leave' }
  | { readonly kind: 'keep'; readonly value: Value; readonly next?: readonly [number, number] }

const moves: Readonly<Record<string, readonly [number, number]>> = {
  ArrowUp: [-1, 0],
  ArrowDown: [1, 0],
  ArrowLeft: [0, -1],
  ArrowRight: [0, 1],
}

function isTyped({ kind }: Pick<Column<never>, 'kind'>): boolean {
  return kind === 'text' || kind === 'number' || kind === 'hours' || kind === 'person'
}

/** Removes at once where it can be taken back, else after a second word. */
function RemoveButton<R extends Row>({ row, writes }: { row: R; writes: TableWrites<R> }) {
  const t = useTableTexts()
  const shared = useSharedTexts()
  const [asks, ask] = useState(false)
  const [runs, setRuns] = useState(false)
  const { source } = writes
  const remove = async () => {
    setRuns(true)
    await writes.remove(row)
    setRuns(false)
    ask(false)
  }
  if (asks)
    return (
      <>
        <Button size="compact-sm" variant="default" onClick={() => ask(false)}>
          {shared.cancel}
        </Button>
        <Button size="compact-sm" loading={runs} onClick={() => void remove()}>
          {t.removeSure}
        </Button>
      </>
    )
  return (
    <Button
      size="compact-sm"
      variant="subtle"
      loading={runs}
      aria-label={t.removeOf(source.nameOf(row))}
      onClick={() => (source.again ? void remove() : ask(true))}
    >
      {shared.remove}
    </Button>
  )
}
