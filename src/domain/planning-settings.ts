import type { SiteId } from './site.ts'
import type { SpreadRule, WorkloadScope } from './workload.ts'

/** What a site says about planning; an administrator changes it. */
export type PlanningSettings = {
  readonly spread: SpreadRule
  readonly scope: WorkloadScope
  /** Whether a vacation keeps a person from working before somebody approves it. */
  readonly countsUnapprovedAbsence: boolean
  /** Whether single worklogs can be approved. */
  readonly approvesWorklogs: boolean
  /** Days of vacation a year for whoever has no number of their own; null is without limit. */
  readonly vacationDays: number | null
  /** Whether /rest/api/1 answers. */
  readonly isActivityTimelineOn: boolean
  /** `seed` lists the days around the period that old clients may expect. */
  readonly activityTimelineWindow: 'exact' | 'seed'
  /** Whether timeline items carry the fields newer products add. */
  readonly activityTimelineExtended: boolean
  readonly version: number
}

export const usualPlanningSettings: PlanningSettings = {
  spread: 'balance',
  scope: 'all',
  countsUnapprovedAbsence: true,
  approvesWorklogs: true,
  vacationDays: null,
  isActivityTimelineOn: false,
  activityTimelineWindow: 'exact',
  activityTimelineExtended: false,
  version: 0,
}

export interface PlanningSettingsStore {
  get(siteId: SiteId): Promise<PlanningSettings>
  put(siteId: SiteId, settings: PlanningSettings): Promise<void>
}
