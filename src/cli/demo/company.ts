import type { Day } from '../../domain/day.ts'
import { absentDays, type DemoEvent, makeAbsences } from './absences.ts'
import { type DemoField, type DemoFilter, demoFields, demoFilters } from './catalogue.ts'
import { draftIssues } from './issue-drafts.ts'
import { type DemoIssue, makeIssues } from './issues.ts'
import { type DemoPerson, firstDayOf, makePeople } from './people.ts'
import { makeNotes, makePlans, planEnd } from './plans.ts'
import { type DemoProject, projects } from './projects.ts'
import { makeRandom } from './random.ts'
import { type DemoSkill, makeSkills } from './staff.ts'
import { type DemoGroup, type DemoTeam, makeGroups, makeTeams, teamOn } from './teams.ts'
import { workingDays } from './working-days.ts'
import { type DemoWorklog, withFormulaComments, worklogsOf } from './worklogs.ts'

/**
 * The sample company: people by username, issues by key. `worklogs` are in the order they were
 * written down and reach to the evening of `today`.
 */
export type Company = {
  readonly start: Day
  readonly today: Day
  readonly people: readonly DemoPerson[]
  readonly groups: readonly DemoGroup[]
  readonly teams: readonly DemoTeam[]
  readonly skills: readonly DemoSkill[]
  readonly projects: readonly DemoProject[]
  readonly issues: readonly DemoIssue[]
  readonly worklogs: readonly DemoWorklog[]
  readonly events: readonly DemoEvent[]
  readonly fields: readonly DemoField[]
  readonly filters: readonly DemoFilter[]
}

/** Invents 18 months of a company of 25; the same day and seed give the same company. */
export function makeCompany({ today, seed }: { today: Day; seed: number }): Company {
  const random = makeRandom(seed)
  const start = firstDayOf(today)
  const people = makePeople(random.fork('people'), start, today)
  const teams = makeTeams(people, today)
  const leadOf = new Map(teams.map((team) => [team.name, team.lead]))
  const end = planEnd(today)
  const absences = people.flatMap((person) =>
    makeAbsences(random.fork(`absences ${person.username}`), person, { start, today, end }),
  )
  const drafts = draftIssues(random.fork('issues'), people, { start, today })
  const rows = people.flatMap((person) => {
    const stream = random.fork(`worklogs ${person.username}`)
    const absent = absentDays(absences, person.username)
    const days = workingDays(person, absent, { from: start, to: today })
    const lead = leadOf.get(teamOn(person.username, today, today))!
    return worklogsOf(stream, { person, lead, days }, drafts, today)
  })
  const worklogs = withFormulaComments(
    rows.sort((a, b) => a.createdAt - b.createdAt),
    today,
  )
  return {
    start,
    today,
    people,
    groups: makeGroups(people),
    teams,
    skills: makeSkills(random.fork('skills'), people),
    projects,
    issues: makeIssues(random.fork('estimates'), drafts, worklogs, people, { start, today }),
    worklogs,
    events: [
      ...absences,
      ...makePlans(random.fork('plans'), people, absences, today),
      ...makeNotes(random.fork('notes'), people, today),
    ],
    fields: demoFields,
    filters: demoFilters,
  }
}
