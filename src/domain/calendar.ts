import type { PublicHolidays } from './holiday.ts'
import { type Holidays, makeHolidays } from './holidays.ts'
import { makeSchedules, type Schedules } from './schedules.ts'
import type { Store } from './store.ts'
import type { Instant } from './zone.ts'

/** Use cases on the days people work. */
export type Calendar = {
  readonly schedules: Schedules
  readonly holidays: Holidays
  readonly publicHolidays: PublicHolidays
}

export type CalendarNeeds = {
  readonly store: Store
  readonly now: () => Instant
  readonly publicHolidays: PublicHolidays
}

export function makeCalendar(needs: CalendarNeeds): Calendar {
  return {
    schedules: makeSchedules(needs),
    holidays: makeHolidays(needs),
    publicHolidays: needs.publicHolidays,
  }
}
