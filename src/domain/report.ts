import type { Brand } from './brand.ts'
import type { Day, Weekday } from './day.ts'
import type { WorklogDimension } from './dimension.ts'
import type { PersonId } from './person.ts'
import type { RelativePeriod } from './relative-period.ts'
import type { SiteId } from './site.ts'
import type { Instant } from './zone.ts'

export const reportMeasures = [
  'timeSpentSeconds',
  'billableSeconds',
  'worklogCount',
  'originalEstimateSeconds',
  'remainingEstimateSeconds',
  'varianceSeconds',
  'originalRemainingSeconds',
  'progressPercent',
] as const

/**
 * What a report adds up. Estimates are those of the issues worked on, each issue once; variance is
 * original - (spent + remaining), progress spent of spent + remaining.
 */
export type ReportMeasure = (typeof reportMeasures)[number]

/** Which worklogs a report counts: names as people say them, all conditions together. */
export type ReportFilters = {
  readonly from?: Day
  readonly to?: Day
  /** Days that move with today; instead of `from` and `to`. */
  readonly period?: RelativePeriod
  readonly author?: readonly string[]
  readonly group?: readonly string[]
  readonly excludeGroup?: readonly string[]
  readonly project?: readonly string[]
  readonly issue?: readonly string[]
  readonly jql?: string
  readonly among?: readonly {
    readonly dimension: WorklogDimension
    readonly keys: readonly string[]
  }[]
}

export const reportOrders = ['label', 'total'] as const

/** A report as data: what it is grouped by, what it adds up, of which worklogs. */
export type ReportDefinition = {
  /** Nested, outermost first; none leaves the total alone. */
  readonly rows: readonly WorklogDimension[]
  readonly columns: WorklogDimension | null
  readonly values: readonly ReportMeasure[]
  /** Fields of the issue beside rows that end in one: summary, status, customfield_10010 … */
  readonly fields: readonly string[]
  readonly filters: ReportFilters
  /** What a week begins with; null leaves it to the site. */
  readonly weekStart: Weekday | null
  /** Whether Saturdays and Sundays nobody worked on have a column. */
  readonly showsWeekends: boolean
  readonly hasSubtotals: boolean
  readonly order: { readonly by: (typeof reportOrders)[number]; readonly direction: 'asc' | 'desc' }
}

/** People by row, their hours as the total: what a report is when nobody says more. */
export const plainDefinition: ReportDefinition = {
  rows: ['person'],
  columns: null,
  values: ['timeSpentSeconds'],
  fields: [],
  filters: {},
  weekStart: null,
  showsWeekends: true,
  hasSubtotals: false,
  order: { by: 'label', direction: 'asc' },
}

export const reportLimits = {
  rowDimensions: 4,
  fields: 30,
  /** Sums one report may read, so that no report holds a whole company's history in memory. */
  sums: 500_000,
  columns: 1_000,
  /** Cells of a table that leaves as one JSON answer; files stream. */
  cells: 2_000_000,
  name: 255,
  linksPerReport: 100,
} as const

export type ReportId = Brand<string, 'ReportId'>

/** A report somebody keeps. Only its owner sees it until it is shared with the site. */
export type SavedReport = {
  readonly id: ReportId
  readonly ownerId: PersonId
  readonly name: string
  readonly definition: ReportDefinition
  readonly isShared: boolean
  readonly createdAt: Instant
  readonly updatedAt: Instant
  readonly version: number
}

export type ReportLinkId = Brand<string, 'ReportLinkId'>

/**
 * An address that shows one report to whoever has it: as its maker sees it, nothing else, until it
 * expires. Only the SHA-256 of the secret in it is kept.
 */
export type ReportLink = {
  readonly id: ReportLinkId
  readonly siteId: SiteId
  readonly reportId: ReportId
  readonly makerId: PersonId
  /** `table`: the sums alone. `worklogs`: also the entries behind each sum. */
  readonly allows: 'table' | 'worklogs'
  readonly createdAt: Instant
  readonly expiresAt: Instant
  readonly revokedAt: Instant | null
}

export type NewReportLink = Omit<ReportLink, 'id' | 'revokedAt'> & { readonly hash: string }

export interface ReportStore {
  get(siteId: SiteId, id: ReportId): Promise<SavedReport>
  /** What this person keeps and what is shared, by id. */
  list(
    siteId: SiteId,
    page: { personId: PersonId; limit: number; afterId?: ReportId },
  ): Promise<readonly SavedReport[]>
  /** Everybody's, by id. */
  listAll(
    siteId: SiteId,
    page: { limit: number; afterId?: ReportId },
  ): Promise<readonly SavedReport[]>
  insert(siteId: SiteId, report: Omit<SavedReport, 'id'>): Promise<ReportId>
  update(siteId: SiteId, report: SavedReport): Promise<void>
  /** With its links. */
  remove(siteId: SiteId, id: ReportId): Promise<void>
  insertLink(link: NewReportLink): Promise<ReportLink>
  listLinks(siteId: SiteId, reportId: ReportId): Promise<readonly ReportLink[]>
  revokeLink(siteId: SiteId, id: ReportLinkId, at: Instant): Promise<void>
  /** By the SHA-256 of the secret, hex, over all sites: the secret is all a request brings. */
  findLinkByHash(hash: string): Promise<ReportLink | undefined>
}
