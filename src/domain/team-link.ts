import type { Brand } from './brand.ts'
import type { ProjectId } from './project.ts'
import type { SiteId } from './site.ts'
import type { TeamId } from './team.ts'

export type TeamLinkId = Brand<string, 'TeamLinkId'>

/** A board's id is Jira's: we know nothing else of it. */
export type TeamScope =
  | { readonly type: 'project'; readonly projectId: ProjectId }
  | { readonly type: 'board'; readonly boardId: string }

/** What a team works on. */
export type TeamLink = {
  readonly id: TeamLinkId
  readonly teamId: TeamId
  readonly scope: TeamScope
  readonly version: number
}

export type TeamLinkQuery = {
  readonly teamId?: TeamId
  readonly projectId?: ProjectId
  readonly limit: number
  readonly afterId?: TeamLinkId
}

export interface TeamLinkStore {
  get(siteId: SiteId, id: TeamLinkId): Promise<TeamLink>
  /** In id order. */
  list(siteId: SiteId, query: TeamLinkQuery): Promise<readonly TeamLink[]>
  find(siteId: SiteId, teamId: TeamId, scope: TeamScope): Promise<TeamLink | undefined>
  insert(siteId: SiteId, link: Omit<TeamLink, 'id'>): Promise<TeamLinkId>
  remove(siteId: SiteId, id: TeamLinkId): Promise<void>
}
