import { type KeyboardEvent, type PointerEvent, useEffect, useRef, useState } from 'react'
import type { WeekBody } from '../../../src/api/contract.ts'
import { notify } from '../parts/notices.tsx'
import { clockOf, type Day, minuteOf } from '../time/days.ts'
import { useFormat } from '../time/format.ts'
import classes from './calendar.module.css'
import { DayHead } from './day-head.tsx'
import { type Drag, dragged, minuteAt } from './drag.ts'
import { EntryMarks, LooseMarks } from './entry-marks.tsx'
import { layLanes } from './lanes.ts'
import { lockOf, lockText, type ShownLock } from './locks.ts'
import { NewEntry } from './new-entry.tsx'
import type { ShownWorklog } from './operations.ts'
import type { WeekWrites } from './use-week.ts'
import { sum, workedSeconds } from './week-model.ts'
import type { Opened } from './week-screen.tsx'
import { useWeekTexts } from './week-texts.ts'

type Props = {
  readonly week: WeekBody
  readonly worklogs: readonly ShownWorklog[]
  readonly writes: WeekWrites
  readonly today: Day
  readonly onOpen: (opened: Opened) => void
}

type Draft = { readonly day: Day; readonly from: number; readonly to: number }

const hourHeight = 48
const stepMinutes = 5
const dayMinutes = 1_440
const firstShownHour = 7
const firstDraft = { from: 540, to: 600 } as const

