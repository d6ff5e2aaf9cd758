import type { Brand } from './brand.ts'
import type { SiteId } from './site.ts'

export type TeamRoleId = Brand<string, 'TeamRoleId'>

/** What somebody is in a team: developer, tester. Says nothing of what they may do. */
export type TeamRole = {
  readonly id: TeamRoleId
  /** Unique in its site, without regard to case. */
  readonly name: string
  /** The role of members without another one; every site has exactly one. */
  readonly isDefault: boolean
  readonly version: number
}

export interface TeamRoleStore {
  get(siteId: SiteId, id: TeamRoleId): Promise<TeamRole>
  getDefault(siteId: SiteId): Promise<TeamRole>
  /** In id order. */
  list(siteId: SiteId): Promise<readonly TeamRole[]>
  insert(siteId: SiteId, role: Omit<TeamRole, 'id'>): Promise<TeamRoleId>
  update(siteId: SiteId, role: TeamRole): Promise<void>
  /** Gives its members the default role and removes it. */
  remove(siteId: SiteId, id: TeamRoleId): Promise<void>
}
