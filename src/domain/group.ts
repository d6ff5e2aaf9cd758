import type { Brand } from './brand.ts'
import type { PersonId } from './person.ts'
import type { SiteId } from './site.ts'

export type GroupId = Brand<string, 'GroupId'>

/** A named set of people, as Jira's groups: filters reports and restricts who sees a worklog. */
export type Group = {
  readonly id: GroupId
  readonly name: string
  readonly memberCount: number
}

export interface GroupStore {
  list(siteId: SiteId, page: { limit: number; afterId?: GroupId }): Promise<readonly Group[]>
  findByNames(siteId: SiteId, names: readonly string[]): Promise<readonly Group[]>
  get(siteId: SiteId, id: GroupId): Promise<Group>
  namesOf(siteId: SiteId, personId: PersonId): Promise<readonly string[]>
  create(siteId: SiteId, names: readonly string[]): Promise<readonly Group[]>
  members(
    siteId: SiteId,
    id: GroupId,
    page: { limit: number; afterId?: PersonId },
  ): Promise<readonly PersonId[]>
  /** Returns how many memberships were new. */
  addMembers(
    siteId: SiteId,
    memberships: readonly { groupId: GroupId; personId: PersonId }[],
  ): Promise<number>
  removeMember(siteId: SiteId, groupId: GroupId, personId: PersonId): Promise<void>
}
