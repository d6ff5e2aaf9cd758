import {
  checkFresh,
  checkMay,
  type DirectoryWriting,
  noteChange,
  startChecks,
  taken,
} from './directory-checks.ts'
import { DomainError } from './errors.ts'
import type { TeamRole, TeamRoleId } from './team-role.ts'

export async function createTeamRole(
  writing: DirectoryWriting,
  { name }: { name: string },
): Promise<TeamRole> {
  const { tx, actor } = writing
  checkMay(actor, 'create', { type: 'staffing' }, 'create team roles')
  await checkName(writing, name, undefined)
  const role = { name, isDefault: false, version: tx.takeVersions(1) }
  const created: TeamRole = { ...role, id: await tx.teamRoles.insert(actor.siteId, role) }
  noteChange(writing, 'role.create', created.id, null, created)
  return created
}

export async function changeTeamRole(
  writing: DirectoryWriting,
  id: TeamRoleId,
  change: { name?: string },
  ifVersion: number | undefined,
): Promise<TeamRole> {
  const { tx, actor } = writing
  checkMay(actor, 'change', { type: 'staffing' }, 'change team roles')
  const before = await tx.teamRoles.get(actor.siteId, id)
  checkFresh(before, ifVersion)
  const name = change.name ?? before.name
  await checkName(writing, name, id)
  const after: TeamRole = { ...before, name, version: tx.takeVersions(1) }
  await tx.teamRoles.update(actor.siteId, after)
  noteChange(writing, 'role.update', id, before, after)
  return after
}

/** Whoever has the role gets the default one, which itself stays. */
export async function removeTeamRole(
  writing: DirectoryWriting,
  id: TeamRoleId,
  ifVersion: number | undefined,
): Promise<void> {
  const { tx, actor } = writing
  checkMay(actor, 'remove', { type: 'staffing' }, 'remove team roles')
  const before = await tx.teamRoles.get(actor.siteId, id)
  checkFresh(before, ifVersion)
  if (before.isDefault) throw new DomainError('conflict', 'The default role cannot be removed')
  await tx.teamRoles.remove(actor.siteId, id)
  tx.takeVersions(1)
  noteChange(writing, 'role.delete', id, before, null)
}

async function checkName(
  { tx, actor }: DirectoryWriting,
  name: string,
  id: TeamRoleId | undefined,
): Promise<void> {
  const checks = startChecks()
  checks.line('name', name, 255)
  checks.finish('The team role cannot be accepted')
  const roles = await tx.teamRoles.list(actor.siteId)
  const known = roles.find((role) => role.name.toLowerCase() === name.toLowerCase())
  if (known && known.id !== id) throw taken('name', `there is a team role ${known.name} already`)
}
