import type { WeekBody } from '../../../src/api/contract.ts'
import { StateMessage } from '../parts/states.tsx'
import { useFormat } from '../time/format.ts'
import { EntryMarks, LooseMarks, looseOn } from './entry-marks.tsx'
import type { ShownWorklog } from './operations.ts'
import classes from './week.module.css'
import { sum } from './week-model.ts'
import type { Opened } from './week-screen.tsx'
import { useWeekTexts } from './week-texts.ts'

type Props = {
  readonly week: WeekBody
  readonly worklogs: readonly ShownWorklog[]
  readonly onOpen: (opened: Opened) => void
}

/** Every worklog of the week, day by day, with what was done. */
export function WeekList({ week, worklogs, onOpen }: Props) {
  const t = useWeekTexts()
  const format = useFormat()
  if (worklogs.length === 0 && week.divergences.length === 0)
    return <StateMessage title={t.empty}>{t.emptyHint}</StateMessage>
  return (
    <div className={classes.list}>
      {week.days.map(({ day }) => {
        const here = worklogs
          .filter((one) => one.day === day)
          .sort((a, b) => a.startTime.localeCompare(b.startTime))
        if (here.length === 0 && looseOn(week, here, day).length === 0) return null
        return (
          <section key={day} aria-label={format.longDay(day)}>
            <h2 className={classes.listDay}>
              {format.longDay(day)}
              <span>{format.hours(sum(here))}</span>
            </h2>
            <LooseMarks week={week} worklogs={here} day={day} onOpen={onOpen} />
            {here.map((one) => (
              <button
                key={one.id}
                type="button"
                className={classes.entry}
                data-pending={one.isPending || undefined}
                onClick={() => onOpen({ issueId: one.issue.id, day })}
              >
                <span className={classes.entryTime}>{format.clock(one.startTime)}</span>
                <span className={classes.key}>{one.issue.key}</span>
                <span className={classes.summary}>{one.comment || one.issue.summary}</span>
                <EntryMarks week={week} of={one} />
                <span className={classes.entryHours}>{format.hours(one.timeSpentSeconds)}</span>
              </button>
            ))}
          </section>
        )
      })}
    </div>
  )
}
