import type { Brand } from './brand.ts'
import type { PersonId } from './person.ts'
import type { ConnectionId, SiteId } from './site.ts'

export type ProjectId = Brand<string, 'ProjectId'>

export type Project = {
  readonly id: ProjectId
  readonly connectionId: ConnectionId
  /** Jira's numeric id as digits, or one of ours from 1,000,000,000 on. */
  readonly jiraId: string
  readonly key: string
  readonly name: string
  readonly category: string | null
  readonly leadId: PersonId | null
  readonly isActive: boolean
  /** Stands in for the project of worklogs whose issue nobody has described yet. */
  readonly isGhost: boolean
  readonly version: number
}

export type ProjectRef = Pick<Project, 'id' | 'jiraId' | 'key' | 'name'>

export type NewProject = Omit<Project, 'id'>

/** Key of a project: Jira's default pattern, two to ten capitals and digits. */
export const projectKeyPattern = /^[A-Z][A-Z0-9_]{1,9}$/

export interface ProjectStore {
  get(siteId: SiteId, id: ProjectId): Promise<Project>
  getMany(siteId: SiteId, ids: readonly ProjectId[]): Promise<readonly Project[]>
  /** Projects whose id, key or name is one of `names`; keys first. */
  findByNames(siteId: SiteId, names: readonly string[]): Promise<ReadonlyMap<string, Project[]>>
  findByJiraIds(
    siteId: SiteId,
    connectionId: ConnectionId,
    jiraIds: readonly string[],
  ): Promise<readonly Project[]>
  findByKeys(
    siteId: SiteId,
    connectionId: ConnectionId,
    keys: readonly string[],
  ): Promise<readonly Project[]>
  list(
    siteId: SiteId,
    page: {
      limit: number
      afterId?: ProjectId
      offset?: number
      text?: string
      jira?: ConnectionId | undefined
      isActive?: boolean
      isGhost?: boolean
    },
  ): Promise<readonly Project[]>
  insert(siteId: SiteId, projects: readonly NewProject[]): Promise<ProjectId[]>
  update(siteId: SiteId, projects: readonly Project[]): Promise<void>
  /** Gives out the next issue number of a project of our own. */
  nextIssueNumber(siteId: SiteId, id: ProjectId): Promise<number>
}
