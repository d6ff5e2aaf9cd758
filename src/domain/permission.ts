import { type Grants, isGranted, seeing } from './permission-role.ts'
import type { PersonId } from './person.ts'
import { type ConnectionId, ownConnection, type SiteId } from './site.ts'
import { leadersOf, type Team, type TeamId } from './team.ts'

export const roles = [
  'administrator',
  'manager',
  'power-team-lead',
  'team-lead',
  'power-employee',
  'employee',
  'limited-employee',
] as const

export type Role = (typeof roles)[number]

export const permissions = [
  'view-all',
  'view-team',
  'log-for-others',
  'approve',
  'plan',
  'manage-accounts',
  'administer',
] as const

export type Permission = (typeof permissions)[number]

/** The one table of who may do what; everything asks it. Team leads act for their own teams only. */
export const rolePermissions: Readonly<Record<Role, readonly Permission[]>> = {
  administrator: permissions,
  manager: ['view-all', 'view-team', 'log-for-others', 'approve', 'plan', 'manage-accounts'],
  'power-team-lead': ['view-all', 'view-team', 'log-for-others', 'approve', 'plan'],
  'team-lead': ['view-team', 'log-for-others', 'approve', 'plan'],
  'power-employee': ['view-team', 'plan'],
  employee: ['view-team'],
  'limited-employee': [],
}

export const scopes = ['read', 'write', 'admin', 'servlet'] as const

export type Scope = (typeof scopes)[number]

/** Who is asking: a person through a token or a session, with what that way in allows. */
export type Actor = {
  readonly siteId: SiteId
  readonly personId: PersonId
  readonly role: Role
  readonly scopes: readonly Scope[]
  readonly groupNames: readonly string[]
  /** Only where a site has several Jiras: each one's groups guard its own worklogs alone. */
  readonly groupsOfJiras?: readonly JiraGroups[]
  /** Members of the teams this person belongs to. */
  readonly teammateIds: readonly PersonId[]
  /** Members of the teams this person leads. */
  readonly ledIds: readonly PersonId[]
  /** Teams this person is in or leads. */
  readonly teamIds?: readonly TeamId[]
  /** What permission roles give beyond the role. */
  readonly grants?: Grants
  /** Came by the address of one Jira, which shows that Jira's rows alone; it gives and takes no right. */
  readonly jira?: ConnectionId | undefined
  /** Which way in, for the audit: a token's id, or `cli`. */
  readonly via: string
}

/** The groups one Jira, or an administrator here, counts somebody among. */
export type JiraGroups = { readonly connectionId: ConnectionId; readonly names: readonly string[] }

/**
 * Whose worklogs a reader may see. `all` knows no limits at all; `limited` sees the authors listed
 * (or everybody's), and restricted worklogs only as their author or as a member of the named group.
 */
export type Viewer = (
  | { readonly kind: 'all' }
  | {
      readonly kind: 'limited'
      readonly personId: PersonId
      readonly authorIds: readonly PersonId[] | 'everybody'
      readonly groupNames: readonly string[]
      readonly groupsOfJiras?: readonly JiraGroups[]
    }
) & {
  /** Lists and searches show what lies in this Jira alone. */
  readonly jira?: ConnectionId
}

/** Whether a reader sees anything of this person's time at all. */
export function seesTimeOf(viewer: Viewer, personId: PersonId): boolean {
  return (
    viewer.kind === 'all' || viewer.authorIds === 'everybody' || viewer.authorIds.includes(personId)
  )
}

export type Action =
  | 'read'
  | 'log'
  | 'change'
  | 'remove'
  | 'create'
  | 'submit'
  | 'approve'
  | 'administer'
  | 'override-lock'

/** What an action is about; `personId` is whose time or plan it is. */
export type PolicyObject =
  | { readonly type: 'worklog'; readonly personId: PersonId }
  | { readonly type: 'person'; readonly personId: PersonId }
  | { readonly type: 'report'; readonly personId: PersonId; readonly isShared: boolean }
  | { readonly type: 'filter'; readonly ownerId: PersonId | null }
  | { readonly type: 'timesheet'; readonly personId: PersonId }
  | { readonly type: 'group' | 'project' | 'issue' | 'site' | 'token' | 'calendar' }
  /** What lies on somebody's timeline, or on the panel of a team. */
  | { readonly type: 'event'; readonly personId: PersonId }
  | { readonly type: 'team-panel'; readonly teamId: TeamId }
  /** Types of events and categories of worklogs. */
  | { readonly type: 'planning' }
  /** Worklogs on their way to a system that pays or bills. */
  | { readonly type: 'hand-over' }
  | { readonly type: 'attribute' | 'account' | 'customer' | 'account-category' }
  /** Without a team: teams as such, to create one. */
  | { readonly type: 'team'; readonly team?: TeamShape }
  /** What somebody can do and is employed as. */
  | { readonly type: 'profile'; readonly personId: PersonId }
  /** Team roles, programs, skills, levels, positions and generic resources. */
  | { readonly type: 'staffing' }
  | { readonly type: 'permission-role' }
  /** What is planned for somebody, or for a generic resource. */
  | { readonly type: 'plan'; readonly personId: PersonId | null }

