import type { Planning } from '../../domain/planning.ts'
import type { PlanningCatalogue } from '../../domain/planning-catalogue.ts'
import type { Staffing } from '../../domain/staffing.ts'
import type { Store } from '../../domain/store.ts'
import type { Teams } from '../../domain/teams.ts'
import type { Timesheets } from '../../domain/timesheets.ts'
import type { WorklogApprovals } from '../../domain/worklog-approvals.ts'
import type { Instant } from '../../domain/zone.ts'
import type { Identity } from '../../http/identity.ts'

/** What this API is wired to. */
export type ActivityTimelineNeeds = {
  readonly store: Store
  readonly identity: Identity
  readonly planning: Planning
  readonly planningCatalogue: PlanningCatalogue
  readonly worklogApprovals: WorklogApprovals
  readonly timesheets: Timesheets
  readonly teams: Teams
  readonly staffing: Staffing
  readonly now: () => Instant
  /** `site` leaves the switch to the site; an administrator of the server may overrule it. */
  readonly switched: 'site' | 'on' | 'off'
}
