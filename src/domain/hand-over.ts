import type { Day, Period } from './day.ts'
import type { ExternalResult } from './external-result.ts'
import type { IssueId } from './issue.ts'
import type { PersonId } from './person.ts'
import type { ProjectId } from './project.ts'
import type { SiteId } from './site.ts'
import type { WorklogId } from './worklog.ts'
import type { Instant } from './zone.ts'

/** Parts of a row that are read only when asked for. */
export const handOverParts = [
  'account',
  'issue',
  'parent',
  'person',
  'approval',
  'customFields',
] as const

export type HandOverPart = (typeof handOverParts)[number]

/** Which worklogs are handed over: conditions hold together. Nobody's permissions limit it. */
export type HandOverQuery = {
  readonly siteId: SiteId
  readonly period: Period
  readonly authorIds?: readonly PersonId[]
  readonly projectIds?: readonly ProjectId[]
  readonly issueIds?: readonly IssueId[]
  /** Of this account, unless it is a global one. */
  readonly accountKey?: string
  /** Whatever the other system has not taken over as it is now. */
  readonly isUnsettledOnly: boolean
  /** What the other system refused, and what has no account. */
  readonly isFaultyOnly: boolean
  /** What has an account and an activity. */
  readonly isCompleteOnly: boolean
  /** Also worklogs that are gone but were answered for. */
  readonly withTombstones: boolean
}

/** A named thing of the issue's Jira. */
export type Named = { readonly id: string | null; readonly name: string | null }

export type HandOverAccount = {
  readonly key: string
  readonly name: string
  readonly status: 'open' | 'closed' | 'archived'
  readonly customerKey: string | null
  readonly customerName: string | null
  readonly categoryKey: string | null
  readonly categoryName: string | null
  readonly leadName: string
  readonly contactName: string | null
}

export type HandOverIssue = {
  readonly type: Named
  readonly status: Named
  readonly priority: Named
  readonly projectKey: string
  readonly projectName: string
  readonly projectCategory: string | null
  readonly component: Named
  readonly version: Named
  readonly originalEstimateSeconds: number | null
  readonly remainingEstimateSeconds: number | null
  readonly createdAt: Instant | null
  readonly updatedAt: Instant | null
}

export type HandOverApproval = {
  readonly status: 'open' | 'waiting' | 'approved' | 'rejected'
  readonly reviewer: string | null
  readonly at: Instant | null
  readonly comment: string
}

/** A worklog as it is handed to a system that pays or bills. */
export type HandOverRow = {
  readonly id: WorklogId
  /** Deleted here after the other system had answered for it. */
  readonly isGone: boolean
  readonly issueId: string
  readonly issueKey: string
  readonly issueSummary: string
  readonly timeSpentSeconds: number
  readonly billableSeconds: number
  readonly day: Day
  readonly startTime: string
  /** User name, or the account id where there is none. */
  readonly username: string
  readonly staffId: string
  readonly accountKey: string | null
  /** In the order in which the attributes were made. */
  readonly attributes: readonly (readonly [key: string, value: string])[]
  /** A version of the issue before a component of it. */
  readonly activity: Named & { readonly kind: 'version' | 'component' | null }
  readonly comment: string
  readonly parentKey: string | null
  readonly reporter: string | null
  readonly createdAt: Instant
  readonly updatedAt: Instant
  readonly external: ExternalResult | undefined
  /** 40 hexadecimal digits over what was handed over; the same content has the same. */
  readonly fingerprint: string
  readonly account?: HandOverAccount | undefined
  readonly issue?: HandOverIssue
  readonly parent?: { readonly key: string; readonly summary: string } | undefined
  readonly fullName?: string
  readonly approval?: HandOverApproval
  readonly customFields?: Readonly<Record<string, unknown>>
}

/** How a site hands worklogs over. */
export type HandOverSettings = {
  /** Ids of Jira's custom fields that go with every worklog, in this order. */
  readonly customFields: readonly string[]
  readonly showsStartTime: boolean
  readonly keepsTombstones: boolean
  readonly version: number
}

export const usualHandOverSettings: HandOverSettings = {
  customFields: [],
  showsStartTime: false,
  keepsTombstones: true,
  version: 0,
}

export interface HandOverStore {
  count(query: HandOverQuery): Promise<number>
  /** By day, then id; tombstones at the end. In batches, in constant memory. */
  scan(
    query: HandOverQuery,
    parts: ReadonlySet<HandOverPart>,
    customFields: readonly string[],
  ): AsyncIterable<readonly HandOverRow[]>
  /** One row whatever its state; undefined where it never was, or is gone and was never answered for. */
  findRow(siteId: SiteId, id: WorklogId): Promise<HandOverRow | undefined>
  put(siteId: SiteId, id: WorklogId, result: ExternalResult): Promise<void>
  getSettings(siteId: SiteId): Promise<HandOverSettings>
  putSettings(siteId: SiteId, settings: HandOverSettings): Promise<void>
}
