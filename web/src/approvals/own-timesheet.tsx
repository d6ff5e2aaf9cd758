import { IconChevronLeft, IconChevronRight } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { addDays, type Day } from '../time/days.ts'
import { useFormat } from '../time/format.ts'
import classes from './approvals.module.css'
import { timesheetQuery } from './approvals-query.ts'
import { useApprovalsTexts } from './approvals-texts.ts'
import { TimesheetDetail } from './timesheet-detail.tsx'

type Props = {
  readonly person: string
  readonly day: Day
  readonly onDay: (day: Day) => void
}

/** One's own timesheet, period by period. */
export function OwnTimesheet({ person, day, onDay }: Props) {
  const t = useApprovalsTexts()
  const format = useFormat()
  const { data } = useQuery(timesheetQuery(person, day))
  return (
    <div className={classes.body}>
      <div className={classes.moves}>
        <button
          type="button"
          aria-label={t.previous}
          disabled={!data}
          onClick={() => data && onDay(addDays(data.from, -1))}
        >
          <IconChevronLeft size={18} />
        </button>
        <button
          type="button"
          aria-label={t.next}
          disabled={!data}
          onClick={() => data && onDay(addDays(data.to, 1))}
        >
          <IconChevronRight size={18} />
        </button>
        {data ? <strong>{format.range(data.from, data.to)}</strong> : null}
      </div>
      <TimesheetDetail person={person} day={day} />
    </div>
  )
}
