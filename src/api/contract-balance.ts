import { type Static, Type } from '@sinclair/typebox'
import { closed, DayText, name, oneOf, ref, repeatable } from './contract-common.ts'
import { Completeness } from './contract-worklogs.ts'

export const balanceSpans = ['day', 'week', 'month'] as const

const figures = {
  requiredSeconds: Type.Integer({ description: 'By the schedule, less holidays and absences' }),
  plannedSeconds: Type.Integer({ description: 'Bookings, placeholders, plans and issues' }),
  loggedSeconds: Type.Integer(),
}

export const BalanceQuery = closed({
  from: DayText,
  to: DayText,
  by: Type.Optional(oneOf(balanceSpans, { description: '`week` when left out' })),
  team: Type.Optional(
    repeatable(name('A team by id or name', ['Platform']), 'Members of these teams'),
  ),
  person: Type.Optional(repeatable(name('Any name of a person', ['jane']), 'These people')),
})
export type BalanceQuery = Static<typeof BalanceQuery>

export const BalanceAnswer = closed(
  {
    from: DayText,
    to: DayText,
    by: oneOf(balanceSpans),
    peopleCount: Type.Integer({ description: 'People whose time is added up' }),
    hiddenPeople: Type.Integer({ description: 'People meant whom you may not see' }),
    spans: Type.Array(
      closed({
        key: Type.String({ description: 'First day of the whole day, week or month' }),
        label: Type.String({ examples: ['2026-W10'] }),
        from: DayText,
        to: DayText,
        ...figures,
      }),
      {
        description: 'They tile the period; the first and the last may be cut by it',
      },
    ),
    total: closed(figures),
    completeness: ref(Completeness),
  },
  { $id: 'BalanceAnswer', description: 'What people owe, what is planned for them, what they log' },
)
export type BalanceBody = Static<typeof BalanceAnswer>
