import { queryOptions } from '@tanstack/react-query'
import type { WeekBody } from '../../../src/api/contract.ts'
import { call, queryOf } from '../api/client.ts'
import type { Day } from '../time/days.ts'

/** Seven days of one person; `from` is the first of them. */
export const weekQuery = (personId: string, from: Day) =>
  queryOptions({
    queryKey: ['week', personId, from],
    queryFn: ({ signal }) =>
      call<WeekBody>('GET', `/week${queryOf({ from, person: personId })}`, { signal }),
  })
