import type { Brand } from './brand.ts'
import type { Day, Period, Weekday } from './day.ts'
import type { WorklogDimension } from './dimension.ts'
import { DomainError, type FieldProblem, invalidField } from './errors.ts'
import type { GroupId } from './group.ts'
import type { IssueId, IssueRef } from './issue.ts'
import type { IssueCondition } from './issue-query.ts'
import type { Viewer } from './permission.ts'
import type { PersonId, PersonRef } from './person.ts'
import type { ProjectId, ProjectRef } from './project.ts'
import type { ConnectionId, SiteId } from './site.ts'
import type { TeamId } from './team.ts'
import { textProblem } from './text.ts'
import type { Instant } from './zone.ts'

export type WorklogId = Brand<string, 'WorklogId'>

/** Restricts who sees a worklog: members of a group or of a project role, and its author. */
export type Visibility = { readonly type: 'group' | 'role'; readonly value: string }

/**
 * What a Jira that no longer shows a row can mean, or that its project is not chosen here; such rows
 * leave totals and stay in the audit.
 */
export type GoneReason = 'not-visible' | 'missing' | 'no-access' | 'issue-deleted' | 'not-chosen'

/** Time somebody spent on an issue. */
export type Worklog = {
  /** Ours, the Tempo id. */
  readonly id: WorklogId
  readonly connectionId: ConnectionId
  /** Jira's id, or one from the site's sequence from 1,000,000,000 for rows born here. */
  readonly jiraId: string
  /** 0, or more where one source shows the same Jira id on several entries. */
  readonly copy: number
  readonly issueId: IssueId
  readonly projectId: ProjectId
  readonly authorId: PersonId
  readonly updateAuthorId: PersonId | null
  readonly startedAt: Instant
  /** The author's local day and wall clock when the work began, stored and never derived twice. */
  readonly day: Day
  readonly startTime: string
  readonly offsetSeconds: number
  readonly timeSpentSeconds: number
  /** Null: nobody said, so all of it counts as billable. */
  readonly billableSeconds: number | null
  readonly comment: string
  readonly category: string | null
  readonly visibility: Visibility | null
  readonly attributes: Readonly<Record<string, string>>
  /** Entity properties as Jira carries them. */
  readonly properties: Readonly<Record<string, unknown>>
  readonly createdAt: Instant
  readonly updatedAt: Instant
  /** Place in the site's change feed; strictly increasing, so also the optimistic lock. */
  readonly version: number
  /** Version under which the row first appeared. */
  readonly createdVersion: number
  readonly deletedAt: Instant | null
  /** Why a row is taken for gone that nobody was seen to delete; null where somebody did. */
  readonly deletedReason: GoneReason | null
}

/** A worklog with the names every list shows. */
export type WorklogView = Worklog & {
  readonly issue: IssueRef
  readonly project: ProjectRef
  readonly author: PersonRef
}

export const worklogLimits = {
  /** 10,000 hours: real entries of 2,100 hours exist, 1e9 seconds is a mistake. */
  timeSpentSeconds: 36_000_000,
  commentLength: 32_767,
  attributeCount: 100,
  attributeLength: 4_000,
  propertyCount: 100,
  /** Characters of a property's JSON, as Jira has it. */
  propertyLength: 32_768,
  earliestDay: '1900-01-01',
  latestDay: '2199-12-31',
  batch: 1_000,
} as const

export type WorklogOrder = 'day' | 'id'

/** One key to sort by; `start` is the author's day and wall clock. A page's order ends with the id. */
export type WorklogSort = {
  readonly by: 'id' | 'start' | 'updated'
  readonly isDescending: boolean
}

/** Which worklogs: plain data, all conditions hold together. An empty list means nothing matches. */
export type WorklogQuery = {
  readonly siteId: SiteId
  readonly viewer: Viewer
  readonly period?: Partial<Period>
  readonly authorIds?: readonly PersonId[]
  readonly groupIds?: readonly GroupId[]
  /** Authors in any of these groups are left out. */
  readonly excludedGroupIds?: readonly GroupId[]
  /** Only worklogs that fall under one of the keys of a dimension; not for spans of time. */
  readonly among?: readonly DimensionKeys[]
  /** Only on issues of which this holds. */
  readonly issueCondition?: IssueCondition
  /** As `issueCondition`, but what it asks of worklogs has to hold for the row itself. */
  readonly rowCondition?: IssueCondition
  readonly projectIds?: readonly ProjectId[]
  readonly issueIds?: readonly IssueId[]
  /** Written by members of these teams on days they were members. */
  readonly teamIds?: readonly TeamId[]
  /** Came in or changed in any way with this version of the site's change feed, or a later one. */
  readonly fromVersion?: number
  /** Rows that hold this value under one of the keys. */
  readonly attribute?: { readonly keys: readonly string[]; readonly value: string }
  /** Rows that name this category; `unnamed` also those that name none of `names` and are as billable. */
  readonly category?: {
    readonly name: string
    readonly unnamed: { readonly names: readonly string[]; readonly isBillable: boolean } | null
  }
  readonly order?: WorklogOrder
}

