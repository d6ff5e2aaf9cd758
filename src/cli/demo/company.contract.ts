import { expect } from 'vitest'
import { weekday } from '../../domain/day.ts'
import { checkWorklogValues } from '../../domain/worklog.ts'
import { instantOf, localIn } from '../../domain/zone.ts'
import { absenceKinds, absentDays } from './absences.ts'
import type { Company } from './company.ts'
import { isEmployedOn } from './people.ts'

/** What must be true of the company of any day. */
export function expectSound(world: Company): void {
  const people = new Map(world.people.map((person) => [person.username, person]))
  const issues = new Map(world.issues.map((issue) => [issue.key, issue]))
  const projectKeys = new Set(world.projects.map((project) => project.key))
  const groups = new Set(world.groups.map((group) => group.name))
  const absent = new Map(
    world.people.map(({ username }) => [username, absentDays(world.events, username)]),
  )
  const wrong: string[] = []
  const claim = (holds: boolean, what: string) => {
    if (!holds) wrong.push(what)
  }
  for (const row of world.worklogs) {
    const what = `${row.author} ${row.day} ${row.startTime} ${row.issueKey}`
    const person = people.get(row.author)!
    const issue = issues.get(row.issueKey)
    const local = localIn(person.timeZone, row.startedAt)
    claim(local.day === row.day && local.startTime === row.startTime, `${what}: wall clock`)
    claim(local.offsetSeconds === row.offsetSeconds, `${what}: offset`)
    claim(instantOf(row.day, row.startTime, person.timeZone).instant === row.startedAt, what)
    claim(row.day >= world.start && row.day <= world.today, `${what}: outside the 18 months`)
    claim(isEmployedOn(person, row.day) && weekday(row.day) <= 5, `${what}: not a working day`)
    claim(!absent.get(row.author)!.has(row.day), `${what}: absent`)
    claim(row.timeSpentSeconds % 900 === 0 && /:(00|15|30|45):00$/.test(row.startTime), what)
    claim((row.billableSeconds ?? 0) <= row.timeSpentSeconds, `${what}: billable`)
    claim(row.visibility === null || groups.has(row.visibility.value), `${what}: visibility`)
    claim(people.has(row.updateAuthor), `${what}: update author`)
    claim(row.startedAt < row.createdAt && row.createdAt <= row.updatedAt, `${what}: created`)
    claim(issue !== undefined && issue.createdAt < row.startedAt, `${what}: before its issue`)
    claim(row.startedAt < (issue?.resolvedAt ?? row.createdAt), `${what}: after its issue`)
    checkWorklogValues({ ...row, attributes: {} }, row.day)
  }
  for (const issue of world.issues) {
    const parent = issue.parentKey === null ? undefined : issues.get(issue.parentKey)
    claim(projectKeys.has(issue.projectKey), `${issue.key}: project`)
    claim(people.has(issue.reporter), `${issue.key}: reporter`)
    claim(issue.assignee === null || people.has(issue.assignee), `${issue.key}: assignee`)
    claim((issue.parentKey === null) === (parent === undefined), `${issue.key}: parent`)
    claim((parent?.createdAt ?? 0) <= issue.createdAt + 86_400_000, `${issue.key}: parent's age`)
    claim(issue.issueType !== 'Sub-task' || parent?.issueType === 'Story', `${issue.key}: story`)
    claim((issue.resolvedAt !== null) === (issue.statusCategory === 'done'), `${issue.key}: done`)
  }
  for (const event of world.events) {
    claim(event.from <= event.to, `${event.username} ${event.from}: runs backwards`)
    const person = people.get(event.username)!
    const isAbsence = absenceKinds.includes(event.kind)
    claim(!isAbsence || isEmployedOn(person, event.to), `${event.username} ${event.to}: gone`)
  }
  const named = [
    ...world.groups.flatMap((group) => group.members),
    ...world.teams.flatMap((team) => [team.lead, ...team.memberships.map((one) => one.username)]),
    ...world.projects.map((project) => project.lead),
    ...world.filters.map((filter) => filter.owner),
  ]
  for (const username of named) claim(people.has(username), `nobody is called ${username}`)
  expect(issues.size).toBe(600)
  expect(wrong).toEqual([])
}
