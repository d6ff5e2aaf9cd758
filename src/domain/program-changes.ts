import {
  checkFresh,
  checkMay,
  type DirectoryWriting,
  noteChange,
  personIdFor,
  startChecks,
} from './directory-checks.ts'
import { invalidField } from './errors.ts'
import type { Program, ProgramId } from './program.ts'
import type { TeamId } from './team.ts'

/** A program in the caller's words; the manager by any name. `teamIds` are all its teams. */
export type ProgramWish = {
  readonly name: string
  readonly manager?: string | null
  readonly teamIds?: readonly TeamId[]
}

export async function createProgram(
  writing: DirectoryWriting,
  wish: ProgramWish,
): Promise<Program> {
  const { tx, actor } = writing
  checkMay(actor, 'create', { type: 'staffing' }, 'create programs')
  await checkProgram(writing, wish)
  const program = {
    name: wish.name,
    managerId: await personIdFor(writing, 'manager', wish.manager, null),
    version: tx.takeVersions(1),
  }
  const created: Program = { ...program, id: await tx.programs.insert(actor.siteId, program) }
  if (wish.teamIds) await tx.programs.setTeams(actor.siteId, created.id, wish.teamIds)
  noteChange(writing, 'program.create', created.id, null, withTeams(created, wish))
  return created
}

export async function changeProgram(
  writing: DirectoryWriting,
  id: ProgramId,
  change: Partial<ProgramWish>,
  ifVersion: number | undefined,
): Promise<Program> {
  const { tx, actor } = writing
  checkMay(actor, 'change', { type: 'staffing' }, 'change programs')
  const before = await tx.programs.get(actor.siteId, id)
  checkFresh(before, ifVersion)
  await checkProgram(writing, change)
  const teams = await tx.teams.list(actor.siteId, { programIds: [id] })
  const after: Program = {
    ...before,
    name: change.name ?? before.name,
    managerId: await personIdFor(writing, 'manager', change.manager, before.managerId),
    version: tx.takeVersions(1),
  }
  await tx.programs.update(actor.siteId, after)
  if (change.teamIds) await tx.programs.setTeams(actor.siteId, id, change.teamIds)
  const teamIds = teams.map((team) => team.id)
  noteChange(writing, 'program.update', id, { ...before, teamIds }, withTeams(after, change))
  return after
}

/** Its teams stay, without a program. */
export async function removeProgram(
  writing: DirectoryWriting,
  id: ProgramId,
  ifVersion: number | undefined,
): Promise<void> {
  const { tx, actor } = writing
  checkMay(actor, 'remove', { type: 'staffing' }, 'remove programs')
  const before = await tx.programs.get(actor.siteId, id)
  checkFresh(before, ifVersion)
  const teams = await tx.teams.list(actor.siteId, { programIds: [id] })
  await tx.programs.remove(actor.siteId, id)
  tx.takeVersions(1)
  const teamIds = teams.map((team) => team.id)
  noteChange(writing, 'program.delete', id, { ...before, teamIds }, null)
}

function withTeams(program: Program, { teamIds }: Partial<ProgramWish>) {
  return teamIds ? { ...program, teamIds } : program
}

async function checkProgram(
  { tx, actor }: DirectoryWriting,
  wish: Partial<ProgramWish>,
): Promise<void> {
  const checks = startChecks()
  checks.line('name', wish.name, 255)
  checks.line('manager', wish.manager, 255)
  checks.finish('The program cannot be accepted')
  const ids = [...new Set(wish.teamIds ?? [])]
  if (ids.length === 0) return
  const known = await tx.teams.list(actor.siteId, { ids })
  const missing = ids.find((id) => !known.some((team) => team.id === id))
  if (missing !== undefined) throw invalidField('teamIds', `there is no team ${missing}`)
}
