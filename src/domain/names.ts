import type { GroupId } from './group.ts'
import type { Issue } from './issue.ts'
import type { IssueNameField } from './issue-query.ts'
import type { PersonId } from './person.ts'
import type { ProjectId } from './project.ts'
import type { ConnectionId, SiteId } from './site.ts'

/** An issue as far as a name has to lead to it. */
export type NamedIssue = Pick<Issue, 'id' | 'connectionId' | 'jiraId' | 'projectId' | 'key'>

/** A value that issues hold, with the id Jira gave it where it told one. */
export type NamedValue = { readonly name: string; readonly jiraId: string | null }

/** A component or a version, and Jira's own description of it where it gave one. */
export type ProjectValue = {
  readonly name: string
  readonly raw: Readonly<Record<string, unknown>> | null
}

/**
 * What names mean, without regard to case. An answer holds the texts it was asked, as they were
 * asked, and leaves out what does not exist.
 */
export interface NameStore {
  /** By key, name or Jira's id; of one Jira only where one is named, here and below. */
  projects(
    siteId: SiteId,
    texts: readonly string[],
    jira?: ConnectionId,
  ): Promise<ReadonlyMap<string, readonly ProjectId[]>>
  /** By username, key or account id, or by an e-mail address that only one person has. */
  people(
    siteId: SiteId,
    texts: readonly string[],
  ): Promise<ReadonlyMap<string, readonly PersonId[]>>
  groups(siteId: SiteId, names: readonly string[]): Promise<ReadonlyMap<string, readonly GroupId[]>>
  /** By present or earlier key, or by Jira's id, whatever connection they belong to. */
  issues(
    siteId: SiteId,
    texts: readonly string[],
    jira?: ConnectionId,
  ): Promise<ReadonlyMap<string, readonly NamedIssue[]>>
  /** All values of a field that any issue holds, in the order of their names. */
  values(siteId: SiteId, field: IssueNameField, jira?: ConnectionId): Promise<readonly NamedValue[]>
  /** What issues of a project name as its components or versions, in the order of their names. */
  ofProject(
    siteId: SiteId,
    projectId: ProjectId,
    field: 'components' | 'versions',
  ): Promise<readonly ProjectValue[]>
  /** Jira's status category of each status, by its name. */
  statusCategories(siteId: SiteId, jira?: ConnectionId): Promise<ReadonlyMap<string, string>>
  /** Names of the issue types that are types of subtasks. */
  subtaskTypes(siteId: SiteId, jira?: ConnectionId): Promise<ReadonlySet<string>>
  /** Which of the texts custom fields hold anywhere, by value, name, key or id. */
  options(
    siteId: SiteId,
    customFieldIds: readonly string[],
    texts: readonly string[],
    jira?: ConnectionId,
  ): Promise<ReadonlySet<string>>
  /** Values of custom fields that begin with a text, in the order of their names. */
  optionNames(
    siteId: SiteId,
    customFieldIds: readonly string[],
    wish: {
      readonly text: string
      readonly limit: number
      readonly jira?: ConnectionId | undefined
    },
  ): Promise<readonly string[]>
  sprints(siteId: SiteId, state: 'open' | 'closed', jira?: ConnectionId): Promise<readonly string[]>
  projectsLedBy(
    siteId: SiteId,
    people: readonly PersonId[],
  ): Promise<ReadonlyMap<PersonId, readonly ProjectId[]>>
}
