import { invalidField } from './errors.ts'
import type { EventId, PlannedEvent } from './event.ts'
import type { EventType } from './event-type.ts'
import type { Issue, IssueId } from './issue.ts'
import type { Actor } from './permission.ts'
import type { Person, PersonId } from './person.ts'
import type { PlanCommand } from './plan-command.ts'
import type { Project, ProjectId } from './project.ts'
import type { Writing } from './store.ts'
import type { Team, TeamId } from './team.ts'
import type { Instant } from './zone.ts'

/** Everything a batch of plan commands needs to know, read in a handful of queries. */
export type PlanContext = {
  readonly tx: Writing
  readonly actor: Actor
  readonly now: Instant
  /** Events as they stand within the batch; null once removed. */
  readonly current: Map<EventId, PlannedEvent | null>
  readonly types: readonly EventType[]
  newId(): EventId
  newUid(): string
  findType(name: string): EventType
  findPerson(name: string): Person
  person(id: PersonId): Promise<Person>
  findTeam(name: string): Team
  findProject(name: string): Project
  project(id: ProjectId): Promise<Project>
  findIssue(name: string): Issue
  issue(id: IssueId): Promise<Issue>
}

export type PlanWriting = {
  readonly tx: Writing
  readonly actor: Actor
  readonly now: Instant
  /** An id nobody has: random and below 2^53. */
  readonly newId: () => string
  readonly newUid: () => string
}

export async function preparePlan(
  { tx, actor, now, newId, newUid }: PlanWriting,
  commands: readonly PlanCommand[],
): Promise<PlanContext> {
  const { siteId } = actor
  const ids = commands.flatMap((command) => (command.kind === 'create' ? [] : [command.id]))
  const rows = await tx.events.getMany(siteId, unique(ids))
  const values = commands.map(valuesOf)
  const named = (field: 'person' | 'project' | 'issue') =>
    unique(values.flatMap((one) => (typeof one[field] === 'string' ? [one[field]] : [])))
  const people = await tx.people.findByNames(siteId, named('person'))
  const projects = await tx.projects.findByNames(siteId, named('project'))
  const issues = await tx.issues.findByNames(siteId, named('issue'))
  const needsTeams =
    values.some((one) => one.team !== undefined) || rows.some((row) => row.teamId !== null)
  const teams = needsTeams ? await tx.teams.list(siteId) : []
  const types = await tx.eventTypes.list(siteId)
  return {
    tx,
    actor,
    now,
    current: new Map(rows.map((row) => [row.id, row])),
    types,
    newId: () => newId() as EventId,
    newUid,
    findType: (name) => findType(types, name),
    findPerson: (name) => single(people.get(name), 'person', name),
    person: (id) => tx.people.get(siteId, id),
    findTeam: (name) => findTeam(teams, name),
    findProject: (name) => single(projects.get(name), 'project', name),
    project: (id) => tx.projects.get(siteId, id),
    findIssue: (name) => single(issues.get(name), 'issue', name),
    issue: (id) => tx.issues.get(siteId, id),
  }
}

type Values = { person?: string; team?: string; issue?: string; project?: string | null }

function valuesOf(command: PlanCommand): Values {
  if (command.kind === 'create') return command.plan
  if (command.kind === 'change') return command.change
  return command.kind === 'move' ? command.move : {}
}

function findType(types: readonly EventType[], name: string): EventType {
  const exact = types.find(({ id }) => id === name)
  const found = exact ?? types.find((type) => type.name.toLowerCase() === name.toLowerCase())
  if (!found) throw invalidField('type', `no type of event is known under "${name.slice(0, 100)}"`)
  return found
}

function findTeam(teams: readonly Team[], name: string): Team {
  const found =
    teams.find(({ id }) => id === (name as TeamId)) ?? teams.find((team) => team.name === name)
  if (!found) throw invalidField('team', `no team is known under "${name.slice(0, 100)}"`)
  return found
}

/** The one thing a name means; an id means itself, whatever else is called so. */
function single<T extends { readonly id: string }>(
  found: readonly T[] | undefined,
  field: string,
  name: string,
): T {
  const exact = found?.find(({ id }) => id === name)
  if (exact) return exact
  const [first, second] = found ?? []
  if (first === undefined)
    throw invalidField(field, `nothing is known under "${name.slice(0, 100)}"`)
  if (second !== undefined) throw invalidField(field, `"${name}" means more than one; use the id`)
  return first
}

function unique<T>(values: readonly T[]): T[] {
  return [...new Set(values)]
}
