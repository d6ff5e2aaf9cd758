import { addDays, type Day, daysOf, startOfWeek, weekday } from '../../domain/day.ts'
import type { EventKind } from '../../domain/event.ts'
import { holidaysOf } from './holidays.ts'
import { agreedHours, type DemoPerson, isEmployedOn } from './people.ts'
import type { Random } from './random.ts'

/** Something on a person's timeline, both days included. */
export type DemoEvent = {
  readonly kind: EventKind
  readonly username: string
  readonly from: Day
  readonly to: Day
  readonly title: string
}

/** Kinds of event during which nobody logs time. */
export const absenceKinds: readonly EventKind[] = ['vacation', 'sick-leave', 'day-off', 'holiday']

const vacationTitles = ['Vacation', 'Annual leave', 'Family holiday', 'Urlaub', 'Hiking', 'At home']
const sickTitles = ['Sick leave', 'Flu', 'Child is ill', 'Migraine', 'Dentist']
const dayOffTitles = ['Day off', 'Moving house', 'School concert', 'Overtime taken back', 'Errands']

/** Everything that keeps a person from working, from `start` to `end`; illness only up to `today`. */
export function makeAbsences(
  random: Random,
  person: DemoPerson,
  { start, today, end }: { start: Day; today: Day; end: Day },
): DemoEvent[] {
  const { username } = person
  const events: DemoEvent[] = []
  const taken = new Set<Day>()
  const add = (kind: EventKind, from: Day, to: Day, title: string) => {
    const days = [...daysOf({ from, to })]
    if (!days.every((day) => isEmployedOn(person, day) && !taken.has(day))) return
    for (const day of days) taken.add(day)
    events.push({ kind, username, from, to, title })
  }

  // Roughly 28 days a year, always whole weeks or the first days of one.
  for (let day = addDays(start, random.whole(10, 80)); day < end; ) {
    const length = random.weighted([
      [5, 4],
      [12, 3],
      [3, 2],
      [19, 1],
    ])
    const from = startOfWeek(day)
    add('vacation', from, addDays(from, length - 1), random.pick(vacationTitles))
    day = addDays(day, length + random.whole(55, 100))
  }
  for (let day = addDays(start, random.whole(5, 120)); day < today; ) {
    if (weekday(day) <= 5)
      add('sick-leave', day, addDays(day, random.pick([0, 0, 1, 2, 3])), random.pick(sickTitles))
    day = addDays(day, random.whole(45, 150))
  }
  for (let day = addDays(start, random.whole(5, 90)); day < end; ) {
    if (agreedHours(person, day) > 0) add('day-off', day, day, random.pick(dayOffTitles))
    day = addDays(day, random.whole(40, 130))
  }
  // Holidays may fall into a vacation, as they do in life, so they ask nobody.
  for (const { day, title } of holidaysOf(person.country, start, end))
    if (isEmployedOn(person, day))
      events.push({ kind: 'holiday', username, from: day, to: day, title })
  return events.sort((a, b) => (a.from < b.from ? -1 : a.from > b.from ? 1 : 0))
}

/** The days of absence among a person's events. */
export function absentDays(events: readonly DemoEvent[], username: string): ReadonlySet<Day> {
  return new Set(
    events
      .filter((event) => event.username === username && absenceKinds.includes(event.kind))
      .flatMap((event) => [...daysOf(event)]),
  )
}
