import type { Brand } from './brand.ts'
import type { Day, Period } from './day.ts'
import type { PersonId } from './person.ts'
import type { SiteId } from './site.ts'

export type TeamId = Brand<string, 'TeamId'>

export type Team = {
  readonly id: TeamId
  readonly name: string
  readonly leadId: PersonId | null
}

/** A person's place in a team for some days; open ends are null. */
export type Membership = {
  readonly teamId: TeamId
  readonly personId: PersonId
  readonly from: Day | null
  readonly to: Day | null
  readonly commitmentPercent: number
}

export interface TeamStore {
  list(siteId: SiteId): Promise<readonly Team[]>
  create(siteId: SiteId, team: { name: string; leadId: PersonId | null }): Promise<TeamId>
  addMemberships(siteId: SiteId, memberships: readonly Membership[]): Promise<void>
  /** Who belongs to these teams on any day of the period; each person and team once. */
  membersDuring(
    siteId: SiteId,
    teamIds: readonly TeamId[],
    period: Period,
    limit: number,
  ): Promise<readonly { personId: PersonId; teamId: TeamId }[]>
  /** People who share a team with this person on that day, and those it leads. */
  colleagues(
    siteId: SiteId,
    personId: PersonId,
    day: Day,
  ): Promise<{ teammateIds: readonly PersonId[]; ledIds: readonly PersonId[] }>
}
