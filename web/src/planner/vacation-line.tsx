import { useQuery } from '@tanstack/react-query'
import { useFormat } from '../time/format.ts'
import { vacationsQuery } from './planner-query.ts'
import { usePlannerTexts } from './planner-texts.ts'

/** What is left of somebody's vacation in the year of a day. */
export function VacationLine({ personId, day }: { personId: string; day: string }) {
  const t = usePlannerTexts()
  const format = useFormat()
  const year = Number(day.slice(0, 4))
  const { data } = useQuery(vacationsQuery(personId, year))
  const balance = data?.balances[0]
  if (!balance) return null
  const number = (days: number) => format.number(Math.round(days * 100) / 100)
  return (
    <span>
      {balance.remainingDays === null
        ? t.vacationNoLimit
        : t.vacationLeft(number(balance.remainingDays), number(balance.requestedDays), year)}
    </span>
  )
}
