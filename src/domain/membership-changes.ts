import type { Day } from './day.ts'
import {
  checkFresh,
  type DirectoryWriting,
  findPersonNamed,
  noteChange,
  startChecks,
} from './directory-checks.ts'
import { DomainError, invalidField } from './errors.ts'
import type { GroupId } from './group.ts'
import {
  checkOpenPeriod,
  type Membership,
  type MembershipId,
  type NewMembership,
  type OpenPeriod,
  openPeriodsOverlap,
} from './membership.ts'
import type { PersonId } from './person.ts'
import type { Team, TeamId } from './team.ts'
import { getTeamToChange } from './team-changes.ts'
import type { TeamRoleId } from './team-role.ts'

/** A place in a team in the caller's words: the whole time and the usual role unless said. */
export type MembershipWish = {
  /** Any name of the person. */
  readonly person: string
  readonly roleId?: TeamRoleId | null
  readonly commitmentPercent?: number
  readonly from?: Day | null
  readonly to?: Day | null
}

/** What to change of a place; `roleId` null is the usual role. */
export type MembershipChange = Omit<Partial<MembershipWish>, 'person'>

/** Everybody of a group, with the same role, commitment and days. */
export type GroupWish = Omit<MembershipWish, 'person'> & { readonly groupId: GroupId }

const mostMemberships = 10_000

export async function addMembership(
  writing: DirectoryWriting,
  teamId: TeamId,
  wish: MembershipWish,
): Promise<Membership> {
  const { tx, actor } = writing
  const team = await getTeamToChange(writing, teamId)
  const { id: personId } = await findPersonNamed(writing, 'person', wish.person)
  const place = await placeFor(writing, team, wish)
  await checkFree(writing, teamId, personId, place)
  const membership = { ...place, personId, version: tx.takeVersions(1) }
  const [id] = await tx.memberships.insert(actor.siteId, [membership])
  const created: Membership = { ...membership, id: id! }
  noteChange(writing, 'team-membership.create', created.id, null, created)
  return created
}

export async function changeMembership(
  writing: DirectoryWriting,
  id: MembershipId,
  change: MembershipChange,
  ifVersion: number | undefined,
): Promise<Membership> {
  const { tx, actor } = writing
  const before = await tx.memberships.get(actor.siteId, id)
  const team = await getTeamToChange(writing, before.teamId)
  checkFresh(before, ifVersion)
  const place = await placeFor(writing, team, {
    roleId: change.roleId === undefined ? before.roleId : change.roleId,
    commitmentPercent: change.commitmentPercent ?? before.commitmentPercent,
    from: change.from === undefined ? before.from : change.from,
    to: change.to === undefined ? before.to : change.to,
  })
  await checkFree(writing, team.id, before.personId, place, id)
  const after: Membership = { ...before, ...place, version: tx.takeVersions(1) }
  await tx.memberships.update(actor.siteId, after)
  noteChange(writing, 'team-membership.update', id, before, after)
  return after
}

export async function removeMembership(
  writing: DirectoryWriting,
  id: MembershipId,
  ifVersion: number | undefined,
): Promise<void> {
  const { tx, actor } = writing
  const before = await tx.memberships.get(actor.siteId, id)
  await getTeamToChange(writing, before.teamId)
  checkFresh(before, ifVersion)
  await tx.memberships.remove(actor.siteId, id)
  tx.takeVersions(1)
  noteChange(writing, 'team-membership.delete', id, before, null)
}

/** Puts everybody of a group into the team who is not in it on any of the days. */
export async function addGroup(
  writing: DirectoryWriting,
  teamId: TeamId,
  { groupId, ...wish }: GroupWish,
): Promise<{ added: readonly Membership[]; alreadyMembers: number }> {
  const { tx, actor } = writing
  const team = await getTeamToChange(writing, teamId)
  const place = await placeFor(writing, team, wish)
  const group = await tx.groups.get(actor.siteId, groupId)
  const people = await tx.groups.members(actor.siteId, group.id, { limit: mostMemberships + 1 })
  if (people.length > mostMemberships)
    throw invalidField('group', `has more than ${mostMemberships} members`)
  const taken = await placesOf(writing, teamId, people)
  const free = people.filter(
    (id) => !taken.some((one) => one.personId === id && openPeriodsOverlap(one, place)),
  )
  let version = free.length > 0 ? tx.takeVersions(free.length) : 0
  const rows = free.map((personId) => ({ ...place, personId, version: version++ }))
  const ids = await tx.memberships.insert(actor.siteId, rows)
  const added = rows.map((row, at): Membership => ({ ...row, id: ids[at]! }))
  for (const one of added) noteChange(writing, 'team-membership.create', one.id, null, one)
  return { added, alreadyMembers: people.length - free.length }
}

/** The checked place, without its person. */
async function placeFor(
  { tx, actor }: DirectoryWriting,
  team: Team,
  wish: MembershipChange,
): Promise<Omit<NewMembership, 'personId' | 'version'> & { roleId: TeamRoleId }> {
  const { commitmentPercent = 100, from = null, to = null, roleId = null } = wish
  const checks = startChecks()
  if (!Number.isInteger(commitmentPercent) || commitmentPercent < 0 || commitmentPercent > 100)
    checks.wrong('commitmentPercent', 'must be a whole number from 0 to 100')
  checks.finish('The membership cannot be accepted')
  checkOpenPeriod({ from, to })
  const roles = await tx.teamRoles.list(actor.siteId)
  const role = roles.find((one) => (roleId === null ? one.isDefault : one.id === roleId))
  if (!role) throw invalidField('roleId', `there is no team role ${roleId}`)
  return { teamId: team.id, roleId: role.id, commitmentPercent, from, to }
}

async function checkFree(
  writing: DirectoryWriting,
  teamId: TeamId,
  personId: PersonId,
  period: OpenPeriod,
  except?: MembershipId,
): Promise<void> {
  const places = await placesOf(writing, teamId, [personId])
  const other = places.find((one) => one.id !== except && openPeriodsOverlap(one, period))
  if (other)
    throw new DomainError('conflict', 'person: is a member of this team on some of these days', {
      reason: 'already-member',
      problems: [{ field: 'person', message: 'is a member of this team on some of these days' }],
      membershipId: other.id,
    })
}

function placesOf(
  { tx, actor }: DirectoryWriting,
  teamId: TeamId,
  personIds: readonly PersonId[],
): Promise<readonly Membership[]> {
  return tx.memberships.list(actor.siteId, {
    teamIds: [teamId],
    personIds,
    limit: 10 * mostMemberships,
  })
}
