import { addDays, addMonths, type Day, weekday } from '../../domain/day.ts'
import type { Role } from '../../domain/permission.ts'
import type { Random } from './random.ts'
import { type Country, type Job, offices, roster } from './roster.ts'

/** Somebody of the sample company; `username` is how the other parts name the person. */
export type DemoPerson = {
  readonly username: string
  readonly accountId: string
  readonly displayName: string
  readonly email: string
  readonly timeZone: string
  readonly locale: string
  readonly country: Country
  readonly role: Role
  readonly job: Job
  readonly staffId: string
  readonly isActive: boolean
  readonly joined: Day
  /** The last day of work; null while the person stays. */
  readonly left: Day | null
  /** Agreed hours from Monday to Friday; nobody works on weekends. */
  readonly hours: readonly number[]
}

/** Everybody, the administrator first; those without a date of joining were there from `start` on. */
export function makePeople(random: Random, start: Day, today: Day): DemoPerson[] {
  return roster.map((row, at) => ({
    username: row.username,
    // Atlassian's ids: a time in hex, so far always beginning with 5 or 6.
    accountId: random.pick(['5', '6']) + random.hex(23),
    displayName: row.displayName,
    email: `${row.username}@example.com`,
    ...offices[row.country],
    country: row.country,
    role: row.role,
    job: row.job,
    staffId: `E${1001 + at * 7}`,
    isActive: row.leftMonthsAgo === undefined,
    joined: row.joinedMonthsAgo === undefined ? start : addMonths(today, -row.joinedMonthsAgo),
    left: row.leftMonthsAgo === undefined ? null : addMonths(today, -row.leftMonthsAgo),
    hours: row.hours,
  }))
}

/** Whether the person was with the company on that day. */
export function isEmployedOn(person: DemoPerson, day: Day): boolean {
  return day >= person.joined && (person.left === null || day <= person.left)
}

/** Agreed hours of the day, absences aside. */
export function agreedHours(person: DemoPerson, day: Day): number {
  return person.hours[weekday(day) - 1] ?? 0
}

/** The first of the 18 months that end with `today`. */
export function firstDayOf(today: Day): Day {
  return addDays(addMonths(today, -18), 1)
}