/** What the policy needs to know of a team. */
export type TeamShape = Pick<Team, 'id' | 'leadId' | 'managerIds' | 'isPublic'>

/** The policy every surface asks: may this actor do this to that? Default deny. */
export function can(actor: Actor, action: Action, object: PolicyObject): boolean {
  // Whoever made the token for it said all that there is to say: its owner's role does not matter.
  if (object.type === 'hand-over') return actor.scopes.includes('servlet')
  if (!scopeAllows(actor, action, object)) return false
  if (has(actor, 'administer')) return true
  switch (object.type) {
    case 'worklog':
      return canWithTime(actor, action, object.personId)
    case 'timesheet':
      return canWithTimesheet(actor, action, object.personId)
    case 'person':
      return action === 'read' && sees(actor, object.personId)
    case 'filter':
      return action === 'read' || object.ownerId === actor.personId
    case 'event':
      return canWithEvent(actor, action, object.personId)
    case 'team-panel':
      return canWithPanel(actor, action, object.teamId)
    case 'planning':
      return action === 'read'
    case 'issue':
      return action === 'read' || (action === 'create' && actor.role !== 'limited-employee')
    case 'project':
      return (
        action === 'read' ||
        ((action === 'create' || action === 'change') && has(actor, 'manage-accounts'))
      )
    case 'report':
      if (object.personId !== actor.personId) return action === 'read' && object.isShared
      return ['read', 'create', 'change', 'remove'].includes(action)
    case 'group':
    case 'attribute':
    // Schedules, holidays, periods and the rules of time: everybody lives by them.
    case 'calendar':
      return action === 'read'
    case 'account':
    case 'customer':
    case 'account-category':
      return (
        action === 'read' ||
        (['create', 'change', 'remove'].includes(action) && has(actor, 'manage-accounts'))
      )
    case 'team':
      return canWithTeam(actor, action, object.team)
    case 'profile':
      return canWithProfile(actor, action, object.personId)
    case 'plan':
      return canPlan(actor, action, object.personId)
    case 'staffing':
      return action === 'read' || (isWriting(action) && has(actor, 'manage-accounts'))
    case 'permission-role':
      return action === 'read' && has(actor, 'manage-accounts')
    case 'site':
    case 'token':
      return false
  }
}

/** Whether the role holds a permission, whatever the way in. */
export function has(actor: Actor, permission: Permission): boolean {
  return rolePermissions[actor.role].includes(permission)
}

/** The limits a reader's role puts on lists and reports. */
export function viewerOf(actor: Actor): Viewer {
  const { jira } = actor
  const narrowed = jira === undefined ? {} : { jira }
  if (has(actor, 'administer')) return { kind: 'all', ...narrowed }
  return {
    kind: 'limited',
    ...narrowed,
    personId: actor.personId,
    authorIds:
      has(actor, 'view-all') || seesEverybody(actor) ? 'everybody' : [...visibleIds(actor)],
    groupNames: actor.groupNames,
    ...(actor.groupsOfJiras ? { groupsOfJiras: actor.groupsOfJiras } : {}),
  }
}

/** Whether a viewer may know of this worklog at all. */
export function seesWorklog(
  viewer: Viewer,
  worklog: {
    readonly authorId: PersonId
    readonly connectionId?: ConnectionId
    readonly visibility: { readonly type: 'group' | 'role'; readonly value: string } | null
  },
): boolean {
  if (viewer.kind === 'all') return true
  if (viewer.authorIds !== 'everybody' && !viewer.authorIds.includes(worklog.authorId)) return false
  const { visibility } = worklog
  if (visibility === null || worklog.authorId === viewer.personId) return true
  const { groupNames, groupsOfJiras } = viewer
  const { connectionId = ownConnection } = worklog
  const names =
    !groupsOfJiras || connectionId === ownConnection
      ? groupNames
      : (groupsOfJiras.find((one) => one.connectionId === connectionId)?.names ?? [])
  return visibility.type === 'group' && names.includes(visibility.value)
}

const adminOnly: readonly PolicyObject['type'][] = ['site', 'token', 'permission-role']

