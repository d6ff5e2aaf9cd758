import type { IssueId } from './issue.ts'
import type { Viewer } from './permission.ts'
import type { SiteId } from './site.ts'
import type { WorklogView } from './worklog.ts'
import type { Instant } from './zone.ts'

/** Worklogs of one issue as a viewer sees them, oldest entry first: by creation, then by id. */
export type IssueWorklogQuery = {
  readonly siteId: SiteId
  readonly viewer: Viewer
  readonly issueId: IssueId
  /** Work begun then or later. */
  readonly startedFrom?: Instant
  /** Work begun earlier. */
  readonly startedBefore?: Instant
}

/** Some worklogs, and how many there are in all. */
export type SomeWorklogs = { readonly total: number; readonly worklogs: readonly WorklogView[] }

/** The oldest worklogs of an issue, and what all of them that may be seen come to. */
export type OldestWorklogs = SomeWorklogs & { readonly timeSpentSeconds: number }

export interface IssueWorklogStore {
  page(query: IssueWorklogQuery, page: { offset: number; limit: number }): Promise<SomeWorklogs>
  /** The oldest of each issue, at most `limit`; issues without any are left out. */
  oldest(
    siteId: SiteId,
    viewer: Viewer,
    issueIds: readonly IssueId[],
    limit: number,
  ): Promise<ReadonlyMap<IssueId, OldestWorklogs>>
  /** By Jira's ids, whatever connection they belong to; of one issue only where one is named. */
  findByJiraIds(
    siteId: SiteId,
    viewer: Viewer,
    jiraIds: readonly string[],
    issueId?: IssueId,
  ): Promise<readonly WorklogView[]>
}
