import {
  type ClipboardEvent,
  type KeyboardEvent,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
} from 'react'
import type { WeekBody } from '../../../src/api/contract.ts'
import { parseWorked } from '../../../src/domain/duration.ts'
import { reasonOf } from '../api/problem.ts'
import { notify } from '../parts/notices.tsx'
import type { Day } from '../time/days.ts'
import { useFormat } from '../time/format.ts'
import { AddRow } from './add-row.tsx'
import { parseClipboard, planCell } from './cell-input.ts'
import { CellNote } from './cell-note.tsx'
import { DayHead } from './day-head.tsx'
import { areaOf, isIn, lastColumn, type Place, placesIn } from './grid-area.ts'
import { GridCell } from './grid-cell.tsx'
import { GridTotals } from './grid-totals.tsx'
import { lockText } from './locks.ts'
import type { ShownWorklog } from './operations.ts'
import { RowHead } from './row-head.tsx'
import { useFavour } from './use-favour.ts'
import type { WeekWrites } from './use-week.ts'
import classes from './week.module.css'
import { type Cell, type IssueRef, type Row, rowsOf } from './week-model.ts'
import type { Opened } from './week-screen.tsx'
import { useWeekTexts } from './week-texts.ts'

type Props = {
  readonly week: WeekBody
  readonly worklogs: readonly ShownWorklog[]
  readonly writes: WeekWrites
  readonly added: readonly IssueRef[]
  readonly today: Day
  readonly onAdd: (issue: IssueRef) => void
  readonly onOpen: (opened: Opened) => void
  readonly onMove: (weeks: number) => void
  readonly onTimer: (issue: IssueRef) => void
}

