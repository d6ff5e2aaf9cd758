import type { Brand } from './brand.ts'
import type { Actor } from './permission.ts'
import type { PersonId } from './person.ts'
import { type ConnectionId, ownConnection, type SiteId } from './site.ts'

export type GroupId = Brand<string, 'GroupId'>

/** A named set of people, as Jira's groups: filters reports and restricts who sees a worklog. */
export type Group = {
  readonly id: GroupId
  readonly name: string
  readonly memberCount: number
  /** Whether no connected Jira says who is in it. */
  readonly isOwn: boolean
}

/** A membership with the one who says so: a Jira, or connection 0 for an administrator here. */
export type Membership = {
  readonly groupId: GroupId
  readonly personId: PersonId
  readonly connectionId: ConnectionId
}

export type NewMembership = Omit<Membership, 'connectionId'> & {
  readonly connectionId?: ConnectionId
}

/** Whom one source counts among a group, and since when not any more. */
export type MemberChange = {
  readonly added: readonly PersonId[]
  readonly removed: readonly PersonId[]
}

/**
 * What somebody's memberships open: all names together; where a site has several Jiras also each
 * one's by itself, for two of them may give one name to two groups.
 */
export function groupRights(
  sources: readonly { name: string; connectionId: ConnectionId }[],
  connectionIds: readonly ConnectionId[],
): Pick<Actor, 'groupNames' | 'groupsOfJiras'> {
  const groupNames = [...new Set(sources.map((source) => source.name))]
  const jiras = connectionIds.filter((id) => id !== ownConnection)
  if (jiras.length < 2) return { groupNames }
  const namesOf = (id: ConnectionId) =>
    sources
      .filter(({ connectionId }) => connectionId === ownConnection || connectionId === id)
      .map((source) => source.name)
  return {
    groupNames,
    groupsOfJiras: jiras.map((connectionId) => ({
      connectionId,
      names: [...new Set(namesOf(connectionId))],
    })),
  }
}

export interface GroupStore {
  list(siteId: SiteId, page: { limit: number; afterId?: GroupId }): Promise<readonly Group[]>
  findByNames(siteId: SiteId, names: readonly string[]): Promise<readonly Group[]>
  get(siteId: SiteId, id: GroupId): Promise<Group>
  /** Groups somebody is in, whoever says so. */
  namesOf(siteId: SiteId, personId: PersonId): Promise<readonly string[]>
  /** The same with who says so. */
  sourcesOf(
    siteId: SiteId,
    personId: PersonId,
  ): Promise<readonly { name: string; connectionId: ConnectionId }[]>
  /** Names in the order in which somebody's groups are listed. */
  inOrder(names: readonly string[]): Promise<readonly string[]>
  create(siteId: SiteId, names: readonly string[]): Promise<readonly Group[]>
  rename(siteId: SiteId, id: GroupId, name: string): Promise<void>
  members(
    siteId: SiteId,
    id: GroupId,
    page: { limit: number; afterId?: PersonId },
  ): Promise<readonly PersonId[]>
  /** Returns how many memberships were new. Without a connection they are entered here. */
  addMembers(siteId: SiteId, memberships: readonly NewMembership[]): Promise<number>
  /** Makes these people the members one source names; what others say of the group stays. */
  replaceMembers(
    siteId: SiteId,
    groupId: GroupId,
    connectionId: ConnectionId,
    personIds: readonly PersonId[],
  ): Promise<MemberChange>
  /** Takes back what the given sources say; without any, what was entered here. */
  removeMember(
    siteId: SiteId,
    groupId: GroupId,
    personId: PersonId,
    connectionIds?: readonly ConnectionId[],
  ): Promise<void>
  /** Names of the groups that one source puts anybody into. */
  namesBySource(siteId: SiteId, connectionId: ConnectionId): Promise<readonly string[]>
  /** Names of the groups that keep live worklogs of a connection from others. */
  namesRestricting(siteId: SiteId, connectionId: ConnectionId): Promise<readonly string[]>
}
