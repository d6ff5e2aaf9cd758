import type { Viewer } from './permission.ts'
import type { SiteId } from './site.ts'
import type { Worklog, WorklogId } from './worklog.ts'
import type { Instant } from './zone.ts'

/** A change by the moment it takes in its site's feeds: no two of a site share one. */
export type FeedEntry = {
  readonly id: WorklogId
  readonly jiraId: Worklog['jiraId']
  readonly at: Instant
}

export type FeedQuery = {
  readonly siteId: SiteId
  readonly viewer: Viewer
  /** Rows as they are now, or those that somebody deleted; what is only hidden is in neither. */
  readonly kind: 'updated' | 'deleted'
  /** Inclusive. */
  readonly since: Instant
  /** Later changes are held back; inclusive. */
  readonly until?: Instant
  readonly limit: number
}

/** The change feed read by moments instead of versions, as Jira's clients do. */
export interface FeedStore {
  /**
   * Where a reader begins who asks for what changed at a moment or later, by whatever clock: the
   * first such version, or one of the two seconds before.
   */
  versionAt(siteId: SiteId, at: Instant): Promise<number>
  /** Each row once, at its latest change, oldest first. */
  read(query: FeedQuery): Promise<readonly FeedEntry[]>
}
