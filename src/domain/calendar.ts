import { type Approvals, makeApprovals } from './approvals.ts'
import { makePeriods, type Periods, type Sha256 } from './closing.ts'
import { type Drifts, makeDrifts } from './drift.ts'
import type { PublicHolidays } from './holiday.ts'
import { type Holidays, makeHolidays } from './holidays.ts'
import type { Actor } from './permission.ts'
import { makeSchedules, type Schedules } from './schedules.ts'
import type { Store } from './store.ts'
import { makeRules, type Rules } from './time-rules.ts'
import { type Verification, verifyBooks } from './verify.ts'
import type { Instant } from './zone.ts'

/** Use cases on the days people work: what they owe, what holds, what is handed in and closed. */
export type Calendar = {
  readonly schedules: Schedules
  readonly holidays: Holidays
  readonly publicHolidays: PublicHolidays
  readonly rules: Rules
  readonly periods: Periods
  readonly approvals: Approvals
  readonly drifts: Drifts
  /** Names the first broken link of the audit and of the closed periods. */
  verify(actor: Actor): Promise<Verification>
}

export type CalendarNeeds = {
  readonly sha256: Sha256
  readonly store: Store
  readonly now: () => Instant
  readonly publicHolidays: PublicHolidays
}

export function makeCalendar(needs: CalendarNeeds): Calendar {
  return {
    schedules: makeSchedules(needs),
    holidays: makeHolidays(needs),
    publicHolidays: needs.publicHolidays,
    rules: makeRules(needs),
    periods: makePeriods(needs),
    approvals: makeApprovals(needs),
    drifts: makeDrifts(needs),
    verify: (actor) => verifyBooks(needs.store, actor, needs.sha256),
  }
}