/** Some groups of a dimension, by their keys; '' is where there is no value. */
export type DimensionKeys = {
  readonly dimension: WorklogDimension
  readonly keys: readonly string[]
}

/** The row a page ended with: the next page begins behind it. */
export type WorklogBookmark = { readonly day: Day; readonly id: WorklogId }

export type WorklogPage = {
  readonly limit: number
  readonly offset?: number
  readonly after?: WorklogBookmark
}

/** A page by number of rows, as foreign clients ask for it, kept steady while rows come and go. */
export type WorklogOffsetPage = {
  readonly offset: number
  readonly limit: number
  /** By start, then id, where empty. */
  readonly sort: readonly WorklogSort[]
  /** Who pages: two readers of the same list never share their places in it. */
  readonly reader: string
}

/** A worklog that is gone: what a feed of deletions tells. */
export type DeletedWorklog = {
  readonly id: WorklogId
  readonly jiraId: string
  readonly deletedAt: Instant
}

export type DeletedWorklogPage = {
  readonly from: Instant
  readonly after?: { readonly deletedAt: Instant; readonly id: WorklogId }
  readonly offset?: number
  readonly limit: number
}

/** One reading of the change feed: the row as it is now, and what happened since the asked version. */
export type WorklogChange = {
  readonly kind: 'created' | 'updated' | 'deleted'
  readonly worklog: WorklogView
}

export const worklogFields = [
  'id',
  'jiraId',
  'issueId',
  'issueKey',
  'issueSummary',
  'issueType',
  'projectKey',
  'projectName',
  'authorId',
  'accountId',
  'username',
  'author',
  'email',
  'day',
  'startTime',
  'startedAt',
  'timeSpentSeconds',
  'billableSeconds',
  'comment',
  'category',
  'createdAt',
  'updatedAt',
  'version',
] as const

/** A single value of a worklog as exports name it. */
export type WorklogField = (typeof worklogFields)[number]

/** The dimensions that need nothing but the worklog itself; `dimension.ts` has them all. */
export const worklogDimensions = [
  'person',
  'project',
  'issue',
  'category',
  'day',
  'week',
  'month',
  'quarter',
  'year',
] as const satisfies readonly WorklogDimension[]

/** What worklogs are grouped under in one dimension; the sums of one key may share it. */
export type SumGroup = {
  readonly key: string
  readonly label: string
  /** What else tells a key apart: the name of a project, the summary of an issue. */
  readonly hint: string | null
}

/** A group of worklogs, as one of each dimension asked for says, in that order. */
export type WorklogSum = {
  readonly groups: readonly SumGroup[]
  readonly timeSpentSeconds: number
  readonly billableSeconds: number
  readonly count: number
}

/** What the issues of a group were estimated at, and what of it is left. */
export type EstimateSum = {
  readonly keys: readonly string[]
  readonly originalEstimateSeconds: number
  readonly remainingEstimateSeconds: number
}

export type ByIssueOptions = {
  /** Shows the worklogs of sub-tasks under their parents. */
  readonly underParent?: boolean
  /** Shows those of issues that say one of these texts of another, "is part of", under that one. */
  readonly underLinks?: readonly string[]
  /**
   * With the issues that the query's projects and condition choose and nobody worked on; without
   * either nothing is added.
   */
  readonly withEmpty?: boolean
  /** Within an issue: by id, or by when the work began. */
  readonly order?: 'id' | 'started'
}

/** Worklogs shown under one issue. Many come in parts: all but the last have `isLast` false. */
export type WorklogsOfIssue = {
  readonly issueId: IssueId
  readonly worklogs: readonly WorklogView[]
  readonly isLast: boolean
}

export type ScanCell = string | number | null

