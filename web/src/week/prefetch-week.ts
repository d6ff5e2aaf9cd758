import { queryClient } from '../api/queries.ts'
import { sessionQuery } from '../api/session.ts'
import { firstWeekdayOf } from '../preferences/first-weekday.ts'
import { weekStart } from '../time/days.ts'
import { todayOf } from '../time/today.ts'
import { weekQuery } from './week-query.ts'
import type { WeekSearch } from './week-search.ts'

/** Asks for the week an address means while the screen's code is still on its way. */
export function prefetchWeek({ day, person }: Pick<WeekSearch, 'day' | 'person'>): void {
  const me = queryClient.getQueryData(sessionQuery.queryKey)?.me
  if (!me) return
  const from = weekStart(day ?? todayOf(me), firstWeekdayOf(me))
  void queryClient.prefetchQuery(weekQuery(person ?? me.person.id, from))
}