/** Days as columns: drag the empty to create, a worklog to move it, its edge to resize it. */
export function WeekCalendar({ week, worklogs, writes, today, onOpen }: Props) {
  const t = useWeekTexts()
  const format = useFormat()
  const scroller = useRef<HTMLDivElement>(null)
  const columns = useRef<HTMLDivElement>(null)
  const [drag, setDrag] = useState<Drag>()
  const [draft, setDraft] = useState<Draft>()
  useEffect(() => {
    if (scroller.current) scroller.current.scrollTop = firstShownHour * hourHeight
  }, [])

  const passes = (lock: ShownLock | undefined): boolean => {
    if (lock) notify({ kind: 'bad', text: lockText(t, format, lock) })
    return lock === undefined && week.canLog
  }
  const isOpen = (day: Day) => passes(lockOf(week, { day }))
  const isFree = (worklog: ShownWorklog) => passes(lockOf(week, worklog))
  /** It can be looked at only. */
  const isStill = (worklog: ShownWorklog) => !week.canLog || lockOf(week, worklog) !== undefined
  const placeOf = (event: PointerEvent) => {
    const box = columns.current!.getBoundingClientRect()
    const column = Math.floor(((event.clientX - box.left) / box.width) * 7)
    return {
      day: week.days[Math.max(0, Math.min(6, column))]!.day,
      minute: minuteAt(event.clientY - box.top, hourHeight, stepMinutes),
    }
  }
  const begin = (event: PointerEvent, kind: Drag['kind'], worklog?: ShownWorklog) => {
    if (event.button !== 0) return
    const { day, minute } = placeOf(event)
    if (worklog) event.stopPropagation()
    if (worklog ? isStill(worklog) : !isOpen(day)) return
    columns.current!.setPointerCapture(event.pointerId)
    setDrag({ kind, worklog, start: { day, minute }, now: { day, minute }, hasMoved: false })
  }
  const onPointerMove = (event: PointerEvent) => {
    if (!drag) return
    const now = placeOf(event)
    const hasMoved = drag.hasMoved || now.day !== drag.start.day || now.minute !== drag.start.minute
    setDrag({ ...drag, now, hasMoved })
  }
  const onPointerUp = () => {
    if (!drag) return
    setDrag(undefined)
    const { worklog } = drag
    if (worklog && !drag.hasMoved) return onOpen({ issueId: worklog.issue.id, day: worklog.day })
    const { day, from, to } = dragged(drag, stepMinutes)
    if (!isOpen(day)) return
    if (worklog) write(worklog, day, from, to)
    else setDraft({ day, from, to })
  }
  const write = (worklog: ShownWorklog, day: Day, from: number, to: number) => {
    const isResized = to - from !== minutesOf(worklog)
    writes.change(worklog, {
      ...(day === worklog.day ? {} : { day }),
      startTime: clockOf(from),
      // A move keeps the seconds; only a pulled edge makes whole steps of them.
      timeSpentSeconds: isResized ? (to - from) * 60 : worklog.timeSpentSeconds,
    })
  }
  const onKeyDown = (event: KeyboardEvent, worklog: ShownWorklog) => {
    const from = minuteOf(worklog.startTime)
    const length = minutesOf(worklog)
    const index = week.days.findIndex(({ day }) => day === worklog.day)
    const by = { ArrowUp: -stepMinutes, ArrowDown: stepMinutes }[event.key]
    const aside = { ArrowLeft: -1, ArrowRight: 1 }[event.key]
    const day = aside === undefined ? worklog.day : week.days[index + aside]?.day
    if (event.key === 'Delete') {
      if (isFree(worklog)) writes.remove([worklog])
    } else if (event.key.toLowerCase() === 'z' && (event.ctrlKey || event.metaKey)) writes.undo()
    else if (by !== undefined && event.shiftKey) {
      if (length + by >= stepMinutes && from + length + by <= dayMinutes && isFree(worklog))
        write(worklog, worklog.day, from, from + length + by)
    } else if (by !== undefined || aside !== undefined) {
      const start = Math.max(0, Math.min(dayMinutes - length, from + (by ?? 0)))
      if (day && isFree(worklog) && isOpen(day)) write(worklog, day, start, start + length)
    } else return
    event.preventDefault()
  }

  const shown = drag?.worklog && drag.hasMoved ? drag.worklog.id : undefined
  const ghost =
    drag && (drag.worklog === undefined || drag.hasMoved) ? dragged(drag, stepMinutes) : draft
  return (
    <div className={classes.frame}>
      <section
        className={classes.scroller}
        ref={scroller}
        aria-label={t.calendarKeys}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, and makes entries by key
        tabIndex={0}
        onKeyDown={(event) => {
          if (event.target !== event.currentTarget || event.key.toLowerCase() !== 'n') return
          event.preventDefault()
          const day = week.days.find((one) => one.day === today)?.day ?? week.days[0]!.day
          if (isOpen(day)) setDraft({ day, from: firstDraft.from, to: firstDraft.to })
        }}
      >
        <table className={classes.heads}>
          <thead>
            <tr>
              <td className={classes.corner} />
              {week.days.map((day) => (
                <DayHead key={day.day} day={day} isToday={day.day === today} />
              ))}
            </tr>
            <tr className={classes.notes}>
              <td />
              {week.days.map(({ day }) => {
                const here = worklogs.filter((one) => one.day === day)
                const booked = sum(here)
                const worked = workedSeconds(here)
                return (
                  <td key={day} data-overlap={worked < booked || undefined}>
                    {booked === 0
                      ? '·'
                      : worked < booked
                        ? t.overlap(format.hours(worked), format.hours(booked))
                        : format.hours(booked)}
                    <LooseMarks week={week} worklogs={here} day={day} onOpen={onOpen} />
                  </td>
                )
              })}
            </tr>
          </thead>
        </table>
        <div className={classes.body} style={{ height: 24 * hourHeight }}>
          <div className={classes.hours} aria-hidden>
            {Array.from({ length: 23 }, (_, at) => (
              <span key={clockOf((at + 1) * 60)} style={{ top: (at + 1) * hourHeight }}>
                {format.clock(clockOf((at + 1) * 60))}
              </span>
            ))}
          </div>
          <div
            className={classes.columns}
            ref={columns}
            onPointerDown={(event) => begin(event, 'create')}
            onPointerMove={onPointerMove}
            onPointerUp={onPointerUp}
            onPointerCancel={() => setDrag(undefined)}
          >
            {week.days.map((day) => (
              <section
                key={day.day}
                className={classes.column}
                aria-label={format.longDay(day.day)}
                data-off={day.requiredSeconds === 0 || day.absence ? true : undefined}
                data-locked={day.lock ? true : undefined}
                data-today={day.day === today || undefined}
              >
                {layLanes(worklogs.filter((one) => one.day === day.day).map(spanOf)).map(
                  ({ item, lane, lanes }) => (
                    <div
                      key={item.worklog.id}
                      role="button"
                      tabIndex={0}
                      className={classes.block}
                      data-pending={item.worklog.isPending || undefined}
                      data-still={isStill(item.worklog) || undefined}
                      data-dragged={shown === item.worklog.id || undefined}
                      style={{
                        top: (item.from / 60) * hourHeight,
                        height: Math.max(18, ((item.to - item.from) / 60) * hourHeight - 2),
                        left: `${(lane / lanes) * 100}%`,
                        width: `calc(${100 / lanes}% - 3px)`,
                      }}
                      onPointerDown={(event) => begin(event, 'move', item.worklog)}
                      onClick={() => {
                        if (isStill(item.worklog))
                          onOpen({ issueId: item.worklog.issue.id, day: day.day })
                      }}
                      onKeyDown={(event) => {
                        if (event.key === 'Enter' || event.key === ' ') {
                          event.preventDefault()
                          onOpen({ issueId: item.worklog.issue.id, day: day.day })
                        } else onKeyDown(event, item.worklog)
                      }}
                    >
                      <strong>{item.worklog.issue.key}</strong>{' '}
                      <span>{format.hours(item.worklog.timeSpentSeconds)}</span>
                      <EntryMarks week={week} of={item.worklog} />
                      <div>{item.worklog.comment || item.worklog.issue.summary}</div>
                      <span className="hb-hidden">
                        {t.fromTime(format.clock(item.worklog.startTime))}
                      </span>
                      <div
                        className={classes.edge}
                        onPointerDown={(event) => begin(event, 'resize', item.worklog)}
                      />
                    </div>
                  ),
                )}
                {ghost?.day === day.day ? (
                  <div
                    className={classes.ghost}
                    style={{
                      top: (ghost.from / 60) * hourHeight,
                      height: ((ghost.to - ghost.from) / 60) * hourHeight,
                    }}
                  >
                    {format.clock(clockOf(ghost.from))} ·{' '}
                    {format.hours((ghost.to - ghost.from) * 60)}
                  </div>
                ) : null}
              </section>
            ))}
          </div>
        </div>
      </section>
      {draft ? (
        <NewEntry
          title={`${format.shortDay(draft.day)}, ${format.clock(clockOf(draft.from))}, ${format.hours((draft.to - draft.from) * 60)}`}
          known={[...week.favourites, ...week.suggestions]}
          onClose={() => setDraft(undefined)}
          onChoose={(issue) => {
            writes.log(issue, draft.day, {
              startTime: clockOf(draft.from),
              timeSpentSeconds: (draft.to - draft.from) * 60,
            })
            setDraft(undefined)
          }}
        />
      ) : null}
    </div>
  )
}

function minutesOf({ timeSpentSeconds }: ShownWorklog): number {
  return Math.max(stepMinutes, Math.round(timeSpentSeconds / 60))
}

function spanOf(worklog: ShownWorklog) {
  const from = minuteOf(worklog.startTime)
  return { worklog, from, to: Math.min(dayMinutes, from + minutesOf(worklog)) }
}
