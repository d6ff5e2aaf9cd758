import { byPerson, choiceOn, type PersonChoice } from './dated-choice.ts'
import { type Day, daysOf, type Period, periodLength } from './day.ts'
import { invalidField } from './errors.ts'
import { fallsOn, type Holiday, type HolidaySchemeId } from './holiday.ts'
import type { PersonId } from './person.ts'
import { type Schedule, type ScheduleId, scheduledSeconds } from './schedule.ts'
import type { SiteId } from './site.ts'

/** What a person owes on a day: `scheduledSeconds` by the week, less the holiday, never below 0. */
export type RequiredDay = {
  readonly day: Day
  readonly scheduledSeconds: number
  readonly requiredSeconds: number
  /** The longest holiday of that day, also where nobody would work anyway. */
  readonly holiday: Holiday | null
}

export type RequiredTime = {
  readonly personId: PersonId
  readonly days: readonly RequiredDay[]
  readonly requiredSeconds: number
}

/** Everything needed to tell what some people owe in a period; read in one query. */
export type WorkingTimeFacts = {
  readonly schedules: readonly Pick<Schedule, 'id' | 'isDefault' | 'weekSeconds'>[]
  readonly scheduleChoices: readonly PersonChoice<ScheduleId>[]
  readonly defaultHolidaySchemeId: HolidaySchemeId | null
  readonly holidayChoices: readonly PersonChoice<HolidaySchemeId>[]
  readonly holidays: readonly Holiday[]
}

export interface WorkingTimeStore {
  /** One query, whatever the number of people. */
  read(siteId: SiteId, personIds: readonly PersonId[], period: Period): Promise<WorkingTimeFacts>
}

/** Person-days one answer may hold. */
export const mostRequiredDays = 400_000

/** Refuses what would be too much to answer at once. */
export function checkRequiredBounds(people: number, period: Period): void {
  if (people * periodLength(period) > mostRequiredDays)
    throw invalidField('to', `at most ${mostRequiredDays} days of all people together`)
}

/** What each person owes on each day of the period, in the order asked for. */
export function requiredTime(
  facts: WorkingTimeFacts,
  personIds: readonly PersonId[],
  period: Period,
): RequiredTime[] {
  const days = [...daysOf(period)]
  const schedules = new Map(facts.schedules.map((one) => [one.id, one]))
  const usual = facts.schedules.find((one) => one.isDefault)
  const scheduleChoices = byPerson(facts.scheduleChoices)
  const holidayChoices = byPerson(facts.holidayChoices)
  const holidaysOn = indexHolidays(facts.holidays, days)
  return personIds.map((personId) => {
    const ofSchedule = scheduleChoices.get(personId) ?? []
    const ofHolidays = holidayChoices.get(personId) ?? []
    let total = 0
    const required = days.map((day): RequiredDay => {
      const chosen = choiceOn(ofSchedule, day)
      const schedule = (chosen === null ? undefined : schedules.get(chosen)) ?? usual
      const scheduled = schedule ? scheduledSeconds(schedule, day) : 0
      const schemeId = choiceOn(ofHolidays, day) ?? facts.defaultHolidaySchemeId
      const holiday = (schemeId === null ? undefined : holidaysOn.get(`${schemeId} ${day}`)) ?? null
      const requiredSeconds = Math.max(0, scheduled - (holiday?.seconds ?? 0))
      total += requiredSeconds
      return { day, scheduledSeconds: scheduled, requiredSeconds, holiday }
    })
    return { personId, days: required, requiredSeconds: total }
  })
}

/** The longest holiday by scheme and day; among equals the older one. */
function indexHolidays(
  holidays: readonly Holiday[],
  days: readonly Day[],
): ReadonlyMap<string, Holiday> {
  const daysByDate = new Map<string, Day[]>()
  for (const day of days) {
    const date = day.slice(5)
    daysByDate.set(date, [...(daysByDate.get(date) ?? []), day])
  }
  const found = new Map<string, Holiday>()
  for (const holiday of holidays)
    for (const day of daysByDate.get(holiday.day.slice(5)) ?? []) {
      if (!fallsOn(holiday, day)) continue
      const key = `${holiday.schemeId} ${day}`
      const before = found.get(key)
      if (!before || holiday.seconds > before.seconds) found.set(key, holiday)
    }
  return found
}
