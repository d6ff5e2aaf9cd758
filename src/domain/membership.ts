import type { Brand } from './brand.ts'
import type { Day, Period } from './day.ts'
import { invalidField } from './errors.ts'
import type { PersonId } from './person.ts'
import type { SiteId } from './site.ts'
import type { TeamId } from './team.ts'
import type { TeamRoleId } from './team-role.ts'

export type MembershipId = Brand<string, 'MembershipId'>

/** Days with open ends: `from` null is ever since, `to` null is for ever; both ends included. */
export type OpenPeriod = { readonly from: Day | null; readonly to: Day | null }

/**
 * A person's place in a team for some days. Several follow each other when the role or the
 * commitment changes; those of one person in one team never share a day.
 */
export type Membership = OpenPeriod & {
  readonly id: MembershipId
  readonly teamId: TeamId
  readonly personId: PersonId
  readonly roleId: TeamRoleId
  /** How much of the person's working time belongs to the team, 0 to 100. */
  readonly commitmentPercent: number
  readonly version: number
}

/** A new place; the role is the site's usual one when left out. */
export type NewMembership = Omit<Membership, 'id' | 'roleId' | 'version'> &
  Partial<Pick<Membership, 'roleId' | 'version'>>

/** Whether the day lies in a run of days with open ends. */
export function openPeriodContains({ from, to }: OpenPeriod, day: Day): boolean {
  return (from === null || from <= day) && (to === null || day <= to)
}

/** Whether two runs of days with open ends share a day. */
export function openPeriodsOverlap(a: OpenPeriod, b: OpenPeriod): boolean {
  return startsBefore(a, b) && startsBefore(b, a)
}

function startsBefore(a: OpenPeriod, b: OpenPeriod): boolean {
  return a.from === null || b.to === null || a.from <= b.to
}

/** Refuses an end before the beginning. */
export function checkOpenPeriod({ from, to }: OpenPeriod): void {
  if (from !== null && to !== null && to < from) throw invalidField('to', `${to} is before ${from}`)
}

/** How much of their time somebody gives a team on a day: 0 where they are no member. */
export function commitmentOn(
  memberships: readonly Pick<Membership, 'from' | 'to' | 'commitmentPercent'>[],
  day: Day,
): number {
  const found = memberships.find((membership) => openPeriodContains(membership, day))
  return found?.commitmentPercent ?? 0
}

export type MembershipQuery = {
  readonly teamIds?: readonly TeamId[]
  readonly personIds?: readonly PersonId[]
  readonly roleIds?: readonly TeamRoleId[]
  /** Memberships that touch these days. */
  readonly during?: Period
  /** Of public teams and these; of all when left out. */
  readonly visibleTeamIds?: readonly TeamId[]
  readonly limit: number
  readonly afterId?: MembershipId
  readonly offset?: number
}

export interface MembershipStore {
  get(siteId: SiteId, id: MembershipId): Promise<Membership>
  /** In id order. */
  list(siteId: SiteId, query: MembershipQuery): Promise<readonly Membership[]>
  /** Returns their ids in the order given. */
  insert(siteId: SiteId, memberships: readonly NewMembership[]): Promise<readonly MembershipId[]>
  update(siteId: SiteId, membership: Membership): Promise<void>
  remove(siteId: SiteId, id: MembershipId): Promise<void>
}
