import { addDays, addMonths, type Day } from '../../domain/day.ts'
import type { DemoPerson } from './people.ts'
import { roster, type TeamName } from './roster.ts'

/** A person's place in a team; open ends are null. */
export type DemoMembership = {
  readonly username: string
  readonly from: Day | null
  readonly to: Day | null
  readonly commitmentPercent: number
}

/** A team with everybody who ever was in it. */
export type DemoTeam = {
  readonly name: TeamName
  readonly lead: string
  readonly memberships: readonly DemoMembership[]
}

/** A Jira group and its members' usernames. */
export type DemoGroup = { readonly name: string; readonly members: readonly string[] }

const leads: readonly (readonly [TeamName, string])[] = [
  ['Customer Delivery', 'j.wendelau'],
  ['Platform', 'p.velluri'],
  ['Mobile', 'h.minazono'],
  ['Support & Operations', 'd.okonedale'],
]

/** The teams, with dated memberships for those who came, left or moved. */
export function makeTeams(people: readonly DemoPerson[], today: Day): DemoTeam[] {
  return leads.map(([name, lead]) => ({
    name,
    lead,
    memberships: roster.flatMap((row, at): DemoMembership[] => {
      const person = people[at]!
      const { username, movedFrom, commitmentPercent = 100 } = row
      const moved = movedFrom && addMonths(today, -movedFrom.monthsAgo)
      const joined = row.joinedMonthsAgo === undefined ? null : person.joined
      if (row.team === name)
        return [{ username, from: moved ?? joined, to: person.left, commitmentPercent }]
      if (moved && movedFrom.team === name)
        return [{ username, from: joined, to: addDays(moved, -1), commitmentPercent }]
      return []
    }),
  }))
}

/** The team somebody works in on a day; everybody of the company has one. */
export function teamOn(username: string, day: Day, today: Day): TeamName {
  const row = roster.find((one) => one.username === username)!
  const moved = row.movedFrom
  return moved && day < addMonths(today, -moved.monthsAgo) ? moved.team : row.team
}

/** Jira's usual groups and two that restrict who sees a worklog. */
export function makeGroups(people: readonly DemoPerson[]): DemoGroup[] {
  const named = (name: string, belongs: (person: DemoPerson) => boolean): DemoGroup => ({
    name,
    members: people.filter(belongs).map((person) => person.username),
  })
  return [
    named('jira-administrators', (person) => person.role === 'administrator'),
    named('jira-software-users', (person) => person.isActive),
    named('developers', (person) => person.isActive && /develop|test/.test(person.job)),
    named('consultants', (person) => /consult|manager/.test(person.job)),
  ]
}
