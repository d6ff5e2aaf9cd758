import type { FastifyInstance } from 'fastify'
import type { PlanDrafts } from '../domain/plan-drafts.ts'
import type { Planning } from '../domain/planning.ts'
import type { PlanningCatalogue } from '../domain/planning-catalogue.ts'
import type { Store } from '../domain/store.ts'
import type { WorklogApprovals } from '../domain/worklog-approvals.ts'
import { registerEventTypes } from './event-types.ts'
import { registerEvents } from './events.ts'
import { registerEventsBulk } from './events-bulk.ts'
import { registerPlanDrafts } from './plan-drafts.ts'
import { registerPlanningSettings } from './planning-settings.ts'
import { registerTimeline } from './timeline.ts'
import { registerVacations } from './vacations.ts'
import { registerWorklogApprovals } from './worklog-approvals.ts'

/** What the planning routes of our own API are wired to. */
export type PlanningApiNeeds = {
  readonly store: Store
  readonly planning: Planning
  readonly drafts: PlanDrafts
  readonly planningCatalogue: PlanningCatalogue
  readonly worklogApprovals: WorklogApprovals
}

/** Everything about plans: what lies on the timeline, figures, and what a site says about them. */
export function registerPlanning(scope: FastifyInstance, needs: PlanningApiNeeds): void {
  registerEventTypes(scope, needs)
  registerEvents(scope, needs)
  registerEventsBulk(scope, needs)
  registerPlanDrafts(scope, needs)
  registerTimeline(scope, needs)
  registerVacations(scope, needs)
  registerPlanningSettings(scope, needs)
  registerWorklogApprovals(scope, needs)
}
