import { type PointerEvent as ReactPointerEvent, type RefObject, useRef } from 'react'
import type { IssueBody } from '../api/types.ts'
import { addDays } from '../time/days.ts'
import { useFormat } from '../time/format.ts'
import { followPointer } from './follow-pointer.ts'
import type { Row } from './rows.ts'
import type { Scale, Span } from './scale.ts'
import { daysNeeded, neededSeconds } from './schedule.ts'

type Board = {
  readonly rows: readonly Row[]
  readonly scale: Scale
  readonly span: Span
  readonly onDrop: (issue: IssueBody, row: Row, column: number) => void
}

type Place = {
  readonly row: Row
  readonly column: number
  readonly lane: DOMRect
  readonly height: number
}

/** Drags an issue out of the list onto a row; a shadow shows the days it would take there. */
export function useBacklogDrag(
  shadow: RefObject<HTMLDivElement | null>,
  board: Board,
): (down: ReactPointerEvent, issue: IssueBody) => void {
  const format = useFormat()
  const now = useRef(board)
  now.current = board

  const placeAt = (x: number, y: number): Place | null => {
    const under = document.elementFromPoint(x, y)
    const element = under?.closest<HTMLElement>('[data-row]')
    const lane = element?.querySelector<HTMLElement>('[data-lane]')
    const row = now.current.rows.find(({ key }) => key === element?.dataset.row)
    if (!element || !lane || !row || row.resource || !lane.contains(under)) return null
    const box = lane.getBoundingClientRect()
    const column = Math.floor((x - box.left) / now.current.scale.dayWidth)
    return { row, column, lane: box, height: element.offsetHeight }
  }

  const draw = (issue: IssueBody, place: Place | null) => {
    const element = shadow.current
    if (!element) return
    element.hidden = place === null
    if (!place) return
    const { scale, span } = now.current
    const { row, column, lane, height } = place
    const days = daysNeeded(row, column, span.days.length, neededSeconds(issue))
    element.style.left = `${lane.left + column * scale.dayWidth}px`
    element.style.top = `${lane.top}px`
    element.style.width = `${days * scale.dayWidth}px`
    element.style.height = `${height}px`
    element.dataset.label = `${issue.key} · ${format.shortDay(addDays(span.from, column))}`
  }

  return (down, issue) => {
    // On a touch screen a stroke scrolls the list; a tap opens the form.
    if (down.button !== 0 || down.pointerType === 'touch') return
    let place: Place | null = null
    followPointer(down, {
      onMove: ({ clientX, clientY }) => {
        place = placeAt(clientX, clientY)
        draw(issue, place)
      },
      onDrop: () => {
        if (place) now.current.onDrop(issue, place.row, place.column)
      },
      onEnd: () => {
        if (shadow.current) shadow.current.hidden = true
      },
    })
  }
}
