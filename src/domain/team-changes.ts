import {
  checkFresh,
  checkMay,
  type DirectoryWriting,
  findPersonNamed,
  noteChange,
  personIdFor,
  startChecks,
  taken,
} from './directory-checks.ts'
import { DomainError, invalidField } from './errors.ts'
import { can } from './permission.ts'
import type { PersonId } from './person.ts'
import type { ProgramId } from './program.ts'
import { leadersOf, type Team, type TeamId } from './team.ts'
import { textProblem } from './text.ts'

/** A new team in the caller's words; people are named by any of their names. */
export type TeamWish = {
  readonly name: string
  readonly summary?: string | null
  readonly lead?: string | null
  readonly managers?: readonly string[]
  readonly programId?: ProgramId | null
  readonly isAdministrative?: boolean
  readonly isPublic?: boolean
}

/** What to change of a team; what is left out stays. */
export type TeamChange = Partial<TeamWish>

export async function createTeam(writing: DirectoryWriting, wish: TeamWish): Promise<Team> {
  const { tx, actor } = writing
  checkMay(actor, 'create', { type: 'team' }, 'create teams')
  checkTeam(wish)
  await checkName(writing, wish.name, undefined)
  await checkProgram(writing, wish.programId)
  const leadId = await personIdFor(writing, 'lead', wish.lead, null)
  const team = {
    name: wish.name,
    summary: wish.summary ?? null,
    leadId,
    managerIds: await managerIdsFor(writing, wish.managers ?? [], leadId),
    programId: wish.programId ?? null,
    isAdministrative: wish.isAdministrative ?? false,
    isPublic: wish.isPublic ?? true,
    version: tx.takeVersions(1),
  }
  const created = { ...team, id: await tx.teams.create(actor.siteId, team) }
  noteChange(writing, 'team.create', created.id, null, created)
  return created
}

export async function changeTeam(
  writing: DirectoryWriting,
  id: TeamId,
  change: TeamChange,
  ifVersion: number | undefined,
): Promise<Team> {
  const { tx } = writing
  const before = await getTeamToChange(writing, id)
  checkTeam(change)
  checkFresh(before, ifVersion)
  if (change.name !== undefined) await checkName(writing, change.name, id)
  await checkProgram(writing, change.programId)
  const leadId = await personIdFor(writing, 'lead', change.lead, before.leadId)
  const after: Team = {
    ...before,
    name: change.name ?? before.name,
    summary: change.summary === undefined ? before.summary : change.summary,
    leadId,
    managerIds: change.managers
      ? await managerIdsFor(writing, change.managers, leadId)
      : before.managerIds.filter((one) => one !== leadId),
    programId: change.programId === undefined ? before.programId : change.programId,
    isAdministrative: change.isAdministrative ?? before.isAdministrative,
    isPublic: change.isPublic ?? before.isPublic,
    version: tx.takeVersions(1),
  }
  await writeTeam(writing, before, after)
  return after
}

export async function removeTeam(
  writing: DirectoryWriting,
  id: TeamId,
  ifVersion: number | undefined,
): Promise<void> {
  const { tx, actor } = writing
  const before = await getTeam(writing, id)
  checkMay(actor, 'remove', { type: 'team', team: before }, 'remove this team')
  checkFresh(before, ifVersion)
  await tx.teams.remove(actor.siteId, id)
  tx.takeVersions(1)
  noteChange(writing, 'team.delete', id, before, null)
}

/** Makes somebody a further lead of the team, or no lead at all. Does nothing where they are so. */
export async function setManager(
  writing: DirectoryWriting,
  id: TeamId,
  name: string,
  isManager: boolean,
): Promise<Team> {
  const before = await getTeamToChange(writing, id)
  const { id: personId } = await findPersonNamed(writing, 'manager', name)
  if (leadersOf(before).includes(personId) === isManager) return before
  const after: Team = {
    ...before,
    leadId: !isManager && before.leadId === personId ? null : before.leadId,
    managerIds: isManager
      ? [...before.managerIds, personId]
      : before.managerIds.filter((one) => one !== personId),
    version: writing.tx.takeVersions(1),
  }
  await writeTeam(writing, before, after)
  return after
}

/** A team the actor may know of; others are not found. */
export async function getTeam({ tx, actor }: DirectoryWriting, id: TeamId): Promise<Team> {
  const team = await tx.teams.get(actor.siteId, id)
  if (!can({ ...actor, scopes: ['read'] }, 'read', { type: 'team', team }))
    throw new DomainError('not-found', `There is no team ${id}`)
  return team
}

/** The team, if the actor may change it. */
export async function getTeamToChange(writing: DirectoryWriting, id: TeamId): Promise<Team> {
  const team = await getTeam(writing, id)
  checkMay(writing.actor, 'change', { type: 'team', team }, 'change this team')
  return team
}

async function writeTeam(writing: DirectoryWriting, before: Team, after: Team): Promise<void> {
  const { tx, actor } = writing
  await tx.teams.update(actor.siteId, after)
  await tx.teams.setManagers(actor.siteId, after.id, after.managerIds)
  noteChange(writing, 'team.update', after.id, before, after)
}

function checkTeam(wish: TeamChange): void {
  const checks = startChecks()
  checks.line('name', wish.name, 255)
  const problem = wish.summary ? textProblem(wish.summary, 10_000) : undefined
  if (problem) checks.wrong('summary', problem)
  checks.line('lead', wish.lead, 255)
  checks.finish('The team cannot be accepted')
}

async function checkName(
  { tx, actor }: DirectoryWriting,
  name: string,
  id: TeamId | undefined,
): Promise<void> {
  const [known] = await tx.teams.list(actor.siteId, { name, limit: 1 })
  if (known && known.id !== id) throw taken('name', `there is a team ${name} already`)
}

async function checkProgram(
  { tx, actor }: DirectoryWriting,
  id: ProgramId | null | undefined,
): Promise<void> {
  if (id === null || id === undefined) return
  const [program] = await tx.programs.getMany(actor.siteId, [id])
  if (!program) throw invalidField('programId', `there is no program ${id}`)
}

async function managerIdsFor(
  writing: DirectoryWriting,
  names: readonly string[],
  leadId: PersonId | null,
): Promise<readonly PersonId[]> {
  const ids = new Set<PersonId>()
  for (const name of names) ids.add((await findPersonNamed(writing, 'managers', name)).id)
  if (leadId !== null) ids.delete(leadId)
  return [...ids].sort((a, b) => Number(a) - Number(b))
}
