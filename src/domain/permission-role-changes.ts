import {
  checkFresh,
  checkMay,
  type DirectoryWriting,
  findPersonNamed,
  noteChange,
  startChecks,
} from './directory-checks.ts'
import { invalidField } from './errors.ts'
import {
  type PermissionRole,
  type PermissionRoleId,
  type Right,
  rights,
} from './permission-role.ts'
import type { PersonId } from './person.ts'
import type { TeamId } from './team.ts'

/** A permission role in the caller's words; people by any of their names. */
export type PermissionRoleWish = {
  readonly name: string
  readonly rights?: readonly Right[]
  readonly people?: readonly string[]
  readonly isGlobal: boolean
  /** Whose members the rights are over; none where the role is global. */
  readonly teamIds?: readonly TeamId[]
}

export async function createPermissionRole(
  writing: DirectoryWriting,
  wish: PermissionRoleWish,
): Promise<PermissionRole> {
  const { tx, actor } = writing
  checkMay(actor, 'administer', { type: 'permission-role' }, 'create permission roles')
  const role = {
    name: wish.name,
    rights: wish.rights ?? [],
    personIds: await personIdsFor(writing, wish.people ?? []),
    isGlobal: wish.isGlobal,
    teamIds: sortedIds(wish.teamIds ?? []),
    version: tx.takeVersions(1),
  }
  await checkRole(writing, role)
  const created: PermissionRole = {
    ...role,
    id: await tx.permissionRoles.insert(actor.siteId, role),
  }
  noteChange(writing, 'permission-role.create', created.id, null, created)
  return created
}

export async function changePermissionRole(
  writing: DirectoryWriting,
  id: PermissionRoleId,
  change: Partial<PermissionRoleWish>,
  ifVersion: number | undefined,
): Promise<PermissionRole> {
  const { tx, actor } = writing
  checkMay(actor, 'administer', { type: 'permission-role' }, 'change permission roles')
  const before = await tx.permissionRoles.get(actor.siteId, id)
  checkFresh(before, ifVersion)
  const after: PermissionRole = {
    ...before,
    name: change.name ?? before.name,
    rights: change.rights ?? before.rights,
    personIds: change.people ? await personIdsFor(writing, change.people) : before.personIds,
    isGlobal: change.isGlobal ?? before.isGlobal,
    teamIds: change.teamIds ? sortedIds(change.teamIds) : before.teamIds,
    version: tx.takeVersions(1),
  }
  await checkRole(writing, after)
  await tx.permissionRoles.update(actor.siteId, after)
  noteChange(writing, 'permission-role.update', id, before, after)
  return after
}

export async function removePermissionRole(
  writing: DirectoryWriting,
  id: PermissionRoleId,
  ifVersion: number | undefined,
): Promise<void> {
  const { tx, actor } = writing
  checkMay(actor, 'administer', { type: 'permission-role' }, 'remove permission roles')
  const before = await tx.permissionRoles.get(actor.siteId, id)
  checkFresh(before, ifVersion)
  await tx.permissionRoles.remove(actor.siteId, id)
  tx.takeVersions(1)
  noteChange(writing, 'permission-role.delete', id, before, null)
}

async function checkRole(
  { tx, actor }: DirectoryWriting,
  role: Omit<PermissionRole, 'id'>,
): Promise<void> {
  const checks = startChecks()
  checks.line('name', role.name, 255)
  if (!role.rights.every((right) => rights.includes(right)))
    checks.wrong('rights', `must be some of ${rights.join(', ')}`)
  if (role.isGlobal && role.teamIds.length > 0)
    checks.wrong('teamIds', 'must be left out of a global role')
  checks.finish('The permission role cannot be accepted')
  if (role.teamIds.length === 0) return
  const known = await tx.teams.list(actor.siteId, { ids: role.teamIds })
  const missing = role.teamIds.find((id) => !known.some((team) => team.id === id))
  if (missing !== undefined) throw invalidField('teamIds', `there is no team ${missing}`)
}

async function personIdsFor(
  writing: DirectoryWriting,
  names: readonly string[],
): Promise<readonly PersonId[]> {
  const ids: PersonId[] = []
  for (const name of names) ids.push((await findPersonNamed(writing, 'people', name)).id)
  return sortedIds(ids)
}

function sortedIds<Id extends string>(ids: readonly Id[]): readonly Id[] {
  return [...new Set(ids)].sort((a, b) => Number(a) - Number(b))
}
