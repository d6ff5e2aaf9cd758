import type { Brand } from './brand.ts'
import type { Day, Period } from './day.ts'
import type { NewMembership } from './membership.ts'
import type { Grants } from './permission-role.ts'
import type { PersonId } from './person.ts'
import type { ProgramId } from './program.ts'
import type { SiteId } from './site.ts'

export type TeamId = Brand<string, 'TeamId'>

/** People who work together. Its lead and its managers have the same rights over it. */
export type Team = {
  readonly id: TeamId
  /** One team of a site only bears it. */
  readonly name: string
  readonly summary: string | null
  readonly leadId: PersonId | null
  /** Further leads, in id order; the lead is not repeated here. */
  readonly managerIds: readonly PersonId[]
  readonly programId: ProgramId | null
  /** Holds people together for administration only: planners leave it out. */
  readonly isAdministrative: boolean
  /** Whether everybody may know of it; else its people, its leads and those who see all. */
  readonly isPublic: boolean
  readonly version: number
}

export type NewTeam = Pick<Team, 'name' | 'leadId'> & Partial<Omit<Team, 'id' | 'name' | 'leadId'>>

/** Everybody who leads the team: its lead first, then its managers. */
export function leadersOf(team: Pick<Team, 'leadId' | 'managerIds'>): readonly PersonId[] {
  return team.leadId === null ? team.managerIds : [team.leadId, ...team.managerIds]
}

export type TeamQuery = {
  /** Part of the name. */
  readonly text?: string
  readonly name?: string
  readonly ids?: readonly TeamId[]
  /** Teams some of these people were ever in. */
  readonly memberIds?: readonly PersonId[]
  readonly programIds?: readonly ProgramId[]
  /** Public teams and these; all when left out. */
  readonly visibleIds?: readonly TeamId[]
  readonly limit?: number
  readonly afterId?: TeamId
}

/** What somebody's teams and permission roles mean for what they may do on a day. */
export type Colleagues = {
  /** People who share a team with them, and those they lead. */
  readonly teammateIds: readonly PersonId[]
  readonly ledIds: readonly PersonId[]
  /** Teams they are in or lead. */
  readonly teamIds: readonly TeamId[]
  readonly grants: Grants
}

export interface TeamStore {
  /** Who belongs to these teams on any day of the period; each person and team once. */
  membersDuring(
    siteId: SiteId,
    teamIds: readonly TeamId[],
    period: Period,
    limit: number,
  ): Promise<readonly { personId: PersonId; teamId: TeamId }[]>
  get(siteId: SiteId, id: TeamId): Promise<Team>
  /** In id order. */
  list(siteId: SiteId, query?: TeamQuery): Promise<readonly Team[]>
  create(siteId: SiteId, team: NewTeam): Promise<TeamId>
  /** Writes everything but the managers. */
  update(siteId: SiteId, team: Team): Promise<void>
  setManagers(siteId: SiteId, id: TeamId, managerIds: readonly PersonId[]): Promise<void>
  /** Removes the team with its memberships, links, and places in permission roles. */
  remove(siteId: SiteId, id: TeamId): Promise<void>
  addMemberships(siteId: SiteId, memberships: readonly NewMembership[]): Promise<void>
  colleagues(siteId: SiteId, personId: PersonId, day: Day): Promise<Colleagues>
}
