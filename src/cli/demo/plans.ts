import {
  addDays,
  addMonths,
  type Day,
  daysOf,
  periodsOverlap,
  startOfWeek,
} from '../../domain/day.ts'
import type { DemoEvent } from './absences.ts'
import type { DemoPerson } from './people.ts'
import { projectShares, projects } from './projects.ts'
import type { Random } from './random.ts'
import { teamOn } from './teams.ts'

const weeksAhead = 8

const placeholders = [
  'Orca phase 3, not yet signed',
  'Brio roll-out, to be confirmed',
  'Release help',
]

/** The last day plans reach. */
export function planEnd(today: Day): Day {
  return addDays(startOfWeek(today), 7 * (weeksAhead + 1) - 3)
}

/** Bookings and placeholders for the coming weeks, in whole weeks, beside the absences planned. */
export function makePlans(
  random: Random,
  people: readonly DemoPerson[],
  absences: readonly DemoEvent[],
  today: Day,
): DemoEvent[] {
  const nextMonday = addDays(startOfWeek(today), 7)
  return people
    .filter((person) => person.isActive)
    .flatMap(({ username }) => {
      const stream = random.fork(username)
      const away = absences.filter((event) => event.username === username)
      const shares = projectShares[teamOn(username, today, today)]
      const plans: DemoEvent[] = []
      for (let week = 0; week < weeksAhead; ) {
        const weeks = Math.min(stream.whole(1, 3), weeksAhead - week)
        const from = addDays(nextMonday, 7 * week)
        const to = addDays(from, 7 * weeks - 3)
        week += weeks
        const isAway = away.some(
          (event) => event.kind !== 'holiday' && periodsOverlap(event, { from, to }),
        )
        if (isAway && weeks === 1) continue
        const isPlaceholder = week > 4 && stream.chance(0.25)
        const project =
          projects.find(({ key }) => key === shares[0]![0] && stream.chance(0.6)) ??
          projects.find(({ key }) => key === stream.weighted(shares)) ??
          projects[0]!
        plans.push({
          kind: isPlaceholder ? 'placeholder' : 'booking',
          username,
          from,
          to,
          title: isPlaceholder
            ? stream.pick(placeholders)
            : `${project.name}: ${stream.pick(project.epics)}`,
        })
      }
      return plans
    })
}

/** Notes and overtime of the last months: on the timeline, but no absence. */
export function makeNotes(random: Random, people: readonly DemoPerson[], today: Day): DemoEvent[] {
  const recent = [...daysOf({ from: addMonths(today, -4), to: today })]
  return people
    .filter((person) => person.isActive && random.chance(0.4))
    .map(({ username }) => {
      const day = random.pick(recent)
      const kind = random.pick(['note', 'overtime'] as const)
      const title = kind === 'note' ? 'On call' : 'Release on the weekend'
      return { kind, username, from: day, to: day, title }
    })
}
