import type { Brand } from './brand.ts'
import type { DatedChoice, PersonChoice } from './dated-choice.ts'
import { type Day, weekday } from './day.ts'
import type { PersonId } from './person.ts'
import type { SiteId } from './site.ts'

export type ScheduleId = Brand<string, 'ScheduleId'>

/** Seconds to work from Monday to Sunday. */
export type WeekSeconds = readonly [number, number, number, number, number, number, number]

/** How long people shall work on each day of the week; holidays and absences aside. */
export type Schedule = {
  readonly id: ScheduleId
  readonly name: string
  readonly description: string
  /** Exactly one schedule of a site is: whoever has no other follows it. */
  readonly isDefault: boolean
  readonly weekSeconds: WeekSeconds
  readonly version: number
}

/** A schedule with how many people follow it today; the default counts everybody else who is active. */
export type CountedSchedule = Schedule & { readonly memberCount: number }

export const scheduleLimits = { secondsPerDay: 86_400, perSite: 1_000 } as const

/** Seconds the schedule asks for on a day. */
export function scheduledSeconds(schedule: Pick<Schedule, 'weekSeconds'>, day: Day): number {
  return schedule.weekSeconds[weekday(day) - 1] ?? 0
}

export type MemberPage = {
  readonly day: Day
  readonly limit: number
  readonly offset?: number
  readonly afterId?: PersonId
}

export interface ScheduleStore {
  list(siteId: SiteId, day: Day): Promise<readonly CountedSchedule[]>
  get(siteId: SiteId, id: ScheduleId, day: Day): Promise<CountedSchedule>
  insert(siteId: SiteId, schedule: Omit<Schedule, 'id'>): Promise<ScheduleId>
  /** Making one the default takes that from the one before. */
  update(siteId: SiteId, schedule: Schedule): Promise<void>
  /** From `day` on whoever follows it follows the default; the days before stay as they were. */
  remove(siteId: SiteId, id: ScheduleId, day: Day): Promise<void>
  /** Active people who follow it on a day, by id. */
  members(siteId: SiteId, id: ScheduleId, page: MemberPage): Promise<readonly PersonId[]>
  choices(
    siteId: SiteId,
    personIds: readonly PersonId[],
  ): Promise<readonly PersonChoice<ScheduleId>[]>
  /** Replaces all that was chosen for a person. */
  choose(
    siteId: SiteId,
    personId: PersonId,
    choices: readonly DatedChoice<ScheduleId>[],
  ): Promise<void>
}
