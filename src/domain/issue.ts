import type { Brand } from './brand.ts'
import type { Day } from './day.ts'
import type { PersonId } from './person.ts'
import type { ProjectId } from './project.ts'
import type { ConnectionId, SiteId } from './site.ts'
import type { Instant } from './zone.ts'

export type IssueId = Brand<string, 'IssueId'>

/** What we know of Jira's issue, or our own. The key is an attribute with history, never an identity. */
export type Issue = {
  readonly id: IssueId
  readonly connectionId: ConnectionId
  readonly jiraId: string
  readonly projectId: ProjectId
  readonly key: string
  readonly summary: string
  readonly issueType: string | null
  readonly isSubtask: boolean
  readonly status: string | null
  /** Jira's status category key: new, indeterminate or done. */
  readonly statusCategory: string | null
  readonly priority: string | null
  readonly resolution: string | null
  readonly assigneeId: PersonId | null
  readonly reporterId: PersonId | null
  readonly creatorId: PersonId | null
  /** Jira id of the parent: the parent itself may be unknown to us. */
  readonly parentJiraId: string | null
  readonly labels: readonly string[]
  readonly components: readonly string[]
  readonly fixVersions: readonly string[]
  readonly affectedVersions: readonly string[]
  readonly sprints: readonly string[]
  readonly originalEstimateSeconds: number | null
  readonly remainingEstimateSeconds: number | null
  /** Jira's own total; may count rows nobody showed us. */
  readonly reportedTimeSpentSeconds: number | null
  /** How many worklogs Jira announced; more than we hold means some were cut off or hidden. */
  readonly reportedWorklogCount: number | null
  readonly dueDay: Day | null
  readonly createdAt: Instant | null
  readonly updatedAt: Instant | null
  readonly resolvedAt: Instant | null
  /** Custom fields and Jira's raw objects, by field id. */
  readonly fields: Readonly<Record<string, unknown>>
  readonly isGhost: boolean
  readonly version: number
}

export type IssueRef = Pick<Issue, 'id' | 'jiraId' | 'key' | 'summary'>

export type NewIssue = Omit<Issue, 'id'>

/** Everything an issue may lack, lacking. */
export const bareIssue = {
  issueType: null,
  isSubtask: false,
  status: null,
  statusCategory: null,
  priority: null,
  resolution: null,
  assigneeId: null,
  reporterId: null,
  creatorId: null,
  parentJiraId: null,
  labels: [],
  components: [],
  fixVersions: [],
  affectedVersions: [],
  sprints: [],
  originalEstimateSeconds: null,
  remainingEstimateSeconds: null,
  reportedTimeSpentSeconds: null,
  reportedWorklogCount: null,
  dueDay: null,
  createdAt: null,
  updatedAt: null,
  resolvedAt: null,
  fields: {},
  isGhost: false,
} as const satisfies Partial<NewIssue>

export const issueKeyPattern = /^[A-Z][A-Z0-9_]{1,9}-[1-9][0-9]{0,17}$/

export type IssueQuery = {
  readonly siteId: SiteId
  readonly projectIds?: readonly ProjectId[]
  readonly text?: string
  /** Whether it lies on anybody's timeline. */
  readonly isScheduled?: boolean
  readonly limit: number
  readonly afterId?: IssueId
}

/** What written time changes of an issue; its version stays, as nobody edited it. */
export type IssueTouch = Pick<
  Issue,
  'id' | 'remainingEstimateSeconds' | 'reportedTimeSpentSeconds'
> & {
  /** Null leaves it. */
  readonly updatedAt: Instant | null
}

export interface IssueStore {
  get(siteId: SiteId, id: IssueId): Promise<Issue>
  getMany(siteId: SiteId, ids: readonly IssueId[]): Promise<readonly Issue[]>
  /** Issues whose id or key, now or earlier, is one of `names`. A present key beats an old one. */
  findByNames(siteId: SiteId, names: readonly string[]): Promise<ReadonlyMap<string, Issue[]>>
  findByJiraIds(
    siteId: SiteId,
    connectionId: ConnectionId,
    jiraIds: readonly string[],
  ): Promise<readonly Issue[]>
  list(query: IssueQuery): Promise<readonly Issue[]>
  insert(siteId: SiteId, issues: readonly NewIssue[]): Promise<IssueId[]>
  update(siteId: SiteId, issues: readonly Issue[]): Promise<void>
  touch(siteId: SiteId, touches: readonly IssueTouch[]): Promise<void>
  addOldKeys(siteId: SiteId, keys: readonly { key: string; issueId: IssueId }[]): Promise<void>
}

/** A saved search, our own or pulled from Jira. */
export type SavedFilter = {
  readonly id: string
  readonly connectionId: ConnectionId
  readonly jiraId: string
  readonly name: string
  readonly jql: string
  readonly description: string | null
  readonly ownerId: PersonId | null
  readonly isFavourite: boolean
  /** Whether everybody may use it; a private one is its owner's alone. Those of a Jira are shared. */
  readonly isShared: boolean
}

/** One entry of the field catalogue: gives the values in `Issue.fields` their name and type. */
export type FieldDefinition = {
  readonly connectionId: ConnectionId
  readonly id: string
  readonly name: string
  readonly isCustom: boolean
  readonly type: string | null
  readonly clauseNames: readonly string[]
}

export interface CatalogueStore {
  /** Returns how many rows were new or differed. */
  putFilters(
    siteId: SiteId,
    filters: readonly Omit<SavedFilter, 'id' | 'isShared'>[],
  ): Promise<number>
  listFilters(siteId: SiteId): Promise<readonly SavedFilter[]>
  putFields(siteId: SiteId, fields: readonly FieldDefinition[]): Promise<number>
  /** Of one Jira, and our own, where one is named. */
  listFields(siteId: SiteId, jira?: ConnectionId): Promise<readonly FieldDefinition[]>
}
