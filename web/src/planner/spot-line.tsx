import { useFormat } from '../time/format.ts'
import { labelOf } from './describe.ts'
import classes from './planner.module.css'
import { usePlannerTexts } from './planner-texts.ts'
import type { Row } from './rows.ts'
import type { Span } from './scale.ts'
import { dayAt, type Spot } from './timeline.tsx'

type Props = { readonly spot: Spot | null; readonly rows: readonly Row[]; readonly span: Span }

/** What makes the figure at the day and row chosen; read out as it changes. */
export function SpotLine({ spot, rows, span }: Props) {
  const t = usePlannerTexts()
  const format = useFormat()
  const row = spot && rows.find(({ key }) => key === spot.row)
  if (!spot || !row) return <p className={classes.line}>{t.keys}</p>
  const { person, team } = row
  const day = dayAt(span, spot.column)
  const load = person?.loadSeconds[spot.column] ?? 0
  const capacity = person?.capacitySeconds[spot.column] ?? 0
  const letter = person?.days[spot.column]
  const holiday = person?.holidays.find((one) => one.day === day)
  const here = row.bars.filter(({ first, last }) => first <= spot.column && spot.column <= last)
  return (
    <p className={classes.line} aria-live="polite">
      <span className={classes.lineName}>{person?.displayName ?? team.name}</span>
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
          {labelOf(t, event)}
          {event.secondsPerDay === null ? '' : ` ${format.hours(event.secondsPerDay)}`}
        </span>
      ))}
      {here.length === 0 && load === 0 ? <span>{t.nothing}</span> : null}
    </p>
  )
}
