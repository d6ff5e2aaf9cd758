import { type PointerEvent as ReactPointerEvent, type RefObject, useRef } from 'react'
import { addDays, type Day } from '../time/days.ts'
import { useFormat } from '../time/format.ts'
import type { Entry } from './entry.ts'
import { followPointer, isFar } from './follow-pointer.ts'
import { type Placement, placementOf, resized, shifted } from './placement.ts'
import classes from './planner.module.css'
import { measures, type Row } from './rows.ts'
import { daysBetween } from './scale.ts'
import {
  type Board,
  chosenEvents,
  eventOf,
  ownerAfter,
  ownerFor,
  ownerOf,
} from './timeline-actions.ts'

const edge = 7

type Drag = {
  readonly mode: 'create' | 'move' | 'copy' | 'from' | 'to'
  readonly event: Entry | null
  readonly row: Row
  readonly column: number
  readonly start: ReactPointerEvent
}

/**
 * Dragging on the timeline: over empty space it creates, a bar moves, its edges resize, with Alt it
 * is copied. While it lasts a shadow is drawn straight into the page: nothing renders until it ends.
 */
export function useDrag(
  canvas: RefObject<HTMLDivElement | null>,
  shadow: RefObject<HTMLDivElement | null>,
  board: Board,
): (event: ReactPointerEvent) => void {
  const format = useFormat()
  const now = useRef(board)
  now.current = board

  return (down) => {
    if (down.button !== 0 || !canvas.current) return
    const target = down.target as HTMLElement
    const rowElement = target.closest<HTMLElement>('[data-row]')
    const row = now.current.rows.find(({ key }) => key === rowElement?.dataset.row)
    const lane = rowElement?.querySelector<HTMLElement>(`.${classes.lane}`)
    if (!row || !lane || !rowElement) return
    const columnAt = (clientX: number) => {
      const { scale } = now.current
      const column = Math.floor((clientX - lane.getBoundingClientRect().left) / scale.dayWidth)
      return Math.max(0, Math.min(scale.days - 1, column))
    }
    const column = columnAt(down.clientX)
    const { actions } = now.current
    const bar = target.closest<HTMLElement>('[data-bar]')
    const event = eventOf(now.current.rows, bar?.dataset.bar) ?? null
    const isInLane = lane.contains(target)
    if (isInLane) actions.setSpot({ row: row.key, column })
    if (event && bar) {
      const isMore = down.shiftKey || down.ctrlKey || down.metaKey
      const { chosen } = now.current
      if (isMore)
        actions.choose(
          chosen.has(event.id)
            ? [...chosen].filter((id) => id !== event.id)
            : [...chosen, event.id],
        )
      else if (!chosen.has(event.id)) actions.choose([event.id])
    } else actions.choose([])
    // On a touch screen a stroke scrolls; a tap opens.
    if (down.pointerType === 'touch') {
      if (event) onTap(down, () => actions.open(event.id))
      return
    }
    if (!isInLane || (event && !event.mayChange)) return
    const mode = bar ? modeOf(bar, down) : 'create'
    follow({ mode, event, row, column, start: down }, columnAt)
    if (!bar) {
      down.preventDefault()
      canvas.current.focus({ preventScroll: true })
    }
  }

  function follow(drag: Drag, columnAt: (clientX: number) => number): void {
    let place: Placement | null = null
    let row = drag.row
    followPointer(drag.start, {
      onMove: ({ clientX, clientY }) => {
        row = drag.mode === 'move' || drag.mode === 'copy' ? rowAt(clientY, drag.row) : drag.row
        place = placeOf(drag, columnAt(clientX), row)
        draw(place, row)
      },
      onDrop: (up) => {
        if (!place) return
        finish(drag.mode === 'move' && up.altKey ? { ...drag, mode: 'copy' } : drag, place, row)
      },
      onEnd: () => {
        if (shadow.current) shadow.current.hidden = true
      },
    })
  }

  function rowAt(clientY: number, fallback: Row): Row {
    const top = canvas.current?.getBoundingClientRect().top ?? 0
    const y = clientY - top - measures.head
    return now.current.rows.find((row) => y >= row.top && y < row.top + row.height) ?? fallback
  }

  function placeOf(drag: Drag, column: number, row: Row): Placement {
    const { span } = now.current
    const { event, mode } = drag
    if (!event) {
      const [first, last] = [Math.min(drag.column, column), Math.max(drag.column, column)]
      const [from, to] = [addDays(span.from, first), addDays(span.from, last)]
      return { from, to, ...ownerOf(row) }
    }
    const place = placementOf(event)
    const days = column - drag.column
    if (mode === 'from' || mode === 'to') return resized(place, mode, days)
    return { ...shifted(place, days), ...ownerFor(event, row) }
  }

  function draw({ from, to }: { from: Day; to: Day }, row: Row): void {
    const element = shadow.current
    if (!element) return
    const { span, scale } = now.current
    element.hidden = false
    const x = daysBetween(span.from, from) * scale.dayWidth
    // Moved by the compositor alone: nothing below it is laid out or painted again.
    element.style.transform = `translate(${x}px, ${row.top + measures.strip}px)`
    element.style.width = `${(daysBetween(from, to) + 1) * scale.dayWidth}px`
    element.style.height = `${row.height - measures.strip - measures.foot}px`
    element.dataset.label =
      from === to ? format.shortDay(from) : `${format.shortDay(from)} – ${format.shortDay(to)}`
  }

  function finish({ mode, event, row: start }: Drag, place: Placement, row: Row): void {
    const { actions } = now.current
    if (!event) {
      actions.create(row, place.from, place.to)
      return
    }
    const chosen = chosenEvents(now.current, event.id)
    const [left, right] = [daysBetween(event.from, place.from), daysBetween(event.to, place.to)]
    const changes = chosen.map((one) => {
      const own = placementOf(one)
      if (mode === 'from') return [one, resized(own, 'from', left)] as const
      if (mode === 'to') return [one, resized(own, 'to', right)] as const
      const moved = shifted(own, left)
      const { rows } = now.current
      return [one, { ...moved, ...ownerAfter(rows, one, start, row) }] as const
    })
    if (mode === 'copy') actions.copy(changes)
    else actions.place(changes)
  }
}

function modeOf(bar: HTMLElement, { clientX, altKey }: ReactPointerEvent): Drag['mode'] {
  if (altKey) return 'copy'
  const { left, right, width } = bar.getBoundingClientRect()
  const zone = Math.min(edge, width / 4)
  if (clientX - left < zone && bar.dataset.openLeft === undefined) return 'from'
  if (right - clientX < zone && bar.dataset.openRight === undefined) return 'to'
  return 'move'
}

function onTap(down: ReactPointerEvent, tapped: () => void): void {
  const onUp = (up: PointerEvent) => {
    stop()
    if (!isFar(down, up, 8)) tapped()
  }
  const stop = () => {
    window.removeEventListener('pointerup', onUp)
    window.removeEventListener('pointercancel', stop)
  }
  window.addEventListener('pointerup', onUp)
  window.addEventListener('pointercancel', stop)
}
