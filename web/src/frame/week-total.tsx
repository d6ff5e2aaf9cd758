import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useMe } from '../api/session.ts'
import { useFirstWeekday } from '../preferences/first-weekday.ts'
import { weekStart } from '../time/days.ts'
import { useFormat } from '../time/format.ts'
import { useToday } from '../time/today.ts'
import { weekQuery } from '../week/week-query.ts'
import classes from './frame.module.css'
import { useFrameTexts } from './frame-texts.ts'

/** What is logged of what this week asks for. */
export function WeekTotal() {
  const t = useFrameTexts()
  const format = useFormat()
  const { person } = useMe()
  const { data } = useQuery(weekQuery(person.id, weekStart(useToday(), useFirstWeekday())))
  if (!data) return null
  const logged = data.worklogs.reduce((total, one) => total + one.timeSpentSeconds, 0)
  const required = data.days.reduce(
    (total, one) => total + (one.absence ? 0 : one.requiredSeconds),
    0,
  )
  const [done, all] = [format.hours(logged), format.hours(required)]
  return (
    <Link to="/week" className={classes.total!} aria-label={t.total(done, all)}>
      <strong>{done}</strong>
      <span>/{all}</span>
    </Link>
  )
}
