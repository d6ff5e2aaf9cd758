import { IconLock } from '@tabler/icons-react'
import type { WeekBody } from '../../../src/api/contract.ts'
import { useFormat } from '../time/format.ts'
import { lockText } from './locks.ts'
import classes from './week.module.css'
import { useWeekTexts } from './week-texts.ts'

type WeekDay = WeekBody['days'][number]

/** The head of a day: its name, and whatever is special about it. */
export function DayHead({ day, isToday }: { day: WeekDay; isToday: boolean }) {
  const t = useWeekTexts()
  const format = useFormat()
  const note = noteOf(t, day)
  return (
    <th
      scope="col"
      className={classes.dayHead}
      data-today={isToday || undefined}
      aria-current={isToday ? 'date' : undefined}
    >
      {format.weekday(day.day)}
      {day.lock ? (
        <span title={lockText(t, format, day.lock)}>
          <IconLock size={12} aria-hidden />
          <span className="hb-hidden">{lockText(t, format, day.lock)}</span>
        </span>
      ) : null}
      {note === undefined ? null : <span className={classes.dayNote}>{note}</span>}
    </th>
  )
}

function noteOf(t: ReturnType<typeof useWeekTexts>, { holiday, absence }: WeekDay) {
  if (holiday !== null) return holiday
  if (!absence) return undefined
  if (absence.title !== '') return absence.title
  const { kind } = absence
  return kind === 'vacation' || kind === 'sick-leave' || kind === 'day-off' ? t[kind] : t.absent
}
