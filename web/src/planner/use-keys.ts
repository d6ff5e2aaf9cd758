import { type KeyboardEvent, type RefObject, useEffect, useRef } from 'react'
import { addDays } from '../time/days.ts'
import type { Entry } from './entry.ts'
import { type Placement, placementOf, resized, shifted } from './placement.ts'
import type { Row } from './rows.ts'
import { daysBetween } from './scale.ts'
import { type Board, chosenEvents, eventOf, fits, ownerAfter } from './timeline-actions.ts'

/**
 * The timeline by keys. Without a bar in focus arrows choose a day and a row; Space goes to the bar
 * that lies there. On a bar arrows move it, with Shift they change its length.
 */
export function useKeys(
  canvas: RefObject<HTMLDivElement | null>,
  board: Board,
): (event: KeyboardEvent) => void {
  const { rows, span, scale, spot, chosen, actions } = board
  const pointed = useRef<{ id: string; column: number } | null>(null)
  /** The bar that shall have the focus once it is drawn again, elsewhere perhaps. */
  const wanted = useRef<string | null>(null)

  useEffect(() => {
    const element = canvas.current
    if (!element) return
    const onMove = ({ target, clientX }: PointerEvent) => {
      const bar = (target as HTMLElement).closest<HTMLElement>('[data-bar]')
      const left = element.getBoundingClientRect().left
      const name = element.querySelector<HTMLElement>('[data-corner]')?.offsetWidth ?? 0
      pointed.current = bar
        ? { id: bar.dataset.bar!, column: Math.floor((clientX - left - name) / scale.dayWidth) }
        : null
    }
    element.addEventListener('pointermove', onMove, { passive: true })
    return () => element.removeEventListener('pointermove', onMove)
  }, [canvas, scale])

  useEffect(() => {
    if (wanted.current === null || !canvas.current) return
    const row = spot ? `[data-row="${spot.row}"] ` : ''
    const bar = canvas.current.querySelector<HTMLElement>(`${row}[data-bar="${wanted.current}"]`)
    if (!bar) return
    if (bar !== document.activeElement) bar.focus({ preventScroll: true })
    wanted.current = null
  })

  const goTo = (row: Row | undefined, column: number) => {
    if (!row) return
    actions.setSpot({ row: row.key, column: Math.max(0, Math.min(scale.days - 1, column)) })
  }

  const onSpot = (event: KeyboardEvent): boolean => {
    const at = rows.findIndex(({ key }) => key === spot?.row)
    const row = rows[at]
    const column = spot?.column ?? 0
    switch (event.key) {
      case 'ArrowLeft':
      case 'ArrowRight': {
        const by = (event.key === 'ArrowLeft' ? -1 : 1) * (event.ctrlKey || event.metaKey ? 7 : 1)
        goTo(row ?? rows[0], column + by)
        return true
      }
      case 'ArrowUp':
        goTo(rows[Math.max(0, at - 1)], column)
        return true
      case 'ArrowDown':
        goTo(rows[Math.min(rows.length - 1, at + 1)], column)
        return true
      case 'Home':
      case 'End':
        goTo(event.key === 'Home' ? rows[0] : rows[rows.length - 1], column)
        return true
      case ' ':
      case 'Enter': {
        const bar = row?.bars.find(({ first, last }) => first <= column && column <= last)
        if (!bar) return false
        actions.choose([bar.event.id])
        wanted.current = bar.event.id
        return true
      }
      default:
        return false
    }
  }

  const onBar = (event: KeyboardEvent, id: string): boolean => {
    const bar = eventOf(rows, id)
    if (!bar) return false
    const events = chosenEvents(board, id)
    const move = (change: (place: Placement, entry: Entry) => Placement) => {
      wanted.current = id
      actions.place(events.map((one) => [one, change(placementOf(one), one)] as const))
    }
    switch (event.key) {
      case 'ArrowLeft':
      case 'ArrowRight': {
        const by = event.key === 'ArrowLeft' ? -1 : 1
        move((place) => (event.shiftKey ? resized(place, 'to', by) : shifted(place, by)))
        if (!event.shiftKey && spot)
          goTo(
            rows.find(({ key }) => key === spot.row),
            daysBetween(span.from, bar.from) + by,
          )
        return true
      }
      case 'ArrowUp':
      case 'ArrowDown': {
        const at = rows.findIndex(({ key }) => key === spot?.row)
        const others = event.key === 'ArrowUp' ? rows.slice(0, at).reverse() : rows.slice(at + 1)
        const row = others.find((other) => fits(bar, other))
        if (!row || at < 0 || events.length === 0) return true
        const start = rows[at]!
        move((place, entry) => ({ ...place, ...ownerAfter(rows, entry, start, row) }))
        goTo(row, daysBetween(span.from, bar.from))
        return true
      }
      case 'Enter':
        actions.open(id)
        return true
      case ' ':
        actions.choose(chosen.has(id) ? [...chosen].filter((one) => one !== id) : [...chosen, id])
        return true
      case 'Delete':
      case 'Backspace':
        actions.remove(events)
        canvas.current?.focus({ preventScroll: true })
        return true
      case 's':
      case 'S': {
        const column =
          pointed.current?.id === id
            ? pointed.current.column
            : daysBetween(span.from, bar.from) + Math.ceil(daysBetween(bar.from, bar.to) / 2)
        actions.split(bar, addDays(span.from, column))
        return true
      }
      case 'Escape':
        actions.choose([])
        canvas.current?.focus({ preventScroll: true })
        return true
      default:
        return false
    }
  }

  return (event) => {
    const target = event.target as HTMLElement
    const id = target.closest<HTMLElement>('[data-bar]')?.dataset.bar
    const isMain = event.ctrlKey || event.metaKey
    const isDone = isMain && event.key.toLowerCase() === 'z' ? onUndo(event) : onPlain(event, id)
    if (!isDone) return
    event.preventDefault()
    event.stopPropagation()
  }

  function onUndo({ shiftKey }: KeyboardEvent): boolean {
    if (shiftKey) actions.redo()
    else actions.undo()
    return true
  }

  function onPlain(event: KeyboardEvent, id: string | undefined): boolean {
    if (event.altKey) return false
    if (event.key.toLowerCase() === 'n' && !event.ctrlKey && !event.metaKey) {
      const row = rows.find(({ key }) => key === spot?.row) ?? rows.find(({ person }) => person)
      const day = addDays(span.from, spot?.column ?? 0)
      if (row) actions.create(row, day, day)
      return true
    }
    return id ? onBar(event, id) : onSpot(event)
  }
}
