import { useVirtualizer } from '@tanstack/react-virtual'
import { type KeyboardEvent, memo, useCallback, useEffect, useMemo, useRef, useState } from 'react'
import { type Format, useFormat } from '../time/format.ts'
import { figureText } from './figure.ts'
import type { ReportNames } from './report-names.ts'
import { heatScale, rowId, type ShownRow, type Sort, shownRows } from './report-rows.ts'
import classes from './reports.module.css'
import type { Place, ReportBody, ReportColumn } from './reports-query.ts'
import { useReportsTexts } from './reports-texts.ts'

type Props = {
  readonly report: ReportBody
  readonly across: string | null
  readonly hasManyValues: boolean
  readonly names: ReportNames
  readonly sort: Sort | undefined
  readonly isShaded: boolean
  readonly isStale: boolean
  readonly onSort: (sort: Sort | undefined) => void
  readonly onDrill: (place: Place, title: string) => void
}

const rowHeight = 32

/**
 * The table: header and first column stay, rows are made as they come into sight. One cell has the
 * focus; arrows move it, Enter sorts in the header, folds in a group, and drills down in a figure.
 */
export function ReportTable(props: Props) {
  const { report, across, hasManyValues, names, sort, isShaded, isStale, onSort, onDrill } = props
  const t = useReportsTexts()
  const format = useFormat()
  const scroller = useRef<HTMLDivElement>(null)
  const [folded, setFolded] = useState<ReadonlySet<string>>(() => new Set())
  const [at, setAt] = useState({ row: -1, column: 0 })
  const rows = useMemo(() => shownRows(report, folded, sort), [report, folded, sort])
  // The dimensions of the rows share the first column, each deeper one further in.
  const columns = useMemo(
    () =>
      report.columns
        .map((column, index) => ({ column, index }))
        .filter(({ column }) => column.role !== 'dimension'),
    [report.columns],
  )
  const dimensions = report.columns.filter(({ role }) => role === 'dimension')
  const most = useMemo(() => (isShaded ? heatScale(report) : 0), [report, isShaded])
  const current = {
    row: Math.min(at.row, rows.length),
    column: Math.min(at.column, columns.length),
  }
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: 12,
    scrollPaddingStart: rowHeight + 4,
    scrollPaddingEnd: rowHeight + 4,
  })
  const shown = virtual.getVirtualItems()
  const before = shown[0]?.start ?? 0
  const after = virtual.getTotalSize() - (shown.at(-1)?.end ?? 0)

  const wantsFocus = useRef(false)
  useEffect(() => {
    if (!wantsFocus.current) return
    const cell = scroller.current?.querySelector<HTMLElement>(
      `[data-at="${current.row} ${current.column}"]`,
    )
    if (!cell) return
    wantsFocus.current = false
    cell.focus({
      preventScroll: current.row >= 0 && current.row < rows.length && current.column === 0,
    })
  })
  const go = (row: number, column: number) => {
    const next = {
      row: Math.max(-1, Math.min(rows.length, row)),
      column: Math.max(0, Math.min(columns.length, column)),
    }
    wantsFocus.current = true
    if (next.row >= 0 && next.row < rows.length) virtual.scrollToIndex(next.row)
    setAt(next)
  }
  const fold = useCallback((id: string) => {
    setFolded((known) => {
      const next = new Set(known)
      if (!next.delete(id)) next.add(id)
      return next
    })
  }, [])
  const groups = report.rows.filter(({ keys }) => keys.length < dimensions.length)
  const sortBy = (key: string) => {
    const isText = dimensions.some((one) => one.key === key)
    if (sort?.key !== key) onSort({ key, falls: !isText })
    else onSort(sort.falls === isText ? undefined : { key, falls: isText })
  }
  const drill = (row: ShownRow | undefined, column: ReportColumn) => {
    const head = names.column(column, across, hasManyValues)
    const name = row ? rowName(row, report, names) : t.total
    onDrill(
      { rowKeys: row?.row.keys ?? [], columnKey: column.columnKey ?? null },
      `${name} · ${head}`,
    )
  }
  const act = (row: number, column: number) => {
    const target = columns[column - 1]
    if (row === -1) sortBy(target ? target.column.key : (dimensions[0]?.key ?? ''))
    else if (target === undefined) {
      const one = rows[row]
      if (one?.isGroup) fold(one.id)
      else if (one) drill(one, columns.at(-1)!.column)
    } else if (target.column.role === 'value') drill(rows[row], target.column)
  }
  const onKeyDown = (event: KeyboardEvent) => {
    const { row, column } = current
    const one = rows[row]
    const page = Math.max(1, Math.floor((scroller.current?.clientHeight ?? 320) / rowHeight) - 3)
    if (event.altKey || event.metaKey) return
    switch (event.key) {
      case 'ArrowDown':
        go(row + 1, column)
        break
      case 'ArrowUp':
        go(row - 1, column)
        break
      case 'ArrowRight':
        if (column === 0 && one?.isGroup && one.isFolded) fold(one.id)
        else go(row, column + 1)
        break
      case 'ArrowLeft':
        if (column === 0 && one?.isGroup && !one.isFolded) fold(one.id)
        else go(row, column - 1)
        break
      case 'PageDown':
        go(row + page, column)
        break
      case 'PageUp':
        go(Math.max(0, row - page), column)
        break
      case 'Home':
        go(event.ctrlKey ? 0 : row, 0)
        break
      case 'End':
        go(event.ctrlKey ? rows.length : row, columns.length)
        break
      case 'Enter':
      case ' ':
        act(row, column)
        break
      default:
        return
    }
    event.preventDefault()
  }
  const head = dimensions.map(({ dimension, key }) => names.dimension(dimension ?? key)).join(' › ')
  const ariaSort = (key: string | undefined) =>
    sort && sort.key === key ? (sort.falls ? 'descending' : 'ascending') : undefined
  const mark = (key: string | undefined) =>
    sort && sort.key === key ? (sort.falls ? ' ↓' : ' ↑') : ''
  const isAt = (row: number, column: number) =>
    current.row === row && current.column === column ? 0 : -1
  // A single total stays in sight beside however many columns.
  const isPinned = (place: number) =>
    !hasManyValues && across !== null && place === columns.length - 1
  const cellProps = (row: number, column: number) => ({
    'data-at': `${row} ${column}`,
    tabIndex: isAt(row, column),
  })
  return (
    <div className={classes.tableArea} data-stale={isStale || undefined}>
      {groups.length > 0 ? (
        <div className={classes.foldAll}>
          <button type="button" onClick={() => setFolded(new Set())}>
            {t.unfoldAll}
          </button>
          <button
            type="button"
            onClick={() => setFolded(new Set(groups.map(({ keys }) => rowId(keys))))}
          >
            {t.foldAll}
          </button>
        </div>
      ) : null}
      <div className={classes.scroller} ref={scroller}>
        <table
          role={groups.length > 0 ? 'treegrid' : 'grid'}
          className={classes.table}
          aria-label={t.title}
          aria-rowcount={rows.length + 2}
          aria-colcount={columns.length + 1}
          aria-busy={isStale}
          onKeyDown={onKeyDown}
          onFocus={(event) => {
            const cell = (event.target as HTMLElement).closest<HTMLElement>('[data-at]')
            if (!cell) return
            const [row = 0, column = 0] = cell.dataset.at!.split(' ').map(Number)
            setAt({ row, column })
          }}
          onClick={(event) => {
            const cell = (event.target as HTMLElement).closest<HTMLElement>('[data-at]')
            if (!cell) return
            const [row = 0, column = 0] = cell.dataset.at!.split(' ').map(Number)
            act(row, column)
          }}
        >
          <thead>
            <tr aria-rowindex={1}>
              <th
                scope="col"
                className={classes.first}
                aria-sort={ariaSort(dimensions[0]?.key)}
                {...cellProps(-1, 0)}
              >
                {head}
                {mark(dimensions[0]?.key)}
              </th>
              {columns.map(({ column }, index) => (
                <th
                  key={column.key}
                  scope="col"
                  className={column.role === 'field' ? classes.field : undefined}
                  data-total={column.columnKey === null || undefined}
                  data-last={isPinned(index) || undefined}
                  aria-sort={ariaSort(column.key)}
                  {...cellProps(-1, index + 1)}
                >
                  {names.column(column, across, hasManyValues)}
                  {mark(column.key)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {before > 0 ? (
              <tr aria-hidden style={{ height: before }}>
                <td colSpan={columns.length + 1} />
              </tr>
            ) : null}
            {shown.map(({ index }) => (
              <Line
                key={rows[index]!.id}
                one={rows[index]!}
                index={index}
                columns={columns}
                report={report}
                names={names}
                format={format}
                most={most}
                isPinned={isPinned(columns.length - 1)}
                isTree={groups.length > 0}
                active={current.row === index ? current.column : -1}
              />
            ))}
            {after > 0 ? (
              <tr aria-hidden style={{ height: after }}>
                <td colSpan={columns.length + 1} />
              </tr>
            ) : null}
          </tbody>
          <tfoot>
            <tr aria-rowindex={rows.length + 2}>
              <th scope="row" className={classes.first} {...cellProps(rows.length, 0)}>
                {t.total}
              </th>
              {columns.map(({ column, index }, place) => (
                <td
                  key={column.key}
                  data-last={isPinned(place) || undefined}
                  {...cellProps(rows.length, place + 1)}
                >
                  {column.role === 'value' ? figureText(format, column, report.total[index]) : ''}
                </td>
              ))}
            </tr>
          </tfoot>
        </table>
      </div>
    </div>
  )
}

type LineProps = {
  readonly one: ShownRow
  readonly index: number
  readonly columns: readonly { readonly column: ReportColumn; readonly index: number }[]
  readonly report: ReportBody
  readonly names: ReportNames
  readonly format: Format
  readonly most: number
  readonly isPinned: boolean
  readonly isTree: boolean
  /** The column that has the focus, none of this row with -1. */
  readonly active: number
}

const Line = memo(function Line({
  one,
  index,
  columns,
  report,
  names,
  format,
  most,
  isPinned,
  isTree,
  active,
}: LineProps) {
  const { row, depth, isGroup, isFolded } = one
  const hint = row.hints.at(-1)
  return (
    <tr
      aria-rowindex={index + 2}
      aria-expanded={isGroup ? !isFolded : undefined}
      aria-level={isTree ? depth + 1 : undefined}
      data-group={isGroup || undefined}
    >
      <th
        scope="row"
        className={classes.first}
        style={{ paddingLeft: `calc(var(--edge) + ${depth * 18}px)` }}
        data-at={`${index} 0`}
        tabIndex={active === 0 ? 0 : -1}
        title={hint ?? undefined}
      >
        <span className={classes.rowName}>
          {isGroup ? <span aria-hidden className={classes.caret} data-folded={isFolded} /> : null}
          <span>{rowName(one, report, names)}</span>
          {hint ? <span className={classes.hint}>{hint}</span> : null}
        </span>
      </th>
      {columns.map(({ column, index: at }, place) => {
        const cell = row.cells[at]
        const heat = most > 0 && !isGroup ? heatOf(column, cell, most) : 0
        return (
          <td
            key={column.key}
            className={column.role === 'field' ? classes.field : undefined}
            data-total={column.role === 'value' && column.columnKey === null ? true : undefined}
            data-last={(isPinned && place === columns.length - 1) || undefined}
            data-empty={cell === null || cell === 0 || undefined}
            data-at={`${index} ${place + 1}`}
            tabIndex={active === place + 1 ? 0 : -1}
            style={heat > 0 ? ({ '--heat': `${heat}%` } as object) : undefined}
            data-heat={heat > 0 || undefined}
          >
            {column.role === 'field' && cell === null ? '' : figureText(format, column, cell)}
          </td>
        )
      })}
    </tr>
  )
})

function heatOf(column: ReportColumn, cell: unknown, most: number): number {
  if (typeof cell !== 'number' || cell <= 0 || column.columnKey === null) return 0
  return Math.round(6 + 34 * Math.min(1, cell / most))
}

function rowName({ row }: ShownRow, report: ReportBody, names: ReportNames): string {
  const at = row.keys.length - 1
  const column = report.columns[at]
  return names.value(column?.dimension ?? '', row.keys[at] ?? '', String(row.cells[at] ?? ''))
}
