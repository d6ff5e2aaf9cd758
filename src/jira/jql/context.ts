import type { GroupId } from '../../domain/group.ts'
import type { FieldDefinition, IssueId } from '../../domain/issue.ts'
import type { IssueNameField } from '../../domain/issue-query.ts'
import type { PersonId } from '../../domain/person.ts'
import type { ProjectId } from '../../domain/project.ts'
import type { ConnectionId } from '../../domain/site.ts'
import type { Instant } from '../../domain/zone.ts'
import type { JiraDurationSettings } from '../duration.ts'

/** An issue as JQL needs it: itself, how children name it, and its place among its project's keys. */
export type FoundIssue = {
  readonly id: IssueId
  readonly connectionId: ConnectionId
  readonly jiraId: string
  readonly projectId: ProjectId
  readonly key: string
}

/**
 * What a query's names mean, as far as the caller may see. Each question is asked at most twice per
 * query and with all its texts at once; an answer holds the texts it was asked, as they were asked,
 * and leaves out what does not exist. Case never counts.
 */
export interface JqlLookups {
  /** By key, by name or by Jira's id. */
  projects(texts: readonly string[]): Promise<ReadonlyMap<string, readonly ProjectId[]>>
  /** By name, key or account id, or by an e-mail address that only one person has. */
  people(texts: readonly string[]): Promise<ReadonlyMap<string, readonly PersonId[]>>
  /** The group of that name and the groups nested in it. */
  groups(names: readonly string[]): Promise<ReadonlyMap<string, readonly GroupId[]>>
  /** By present or earlier key, or by Jira's id. */
  issues(texts: readonly string[]): Promise<ReadonlyMap<string, readonly FoundIssue[]>>
  /** By id or by name, as the caller may use them. */
  filters(
    texts: readonly string[],
  ): Promise<ReadonlyMap<string, { readonly id: string; readonly jql: string }>>
  /** How the store spells the values meant, by name or by Jira's id. */
  names(
    field: IssueNameField,
    texts: readonly string[],
  ): Promise<ReadonlyMap<string, readonly string[]>>
  /** Which of the texts are options of a select field: by value or by id. */
  options(customFieldIds: readonly string[], texts: readonly string[]): Promise<ReadonlySet<string>>
  /** Names of all priorities, the lowest first. */
  priorities(): Promise<readonly string[]>
  sprints(state: 'open' | 'closed'): Promise<readonly string[]>
  projectsLedBy(people: readonly PersonId[]): Promise<ReadonlyMap<PersonId, readonly ProjectId[]>>
}

/** Errors refuse the query, or become warnings while what is wrong matches nothing (B5). */
export type JqlValidation = 'strict' | 'warn' | 'none'

/** Who asks, when and where: everything a query means besides its text. */
export type JqlContext = {
  readonly now: Instant
  /** The caller's zone, else the server's. */
  readonly zone: string
  readonly firstWeekday: 1 | 7
  /** Null for an anonymous caller. */
  readonly currentUser: PersonId | null
  readonly lookups: JqlLookups
  /** The field catalogue; what is not custom in it is known here already. */
  readonly fields?: readonly FieldDefinition[]
  readonly validation?: JqlValidation
  /** Whose day a worklog is on: setting `jql.worklogDateZone`. */
  readonly worklogDateZone?: 'caller' | 'author' | 'server'
  readonly serverZone?: string
  readonly duration?: JiraDurationSettings
  readonly currentLogin?: Instant
  readonly lastLogin?: Instant
}
