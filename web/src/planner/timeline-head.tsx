import { memo } from 'react'
import { addDays, type Day, weekdayOf } from '../time/days.ts'
import { useFormat } from '../time/format.ts'
import classes from './planner.module.css'
import type { Scale, Span } from './scale.ts'

type Props = {
  readonly span: Span
  readonly scale: Scale
  readonly today: Day
  readonly columns: readonly [number, number]
}

/** Months above, days or weeks below; only what is in view. */
export const TimelineHead = memo(function TimelineHead({ span, scale, today, columns }: Props) {
  const format = useFormat()
  const { dayWidth, group, zoom } = scale
  const [first, last] = columns
  const monthName = new Intl.DateTimeFormat(format.locale, {
    month: zoom === 'quarter' ? 'short' : 'long',
    year: 'numeric',
    timeZone: 'UTC',
  })
  const dayName = new Intl.DateTimeFormat(format.locale, {
    timeZone: 'UTC',
    ...(zoom === 'day' ? { weekday: 'short', day: 'numeric' } : { day: 'numeric' }),
  })
  const letter = new Intl.DateTimeFormat(format.locale, { timeZone: 'UTC', weekday: 'narrow' })
  const inView = span.days.map((_, at) => at).slice(first, last)
  const months = span.days.flatMap((day, at) =>
    at === 0 || day.endsWith('-01') ? [{ day, at, length: monthLength(span, at) }] : [],
  )
  return (
    <div className={classes.scaleHead}>
      {months.map(({ day, at, length }) => (
        <div
          key={day}
          className={classes.month}
          style={{ left: at * dayWidth, width: length * dayWidth }}
        >
          <span>{monthName.format(new Date(`${day}T00:00:00Z`))}</span>
        </div>
      ))}
      {inView
        .filter((at) => at % group === 0)
        .map((at) => {
          const day = span.days[at]!
          const isToday = today >= day && today < addDays(day, group)
          return (
            <div
              key={day}
              className={classes.dayHead}
              data-today={isToday || undefined}
              data-weekend={(group === 1 && weekdayOf(day) > 5) || undefined}
              style={{ left: at * dayWidth, width: group * dayWidth }}
            >
              {zoom === 'week' ? (
                <small>{letter.format(new Date(`${day}T00:00:00Z`))}</small>
              ) : null}
              <span>{dayName.format(new Date(`${day}T00:00:00Z`))}</span>
            </div>
          )
        })}
    </div>
  )
})

function monthLength(span: Span, at: number): number {
  const next = span.days.findIndex((day, other) => other > at && day.endsWith('-01'))
  return (next === -1 ? span.days.length : next) - at
}