export interface WorklogStore {
  get(siteId: SiteId, id: WorklogId): Promise<WorklogView>
  /** Live and deleted rows alike, for writers that hold the site. */
  getMany(siteId: SiteId, ids: readonly WorklogId[]): Promise<readonly Worklog[]>
  findByJiraIds(
    siteId: SiteId,
    connectionId: ConnectionId,
    jiraIds: readonly string[],
  ): Promise<readonly Worklog[]>
  find(query: WorklogQuery, page: WorklogPage): Promise<readonly WorklogView[]>
  /** A page in its sort's order, and whether another row follows it. */
  findPage(
    query: WorklogQuery,
    page: WorklogOffsetPage,
  ): Promise<{ readonly rows: readonly WorklogView[]; readonly hasMore: boolean }>
  /** Deleted rows the viewer might have seen, by when they were deleted, then by id. */
  findDeleted(
    siteId: SiteId,
    viewer: Viewer,
    page: DeletedWorklogPage,
  ): Promise<readonly DeletedWorklog[]>
  /** Live rows by their id in whichever Jira, as the viewer may see them. */
  findByAnyJiraId(
    siteId: SiteId,
    viewer: Viewer,
    jiraIds: readonly string[],
  ): Promise<readonly WorklogView[]>
  /** Live rows by our ids, as the viewer may see them. */
  findByIds(
    siteId: SiteId,
    viewer: Viewer,
    ids: readonly WorklogId[],
  ): Promise<readonly WorklogView[]>
  /** Count and seconds of what the query matches: seen by its viewer, and by nobody's limits. */
  tally(query: WorklogQuery): Promise<WorklogTally>
  /** All matching rows in (day, id) order, a batch at a time, in constant memory and one snapshot. */
  scan(
    query: WorklogQuery,
    fields: readonly WorklogField[],
  ): AsyncIterable<readonly (readonly ScanCell[])[]>
  /**
   * Issues by key (project, then number), each with its matching worklogs; a few hundred worklogs
   * are held at a time.
   */
  byIssue(query: WorklogQuery, options?: ByIssueOptions): AsyncIterable<readonly WorklogsOfIssue[]>
  sum(
    query: WorklogQuery,
    dimensions: readonly WorklogDimension[],
    limit: number,
    /** What a week begins with; the site's own first weekday when left out. */
    firstWeekday?: Weekday,
  ): Promise<readonly WorklogSum[]>
  /** Estimates of the issues under each group; each issue counts once a group. */
  estimates(
    query: WorklogQuery,
    dimensions: readonly WorklogDimension[],
    limit: number,
    firstWeekday?: Weekday,
  ): Promise<readonly EstimateSum[]>
  /** Changes after `version`, oldest first, as this viewer may see them. */
  changedSince(
    siteId: SiteId,
    viewer: Viewer,
    version: number,
    limit: number,
  ): Promise<readonly WorklogChange[]>
  insert(siteId: SiteId, rows: readonly Omit<Worklog, 'id'>[]): Promise<WorklogId[]>
  update(siteId: SiteId, rows: readonly Worklog[]): Promise<void>
}

export type WorklogTally = {
  readonly count: number
  readonly timeSpentSeconds: number
  readonly hiddenCount: number
  /** How many people's those are. */
  readonly hiddenAuthorCount: number
}

/** The parts of a worklog a person can write, in domain values. */
export type WorklogValues = {
  readonly timeSpentSeconds: number
  readonly billableSeconds: number | null
  readonly comment: string
  readonly category: string | null
  readonly visibility: Visibility | null
  readonly attributes: Readonly<Record<string, string>>
}

/** Throws `invalid` naming every field that breaks a bound of `worklogLimits`. */
export function checkWorklogValues(values: WorklogValues, day: Day): void {
  const problems: FieldProblem[] = []
  const wrong = (field: string, message: string) => problems.push({ field, message })
  const seconds = (field: string, value: number, least: number) => {
    if (!Number.isSafeInteger(value) || value < least || value > worklogLimits.timeSpentSeconds)
      wrong(field, `must be whole seconds from ${least} to ${worklogLimits.timeSpentSeconds}`)
  }
  seconds('timeSpentSeconds', values.timeSpentSeconds, 1)
  if (values.billableSeconds !== null) seconds('billableSeconds', values.billableSeconds, 0)
  if (day < worklogLimits.earliestDay || day > worklogLimits.latestDay)
    wrong('day', `must lie from ${worklogLimits.earliestDay} to ${worklogLimits.latestDay}`)
  const text = (field: string, value: string, most: number) => {
    const problem = textProblem(value, most)
    if (problem) wrong(field, problem)
  }
  text('comment', values.comment, worklogLimits.commentLength)
  if (values.category !== null) text('category', values.category, 255)
  if (values.visibility) text('visibility.value', values.visibility.value, 255)
  const attributes = Object.entries(values.attributes)
  if (attributes.length > worklogLimits.attributeCount)
    wrong('attributes', `at most ${worklogLimits.attributeCount}`)
  for (const [key, value] of attributes) {
    text(`attributes.${key}`, key, 255)
    text(`attributes.${key}`, value, worklogLimits.attributeLength)
  }
  if (problems.length > 0)
    throw new DomainError('invalid', 'The worklog cannot be accepted', { problems })
}

/** NUL and halves of surrogate pairs, as JSON escapes them: the database takes neither. */
const unstorable = /\\u(0000|d[89a-f])/i

/** The properties, where they are within `worklogLimits`; throws `invalid`. */
export function checkedProperties(
  properties: Readonly<Record<string, unknown>>,
): Readonly<Record<string, unknown>> {
  const entries = Object.entries(properties)
  if (entries.length > worklogLimits.propertyCount)
    throw invalidField('properties', `at most ${worklogLimits.propertyCount}`)
  for (const [key, value] of entries) {
    const json = JSON.stringify(value) ?? ''
    const problem =
      key === '' || json === ''
        ? 'needs a key and a value'
        : (textProblem(key, 255) ?? textProblem(json, worklogLimits.propertyLength))
    if (unstorable.test(json)) throw invalidField(`properties.${key}`, 'holds no storable text')
    if (problem) throw invalidField(`properties.${key.slice(0, 255)}`, problem)
  }
  return properties
}