/** Issues by days. The keyboard does everything; see `keys` in the texts. */
export function WeekGrid(props: Props) {
  const { week, worklogs, writes, added, today, onAdd, onOpen, onMove, onTimer } = props
  const t = useWeekTexts()
  const format = useFormat()
  const grid = useRef<HTMLTableElement>(null)
  const rows = useMemo(() => rowsOf(week, worklogs, added), [week, worklogs, added])
  const [at, setAt] = useState<Place>(() => ({
    row: 0,
    column: Math.max(
      0,
      week.days.findIndex(({ day }) => day === today),
    ),
  }))
  const [anchor, setAnchor] = useState<Place>()
  const [draft, setDraft] = useState<string>()
  const favour = useFavour(week.person.id)
  const row = Math.min(at.row, rows.length - 1)
  const focus = { row, column: at.column }
  const lock = rows[row]?.cells[at.column]?.lock ?? week.days[at.column]?.lock ?? undefined

  // Before the next key is read: a focus that came later would take it away from what is typed.
  const wantsFocus = useRef(false)
  useLayoutEffect(() => {
    if (!wantsFocus.current || draft !== undefined) return
    wantsFocus.current = false
    cellAt(grid.current, { row, column: at.column })?.focus()
  })

  /** Puts the focus onto a cell, as soon as it is there. */
  const move = (to: Place, isSelecting = false) => {
    const next = {
      row: Math.max(0, Math.min(rows.length - 1, to.row)),
      column: Math.max(0, Math.min(lastColumn, to.column)),
    }
    setAnchor(isSelecting ? (anchor ?? focus) : undefined)
    setAt(next)
    wantsFocus.current = true
  }

  const write = (place: Place, text: string): boolean => {
    const found = rows[place.row]
    const cell = found?.cells[place.column]
    if (!found || !cell) return false
    if (cell.lock) {
      notify({ kind: 'bad', text: lockText(t, format, cell.lock) })
      return false
    }
    if (text.trim() === '') return true
    try {
      applyPlan(found, cell, text)
      return true
    } catch (error) {
      notify({ kind: 'bad', text: reasonOf(error) })
      return false
    }
  }

  const applyPlan = ({ issue }: Row, cell: Cell, text: string) => {
    const plan = planCell(cell, parseWorked(text))
    const worklog = 'id' in plan && cell.worklogs.find(({ id }) => id === plan.id)
    if (plan.kind === 'log') writes.log(issue, cell.day, plan.values)
    else if (plan.kind === 'change' && worklog) writes.change(worklog, plan.values)
    else if (plan.kind === 'remove-all') writes.remove(cell.worklogs)
    else if (plan.kind === 'ask') {
      notify({ text: t.ask })
      onOpen({ issueId: issue.id, day: cell.day })
    }
  }

  const commit = (step: Place) => {
    if (draft === undefined) return
    if (draft.trim() === '=') {
      setDraft(undefined)
      return open()
    }
    if (!write(focus, draft)) return
    setDraft(undefined)
    move({ row: focus.row + step.row, column: focus.column + step.column })
  }

  const open = () => {
    const found = rows[focus.row]
    const day = week.days[focus.column]
    if (found && day) onOpen({ issueId: found.issue.id, day: day.day })
  }

  const selected = areaOf(anchor ?? focus, focus)
  const clear = () => {
    const cells = placesIn(selected).flatMap((place) => {
      const cell = rows[place.row]?.cells[place.column]
      return cell && !cell.lock ? cell.worklogs.filter(({ approval }) => !approval) : []
    })
    if (cells.length > 0) writes.remove(cells)
    else if (lock) write(focus, '0')
  }

  const onKeyDown = (event: KeyboardEvent<HTMLTableElement>) => {
    if (draft !== undefined) return editKey(event)
    const key = event.ctrlKey || event.metaKey ? `Ctrl+${event.key.toLowerCase()}` : event.key
    const steps: Readonly<Record<string, Place>> = {
      ArrowUp: { row: -1, column: 0 },
      ArrowDown: { row: 1, column: 0 },
      ArrowLeft: { row: 0, column: -1 },
      ArrowRight: { row: 0, column: 1 },
    }
    const step = steps[key]
    const acts = new Map<string, () => void>([
      ['Home', () => move({ ...focus, column: 0 })],
      ['End', () => move({ ...focus, column: lastColumn })],
      ['Ctrl+home', () => move({ row: 0, column: 0 })],
      ['Ctrl+end', () => move({ row: rows.length - 1, column: lastColumn })],
      ['PageUp', () => onMove(-1)],
      ['PageDown', () => onMove(1)],
      ['Delete', clear],
      ['Backspace', clear],
      [' ', open],
      ['=', open],
      ['Ctrl+z', writes.undo],
      [
        'Ctrl+a',
        () => {
          setAnchor({ row: 0, column: 0 })
          setAt({ row: rows.length - 1, column: lastColumn })
        },
      ],
      [
        'f',
        () => {
          const found = rows[focus.row]
          if (found) favour.mutate(found)
        },
      ],
      [
        's',
        () => {
          const found = rows[focus.row]
          if (found) onTimer(found.issue)
        },
      ],
    ])
    if (step)
      move({ row: focus.row + step.row, column: focus.column + step.column }, event.shiftKey)
    else if (acts.has(key)) acts.get(key)?.()
    else if (!week.canLog) return
    else if (key === 'Enter' || key === 'F2')
      setDraft(draftOf(rows[focus.row]?.cells[focus.column]))
    else if (/^[\d+.,:-]$/.test(key)) setDraft(key)
    else return
    event.preventDefault()
  }

  const editKey = (event: KeyboardEvent) => {
    const back = event.shiftKey
    const acts = new Map<string, () => void>([
      ['Enter', () => commit({ row: back ? -1 : 1, column: 0 })],
      ['Tab', () => commit({ row: 0, column: back ? -1 : 1 })],
      ['ArrowUp', () => commit({ row: -1, column: 0 })],
      ['ArrowDown', () => commit({ row: 1, column: 0 })],
      [
        'Escape',
        () => {
          setDraft(undefined)
          move(focus)
        },
      ],
    ])
    const act = acts.get(event.key)
    if (!act) return
    event.preventDefault()
    event.stopPropagation()
    act()
  }

  const onCopy = (event: ClipboardEvent) => {
    if (draft !== undefined) return
    const { top, bottom, left, right } = selected
    const lines = rows.slice(top, bottom + 1).map(({ cells }) =>
      cells
        .slice(left, right + 1)
        .map(({ seconds }) => (seconds === 0 ? '' : format.hours(seconds)))
        .join('\t'),
    )
    event.clipboardData.setData('text/plain', lines.join('\n'))
    event.preventDefault()
    if (event.type === 'cut') clear()
  }

  const onPaste = (event: ClipboardEvent) => {
    if (draft !== undefined || !week.canLog) return
    event.preventDefault()
    const pasted = parseClipboard(event.clipboardData.getData('text/plain'))
    let count = 0
    pasted.forEach((line, down) => {
      line.forEach((text, along) => {
        const place = { row: selected.top + down, column: selected.left + along }
        if (
          text !== '' &&
          place.row < rows.length &&
          place.column <= lastColumn &&
          write(place, text)
        )
          count += 1
      })
    })
    notify({ text: t.pasted(count) })
  }

  return (
    <div className={classes.scroller}>
      <table
        ref={grid}
        role="grid"
        aria-label={t.grid}
        aria-describedby="week-keys"
        aria-multiselectable
        className={classes.grid}
        onKeyDown={onKeyDown}
        onCopy={onCopy}
        onCut={onCopy}
        onPaste={onPaste}
      >
        <thead>
          <tr>
            <th scope="col" className={classes.issueHead}>
              {t.issue}
            </th>
            {week.days.map((day) => (
              <DayHead key={day.day} day={day} isToday={day.day === today} />
            ))}
            <th scope="col" className={classes.sumHead}>
              {t.sum}
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.map((one, rowIndex) => (
            <tr key={one.issue.id}>
              <RowHead row={one} onFavour={() => favour.mutate(one)} onTimer={onTimer} />
              {one.cells.map((cell, column) => (
                <GridCell
                  key={cell.day}
                  issueKey={one.issue.key}
                  cell={cell}
                  day={week.days[column]!}
                  isToday={cell.day === today}
                  isFocus={focus.row === rowIndex && focus.column === column}
                  isSelected={anchor !== undefined && isIn(selected, { row: rowIndex, column })}
                  draft={focus.row === rowIndex && focus.column === column ? draft : undefined}
                  onDraft={setDraft}
                  onLeave={() => commit({ row: 0, column: 0 })}
                  onFocus={() => setAt({ row: rowIndex, column })}
                  onEdit={() => week.canLog && setDraft(draftOf(cell))}
                  onOpen={() => onOpen({ issueId: one.issue.id, day: cell.day })}
                />
              ))}
              <td className={classes.sum}>{one.seconds === 0 ? '·' : format.hours(one.seconds)}</td>
            </tr>
          ))}
        </tbody>
        <tfoot>
          <GridTotals week={week} worklogs={worklogs} />
        </tfoot>
      </table>
      {rows.length === 0 ? (
        <div className={classes.empty}>
          <strong>{t.empty}</strong>
          <br />
          {t.emptyHint}
        </div>
      ) : null}
      {week.canLog ? (
        <AddRow
          suggestions={week.suggestions.filter(
            ({ id }) => !rows.some(({ issue }) => issue.id === id),
          )}
          onAdd={(issue) => {
            onAdd(issue)
            const index = rows.findIndex((one) => one.issue.id === issue.id)
            const place = { row: index < 0 ? rows.length : index, column: focus.column }
            setAt(place)
            setTimeout(() => cellAt(grid.current, place)?.focus(), 0)
          }}
        />
      ) : null}
      <CellNote cell={rows[row]?.cells[at.column]} lock={lock} />
      <p id="week-keys" className={classes.keys}>
        {t.keys}
      </p>
    </div>
  )
}

/** What stands in a cell when one begins to edit it. */
function draftOf(cell: Cell | undefined): string {
  if (!cell || cell.seconds === 0) return ''
  const minutes = Math.floor(cell.seconds / 60)
  return `${Math.floor(minutes / 60)}:${String(minutes % 60).padStart(2, '0')}`
}

function cellAt(grid: HTMLTableElement | null, { row, column }: Place): HTMLElement | null {
  const cells = grid?.tBodies[0]?.rows[row]?.cells
  return cells?.[column + 1] ?? null
}
