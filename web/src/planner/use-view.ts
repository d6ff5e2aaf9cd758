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
const chunk = 7

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
      setView((now) => (isSameView(now, next) ? now : next))
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

function isSameView(a: View, b: View): boolean {
  return (
    a.rows[0] === b.rows[0] &&
    a.rows[1] === b.rows[1] &&
    a.columns[0] === b.columns[0] &&
    a.columns[1] === b.columns[1]
  )
}
