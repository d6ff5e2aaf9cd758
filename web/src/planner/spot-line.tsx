import { type RefObject, useEffect, useState } from 'react'
import { type Format, useFormat } from '../time/format.ts'
import { labelOf } from './describe.ts'
import type { Entry } from './entry.ts'
import classes from './planner.module.css'
import { type PlannerTexts, usePlannerTexts } from './planner-texts.ts'
import type { Row } from './rows.ts'
import type { Scale, Span } from './scale.ts'
import { dayAt, type Spot } from './timeline.tsx'

type Props = {
  readonly spot: Spot | null
  readonly rows: readonly Row[]
  readonly span: Span
  readonly scale: Scale
  readonly scroller: RefObject<HTMLElement | null>
}

/** What makes the figure under the pointer, or else at the day and row chosen; read out as it changes. */
export function SpotLine({ spot, rows, span, scale, scroller }: Props) {
  const t = usePlannerTexts()
  const format = useFormat()
  const hovered = useHovered(scroller, scale, rows)
  const shown = hovered ?? spot
  const row = shown && rows.find(({ key }) => key === shown.row)
  if (!shown || !row)
    return (
      <p className={classes.line} data-keys>
        {t.keys}
      </p>
    )
  const { person, resource, team } = row
  const { column } = shown
  const day = dayAt(span, column)
  const load = person?.loadSeconds[column] ?? 0
  const capacity = person?.capacitySeconds[column] ?? 0
  const letter = person?.days[column]
  const holiday = person?.holidays.find((one) => one.day === day)
  const here = row.bars.filter(
    ({ first, last, event }) => first <= column && column <= last && isCounted(event),
  )
  return (
    <p className={classes.line} aria-live={hovered ? 'off' : 'polite'}>
      <span className={classes.lineName}>{person?.displayName ?? resource?.name ?? team.name}</span>
      <span>{format.longDay(day)}</span>
      {person ? (
        <span data-over={load > capacity || undefined}>
          {letter === 'o' && load === 0
            ? t.off
            : letter === 'a' && load === 0
              ? t.absent
              : t.load(format.hours(load), format.hours(capacity))}
          {load > capacity ? ` · ${t.over(format.difference(load - capacity))}` : ''}
          {load < capacity ? ` · ${t.free(format.hours(capacity - load))}` : ''}
        </span>
      ) : null}
      {holiday ? <span>{t.holiday(holiday.name)}</span> : null}
      {here.map(({ event }) => (
        <span key={event.id}>
          {labelOf(t, event)} {shareOf(t, format, event)}
        </span>
      ))}
      {here.length === 0 && load === 0 ? <span>{t.nothing}</span> : null}
    </p>
  )
}

/** Outlines of a draft are only looked at. */
function isCounted({ mark }: Entry): boolean {
  return mark !== 'today' && mark !== 'removed'
}

/** What an entry brings to a day, or what it has to be spread over all of them. */
function shareOf(t: PlannerTexts, format: Format, event: Entry): string {
  const { secondsPerDay, effectiveRemainingSeconds } = event
  if (secondsPerDay !== null) return format.hours(secondsPerDay)
  return effectiveRemainingSeconds > 0 ? t.inAll(format.hours(effectiveRemainingSeconds)) : ''
}

/** The row and day under the pointer, told only when it comes to others. */
function useHovered(
  scroller: RefObject<HTMLElement | null>,
  scale: Scale,
  rows: readonly Row[],
): Spot | null {
  const [hovered, setHovered] = useState<Spot | null>(null)
  const isShown = rows.length > 0
  useEffect(() => {
    const element = scroller.current
    if (!element || !isShown) return
    const onMove = ({ target, clientX, buttons, pointerType }: PointerEvent) => {
      if (buttons !== 0 || pointerType === 'touch') return
      const lane = (target as HTMLElement).closest<HTMLElement>('[data-lane]')
      const row = lane?.closest<HTMLElement>('[data-row]')?.dataset.row
      if (!lane || row === undefined) return setHovered(null)
      const column = Math.floor((clientX - lane.getBoundingClientRect().left) / scale.dayWidth)
      setHovered((now) => (now?.row === row && now.column === column ? now : { row, column }))
    }
    const onLeave = () => setHovered(null)
    element.addEventListener('pointermove', onMove, { passive: true })
    element.addEventListener('pointerleave', onLeave)
    element.addEventListener('keydown', onLeave)
    return () => {
      element.removeEventListener('pointermove', onMove)
      element.removeEventListener('pointerleave', onLeave)
      element.removeEventListener('keydown', onLeave)
    }
  }, [scroller, scale, isShown])
  return hovered
}