function scopeAllows(actor: Actor, action: Action, object: PolicyObject): boolean {
  const needed: Scope =
    action === 'read'
      ? 'read'
      : action === 'administer' || adminOnly.includes(object.type)
        ? 'admin'
        : 'write'
  return actor.scopes.includes(needed)
}

function canWithTime(actor: Actor, action: Action, personId: PersonId): boolean {
  if (action === 'read') return sees(actor, personId)
  if (action === 'approve') return canApprove(actor, personId)
  if (action === 'administer' || action === 'override-lock') return false
  if (personId === actor.personId) return true
  if (isGranted(actor.grants, 'manage-time', personId)) return true
  if (!has(actor, 'log-for-others')) return false
  return actor.role === 'manager' || actor.ledIds.includes(personId)
}

/** Nobody agrees to their own wishes; leads agree to those of their teams. */
function canApprove(actor: Actor, personId: PersonId): boolean {
  if (personId === actor.personId) return false
  if (isGranted(actor.grants, 'approve-time', personId)) return true
  if (!has(actor, 'approve')) return false
  return actor.role === 'manager' || actor.ledIds.includes(personId)
}

/** Everybody plans for themselves; planners for whom they see, a team lead for those led. */
function canWithEvent(actor: Actor, action: Action, personId: PersonId): boolean {
  const isGiven = isGranted(actor.grants, 'plan-time', personId)
  if (action === 'read') return isGiven || sees(actor, personId)
  if (action === 'approve') return canApprove(actor, personId)
  if (action === 'administer' || action === 'override-lock') return false
  if (isGiven || personId === actor.personId) return true
  if (!has(actor, 'plan')) return false
  return actor.role === 'team-lead' ? actor.ledIds.includes(personId) : sees(actor, personId)
}

function canWithPanel(actor: Actor, action: Action, teamId: TeamId): boolean {
  const isOwn = has(actor, 'view-all') || (actor.teamIds ?? []).includes(teamId)
  if (action === 'read') return isOwn
  if (action === 'administer' || action === 'override-lock') return false
  return isOwn && has(actor, action === 'approve' ? 'approve' : 'plan')
}

/** Managers have every team; whoever leads one changes it, if their role leads at all. */
function canWithTeam(actor: Actor, action: Action, team: TeamShape | undefined): boolean {
  if (action === 'read') return team === undefined || mayKnow(actor, team)
  if (!isWriting(action)) return false
  if (has(actor, 'manage-accounts')) return true
  if (action !== 'change' || team === undefined || !has(actor, 'approve')) return false
  return leadersOf(team).includes(actor.personId)
}

function mayKnow(actor: Actor, team: TeamShape): boolean {
  if (team.isPublic || has(actor, 'view-all')) return true
  return leadersOf(team).includes(actor.personId) || (actor.teamIds ?? []).includes(team.id)
}

function canWithProfile(actor: Actor, action: Action, personId: PersonId): boolean {
  if (action === 'read') return sees(actor, personId)
  if (action !== 'change') return false
  if (has(actor, 'manage-accounts')) return true
  return has(actor, 'approve') && actor.ledIds.includes(personId)
}

/** What is planned for a person is like any event; a generic resource is every planner's. */
function canPlan(actor: Actor, action: Action, personId: PersonId | null): boolean {
  if (personId !== null) return isPlanAction(action) && canWithEvent(actor, action, personId)
  if (action === 'read') return true
  if (action === 'approve') return has(actor, 'approve')
  return isWriting(action) && has(actor, 'plan')
}

function isPlanAction(action: Action): boolean {
  return action === 'read' || action === 'approve' || isWriting(action)
}

function isWriting(action: Action): boolean {
  return action === 'create' || action === 'change' || action === 'remove'
}

/** Nobody approves their own time but an administrator, who may be alone. */
function canWithTimesheet(actor: Actor, action: Action, personId: PersonId): boolean {
  if (action === 'read' || action === 'submit')
    return canWithTime(actor, action === 'read' ? 'read' : 'log', personId)
  return action === 'approve' && canApprove(actor, personId)
}

function sees(actor: Actor, personId: PersonId): boolean {
  return has(actor, 'view-all') || seesEverybody(actor) || visibleIds(actor).has(personId)
}

function seesEverybody({ grants = {} }: Actor): boolean {
  return seeing.some((right) => grants[right] === 'everybody')
}

function visibleIds(actor: Actor): Set<PersonId> {
  const ids = new Set([actor.personId, ...actor.ledIds])
  for (const right of seeing) {
    const over = actor.grants?.[right] ?? []
    if (over !== 'everybody') for (const id of over) ids.add(id)
  }
  if (has(actor, 'view-team')) for (const id of actor.teammateIds) ids.add(id)
  return ids
}
