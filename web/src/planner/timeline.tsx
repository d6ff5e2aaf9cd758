import { type CSSProperties, type RefObject, useEffect, useRef } from 'react'
import type { EventBody } from '../../../src/api/contract.ts'
import { addDays, type Day } from '../time/days.ts'
import classes from './planner.module.css'
import { usePlannerTexts } from './planner-texts.ts'
import { measures, type Row } from './rows.ts'
import { daysBetween, type Scale, type Span } from './scale.ts'
import type { TimelineActions } from './timeline-actions.ts'
import { TimelineHead } from './timeline-head.tsx'
import { TimelineRow } from './timeline-row.tsx'
import { useDrag } from './use-drag.ts'
import { useKeys } from './use-keys.ts'
import { useView } from './use-view.ts'

/** A place on the timeline: a row and a column. */
export type Spot = { readonly row: string; readonly column: number }

/** A bar that is not planned yet, to be looked at. */
export type GhostBar = { readonly personId: string; readonly from: Day; readonly to: Day }

type Props = {
  readonly scroller: RefObject<HTMLDivElement | null>
  readonly rows: readonly Row[]
  readonly span: Span
  readonly scale: Scale
  readonly today: Day
  readonly spot: Spot | null
  readonly chosen: ReadonlySet<string>
  readonly unsaved: ReadonlySet<string>
  readonly milestones: readonly EventBody[]
  readonly ghost: GhostBar | null
  readonly actions: TimelineActions
}

/** The timeline itself: rows and columns in view, and what pointer and keys do with them. */
export function Timeline(props: Props) {
  const { scroller, rows, span, scale, today, spot, chosen, unsaved, milestones, ghost } = props
  const t = usePlannerTexts()
  const canvas = useRef<HTMLDivElement>(null)
  const shadow = useRef<HTMLDivElement>(null)
  const view = useView(scroller, rows, scale)
  const board = { rows, span, scale, spot, chosen, actions: props.actions }
  const onPointerDown = useDrag(canvas, shadow, board)
  const onKeyDown = useKeys(canvas, board)
  const last = rows[rows.length - 1]
  const height = last ? last.top + last.height : 0
  const spotRow = spot && rows.find(({ key }) => key === spot.row)
  const todayColumn = daysBetween(span.from, today)
  const ghostRows = ghost ? rows.filter(({ person }) => person?.id === ghost.personId) : []

  useEffect(() => {
    const element = scroller.current
    if (!element || !spotRow || spot === null) return
    const name = element.querySelector<HTMLElement>(`.${classes.who}`)?.offsetWidth ?? 0
    const x = spot.column * scale.dayWidth
    if (x < element.scrollLeft) element.scrollLeft = x
    else if (x + scale.dayWidth + name > element.scrollLeft + element.clientWidth)
      element.scrollLeft = x + scale.dayWidth + name - element.clientWidth
    const bottom = spotRow.top + spotRow.height + measures.head
    if (spotRow.top < element.scrollTop) element.scrollTop = spotRow.top
    else if (bottom > element.scrollTop + element.clientHeight)
      element.scrollTop = bottom - element.clientHeight
  }, [scroller, spot, spotRow, scale])

  return (
    <div className={classes.scroller} ref={scroller} data-zoom={scale.zoom}>
      <div
        ref={canvas}
        className={classes.canvas}
        role="application"
        aria-label={t.timeline}
        aria-description={t.keys}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: one stop for the whole timeline
        tabIndex={0}
        style={
          {
            '--day': `${scale.dayWidth}px`,
            '--width': `${scale.days * scale.dayWidth}px`,
            height: height + measures.head,
          } as CSSProperties
        }
        onPointerDown={onPointerDown}
        onKeyDown={onKeyDown}
        onFocus={({ target }) => {
          // By Tab a bar may be reached that lies beneath the names.
          if (target.matches('[data-bar]:focus-visible'))
            target.scrollIntoView({ block: 'nearest', inline: 'nearest' })
        }}
        onDoubleClick={({ target }) => {
          const id = (target as HTMLElement).closest<HTMLElement>('[data-bar]')?.dataset.bar
          if (id) props.actions.open(id)
        }}
      >
        <div className={classes.head}>
          <div className={classes.corner} data-corner />
          <TimelineHead span={span} scale={scale} today={today} columns={view.columns} />
        </div>
        <div className={classes.rows} style={{ height }}>
          {rows.slice(...view.rows).map((row) => (
            <TimelineRow
              key={row.key}
              row={row}
              scale={scale}
              columns={view.columns}
              chosen={idsIn(row, chosen)}
              unsaved={idsIn(row, unsaved)}
              isCurrent={spot?.row === row.key}
            />
          ))}
          <div className={classes.over}>
            {todayColumn >= 0 && todayColumn < scale.days ? (
              <div className={classes.today} style={{ left: todayColumn * scale.dayWidth }} />
            ) : null}
            {milestones.map((event) => (
              <div
                key={event.id}
                className={classes.milestone}
                style={{ left: daysBetween(span.from, event.from) * scale.dayWidth }}
              >
                <span>{event.title || event.type?.name}</span>
              </div>
            ))}
            {spotRow && spot ? (
              <div
                className={classes.spot}
                style={{
                  left: spot.column * scale.dayWidth,
                  top: spotRow.top,
                  height: spotRow.height,
                  width: scale.dayWidth,
                }}
              />
            ) : null}
            {ghost
              ? ghostRows.map((row) => (
                  <div
                    key={row.key}
                    className={classes.ghost}
                    style={{
                      left: daysBetween(span.from, ghost.from) * scale.dayWidth,
                      width: (daysBetween(ghost.from, ghost.to) + 1) * scale.dayWidth,
                      top: row.top + measures.strip,
                      height: row.height - measures.strip - measures.foot,
                    }}
                  />
                ))
              : null}
            <div ref={shadow} className={classes.shadow} hidden />
          </div>
        </div>
      </div>
    </div>
  )
}

function idsIn(row: Row, ids: ReadonlySet<string>): string {
  if (ids.size === 0) return ''
  return row.bars.flatMap(({ event }) => (ids.has(event.id) ? [event.id] : [])).join(' ')
}

/** The day of a column. */
export function dayAt(span: Span, column: number): Day {
  return addDays(span.from, column)
}
