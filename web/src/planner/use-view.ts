import { type RefObject, useEffect, useState } from 'react'
import { measures, type Row } from './rows.ts'
import type { Scale } from './scale.ts'

/** The rows and columns drawn: those in view, and some around them. Ends are not included. */
export type View = {
  readonly rows: readonly [number, number]
  readonly columns: readonly [number, number]
}

const rowsAround = 4
/** Columns are drawn by the week, so that a little scrolling renders nothing. */
export const chunk = 7

/** What of the timeline is in view; changes only when other rows or weeks come into it. */
export function useView(
  scroller: RefObject<HTMLElement | null>,
  rows: readonly Row[],
  scale: Scale,
): View {
  const [view, setView] = useState<View>({ rows: [0, 30], columns: [0, 42] })
  useEffect(() => {
    const element = scroller.current
    if (!element) return
    let frame = 0
    const look = () => {
      frame = 0
      const next = viewOf(element, rows, scale)
      setView((now) => mergedView(now, next))
    }
    const onScroll = () => {
      if (frame === 0) frame = requestAnimationFrame(look)
    }
    look()
    element.addEventListener('scroll', onScroll, { passive: true })
    const sizes = new ResizeObserver(onScroll)
    sizes.observe(element)
    return () => {
      cancelAnimationFrame(frame)
      element.removeEventListener('scroll', onScroll)
      sizes.disconnect()
    }
  }, [scroller, rows, scale])
  return view
}

function viewOf(element: HTMLElement, rows: readonly Row[], scale: Scale): View {
  const { scrollTop, scrollLeft, clientHeight, clientWidth } = element
  const bottom = scrollTop + clientHeight - measures.head
  const first = rows.findIndex(({ top, height }) => top + height >= scrollTop)
  const after = rows.findIndex(({ top }) => top > bottom)
  const left = Math.floor(scrollLeft / scale.dayWidth / chunk) - 1
  const right = Math.ceil((scrollLeft + clientWidth) / scale.dayWidth / chunk) + 1
  return {
    rows: [
      Math.max(0, (first === -1 ? rows.length : first) - rowsAround),
      Math.min(rows.length, (after === -1 ? rows.length : after) + rowsAround),
    ],
    columns: [Math.max(0, left * chunk), Math.min(scale.days, right * chunk)],
  }
}

/** What stays the same stays the very same, so that rows need not render for other rows. */
function mergedView(now: View, next: View): View {
  const rows = isSameRange(now.rows, next.rows) ? now.rows : next.rows
  const columns = isSameRange(now.columns, next.columns) ? now.columns : next.columns
  return rows === now.rows && columns === now.columns ? now : { rows, columns }
}

function isSameRange(a: readonly [number, number], b: readonly [number, number]): boolean {
  return a[0] === b[0] && a[1] === b[1]
}
