import type { Brand } from './brand.ts'
import type { PersonId } from './person.ts'
import type { SiteId } from './site.ts'
import type { Team, TeamId } from './team.ts'
import { leadersOf } from './team.ts'

export type PermissionRoleId = Brand<string, 'PermissionRoleId'>

/** What a permission role can give over other people's time. */
export const rights = ['view-time', 'manage-time', 'approve-time', 'plan-time'] as const

export type Right = (typeof rights)[number]

/** Rights given to some people over the members of some teams, or over everybody. */
export type PermissionRole = {
  readonly id: PermissionRoleId
  readonly name: string
  readonly rights: readonly Right[]
  /** Who has the rights. */
  readonly personIds: readonly PersonId[]
  /** Over everybody; else over the members of `teamIds`. */
  readonly isGlobal: boolean
  readonly teamIds: readonly TeamId[]
  readonly version: number
}

/** Over whom somebody holds which right, beyond what their own role says. */
export type Grants = Readonly<Partial<Record<Right, readonly PersonId[] | 'everybody'>>>

/** Rights whose holders see the time they are about. */
export const seeing = [
  'view-time',
  'manage-time',
  'approve-time',
] as const satisfies readonly Right[]

/** Whether the right is held over this person. */
export function isGranted(grants: Grants | undefined, right: Right, personId: PersonId): boolean {
  const over = grants?.[right]
  return over === 'everybody' || (over?.includes(personId) ?? false)
}

/** Who holds a right over a team: those who lead it, and those to whom a role gives it. */
export function holdersOver(
  team: Pick<Team, 'id' | 'leadId' | 'managerIds'>,
  right: Right,
  roles: readonly PermissionRole[],
): readonly PersonId[] {
  const given = roles
    .filter((role) => role.rights.includes(right))
    .filter((role) => role.isGlobal || role.teamIds.includes(team.id))
    .flatMap((role) => role.personIds)
  return [...new Set([...leadersOf(team), ...given])]
}

export type PermissionRoleQuery = {
  /** Only global ones, or only those of teams. */
  readonly isGlobal?: boolean
  readonly teamId?: TeamId
  readonly limit: number
  readonly afterId?: PermissionRoleId
}

export interface PermissionRoleStore {
  get(siteId: SiteId, id: PermissionRoleId): Promise<PermissionRole>
  /** In id order. */
  list(siteId: SiteId, query: PermissionRoleQuery): Promise<readonly PermissionRole[]>
  insert(siteId: SiteId, role: Omit<PermissionRole, 'id'>): Promise<PermissionRoleId>
  update(siteId: SiteId, role: PermissionRole): Promise<void>
  remove(siteId: SiteId, id: PermissionRoleId): Promise<void>
}
