import { useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { call, queryOf } from '../api/client.ts'
import { useMe } from '../api/session.ts'
import type { WorklogsBody } from '../api/types.ts'
import { Completeness } from '../parts/completeness.tsx'
import { ErrorState, Skeleton } from '../parts/states.tsx'
import { weekDays, weekStart } from '../time/days.ts'
import { useFormat } from '../time/format.ts'
import { useToday } from '../time/today.ts'

const route = getRouteApi('/inside/week')

/** One person's week. */
export function WeekScreen() {
  const format = useFormat()
  const today = useToday()
  const { site, person } = useMe()
  const { day = today } = route.useSearch()
  const days = weekDays(weekStart(day, site.firstWeekday))
  const [from, to] = [days[0]!, days[6]!]
  const { data, error, isPending, refetch } = useQuery({
    queryKey: ['week', person.id, from],
    queryFn: () =>
      call<WorklogsBody>(
        'GET',
        `/worklogs${queryOf({ from, to, author: person.id, limit: 1000 })}`,
      ),
  })
  if (isPending) return <Skeleton lines={8} />
  if (error) return <ErrorState error={error} onRetry={() => void refetch()} />
  return (
    <div style={{ padding: 24 }}>
      <h1>{format.range(from, to)}</h1>
      <ul>
        {data.worklogs.map((one) => (
          <li key={one.id}>
            {format.shortDay(one.day)} {one.issue.key} {one.issue.summary}{' '}
            {format.hours(one.timeSpentSeconds)}
          </li>
        ))}
      </ul>
      <Completeness of={data.completeness} />
    </div>
  )
}
