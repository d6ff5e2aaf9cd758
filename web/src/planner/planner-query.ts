import type { Static } from '@sinclair/typebox'
import { keepPreviousData, queryOptions } from '@tanstack/react-query'
import type {
  EventTypesAnswer,
  FreePeopleAnswer,
  PositionsAnswer,
  ProfilesAnswer,
  SkillsAnswer,
  TeamsAnswer,
  TimelineAnswer,
  VacationsAnswer,
} from '../../../src/api/contract.ts'
import { call, queryOf } from '../api/client.ts'
import type { Day } from '../time/days.ts'

export type TimelineBody = Static<typeof TimelineAnswer>
export type TimelinePerson = TimelineBody['people'][number]
export type TimelineResource = TimelineBody['resources'][number]
export type TeamsBody = Static<typeof TeamsAnswer>
export type TeamBody = TeamsBody['teams'][number]
export type EventTypesBody = Static<typeof EventTypesAnswer>
export type EventTypeBody = EventTypesBody['eventTypes'][number]
export type FreePeopleBody = Static<typeof FreePeopleAnswer>
export type SkillsBody = Static<typeof SkillsAnswer>
export type PositionsBody = Static<typeof PositionsAnswer>

const quarterHour = 15 * 60_000

export const teamsQuery = queryOptions({
  queryKey: ['teams'],
  queryFn: async () => (await call<TeamsBody>('GET', '/teams?limit=1000')).teams,
  staleTime: quarterHour,
})

export const eventTypesQuery = queryOptions({
  queryKey: ['event-types'],
  queryFn: async () => (await call<EventTypesBody>('GET', '/event-types')).eventTypes,
  staleTime: quarterHour,
})

export const skillsQuery = queryOptions({
  queryKey: ['skills'],
  queryFn: async () => (await call<SkillsBody>('GET', '/skills?limit=1000')).skills,
  staleTime: quarterHour,
})

export const positionsQuery = queryOptions({
  queryKey: ['positions'],
  queryFn: async () => (await call<PositionsBody>('GET', '/positions?limit=1000')).positions,
  staleTime: quarterHour,
})

/** People of these teams with what lies on their rows, and the panels of the teams. */
export function timelineQuery(from: Day, to: Day, teamIds: readonly string[], draft?: string) {
  return queryOptions({
    queryKey: ['timeline', draft ?? 'today', from, to, ...teamIds],
    queryFn: ({ signal }) =>
      call<TimelineBody>('GET', `/timeline${queryOf({ from, to, team: teamIds, draft })}`, {
        signal,
      }),
    enabled: teamIds.length > 0,
    placeholderData: keepPreviousData,
  })
}

export type FreeWish = {
  readonly title: string
  readonly seconds: number
  readonly from: Day
  readonly to: Day
  /** Ids; empty where anything will do. */
  readonly team: string
  readonly skill: string
  readonly position: string
}

/** Who has so much time. */
export function freePeopleQuery(wish: FreeWish | null) {
  const { from = '', to = '', seconds = 0, team, skill, position } = wish ?? {}
  const hours = String(Math.round(seconds / 36) / 100)
  return queryOptions({
    queryKey: ['timeline', 'free', from, to, hours, team, skill, position],
    queryFn: () =>
      call<FreePeopleBody>(
        'GET',
        `/availability${queryOf({
          ...{ from, to, hours },
          team: team || undefined,
          skill: skill || undefined,
          position: position || undefined,
        })}`,
      ),
  })
}

export type VacationsBody = Static<typeof VacationsAnswer>

/** What is left of somebody's vacation in a year. */
export function vacationsQuery(personId: string, year: number) {
  return queryOptions({
    queryKey: ['vacations', personId, year],
    queryFn: () => call<VacationsBody>('GET', `/vacations${queryOf({ person: personId, year })}`),
  })
}

export type ProfilesBody = Static<typeof ProfilesAnswer>

/** What the members of teams can do, and are employed as. */
export function profilesQuery(from: Day, to: Day, teamIds: readonly string[]) {
  return queryOptions({
    queryKey: ['profiles', from, to, ...teamIds],
    queryFn: async () =>
      (await call<ProfilesBody>('GET', `/profiles${queryOf({ from, to, team: teamIds })}`))
        .profiles,
    staleTime: quarterHour,
    placeholderData: keepPreviousData,
  })
}
