import type { DirectoryWriting } from './directory-checks.ts'
import type { GenericResourceId } from './generic-resource.ts'
import type { Membership, MembershipId } from './membership.ts'
import {
  addGroup,
  addMembership,
  changeMembership,
  type GroupWish,
  type MembershipChange,
  type MembershipWish,
  removeMembership,
} from './membership-changes.ts'
import type { Actor } from './permission.ts'
import type { Store } from './store.ts'
import type { Team, TeamId } from './team.ts'
import {
  changeTeam,
  createTeam,
  removeTeam,
  setManager,
  type TeamChange,
  type TeamWish,
} from './team-changes.ts'
import type { TeamLink, TeamLinkId, TeamScope } from './team-link.ts'
import { linkTeam, setResourcePlace, unlinkTeam } from './team-link-changes.ts'
import type { Instant } from './zone.ts'

export type { GroupWish, MembershipChange, MembershipWish } from './membership-changes.ts'
export type { TeamChange, TeamWish } from './team-changes.ts'

/**
 * Use cases on teams: who leads them, who is in them when, what they work on. Each call is one
 * transaction with its audit entry; `ifVersion` refuses a row that changed meanwhile.
 */
export type Teams = {
  create(actor: Actor, wish: TeamWish): Promise<Team>
  change(actor: Actor, id: TeamId, change: TeamChange, ifVersion?: number): Promise<Team>
  remove(actor: Actor, id: TeamId, ifVersion?: number): Promise<void>
  /** `person` is any name; adding a lead again or removing who leads not changes nothing. */
  addManager(actor: Actor, id: TeamId, person: string): Promise<Team>
  removeManager(actor: Actor, id: TeamId, person: string): Promise<Team>
  addMembership(actor: Actor, id: TeamId, wish: MembershipWish): Promise<Membership>
  changeMembership(
    actor: Actor,
    id: MembershipId,
    change: MembershipChange,
    ifVersion?: number,
  ): Promise<Membership>
  removeMembership(actor: Actor, id: MembershipId, ifVersion?: number): Promise<void>
  addGroup(
    actor: Actor,
    id: TeamId,
    wish: GroupWish,
  ): Promise<{ added: readonly Membership[]; alreadyMembers: number }>
  link(actor: Actor, id: TeamId, scope: TeamScope): Promise<TeamLink>
  unlink(actor: Actor, id: TeamLinkId): Promise<void>
  addResource(actor: Actor, id: TeamId, resourceId: GenericResourceId): Promise<void>
  removeResource(actor: Actor, id: TeamId, resourceId: GenericResourceId): Promise<void>
}

export type TeamsNeeds = {
  readonly store: Store
  readonly now: () => Instant
  /** Called after each change: who may do what may have changed with it. */
  readonly onChange?: () => void
}

/** Runs a use case in one transaction. */
export function makeWriter({ store, now, onChange = () => {} }: TeamsNeeds) {
  return async <T>(actor: Actor, work: (writing: DirectoryWriting) => Promise<T>): Promise<T> => {
    const result = await store.write(actor.siteId, (tx) => work({ tx, actor, now: now() }))
    onChange()
    return result
  }
}

export function makeTeams(needs: TeamsNeeds): Teams {
  const write = makeWriter(needs)
  return {
    create: (actor, wish) => write(actor, (writing) => createTeam(writing, wish)),
    change: (actor, id, change, ifVersion) =>
      write(actor, (writing) => changeTeam(writing, id, change, ifVersion)),
    remove: (actor, id, ifVersion) => write(actor, (writing) => removeTeam(writing, id, ifVersion)),
    addManager: (actor, id, person) =>
      write(actor, (writing) => setManager(writing, id, person, true)),
    removeManager: (actor, id, person) =>
      write(actor, (writing) => setManager(writing, id, person, false)),
    addMembership: (actor, id, wish) => write(actor, (writing) => addMembership(writing, id, wish)),
    changeMembership: (actor, id, change, ifVersion) =>
      write(actor, (writing) => changeMembership(writing, id, change, ifVersion)),
    removeMembership: (actor, id, ifVersion) =>
      write(actor, (writing) => removeMembership(writing, id, ifVersion)),
    addGroup: (actor, id, wish) => write(actor, (writing) => addGroup(writing, id, wish)),
    link: (actor, id, scope) => write(actor, (writing) => linkTeam(writing, id, scope)),
    unlink: (actor, id) => write(actor, (writing) => unlinkTeam(writing, id)),
    addResource: (actor, id, resourceId) =>
      write(actor, (writing) => setResourcePlace(writing, id, resourceId, true)),
    removeResource: (actor, id, resourceId) =>
      write(actor, (writing) => setResourcePlace(writing, id, resourceId, false)),
  }
}
