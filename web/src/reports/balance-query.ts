import { queryOptions } from '@tanstack/react-query'
import type { BalanceBody } from '../../../src/api/contract.ts'
import { call, queryOf } from '../api/client.ts'
import type { Day } from '../time/days.ts'

/** Whose time is looked at: a team's or a person's by id, everybody's when left out. */
export type Whose = { readonly kind: 'team' | 'person'; readonly id: string }

export type BalanceWish = {
  readonly from: Day
  readonly to: Day
  readonly by: BalanceBody['by']
  readonly of: Whose | undefined
}

/** Required, planned and logged time; the figures before stay until the next are there. */
export const balanceQuery = ({ from, to, by, of }: BalanceWish) =>
  queryOptions({
    queryKey: ['balance', from, to, by, of?.kind, of?.id],
    queryFn: ({ signal }) =>
      call<BalanceBody>(
        'GET',
        `/balance${queryOf({ from, to, by, ...(of ? { [of.kind]: of.id } : {}) })}`,
        {
          signal,
        },
      ),
    placeholderData: (before) => before,
  })

/** `team:12` or `person:7`, as the address has it. */
export function readWhose(text: string | undefined): Whose | undefined {
  const [, kind, id] = /^(team|person):([1-9]\d{0,17})$/.exec(text ?? '') ?? []
  return kind && id ? { kind: kind as Whose['kind'], id } : undefined
}

/** The longest spans that are still asked for: days, or else what the columns of the report are. */
export function spanOf(columns: string | null): BalanceBody['by'] {
  if (columns === 'day' || columns === 'month') return columns
  return columns === 'quarter' || columns === 'year' ? 'month' : 'week'
}
